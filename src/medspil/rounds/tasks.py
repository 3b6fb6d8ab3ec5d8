"""Long runs, done by the worker: a door like a page or a command, so it reads the clock."""

from datetime import UTC, datetime

from django.utils import translation
from django_tasks import task

from medspil.accounts.models import User
from medspil.register.progress import ProgressFile
from medspil.rounds.models import Round, Solving
from medspil.rounds.services.running import start, work


@task()
def solve_round(solving_id: int, language: str = "da") -> str:
    """Work out a proposal; a run that another worker has begun is left to it."""
    solving = Solving.objects.select_related("round", "by").get(pk=solving_id)
    progress = ProgressFile(solving.round.progress_name)
    try:
        with translation.override(language):
            work(solving=solving, clock=lambda: datetime.now(UTC), tell=progress.tell)
    finally:
        progress.finish()
    solving.refresh_from_db()
    return solving.state


def start_solving(*, round_: Round, by: User, now: datetime, language: str) -> Solving:
    """Put a long run in the queue. Raises `AlreadyRunning`, `RoundClosed`."""
    solving = start(round_=round_, by=by, now=now)
    solve_round.enqueue(solving.pk, language)
    return solving
