"""Joins the tables to one row for each unit, under the names of our own fields, and counts what was noticed."""

# ruff: noqa: S608 - statements are put together from the constants of this package; values are quoted

from collections.abc import Iterator
from datetime import date

from medspil.register.reading.datafordeler.entities import EMAIL, EMPLOYMENT, HOUSE, PHONE, POINT, PROTECTION
from medspil.register.reading.datafordeler.patience import Join
from medspil.register.reading.datafordeler.points import STREET_KEY
from medspil.register.reading.tally import Tally

BETWEEN = "\x1f"  # between two cells of a row on its way out of the join
EMPLOYMENT_KEPT_YEARS = 3  # yearly counts come a year and a half late; an older one tells nothing of today
FIRST_DAY_OF_DB25 = "2025-01-01"
_FETCHED = 5_000
STRETCH = 100_000  # units joined at a time: memory does not grow with the country
_NEEDS: dict[str, frozenset[str]] = {
    "x": frozenset({HOUSE, POINT}),
    "y": frozenset({HOUSE, POINT}),
    "point_quality": frozenset({HOUSE, POINT}),
    "employees_from": frozenset({EMPLOYMENT}),
    "employees_to": frozenset({EMPLOYMENT}),
    "protected": frozenset({PROTECTION}),
    "phone": frozenset({PHONE}),
    "email": frozenset({EMAIL}),
}
_FIELDS = (
    "number", "cvr", "name", "company_name", "company_form", "industry", "industry_text", "code_system", "address",
    "address_id", "postcode", "city", "municipality", "x", "y", "point_quality", "employees_from", "employees_to",
    "started_on", "ended_on", "status", "protected", "phone", "email",
)  # fmt: skip

# A unit whose company has ceased has ceased. Of what the credit register says only what is still going on counts.
# Right sides are the stretch's own rows: with the order of joins as written, memory is that of one stretch.
_OF_UNIT = "(SELECT * FROM {table} WHERE n >= {{first}} AND n < {{end}})"
_OF_COMPANY = "(SELECT * FROM {table} WHERE n IN (SELECT company FROM stretch))"
_STRETCH = "CREATE OR REPLACE TEMP TABLE stretch AS SELECT * FROM place WHERE n >= {first} AND n < {end}"
_FACTS = f"""
    SELECT place.n, place.number, place.cvr, own.told AS own_name, firm.told AS company_name,
        coalesce(own.told, firm.told) AS name, form.code AS company_form,
        place.company IS NULL AS alone, coalesce(place.company_ceased, false) AND NOT place.ceased AS left_behind,
        place.ceased OR coalesce(place.company_ceased, false) AS gone,
        industry.code AS industry, industry.told AS industry_text,
        CASE WHEN industry.since < '{FIRST_DAY_OF_DB25}' OR industry.code LIKE '45%' THEN 'DB07'
            ELSE 'DB25' END AS code_system,
        coalesce(address.abroad, false) AS abroad, address.n IS NULL AS nowhere,
        address.dar::VARCHAR AS address_id, address.street, address.postcode,
        nullif(ltrim(house, '0'), '') AS first_house, nullif(ltrim(house_to, '0'), '') AS last_house,
        concat_ws(', ',
            concat_ws(' ', street, nullif(concat_ws('-', first_house, nullif(last_house, first_house)), '')),
            nullif(concat_ws('. ', floor, door), '')) AS address,
        address.town AS city, CASE WHEN length(address.municipality) < 4 THEN lpad(address.municipality, 4, '0')
            ELSE address.municipality END AS municipality,
        packed, CASE WHEN packed >> 41 >= {{fresh}} THEN packed END AS counted,
        place.started AS started_on,
        CASE WHEN place.ceased THEN place.ended WHEN place.company_ceased THEN place.company_ended END AS ended_on,
        CASE WHEN place.ceased OR place.company_ceased THEN 'ophørt' WHEN trouble.state IS NOT NULL THEN trouble.state
            WHEN place.status NOT IN ('aktiv', 'normal') THEN place.status
            WHEN place.company_status NOT IN ('aktiv', 'normal') THEN place.company_status ELSE 'aktiv' END AS status,
        self_guarded.told IS NULL AND firm_guarded.told IS NULL AS silent,
        CASE WHEN self_guarded.told OR firm_guarded.told THEN true
            WHEN self_guarded.told IS NULL AND firm_guarded.told IS NULL THEN {{silent}} ELSE false END AS protected,
        phone.told AS phone, email.told AS email, spot.x AS spot_x, spot.y AS spot_y
    FROM stretch AS place
    LEFT JOIN {_OF_UNIT.format(table="name")} AS own ON own.n = place.n
    LEFT JOIN {_OF_COMPANY.format(table="name")} AS firm ON firm.n = place.company
    LEFT JOIN {_OF_COMPANY.format(table="form")} AS form ON form.n = place.company
    LEFT JOIN {_OF_UNIT.format(table="industry")} AS industry ON industry.n = place.n
    LEFT JOIN {_OF_UNIT.format(table="address")} AS address ON address.n = place.n
    LEFT JOIN {_OF_UNIT.format(table="spot")} AS spot ON spot.n = place.n
    LEFT JOIN {_OF_UNIT.format(table="employment")} AS employment ON employment.n = place.n
    LEFT JOIN {_OF_UNIT.format(table="protection")} AS self_guarded ON self_guarded.n = place.n
    LEFT JOIN {_OF_COMPANY.format(table="protection")} AS firm_guarded ON firm_guarded.n = place.company
    LEFT JOIN {_OF_UNIT.format(table="phone")} AS phone ON phone.n = place.n
    LEFT JOIN {_OF_UNIT.format(table="email")} AS email ON email.n = place.n
    LEFT JOIN (
        SELECT n, CASE
            WHEN regexp_matches(told, 'ophæv|afslut|slutte|tilbagekald|annul|bortfald') THEN NULL
            WHEN told LIKE '%konkurs%' THEN 'under konkurs'
            WHEN told LIKE '%tvangsopl%' THEN 'under tvangsopløsning'
            WHEN told LIKE '%likvid%' THEN 'under frivillig likvidation'
            WHEN told LIKE '%rekonstruktion%' THEN 'under rekonstruktion' END AS state
        FROM {_OF_COMPANY.format(table="credit")}) AS trouble ON trouble.n = place.company
"""
_PLACED = f"""
    SELECT fact.* REPLACE (
            CASE WHEN NOT abroad THEN nullif(fact.address, '') END AS address,
            CASE WHEN NOT abroad THEN fact.address_id END AS address_id,
            CASE WHEN NOT abroad THEN fact.postcode END AS postcode,
            CASE WHEN NOT abroad THEN fact.city END AS city,
            CASE WHEN NOT abroad THEN fact.municipality END AS municipality),
        (coalesce(spot_x, road.x) / 10)::DECIMAL(12, 1)::VARCHAR AS x,
        (coalesce(spot_y, road.y) / 10)::DECIMAL(12, 1)::VARCHAR AS y,
        CASE WHEN spot_x IS NOT NULL THEN 'address' WHEN road.x IS NOT NULL THEN 'street' END AS point_quality,
        (counted >> 20 & 1048575)::VARCHAR AS employees_from, (counted & 1048575)::VARCHAR AS employees_to
    FROM fact
    LEFT JOIN street AS road
        ON road.postcode = fact.postcode AND road.key = {STREET_KEY.format(street="fact.street")} AND NOT abroad
"""
_COUNTS = """
    SELECT count(*) FILTER (alone), count(*) FILTER (nameless), count(*) FILTER (left_behind), count(*) FILTER (abroad),
        count(*) FILTER (nowhere), count(*) FILTER (counted IS NULL),
        count(*) FILTER (packed IS NOT NULL AND counted IS NULL),
        count(*) FILTER (industry IS NULL), count(*) FILTER (industry IS NOT NULL AND code_system = 'DB07'),
        count(*) FILTER (industry IS NOT NULL AND code_system = 'DB25'), count(*) FILTER (silent),
        count(*) FILTER (point_quality = 'address'), count(*) FILTER (point_quality = 'street'),
        count(*) FILTER (point_quality IS NULL AND NOT nowhere AND NOT abroad)
    FROM joined WHERE NOT gone OR left_behind
"""


