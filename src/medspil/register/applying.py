"""Applies a compared file: all of it in one transaction, or nothing.

The rows wait in the database already, so the transaction only moves them: one statement per portion, run by the
database itself. That is several times shorter than sending rows from here, and while it lasts nobody else can write
on SQLite.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, connections, router, transaction
from django.db.models import F, Max, Min, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from medspil.accounts.models import User, record_history
from medspil.register.changes import record_changes
from medspil.register.comparing import Tell
from medspil.register.leases import Clock, Lease, LeaseLost, held
from medspil.register.models import (
    GoneUnit,
    ImportRun,
    ImportState,
    RegisterVersion,
    StagedPrint,
    StagedUnit,
    Unit,
    UnitStatus,
)
from medspil.register.receiving import require_same_files
from medspil.register.staging import FACTS, clear_staged
from medspil.register.troubles import ImportTroubled

PORTION = 50_000
SLOWEST_PER_UNIT = timedelta(milliseconds=1)  # nobody renews the lease inside the transaction


class RegisterChanged(ImportTroubled):
    """The register is not as it was when the file was compared."""

    def __init__(self) -> None:
        super().__init__(_("The register was changed after this comparison. Compare the file again."))


class ComparisonIncomplete(ImportTroubled):
    """What waits in the database is not all that the comparison found."""

    def __init__(self) -> None:
        super().__init__(_("Not all that the comparison found is still there. Compare the file again."))


class TooManyGone(ImportTroubled):
    """The file lacks so many units that it is probably not whole."""

    def __init__(self, *, gone: int, of: int) -> None:
        super().__init__(
            _(
                "%(gone)s of the source's %(of)s units are missing in this file: it may have been cut off."
                " Check it, and confirm that they have ceased if it is right."
            )
            % {"gone": gone, "of": of}
        )


def apply(
    *,
    run: ImportRun,
    clock: Clock,
    by: User | None = None,
    accept_gone: bool = False,
    tell: Tell | None = None,
) -> ImportRun:
    """Bring a compared file into the register.

    Raises `ImportBusy`, `TooManyGone`, `RegisterChanged`, `ComparisonIncomplete`, `FileChanged`, `LeaseLost`; then the
    register is as it was.
    """
    require_whole(run, accept_gone=accept_gone)
    with held(
        run=run,
        clock=clock,
        at=(ImportState.COMPARED,),
        become=ImportState.APPLYING,
        back_to=ImportState.COMPARED,
    ) as lease:
        require_same_files(run)
        lease.renew(longer=SLOWEST_PER_UNIT * (run.added + run.changed + run.gone))
        _switch(run=run, lease=lease, now=clock(), by=by, tell=tell)
    # It is done. What is left lying takes room and harms nobody; `forget_files` clears it.
    with suppress(DatabaseError):
        clear_staged(run)
    return run


def require_whole(run: ImportRun, *, accept_gone: bool) -> None:
    """Raise `TooManyGone` if the file lacks much and nobody said that it is right."""
    if run.findings.get("many_gone") and not accept_gone:
        raise TooManyGone(gone=run.gone, of=run.findings["units_of_source"])


def _switch(*, run: ImportRun, lease: Lease, now: datetime, by: User | None, tell: Tell | None) -> None:
    with transaction.atomic():
        _next_version(run=run, now=now)
        record_changes(run=run)
        moved = _move_staged(run=run, tell=tell)
        if (moved, GoneUnit.objects.filter(run=run).count()) != (run.added + run.changed, run.gone):
            raise ComparisonIncomplete
        Unit.objects.filter(number__in=GoneUnit.objects.filter(run=run).values("number")).update(
            status=UnitStatus.CEASED, ended_on=Coalesce("ended_on", Value(run.source_date)), fingerprint=""
        )
        # The last word inside the transaction: whoever lost the lease in the meantime takes everything back.
        if not ImportRun.objects.filter(pk=run.pk, lease=lease.token).update(
            state=ImportState.APPLIED, finished_at=now
        ):
            raise LeaseLost
        _renew_prints(run)
        counts = {"added": run.added, "changed": run.changed, "gone": run.gone, "rejected": run.rejected}
        record_history(record=run, action="register_import", by=by, now=now, changes=counts)
    run.state = ImportState.APPLIED


def _next_version(*, run: ImportRun, now: datetime) -> None:
    """Count the register one on, if it still is what the file was compared with. Also queues concurrent imports."""
    same = RegisterVersion.objects.filter(pk=1, version=run.register_version or 0)
    nothing_new = not (run.added or run.changed or run.gone)
    new_values = {"version": F("version")} if nothing_new else {"version": F("version") + 1, "changed_at": now}
    if not same.update(**new_values):
        raise RegisterChanged


def _move_staged(*, run: ImportRun, tell: Tell | None) -> int:
    """Move what waits into the register, and return how many units that were."""
    ends = StagedUnit.objects.filter(run=run).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    statement = _move_statement()
    using = router.db_for_write(Unit)
    total, moved = ends["last"] + 1 - ends["first"], 0
    with connections[using].cursor() as cursor:
        for start in range(ends["first"], ends["last"] + 1, PORTION):
            cursor.execute(statement, [run.pk, start, start + PORTION])
            moved += cursor.rowcount
            if tell is not None:
                tell("applying", min(total, start + PORTION - ends["first"]), total)
    return moved


def _renew_prints(run: ImportRun) -> None:
    """Renew the fingerprints of rows that say the same in another way; to everybody else these units are untouched."""
    quote = connections[router.db_for_write(Unit)].ops.quote_name
    unit, waiting = quote(Unit._meta.db_table), quote(StagedPrint._meta.db_table)
    with connections[router.db_for_write(Unit)].cursor() as cursor:
        cursor.execute(
            f"UPDATE {unit} SET fingerprint = waiting.fingerprint FROM {waiting} AS waiting"  # noqa: S608
            f" WHERE waiting.run_id = %s AND waiting.number = {unit}.number",
            [run.pk],
        )


def _move_statement() -> str:
    """Return the statement that moves a portion; its names come from the models, and it reads the same on both."""
    quote = connections[router.db_for_write(Unit)].ops.quote_name
    columns = [quote(name) for name in ("number", *FACTS)]
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    listed = ", ".join(columns)
    unit, staged = quote(Unit._meta.db_table), quote(StagedUnit._meta.db_table)
    return (
        f"INSERT INTO {unit} ({listed}) SELECT {listed} FROM {staged}"  # noqa: S608  (names of our own models)
        f" WHERE {quote('run_id')} = %s AND {quote('id')} >= %s AND {quote('id')} < %s"
        f" ON CONFLICT ({columns[0]}) DO UPDATE SET {updates}"
    )
