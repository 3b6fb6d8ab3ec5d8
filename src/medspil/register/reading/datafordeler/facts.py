"""Reads the files of the business register into tables of the join: units, companies, and one table for each fact.

Only what is in force on the day of the download counts, and only of units we take in and their companies: the rest of
the twenty-five million rows never leaves the file. Those that are taken in are numbered, units by P-number and
companies after them; by that number everything is joined, a stretch of units at a time.
"""

# ruff: noqa: S608 - statements are put together from the constants of this package; values are quoted

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext as _

from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.datafordeler.entities import (
    ADDRESS,
    COMPANY,
    CREDIT,
    EMAIL,
    EMPLOYMENT,
    FORM,
    INDUSTRY,
    NAME,
    PHONE,
    PROTECTION,
    UNIT,
)
from medspil.register.reading.datafordeler.patience import Join
from medspil.register.reading.tally import Tally

Load = Callable[[str, str], int]  # (entity, statement with {file}) -> rows taken

_SINCE = 'left("virkningFra", 10) AS since, "registreringFra" AS registered'
_TILL = 'left("virkningTil", 10) AS till'
_DAY = 'left("datafordelerOpdateringstid", 10) AS day'

_GONE = "('inaktiv', 'ophørt', 'slettet', 'tvangsopløst')"


def _cvr(column: str) -> str:
    """Return a CVR number of eight digits; some files write it as a number, without the zeros before it."""
    return f"""nullif(CASE WHEN length("{column}") < 8 THEN lpad("{column}", 8, '0') ELSE "{column}" END, '00000000')"""


# What a unit or company is: kept whole, since one that is no longer in force has ceased.
_UNITS = f"""
    CREATE TABLE unit_row AS
    SELECT id, "pNummer" AS number, {_cvr("tilknyttetVirksomhedsCVRNummer")} AS cvr,
        left("produktionsenhedStartdato", 10) AS started, left("produktionsenhedOphoersdato", 10) AS ended,
        lower(status) AS status, left("tilknyttetTilVirksomhedOphoersdato", 10) AS left_on, {_SINCE}, {_TILL}, {_DAY}
    FROM {{file}} WHERE "registreringTil" IS NULL AND id IS NOT NULL AND "pNummer" IS NOT NULL
"""
_COMPANIES = f"""
    CREATE TABLE company_row AS
    SELECT id, {_cvr("CVRNummer")} AS cvr, left("virksomhedOphoersdato", 10) AS ended, lower(status) AS status,
        {_SINCE}, {_TILL}, {_DAY}
    FROM {{file}} WHERE "registreringTil" IS NULL AND id IS NOT NULL AND "CVRNummer" IS NOT NULL
"""
# What has ceased tells what it was on its last day: its facts end with it, and are not to be blanked in our register.
_TOLD_ON = "coalesce(CASE WHEN {table}.ceased THEN try_cast({table}.ended AS DATE) - 1 END, DATE '{on}')::VARCHAR"
_IN_FORCE = """ "registreringTil" IS NULL
    AND ("virkningTil" IS NULL OR left("virkningTil", 10) > told_on)
    AND ("virkningFra" IS NULL OR left("virkningFra", 10) <= '{on}') """
