"""Many who click at the same moment: one company, one profile, one answer, one merge."""

import threading
from collections.abc import Callable
from queue import Queue

import pytest
from django.db import connection

from medspil.common.models import EditConflict
from medspil.organisations.merging import merge, take_back
from medspil.organisations.models import Merge, Organisation, Profile, ProfileAnswer, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_unit
from tests.conftest import NOW
from tests.factories import companies, people, places
from tests.factories.profiles import answer

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 6


def all_at_once(act: Callable[[int], object]) -> list[object]:
    """Run the same thing in many threads that start together; return what each gave or raised."""
    start, told = threading.Barrier(CLICKS), Queue[object]()

    def click(which: int) -> None:
        start.wait()
        try:
            told.put(act(which))
        except EditConflict as conflict:
            told.put(conflict)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(which,)) for which in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told.get_nowait() for _ in range(CLICKS)]


def test_first_answers_that_differ_make_one_company_and_the_later_are_told() -> None:
    unit, home = companies.unit(cvr="25052943"), people.organisation("Vejle Kommune")
    anna = people.member(home, Role.COORDINATOR)
    told = all_at_once(lambda which: answer(of_unit(unit), home, Topic.CSR, anna, "yes", text=f"{which}"))
    assert len([one for one in told if isinstance(one, ProfileAnswer)]) == 1
    assert len([one for one in told if isinstance(one, EditConflict)]) == CLICKS - 1
    assert Organisation.objects.filter(only_checked=True).count() == Profile.objects.count() == 1


def test_different_answers_at_once_are_all_kept_and_all_counted() -> None:
    unit, home = companies.unit(cvr="25052943"), people.organisation("Vejle Kommune")
    anna = people.member(home, Role.COORDINATOR)
    asked = [Topic.CSR, Topic.GLOBAL_COMPACT, Topic.VOLUNTEERING, Topic.GROUP, Topic.CORE_SERVICES, Topic.PARTNERSHIPS]
    said: dict[Topic, dict[str, object]] = {
        Topic.CORE_SERVICES: {"text": "Smedje"},
        Topic.PARTNERSHIPS: {"known": "no"},
    }
    told = all_at_once(
        lambda which: answer(of_unit(unit), home, asked[which], anna, **said.get(asked[which], {"known": "yes"}))  # type: ignore[arg-type]
    )
    assert not [one for one in told if isinstance(one, Exception)]
    assert set(Profile.objects.get().facts) == {*asked, "analyser"}


def test_merging_and_taking_back_at_once_happen_once() -> None:
    kept, gone = people.organisation("Nordre Boldklub"), people.organisation("Nordre BK")
    eva = people.member(kept, Role.ADMINISTRATOR, name="Eva")
    places.area(gone)
    versions = (kept.version, gone.version)
    told = all_at_once(
        lambda _which: merge(kept=kept, gone=gone, from_gone=frozenset(), versions=versions, by=eva, now=NOW)
    )
    assert not [one for one in told if isinstance(one, Exception)]
    made = Merge.objects.get()
    told = all_at_once(lambda _which: take_back(merged=made, by=eva, now=NOW))
    assert not [one for one in told if isinstance(one, Exception)]
    assert gone.areas.count() == 1


def test_the_same_answer_sent_many_times_at_once_is_one_answer() -> None:
    unit, home = companies.unit(cvr="25052943"), people.organisation("Vejle Kommune")
    anna = people.member(home, Role.COORDINATOR)
    told = all_at_once(lambda _which: answer(of_unit(unit), home, Topic.CSR, anna, "yes"))
    assert {one.pk for one in told if isinstance(one, ProfileAnswer)} == {ProfileAnswer.objects.get().pk}
    assert len(told) == len([one for one in told if isinstance(one, ProfileAnswer)])
    assert ProfileAnswer.objects.get().version == 1
