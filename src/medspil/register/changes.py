"""Writes down what an import changes about units, so that people can be told, and forgets it after a year.

The database compares what waits with what stands, in one statement, before anything is moved. Nothing is told that only
looks like a change: another source spells addresses and names in its own way, a code of another edition is no new
trade, and the first import of a source brings no news.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connections, router, transaction

from medspil.register.models import (
    GoneUnit,
    ImportRun,
    ImportState,
    PointQuality,
    StagedUnit,
    Unit,
    UnitChange,
    UnitStatus,
)
from medspil.register.models.changes import ChangeKind

CHANGES_KEPT = timedelta(days=365)  # the guide to the register tells this number
NEXT_DOOR_M = 25  # two addresses this near are one place spelt in two ways, or another floor
ELSEWHERE_M = 100  # an exact point this far away is another place, whatever the address says
_COLUMNS = (
    "run_id", "unit_id", "kind", "municipality", "x", "y", "old_municipality", "old_x", "old_y", "before",
)  # fmt: skip
_EXACT = f"u.point_quality = '{PointQuality.ADDRESS}' AND s.point_quality = '{PointQuality.ADDRESS}'"
_DISTANCE = "((s.x - u.x) * (s.x - u.x) + (s.y - u.y) * (s.y - u.y))"
_BOTH_OPEN = f"u.status <> '{UnitStatus.CEASED}' AND s.status <> '{UnitStatus.CEASED}'"
_MOVED = f"""{_BOTH_OPEN} AND (
    (u.postcode <> '' AND s.postcode <> '' AND u.postcode <> s.postcode)
    OR ({_EXACT} AND {_DISTANCE} > {ELSEWHERE_M**2})
    OR (u.source = s.source AND u.address <> '' AND s.address <> '' AND u.address <> s.address
        AND NOT ({_EXACT} AND {_DISTANCE} <= {NEXT_DOOR_M**2})))"""
# What each kind is, in SQL that reads the same on both databases: u is the unit as it stands, s as it would be.
_WHEN: dict[ChangeKind, str] = {
    ChangeKind.BACK: f"""(u.status = '{UnitStatus.CEASED}' AND s.status <> '{UnitStatus.CEASED}')
        OR (u.status = '{UnitStatus.CLOSING}' AND s.status = '{UnitStatus.ACTIVE}')""",
    ChangeKind.MOVED: _MOVED,
    ChangeKind.CEASED: f"u.status <> '{UnitStatus.CEASED}' AND s.status = '{UnitStatus.CEASED}'",
    ChangeKind.CLOSING: f"u.status = '{UnitStatus.ACTIVE}' AND s.status = '{UnitStatus.CLOSING}'",
    ChangeKind.PROTECTED: f"NOT u.protected AND s.protected AND s.status <> '{UnitStatus.CEASED}'",
    ChangeKind.LIFTED: f"u.protected AND NOT s.protected AND s.status <> '{UnitStatus.CEASED}'",
    ChangeKind.RENAMED: f"{_BOTH_OPEN} AND lower(u.name) <> lower(s.name)",
    ChangeKind.TRADE: f"""{_BOTH_OPEN} AND u.code_system = s.code_system
        AND u.industry <> '' AND s.industry <> '' AND u.industry <> s.industry""",
}
# Looked at first: most units that wait differ in none of these, but in employees or a purpose.
_DIFFER = " OR ".join(
    f"u.{name} <> s.{name}" for name in ("status", "protected", "name", "industry", "postcode", "address", "x", "y")
)
_NEW = f"""u.number IS NULL AND s.status <> '{UnitStatus.CEASED}' AND (%s OR s.started_on > %s)"""
_BEFORE = f"""CASE k.kind
    WHEN '{ChangeKind.MOVED}' THEN trim(u.address || ', ' || u.postcode || ' ' || u.city, ', ')
    WHEN '{ChangeKind.RENAMED}' THEN u.name
    WHEN '{ChangeKind.TRADE}' THEN u.industry_text
    ELSE '' END"""


@transaction.atomic
def record_changes(*, run: ImportRun) -> int:
    """Write down what a compared import is about to change, and return how many changes that are.

    Called inside the transaction that applies the import, before its units are moved.
    """
    earlier = _earlier(run)
    recorded = 0
    if run.changed or (earlier and run.added):
        recorded += _execute(*_of_staged(run, earlier))
    if run.gone:
        recorded += _execute(*_of_gone(run))
    return recorded


def forget_old_changes(*, now: datetime) -> int:
    """Throw away what imports changed more than a year ago; return how many changes that were."""
    forgotten = 0
    old = ImportRun.objects.filter(finished_at__lt=now - CHANGES_KEPT, unit_changes__isnull=False)
    for pk in list(old.order_by().values_list("pk", flat=True).distinct()):  # import by import: short transactions
        changes = UnitChange.objects.filter(run_id=pk)
        forgotten += changes._raw_delete(changes.db)
    return forgotten


def _earlier(run: ImportRun) -> ImportRun | None:
    """Return the import of the same source that this one is compared with; None for the first one."""
    applied = ImportRun.objects.filter(state=ImportState.APPLIED, source=run.source).exclude(pk=run.pk)
    return applied.order_by("-source_date", "-finished_at").first()


def _of_staged(run: ImportRun, earlier: ImportRun | None) -> tuple[str, list[int | bool | str]]:
    """Return the statement that finds the changes of units which the file tells of.

    New is a unit nobody knew, between two whole files of one source; where either was a part, only one that has
    started since: the rest may long have been there, outside that part.
    """
    conditions = dict(_WHEN)
    values: list[int | bool | str] = []
    if earlier is not None:
        conditions[ChangeKind.NEW] = _NEW
        values = [earlier.complete and run.complete, earlier.source_date.isoformat()]
    kinds = " UNION ALL ".join(f"SELECT '{kind}' AS kind" for kind in conditions)
    cases = " ".join(f"WHEN '{kind}' THEN ({condition})" for kind, condition in conditions.items())
    old = [f"CASE WHEN k.kind = '{ChangeKind.MOVED}' THEN u.{name} END" for name in ("x", "y")]
    old_municipality = f"CASE WHEN k.kind = '{ChangeKind.MOVED}' THEN u.municipality ELSE '' END"
    # A cross join keeps the order on SQLite: each waiting unit is looked up once, then held against the few kinds.
    statement = (
        f"{_insert()} SELECT s.run_id, s.number, k.kind, s.municipality, s.x, s.y, {old_municipality},"  # noqa: S608  (names of our own)
        f" {old[0]}, {old[1]}, substr({_BEFORE}, 1, 300)"
        f" FROM {_table(StagedUnit)} s {'LEFT' if earlier else 'INNER'} JOIN {_table(Unit)} u ON u.number = s.number"
        f" CROSS JOIN ({kinds}) k"
        f" WHERE s.run_id = %s AND (u.number IS NULL OR {_DIFFER}) AND CASE k.kind {cases} END"
    )
    return statement, [run.pk, *values]


def _of_gone(run: ImportRun) -> tuple[str, list[int | bool | str]]:
    """Return the statement that finds units which the whole file no longer holds."""
    statement = (
        f"{_insert()} SELECT g.run_id, u.number, '{ChangeKind.GONE}', u.municipality, u.x, u.y, '', NULL, NULL, ''"  # noqa: S608  (names of our own)
        f" FROM {_table(GoneUnit)} g JOIN {_table(Unit)} u ON u.number = g.number"
        f" WHERE g.run_id = %s AND u.status <> '{UnitStatus.CEASED}'"
    )
    return statement, [run.pk]


def _insert() -> str:
    return f"INSERT INTO {_table(UnitChange)} ({', '.join(_COLUMNS)})"


def _table(model: type[Unit | StagedUnit | GoneUnit | UnitChange]) -> str:
    return connections[router.db_for_write(Unit)].ops.quote_name(model._meta.db_table)


def _execute(statement: str, values: Sequence[int | bool | str]) -> int:
    with connections[router.db_for_write(UnitChange)].cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