# One row per owner and kind; `newest` sees to that.
FACTS: Mapping[str, tuple[str, str, str, str]] = {  # entity: (table, whose, columns, further condition)
    NAME: ("name", "wanted", '"vaerdi" AS told', """ AND "sekvens" = '0' """),
    ADDRESS: (
        "address",
        "site",
        """ try_cast("Adresse" AS UUID) AS dar, "CVRAdresse_vejnavn" AS street, "CVRAdresse_husnummerFra" AS house,
            "CVRAdresse_husnummerTil" AS house_to, "CVRAdresse_etagebetegnelse" AS floor,
            "CVRAdresse_doerbetegnelse" AS door, "CVRAdresse_postnummer" AS postcode,
            "CVRAdresse_postdistrikt" AS town, "CVRAdresse_kommunekode" AS municipality,
            coalesce(upper("CVRAdresse_landekode"), 'DK') <> 'DK' AS abroad """,
        """ AND lower("AdresseringAnvendelse") = 'beliggenhedsadresse' """,
    ),
    INDUSTRY: ("industry", "site", '"vaerdi" AS code, "vaerdiTekst" AS told', """ AND "sekvens" = '0' """),
    FORM: ("form", "owner", '"vaerdi" AS code', ""),
    PROTECTION: (
        "protection",
        "wanted",
        """ lower("vaerdi") IN ('true', '1', 'ja') AS told """,
        """ AND "vaerdi" IS NOT NULL """,
    ),
    CREDIT: (
        "credit",
        "owner",
        """ lower(concat_ws(' ', "kreditoplysningstekst", "statusvaerdiTekst")) AS told """,
        "",
    ),
    PHONE: ("phone", "site", '"vaerdi" AS told', ""),
    EMAIL: ("email", "site", '"vaerdi" AS told', ""),
}
# The whole history lies in the file, monthly and yearly, in no order. The newest count of people wins, and of the same
# day an exact one before an interval: packed into one number, so that the newest is simply the largest.
OPEN_END = 999_999
_EMPLOYMENT = f"""
    CREATE TABLE employment AS
    SELECT n, max(
        (date_diff('day', DATE '1970-01-01', coalesce(try_cast(left("datoTil", 10) AS DATE), DATE '1970-01-02')) * 2
            + (exact IS NOT NULL)::BIGINT) * {1 << 40}
        + least(coalesce(exact, low), {OPEN_END}) * {1 << 20}
        + least(coalesce(exact, high, {OPEN_END}), {OPEN_END})) AS packed
    FROM (SELECT *, try_cast("antal" AS BIGINT) AS exact, try_cast("intervalFra" AS BIGINT) AS low,
            try_cast("intervalTil" AS BIGINT) AS high FROM {{file}} AS file)
    JOIN site ON site.id = "CVREnhedsId"
    WHERE lower("beskaeftigelsestalstype") LIKE '%antalansatte%' AND coalesce(exact, low) >= 0
    GROUP BY n
"""


FACTS_IN_ORDER = (UNIT, COMPANY, *FACTS, EMPLOYMENT)
"""The entities in the order in which they are read."""


def read_units(join: Join, load: Load, tally: Tally) -> str:
    """Make `place`: the units that are taken in, with their companies. Return the day of the download."""
    load(UNIT, _UNITS)
    load(COMPANY, _COMPANIES)
    on = str(join.one("SELECT coalesce(max(day), '9999-12-31') FROM unit_row"))
    _as_of(join, "unit", on, columns="number, cvr, started, left_on, day")
    _as_of(join, "company", on, columns="cvr, day")
    _drop_repeats(join, "unit", "number", tally, "repeated_number")
    _drop_repeats(join, "company", "cvr", None, "")
    join.execute(f"UPDATE unit SET cvr = NULL WHERE left_on <= '{on}'")
    if not join.one("SELECT count(*) FROM unit"):
        raise UnreadableFile(_("%(entity)s holds no unit. Fetch the file again.") % {"entity": UNIT})
    _only_known(join, tally)
    join.execute(f"""
        CREATE TABLE site AS
        SELECT id, {_TOLD_ON.format(table="unit", on=on)} AS told_on,
            (row_number() OVER (ORDER BY try_cast(number AS BIGINT) NULLS LAST, number) - 1)::INTEGER AS n
        FROM unit;
        CREATE TABLE owner AS
        SELECT company.id, company.cvr, {_TOLD_ON.format(table="company", on=on)} AS told_on,
            (row_number() OVER (ORDER BY company.cvr) - 1 + (SELECT count(*) FROM site))::INTEGER AS n
        FROM company WHERE cvr IN (SELECT cvr FROM unit WHERE cvr IS NOT NULL);
        CREATE TABLE wanted AS SELECT id, n, told_on FROM site UNION ALL SELECT id, n, told_on FROM owner;
        CREATE TABLE place AS
        SELECT site.n, unit.number, unit.cvr, unit.started, unit.ceased, unit.ended, unit.status, owner.n AS company,
            company.ceased AS company_ceased, company.ended AS company_ended, company.status AS company_status
        FROM unit JOIN site ON site.id = unit.id LEFT JOIN owner ON owner.cvr = unit.cvr
        LEFT JOIN company ON company.id = owner.id;
        CREATE TABLE days AS SELECT (SELECT max(day) FROM unit) AS unit, (SELECT max(day) FROM company) AS company,
            (SELECT count(*) FROM company WHERE NOT ceased) AS companies,
            (SELECT count(*) FROM company WHERE NOT ceased AND cvr NOT IN (SELECT cvr FROM unit WHERE cvr IS NOT NULL))
                AS companies_without_units;
        DROP TABLE unit; DROP TABLE company;
    """)
    return on


