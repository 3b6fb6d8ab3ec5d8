"""The register's long jobs, run by the worker; and `reap`, which gives the jobs of a killed worker back.

A job is a door like a page or a command: it reads the clock. Every job can be run again: it looks at how far the
import is and does only what is left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils import translation
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from medspil.accounts.models import User
from medspil.register import services
from medspil.register.index import IndexBusy, index_state, rebuild_index
from medspil.register.leases import LEASE
from medspil.register.models import ImportRun, ImportState
from medspil.register.placement import place_after_import
from medspil.register.progress import ProgressFile
from medspil.register.troubles import ImportTroubled

MOST_STARTS = 3
INDEX_PROGRESS = "index"
_LONGEST_BUILD = timedelta(minutes=30)


def _clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _progress(name: str) -> Iterator[ProgressFile]:
    progress = ProgressFile(name)
    try:
        yield progress
    finally:
        progress.finish()


@task()
def build_search_index() -> str:
    """Build the index from the register as it is."""
    with _progress(INDEX_PROGRESS) as progress:
        try:
            return rebuild_index(tell=progress.tell).built_id
        except IndexBusy as busy:
            return str(busy)


@task()
def compare_import(run_id: int, language: str = "da") -> str:
    """Compare a file with the register; the sentence of an expected trouble stands on the import."""
    run = ImportRun.objects.get(pk=run_id)
    with _progress(run.progress_name) as progress, translation.override(language):
        try:
            services.compare(run=run, clock=_clock, tell=progress.tell)
        except ImportTroubled as trouble:
            return str(trouble)
    return run.state


@task()
def apply_import(run_id: int, user_id: int | None, accept_gone: bool, language: str = "da") -> str:
    """Apply a compared file; building the index anew is a job of its own."""
    run = ImportRun.objects.get(pk=run_id)
    with _progress(run.progress_name) as progress, translation.override(language):
        try:
            if run.state != ImportState.APPLIED:
                by = User.objects.filter(pk=user_id).first() if user_id else None
                services.apply(run=run, clock=_clock, by=by, accept_gone=accept_gone, tell=progress.tell)
        except ImportTroubled as trouble:
            return str(trouble)
    services.forget_files(run=run)
    place_after_import(run=run, now=_clock())
    if not index_state().current:
        start_indexing()
    return run.state


def start_comparing(*, run: ImportRun, language: str) -> None:
    """Put the comparison in the queue; a second click puts no second one there."""
    if not is_queued(run):
        compare_import.enqueue(run.pk, language)


def start_applying(*, run: ImportRun, by: User | None, accept_gone: bool, language: str) -> None:
    """Put applying in the queue, unless the file lacks so much that somebody must say first that it is right."""
    services.require_whole(run, accept_gone=accept_gone)
    if not is_queued(run):
        apply_import.enqueue(run.pk, by.pk if by else None, accept_gone, language)


def start_indexing() -> None:
    """Put building the index in the queue, unless it is there."""
    waiting = DBTaskResult.objects.filter(task_path=build_search_index.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        build_search_index.enqueue()


def is_queued(run: ImportRun) -> bool:
    """Return whether a job for this import waits or runs."""
    return DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
        task_path__in=(compare_import.module_path, apply_import.module_path),
        args_kwargs__args__0=run.pk,
    ).exists()


def reap(*, now: datetime) -> int:
    """Give back the register's jobs whose worker has fallen silent, and return how many.

    Silent is a job that was begun longer ago than a lease and whose import nobody renews. After three starts it is
    given up: something in the file kills the worker.
    """
    running = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, task_path__startswith=f"{__name__}.", started_at__lt=now - LEASE
    ).order_by("enqueued_at")
    returned = 0
    for job in running:
        arguments = job.args_kwargs["args"]
        if arguments and _is_held(arguments[0], now):
            continue
        if not arguments and job.started_at > now - _LONGEST_BUILD:
            continue
        state = TaskResultStatus.READY if len(job.worker_ids) < MOST_STARTS else TaskResultStatus.FAILED
        returned += DBTaskResult.objects.filter(
            pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at
        ).update(status=state)
    return returned + _take_up_left_lying(now)


def _take_up_left_lying(now: datetime) -> int:
    """Queue the work on imports again that stopped without a job to go on with: the database went away in the middle.

    What no job began was begun in a terminal; it begins again there.
    """
    left = ImportRun.objects.filter(state__in=(ImportState.COMPARING, ImportState.APPLYING), lease_until__lt=now)
    taken = 0
    for run in left:
        job = compare_import if run.state == ImportState.COMPARING else apply_import
        begun = DBTaskResult.objects.filter(task_path=job.module_path, args_kwargs__args__0=run.pk)
        last = begun.order_by("-enqueued_at").first()
        if last is not None and begun.count() < MOST_STARTS and not is_queued(run):
            job.enqueue(*last.args_kwargs["args"])
            taken += 1
    return taken


def _is_held(run_id: int, now: datetime) -> bool:
    return ImportRun.objects.filter(Q(lease_until__gte=now), pk=run_id).exists()
