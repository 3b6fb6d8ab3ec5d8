"""Many who click at the same moment: one row, one run, and whoever came second is told."""

import threading
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from medspil.common.models import EditConflict
from medspil.linking import shortlist
from medspil.linking.models import Candidate, Decision, Run
from medspil.organisations.roles import Role
from tests.conftest import NOW
from tests.factories import people, rankings

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 6


def all_at_once(act: Callable[[], object]) -> list[object]:
    """Run the same thing in many threads that start together; return what each gave or raised."""
    start, told = threading.Barrier(CLICKS), Queue[object]()

    def click() -> None:
        start.wait()
        try:
            told.put(act())
        except EditConflict as conflict:
            told.put(conflict)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told.get_nowait() for _ in range(CLICKS)]


def test_keeping_at_once_makes_one_row_and_one_run(settings: Settings, tmp_path: Path) -> None:
    number = rankings.register(settings, tmp_path)["photo"].number
    home = people.organisation("Vejle Kommune")
    anna, need = people.member(home, Role.COORDINATOR), rankings.photo_need(home)
    told = all_at_once(lambda: shortlist.keep(need=need, number=number, expected_version=0, by=anna, now=NOW))
    assert not [one for one in told if isinstance(one, Exception)]
    assert Candidate.objects.count() == Run.objects.count() == 1


def test_different_decisions_at_once_leave_the_first(settings: Settings, tmp_path: Path) -> None:
    number = rankings.register(settings, tmp_path)["photo"].number
    home = people.organisation("Vejle Kommune")
    anna, need = people.member(home, Role.COORDINATOR), rankings.photo_need(home)
    reasons = iter(["wrong_kind", "too_far", "too_small", "bad_time", "reputation", "contacted"])
    lock = threading.Lock()

    def aside() -> Candidate:
        with lock:
            reason = next(reasons)
        return shortlist.set_aside(
            need=need, number=number, reason=reason, note="", expected_version=0, by=anna, now=NOW
        )

    told = all_at_once(aside)
    kept = Candidate.objects.get()
    assert (kept.decision, kept.version) == (Decision.SET_ASIDE, 1)
    assert len([one for one in told if isinstance(one, EditConflict)]) == CLICKS - 1
