"""What was decided is not undone by the way when something else of the meeting, or of the board, is corrected later."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards.agenda import take_out
from medspil.boards.attending import WouldUndo
from medspil.boards.deciding import DoesNotStand, Proposal, TooMuch, decide
from medspil.boards.leaving import leave
from medspil.boards.meetings import SomethingDecided, plan_again
from medspil.boards.models import AgendaItem, BoardDecision, Choice, Leaving, Way
from medspil.common.models import EditConflict
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW

FOR, AGAINST = Choice.FOR, Choice.AGAINST


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members, rules and money."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("corrected")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def test_another_casting_vote_neither_turns_a_result_nor_uses_more_than_there_is(world: MeetingWorld) -> None:
    there = [world.ida, world.bo, world.per, world.sanne_there]
    made = world.held(there=there)
    equal = {world.ida: FOR, world.bo: AGAINST, world.per: FOR, world.sanne_there: AGAINST}
    money: dict[str, Any] = {"earmark": world.earmark, "purpose": "Fest", "kroner": 60_000}
    meetings.decided(made, equal, by=world.anna, **money)  # Ida led, and was for it
    with pytest.raises(WouldUndo):
        meetings.attended(made, there, world=world, led_by=world.bo)
    other = world.held(NOW - timedelta(days=2), there=there)
    meetings.attended(other, there, world=world, led_by=world.bo)
    meetings.decided(other, equal, by=world.anna, **money)  # Bo led, and was against it: it uses nothing
    with pytest.raises(TooMuch):
        meetings.attended(other, there, world=world, led_by=world.ida)


def test_who_turns_out_to_have_left_before_the_meeting_was_not_there(world: MeetingWorld) -> None:
    made = world.held(there=[world.ida, world.bo, world.per, world.mia])
    before = made.day - timedelta(days=1)
    step: dict[str, Any] = {"on": before, "why": Leaving.STEPPED_DOWN, "by": world.anna, "now": NOW}
    leave(member=world.mia, expected_version=1, **step)
    meetings.attended(made, [world.ida, world.bo, world.per], world=world)
    assert not meetings.row(made, world.mia).is_there
    meetings.decided(made, {world.ida: FOR, world.bo: FOR, world.per: FOR}, by=world.anna)
    leave(member=world.per, expected_version=1, **step)
    with pytest.raises(WouldUndo):  # he has voted: the decision is corrected first
        meetings.attended(made, [world.ida, world.bo], world=world)


def test_whoever_writes_a_decision_on_an_item_that_is_taken_out_meanwhile_is_told(world: MeetingWorld) -> None:
    made = world.held()
    open_page = AgendaItem.objects.select_related("meeting__board").get(meeting=made)
    take_out(item=made.items.get(), out=True, by=world.anna, now=NOW)
    said = Proposal(text="Ja", way=Way.AGREED)
    with pytest.raises(EditConflict):
        decide(item=open_page, said=said, expected_version=open_page.version, by=world.anna, now=NOW)
    assert not BoardDecision.objects.exists()


def test_of_two_decisions_in_place_of_one_only_one_comes_back(world: MeetingWorld) -> None:
    old = meetings.decided(world.held(NOW - timedelta(days=9)), by=world.anna)
    later = world.held()
    first = meetings.decided(later, by=world.anna, reverses=old)
    take_out(item=first.item, out=True, by=world.anna, now=NOW)
    second = meetings.decided(meetings.item(later, "Igen", by=world.anna), by=world.anna, reverses=old)
    with pytest.raises(DoesNotStand):
        take_out(item=first.item, out=False, by=world.anna, now=NOW)
    take_out(item=second.item, out=True, by=world.anna, now=NOW)
    take_out(item=first.item, out=False, by=world.anna, now=NOW)
    assert AgendaItem.objects.filter(meeting=later, removed_at=None).get() == first.item


def test_a_meeting_at_which_minutes_were_approved_was_held(world: MeetingWorld) -> None:
    made, later = world.held(NOW - timedelta(days=9)), world.held()
    meetings.approved(made, by=world.anna, way="meeting", at_meeting=later)
    later.refresh_from_db()
    with pytest.raises(SomethingDecided):
        plan_again(meeting=later, expected_version=later.version, by=world.anna, now=NOW)
