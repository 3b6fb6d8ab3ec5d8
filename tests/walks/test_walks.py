"""A walk is planned once, its stops come in the order of a short round or as somebody wants, and it is held or not."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.common.when import NoSuchTime, moment
from medspil.linking.asking import DayAhead
from medspil.linking.brokers import come
from medspil.linking.gate import ResourceGone
from medspil.linking.models import Link
from medspil.mapping.models import HowEnded
from medspil.mapping.withdrawal import withdraw_consent
from medspil.organisations.roles import Role
from medspil.partnerships.beginning import WorkInIt, take_back
from medspil.walks.days import DayOver, LongAgo, MovedBack
from medspil.walks.models import Skipping, SkipReason, Walk, WalkState, WalkStop
from medspil.walks.planning import NotPlanned, NowhereToMeet, cancel_walk, change_walk, hold_walk, plan_again
from medspil.walks.skipping import ReasonMissing, held_or_skipped, skip_walk, take_back_skipping
from medspil.walks.stops import (
    MOST_STOPS,
    StopFacts,
    TooManyStops,
    change_stop,
    length_of,
    move_stop,
    pick_stops,
    propose_order,
    take_out,
    write_stop,
)
from tests.factories import companies, links, people, places, resources, walks
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company, that nobody was asked about yet."""
    return links.link(need, companies.unit(cvr="12345674"), by=anna)


def titles(walk: Walk) -> list[str]:
    return [stop.title for stop in walk.stops.standing()]


def test_a_walk_is_planned_once_and_moved_by_who_saw_it_last(link: Link, anna: User) -> None:
    key = uuid4()
    one, again = (walks.walk(link, by=anna, creation_key=key) for _click in range(2))
    assert one == again
    with pytest.raises(NowhereToMeet):
        walks.walk(link, by=anna, meeting=walks.at(0, 0, " "))
    later: dict[str, Any] = {
        "starts_at": one.starts_at + timedelta(days=1),
        "meeting": walks.at(0, 0, "Torvet 1"),
        "by": anna,
    }
    moved = change_walk(walk=one, expected_version=1, now=NOW, **later)
    assert (moved.version, moved.sequence) == (2, 1)
    with pytest.raises(EditConflict):
        change_walk(walk=again, expected_version=1, now=NOW, **later | {"starts_at": NOW})
    told = HistoryEntry.objects.of(moved).get(action="walk_moved")
    assert told.changes == {"starts_at": ["2026-11-29 11:00", "2026-11-30 11:00"]}


def test_stops_come_in_the_order_of_a_short_round_until_somebody_chooses_otherwise(link: Link, anna: User) -> None:
    walk = walks.walk(link, by=anna)
    for title, east, north in [("syd", 0, -300), ("nord", 0, 300), ("sydøst", 200, -300), ("nordøst", 200, 300)]:
        walks.stop(walk, title, east, north, by=anna)
    write_stop(walk=walk, facts=StopFacts(title="uden sted"), creation_key=uuid4(), by=anna, now=NOW)
    shortest = ["syd", "sydøst", "nordøst", "nord", "uden sted"]
    assert titles(walk) == shortest
    long = length_of(walk, walk.stops.standing())
    assert (long.metres, long.walking, long.standing, long.unplaced) == (2080, 31, 50, 1)
    move_stop(stop=walk.stops.get(title="nord"), up=True, by=anna, now=NOW)
    walks.stop(walk, "sidst", 100, -300, by=anna)
    assert titles(walk) == ["syd", "sydøst", "nord", "nordøst", "uden sted", "sidst"]
    propose_order(walk=walk, by=anna, now=NOW)
    assert titles(walk) == ["syd", "sidst", "sydøst", "nordøst", "nord", "uden sted"]


def test_challenges_and_resources_are_picked_once_and_come_back_when_they_were_taken_out(
    link: Link, need: Need, anna: User
) -> None:
    walk, club = walks.walk(link, by=anna), links.resource(need, x=walks.MIDDLE[0], y=walks.MIDDLE[1])
    picked: dict[str, Any] = {"challenges": [places.challenge(need.area)], "resources": [club], "by": anna, "now": NOW}
    for _click in range(2):
        pick_stops(walk=walk, **picked)
    first, second = walk.stops.standing()
    assert (first.resource, second.resource, second.point) == (club, None, None)
    for _click in range(2):
        take_out(stop=first, out=True, by=anna, now=NOW)
    assert list(walk.stops.standing()) == [second]
    pick_stops(walk=walk, **picked)
    assert walk.stops.standing().count() == 2
    other = links.resource(places.need(places.area(people.organisation("Fremmed"))))
    with pytest.raises(ResourceGone):
        pick_stops(walk=walk, resources=[other], by=anna, now=NOW)


def test_a_walk_has_an_end_and_no_number_of_a_person(link: Link, anna: User) -> None:
    walk = walks.walk(link, by=anna)
    stop = walks.stop(walk, "Klubben", 0, 0, by=anna)
    facts = StopFacts(title="Klubben", shower="010190-1234")
    with pytest.raises(CprNumberFound):
        change_stop(stop=stop, facts=facts, expected_version=1, by=anna, now=NOW)
    WalkStop.objects.bulk_create(
        WalkStop(walk=walk, at=number, title="x", created_at=NOW, updated_at=NOW) for number in range(2, MOST_STOPS + 1)
    )
    with pytest.raises(TooManyStops):
        walks.stop(walk, "én til", 0, 0, by=anna)


