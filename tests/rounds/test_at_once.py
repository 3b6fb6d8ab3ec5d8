"""Many who click at the same moment: one proposal, each link once, and whoever came second is told."""

import threading
from collections.abc import Callable
from queue import Queue

import pytest
from django.db import connection

from medspil.common.models import EditConflict
from medspil.linking.models import Link
from medspil.organisations.roles import Role
from medspil.rounds import services
from medspil.rounds.models import PairKind, PairRule, Proposal, Round
from tests.conftest import NOW
from tests.factories import people, places, rounds

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4


def all_at_once(act: Callable[[int], object]) -> list[object]:
    """Run the same thing in threads that start together; return what each gave or raised."""
    start, told = threading.Barrier(CLICKS), Queue[object]()

    def click(number: int) -> None:
        start.wait()
        try:
            told.put(act(number))
        except (EditConflict, services.RoundClosed, services.BoardChanged) as trouble:
            told.put(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[number]) for number in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told.get_nowait() for _ in range(CLICKS)]


def test_running_at_once_stores_one_proposal() -> None:
    home = people.organisation("Vejle Kommune")
    anna = people.member(home, Role.COORDINATOR)
    round_ = rounds.adoption(home, anna)
    told = all_at_once(lambda _number: services.run(round_=Round.objects.get(pk=round_.pk), by=anna, now=NOW))
    assert {one.pk for one in told if isinstance(one, Proposal)} == set(Proposal.objects.values_list("pk", flat=True))
    assert Proposal.objects.count() == 1


def test_making_links_at_once_makes_each_once() -> None:
    home = people.organisation("Vejle Kommune")
    anna = people.member(home, Role.COORDINATOR)
    area = places.area(home)
    round_ = rounds.adoption(home, anna, area=area, need=places.need(area, "Adoption", ("company_visit",)))
    for row in round_.supplies.all():
        company = people.organisation(f"{row.label} A/S", "company")
        type(row).objects.filter(pk=row.pk).update(organisation=company)
    number = services.run(round_=round_, by=anna, now=NOW).number
    told = all_at_once(
        lambda _number: services.apply(round_=Round.objects.get(pk=round_.pk), number=number, by=anna, now=NOW)
    )
    assert Link.objects.count() == 10
    assert sum(isinstance(one, services.Applied) for one in told) == 1


def test_brokers_who_say_different_things_at_once_leave_the_first() -> None:
    home = people.organisation("Vejle Kommune")
    brokers = [people.member(home, Role.BROKER, name=f"Bo {number}") for number in range(CLICKS)]
    round_ = rounds.adoption(home, brokers[0])
    klass, companies = rounds.demand(round_, "7.X"), list(round_.supplies.order_by("pk"))

    def ban(number: int) -> Round:
        said = services.Said(klass.pk, companies[number].pk, PairKind.BAN)
        return services.decide(round_=round_, said=[said], expected_version=round_.version, by=brokers[number], now=NOW)

    told = all_at_once(ban)
    assert sum(isinstance(one, EditConflict) for one in told) == CLICKS - 1
    assert PairRule.objects.count() == 1