def read_facts(join: Join, load: Load, tally: Tally, *, files: Collection[str], on: str) -> None:
    """Make one table for each fact, with one row at the most for each unit or company."""
    for entity, (table, whose, columns, further) in FACTS.items():
        load(
            entity,
            f"""CREATE TABLE {table} AS SELECT n, {columns}, {_SINCE}, {_DAY}
            FROM {{file}} AS file JOIN {whose} ON {whose}.id = "CVREnhedsId"
            WHERE {_IN_FORCE.format(on=on)} {further}""",
        )
        several = _newest(join, table, "n") if entity in files else 0
        if table in ("name", "address", "industry"):
            tally.add("several_current", several)
    load(EMPLOYMENT, _EMPLOYMENT)


def make_missing(join: Join, absent: frozenset[str]) -> None:
    """Make empty tables for the files that were not handed in, so that the join need not know."""
    blank = "(SELECT * FROM (SELECT NULL::INTEGER AS {names}) WHERE false)"
    for entity in absent & {PROTECTION, CREDIT, PHONE, EMAIL}:
        table, _whose, _columns, _further = FACTS[entity]
        told = "NULL::BOOLEAN" if entity == PROTECTION else "NULL::VARCHAR"
        join.execute(f"CREATE TABLE {table} AS {blank.format(names=f'n, {told} AS told')}")
    if EMPLOYMENT in absent:
        join.execute(f"CREATE TABLE employment AS {blank.format(names='n, NULL::BIGINT AS packed')}")


def _as_of(join: Join, table: str, on: str, *, columns: str) -> None:
    """Take the row in force of each; where none is, the last one, as ceased. What begins later does not count yet."""
    join.execute(f"""
        CREATE TABLE {table} AS
        SELECT id, {columns}, since, registered, status, in_force,
            NOT in_force OR coalesce(ended <= '{on}', false)
                OR coalesce(status IN {_GONE} OR status LIKE 'opløst%', false) AS ceased,
            CASE WHEN ended <= '{on}' THEN ended WHEN NOT in_force THEN till END AS ended
        FROM (SELECT *, coalesce(till > '{on}', true) AS in_force FROM {table}_row
            WHERE since IS NULL OR since <= '{on}');
        DROP TABLE {table}_row;
    """)
    _newest(join, table, "id", "in_force DESC,")


def _newest(join: Join, table: str, key: str, first: str = "") -> int:
    """Keep one row for each owner, the newest; return of how many there were several."""
    join.execute(f"CREATE TEMP TABLE twice AS SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1")
    several = int(str(join.one("SELECT count(*) FROM twice")))
    if several:
        order = f"{first} since DESC NULLS LAST, registered DESC NULLS LAST, {table}::VARCHAR"
        join.execute(f"""
            DELETE FROM {table} WHERE rowid IN (
                SELECT which FROM (SELECT rowid AS which, row_number() OVER (PARTITION BY {key} ORDER BY {order}) AS nth
                    FROM {table} WHERE {key} IN (SELECT {key} FROM twice)) WHERE nth > 1)""")
    join.execute("DROP TABLE twice")
    return several


def _drop_repeats(join: Join, table: str, key: str, tally: Tally | None, code: str) -> None:
    """Two units with one P-number, or two companies with one CVR number: the living one, then the newest, is taken."""
    several = _newest(join, table, key, "ceased,")
    if tally is not None:
        tally.add(code, several)


def _only_known(join: Join, tally: Tally) -> None:
    """Leave out the ceased units that our register has never known: most were sole traders."""
    if tally.known is None:
        return
    units = {"number": tally.known}  # noqa: F841 - DuckDB reads names of the function it is called from
    join.connection.execute("CREATE TEMP TABLE known AS SELECT number::VARCHAR AS number FROM units")
    gone = join.one("SELECT count(*) FROM unit WHERE ceased AND number NOT IN (SELECT number FROM known)")
    join.execute("DELETE FROM unit WHERE ceased AND number NOT IN (SELECT number FROM known); DROP TABLE known")
    tally.add("ceased_before", int(str(gone)))