def test_it_is_held_on_its_day_or_cancelled_and_either_is_taken_back(link: Link, anna: User) -> None:
    walk = walks.walk(link, by=anna)
    with pytest.raises(DayAhead):
        hold_walk(walk=walk, expected_version=1, by=anna, now=NOW)
    cancel_walk(walk=walk, why="sne", expected_version=1, by=anna, now=NOW)
    with pytest.raises(NotPlanned):
        change_walk(walk=walk, starts_at=NOW, meeting=walks.at(0, 0, "Her"), expected_version=2, by=anna, now=NOW)
    plan_again(walk=walk, expected_version=2, by=anna, now=NOW)
    assert (walk.state, walk.why, walk.sequence) == (WalkState.PLANNED, "", 2)
    hold_walk(walk=walk, expected_version=3, by=anna, now=walk.starts_at)
    assert plan_again(walk=walk, expected_version=4, by=anna, now=NOW).state == WalkState.PLANNED


def test_a_walk_is_planned_for_a_day_to_come_and_noted_afterwards_for_two_years(link: Link, anna: User) -> None:
    yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(days=1)
    for starts_at, walked, trouble in [
        (yesterday, False, DayOver),
        (tomorrow, True, DayAhead),
        (NOW - timedelta(days=731), True, LongAgo),
    ]:
        with pytest.raises(trouble):
            walks.walk(link, by=anna, starts_at=starts_at, walked=walked)
    noted = walks.walk(link, by=anna, starts_at=yesterday, walked=True)
    assert noted.state == WalkState.HELD
    to_come = walks.walk(link, by=anna)
    moved: dict[str, Any] = {"meeting": walks.at(0, 0, "Her"), "by": anna, "now": NOW}
    with pytest.raises(MovedBack):
        change_walk(walk=to_come, starts_at=yesterday, expected_version=1, **moved)
    over = plan_again(walk=noted, expected_version=1, by=anna, now=NOW)
    earlier = yesterday - timedelta(days=2)
    assert change_walk(walk=over, starts_at=earlier, expected_version=2, **moved).starts_at == earlier


def test_a_partnership_has_walked_or_says_why_not(need: Need, anna: User) -> None:
    going = partnership(need, companies.unit(cvr="12345674"), by=anna)
    assert held_or_skipped(going) is None
    with pytest.raises(ReasonMissing):
        skip_walk(partnership=going, reason="other", words=" ", creation_key=uuid4(), by=anna, now=NOW)
    for _colleague in range(2):
        skipped = skip_walk(partnership=going, reason=SkipReason.FAR, words="", creation_key=uuid4(), by=anna, now=NOW)
    found = held_or_skipped(going)
    assert found
    assert (found.held_on, found.skipped, Skipping.objects.count()) == (None, skipped, 1)
    take_back_skipping(skipping=skipped, by=anna, now=NOW)
    walk = walks.walk(going.link, by=anna, starts_at=NOW)
    assert held_or_skipped(going) is None
    hold_walk(walk=walk, expected_version=1, by=anna, now=NOW)
    found = held_or_skipped(going)
    assert found
    assert (found.held_on, found.skipped) == (TODAY, None)
    with pytest.raises(WorkInIt):
        take_back(link=going.link, expected_version=going.link.version, by=anna, now=NOW)


def test_areas_and_sides_see_the_stops_a_broker_only_when(link: Link, anna: User, carl: User) -> None:
    walk = walks.walk(link, by=anna)
    stop = walks.stop(walk, "Klubben", 0, 0, by=anna)
    bureau = people.organisation("Byen", "company")
    bo = people.member(bureau, Role.BROKER, name="Bo")
    come(link=link, user=bo, organisation=bureau, by=anna, now=NOW)
    for who, sees in [(anna, (True, True, True)), (bo, (True, False, False)), (carl, (False, False, False))]:
        assert (
            Walk.objects.visible_to(who, on=TODAY).exists(),
            Walk.objects.open_to(who, on=TODAY).exists(),
            WalkStop.objects.visible_to(who, on=TODAY).filter(pk=stop.pk).exists(),
        ) == sees


def test_who_takes_the_consent_back_is_gone_from_the_walk(link: Link, need: Need, anna: User) -> None:
    walk, fatima = walks.walk(link, by=anna), resources.person(need.area, anna)
    pick_stops(walk=walk, resources=[fatima], by=anna, now=NOW)
    stop = walk.stops.get()
    change_stop(stop=stop, facts=StopFacts(shower="Fatima Nielsen"), expected_version=1, by=anna, now=NOW)
    withdraw_consent(resource=fatima, how=HowEnded.SAID, by=anna, now=NOW)
    assert not WalkStop.objects.exists()


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [(date(2026, 10, 24), time(14), 12), (date(2026, 10, 25), time(14), 13), (date(2026, 10, 25), time(2, 30), 0)],
)
def test_a_time_is_right_on_both_sides_of_the_change_of_the_clocks(day: date, at: time, utc: int) -> None:
    found = moment(day, at)
    assert (found - found.utcoffset()).hour == utc  # type: ignore[operator]  # it is aware
    with pytest.raises(NoSuchTime):
        moment(date(2027, 3, 28), time(2, 30))
