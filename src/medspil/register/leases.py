"""Who works on an import now: a lease that is renewed while the work goes on, so that a killed worker's import is
taken over by another and no two work on the same one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, connections, router
from django.db.models import Q
from django.utils.translation import gettext as _

from medspil.register.models import ImportRun, ImportState
from medspil.register.troubles import DatabaseStopped, ImportTroubled, NoRoom, plain_troubles

Clock = Callable[[], datetime]
LEASE = timedelta(minutes=2)
RENEW_AFTER = timedelta(seconds=20)


class ImportBusy(ImportTroubled):
    """Somebody works on this import already, or it is not at this step."""

    def __init__(self) -> None:
        super().__init__(_("This import is being worked on, or it is at another step. Look at its page again."))


class LeaseLost(ImportTroubled):
    """Another worker has taken over, because this one was silent for too long."""

    def __init__(self) -> None:
        super().__init__(_("Another worker has taken this import over. Nothing was changed by this one."))


class Lease:
    """The right to work on one import."""

    def __init__(self, *, run: ImportRun, clock: Clock) -> None:
        self.token = uuid4().hex
        self._run = run
        self._clock = clock
        self._renewed = clock()
        self.row = 0  # how far the work got, for the sentence when it stops

    def take(self, *, at: tuple[ImportState, ...], become: ImportState) -> None:
        """Take the import if it is at one of the steps, or was left at `become` by a worker that fell silent."""
        now = self._clock()
        free = Q(state__in=at) | Q(state=become, lease_until__lt=now)
        taken = ImportRun.objects.filter(free, pk=self._run.pk).update(
            state=become, lease=self.token, lease_until=now + LEASE, problem=""
        )
        if not taken:
            raise ImportBusy
        self._run.refresh_from_db()

    def renew(self, *, longer: timedelta = timedelta()) -> None:
        """Say that the work goes on; cheap when it was just said. `longer` when it must be silent for a while."""
        now = self._clock()
        if not longer and now - self._renewed < RENEW_AFTER:
            return
        self._renewed = now
        until = now + LEASE + longer
        if not ImportRun.objects.filter(pk=self._run.pk, lease=self.token).update(lease_until=until):
            raise LeaseLost

    def give_back(self, *, state: ImportState, problem: str = "") -> None:
        """Let go of the import at a step, unless somebody else has it by now."""
        ImportRun.objects.filter(pk=self._run.pk, lease=self.token).update(
            state=state, problem=problem, lease="", lease_until=None
        )


@contextmanager
def held(
    *, run: ImportRun, clock: Clock, at: tuple[ImportState, ...], become: ImportState, back_to: ImportState
) -> Iterator[Lease]:
    """Hold an import for a piece of work; if the work stops short, its page says why and it can be begun again."""
    lease = Lease(run=run, clock=clock)
    with plain_troubles(lambda: str(become.label)):
        lease.take(at=at, become=become)
    state, problem = back_to, _("The work stopped before it was done. Nothing was changed; start it again.")
    try:
        with plain_troubles(lambda: _where(become, lease.row)):
            yield lease
        state, problem = ImportState(run.state), ""
    except (NoRoom, DatabaseStopped) as trouble:
        problem = str(trouble)
        _let_go_of_broken_connection()
        raise
    except ImportTroubled as trouble:
        state, problem = ImportState.FAILED, str(trouble)
        raise
    finally:
        # Where even this cannot be written the lease runs out by itself, and whoever comes next takes over.
        with suppress(DatabaseError, InterfaceError):
            lease.give_back(state=state, problem=problem)
            run.refresh_from_db()


def _where(step: ImportState, row: int) -> str:
    """Return the step, and the row it got to where that is known."""
    return _("%(step)s, %(row)s rows done") % {"step": step.label, "row": row} if row else str(step.label)


def _let_go_of_broken_connection() -> None:
    connection = connections[router.db_for_write(ImportRun)]
    if not connection.in_atomic_block:
        connection.close()