def heading(present: frozenset[str]) -> tuple[str, ...]:
    """Return the fields these files can tell: what they do not tell is not overwritten in the register."""
    return tuple(field for field in _FIELDS if _NEEDS.get(field, frozenset()) <= present)


def joined_rows(
    join: Join,
    tally: Tally,
    *,
    header: tuple[str, ...],
    present: frozenset[str],
    on: str,
    silent_is_protected: bool,
) -> Iterator[list[str]]:
    """Yield the cells of each unit, by P-number; what is noticed is counted on the way."""
    _count_companies(join, tally)
    cells = ", ".join(f"replace(coalesce({field}::VARCHAR, ''), '{BETWEEN}', ' ')" for field in header)
    facts = _FACTS.replace("{fresh}", str(_oldest_count(on))).replace("{silent}", str(silent_is_protected).lower())
    for first in range(0, units(join), STRETCH):
        stretch = {"first": first, "end": first + STRETCH}
        join.execute(_STRETCH.format(**stretch))
        join.execute(f"""
            CREATE OR REPLACE TEMP TABLE joined AS
            WITH fact AS ({facts.format(**stretch)}), placed AS ({_PLACED})
            SELECT n, gone, alone, own_name IS NULL AS nameless, left_behind, abroad, nowhere, packed, counted,
                industry, code_system, silent, point_quality, concat_ws('{BETWEEN}', {cells}) AS cells
            FROM placed
        """)
        _count(join, tally, present)
        join.execute("SELECT cells FROM joined ORDER BY n")
        while some := join.connection.fetchmany(_FETCHED):
            for (row,) in some:
                yield row.split(BETWEEN)


def units(join: Join) -> int:
    """Return how many units there are to be handed on."""
    row = join.execute("SELECT count(*) FROM place").fetchone()
    return int(row[0]) if row else 0


def _count(join: Join, tally: Tally, present: frozenset[str]) -> None:
    """Count what was noticed of a stretch, of the units in business."""
    found = join.execute(_COUNTS).fetchone() or ()
    codes = ("unit_without_company", "unit_without_name", "company_ceased", "foreign_address", "address_missing",
             "employment_unknown", "employment_old", "industry_missing", "code_system_db07", "code_system_db25",
             "protection_unknown", "placed_by_address", "placed_by_street", "no_address_point")  # fmt: skip
    told = dict(zip(codes, map(int, found), strict=True))
    if PROTECTION not in present:
        told.pop("protection_unknown")  # the pipeline tells what a source without this file means
    if not {HOUSE, POINT} <= present:
        told.pop("no_address_point")
    for code, number in told.items():
        tally.add(code, number)


def _count_companies(join: Join, tally: Tally) -> None:
    row = join.execute("SELECT companies_without_units FROM days").fetchone()
    tally.add("company_without_units", int(row[0]) if row else 0)


def _oldest_count(on: str) -> int:
    """Return the first day, counted from 1970, whose number of employees still tells something."""
    day = date.fromisoformat(on)
    return (day.replace(year=day.year - EMPLOYMENT_KEPT_YEARS, day=1) - date(1970, 1, 1)).days
