"""Finds where units lie: from the address in DAR to its door and its point, else the middle of the street.

A DAR id in the business register is that of an address (with floor and door) or of a house number; both are looked up.
Points are counted in whole decimetres, so that a mean is the same on every run, whatever order the rows come in.
"""

# ruff: noqa: S608 - statements are put together from the constants of this package; values are quoted

from collections.abc import Callable

from medspil.register.reading.datafordeler.entities import DWELLING, HOUSE, POINT
from medspil.register.reading.datafordeler.patience import Join

Load = Callable[[str, str], int]

_IN_FORCE = """ "registreringTil" IS NULL AND ("virkningTil" IS NULL OR left("virkningTil", 10) > '{on}')
    AND ("virkningFra" IS NULL OR left("virkningFra", 10) <= '{on}') """
_DWELLINGS = """
    CREATE TABLE dwelling AS
    SELECT id, min(house) AS house FROM (
        SELECT try_cast("id_lokalId" AS UUID) AS id, try_cast("husnummer" AS UUID) AS house FROM {file} WHERE %s)
    WHERE id IN (SELECT id FROM dar) GROUP BY id
"""
_HOUSES = """
    CREATE TABLE house AS
    SELECT id, min(point) AS point FROM (
        SELECT try_cast("id_lokalId" AS UUID) AS id, try_cast("adgangspunkt" AS UUID) AS point FROM {file} WHERE %s)
    WHERE id IN (SELECT id FROM dar UNION SELECT house FROM dwelling) GROUP BY id
"""
_NUMBER = r"(-?[0-9]+(?:\.[0-9]+)?)"
_POINTS = f"""
    CREATE TABLE point AS
    SELECT id, min(x) AS x, min(y) AS y FROM (
        SELECT try_cast("id_lokalId" AS UUID) AS id,
            round(try_cast(regexp_extract("position", '{_NUMBER}[ ,]+{_NUMBER}', 1) AS DOUBLE) * 10)::BIGINT AS x,
            round(try_cast(regexp_extract("position", '{_NUMBER}[ ,]+{_NUMBER}', 2) AS DOUBLE) * 10)::BIGINT AS y
        FROM {{file}} WHERE %s AND try_cast("id_lokalId" AS UUID) IN (SELECT point FROM house))
    WHERE x BETWEEN 4000000 AND 9000000 AND y BETWEEN 60000000 AND 65000000 GROUP BY id
"""
STREET_KEY = "replace(regexp_replace(lower({street}), '[ .]+', ' ', 'g'), 'aa', 'å')"


POINTS_IN_ORDER = (DWELLING, HOUSE, POINT)
"""The entities in the order in which they are read, after the facts."""


def read_points(join: Join, load: Load, *, present: frozenset[str], on: str) -> None:
    """Make `spot` (unit -> point) and `street` (postal code and street -> mean point)."""
    join.execute("CREATE TABLE dar AS SELECT DISTINCT dar AS id FROM address WHERE dar IS NOT NULL AND NOT abroad")
    for entity, table, columns, sql in (
        (DWELLING, "dwelling", "NULL::UUID AS house", _DWELLINGS),
        (HOUSE, "house", "NULL::UUID AS point", _HOUSES),
        (POINT, "point", "NULL::BIGINT AS x, NULL::BIGINT AS y", _POINTS),
    ):
        if entity in present:
            load(entity, sql % _IN_FORCE.format(on=on))
        else:
            join.execute(f"CREATE TABLE {table} AS SELECT * FROM (SELECT NULL::UUID AS id, {columns}) WHERE false")
    join.execute(f"""
        CREATE TABLE door AS
        SELECT dar.id, coalesce(dwelling.house, dar.id) AS house FROM dar LEFT JOIN dwelling ON dwelling.id = dar.id;
        CREATE TABLE lies AS
        SELECT door.id, point.x, point.y
        FROM door JOIN house ON house.id = door.house JOIN point ON point.id = house.point;
        CREATE TABLE spot AS
        SELECT address.n, x, y FROM address JOIN lies ON lies.id = address.dar WHERE NOT abroad;
        CREATE TABLE street AS
        SELECT postcode, key, (sum(x) // count(*))::BIGINT AS x, (sum(y) // count(*))::BIGINT AS y FROM (
            SELECT DISTINCT postcode, {STREET_KEY.format(street="street")} AS key, x, y
            FROM address JOIN spot ON spot.n = address.n WHERE street IS NOT NULL AND postcode IS NOT NULL)
        GROUP BY postcode, key;
        DROP TABLE dar; DROP TABLE dwelling; DROP TABLE house; DROP TABLE point; DROP TABLE door; DROP TABLE lies;
    """)
