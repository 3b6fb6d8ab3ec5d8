"""What a board decides follows from votes, from who was in the room, and from its rules; money is never used twice."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards.agenda import take_out
from medspil.boards.attending import (
    LedByNobodyThere,
    NotASubstitute,
    NotThere,
    Seat,
    WhyMissing,
    WouldUndo,
    leave_room,
)
from medspil.boards.deciding import (
    DecisionReversed,
    DoesNotStand,
    MayNotVote,
    NoSuchSum,
    NotAbleToDecide,
    NotForDecision,
    Proposal,
    TooMuch,
    VoteMissing,
    decide,
)
from medspil.boards.models import (
    AgendaItem,
    Because,
    BoardDecision,
    BoardMember,
    Choice,
    Majority,
    Presence,
    Vote,
    Way,
)
from medspil.boards.register import register
from medspil.boards.spending import decided_by_earmark
from medspil.boards.voting import Outcome, Result
from medspil.common.models import EditConflict
from tests.factories import boards, meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members, rules and money."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("deciding")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def votes(world: MeetingWorld, *choices: Choice) -> dict[BoardMember, str]:
    """Return what Ida, Bo, Per, Sanne and Mia vote, as far as they are told of."""
    return dict(zip(world.members, choices, strict=False))


def came(world: MeetingWorld, one: BoardDecision) -> Outcome:
    """Return what came of a decision, as the register tells it."""
    return next(told.outcome for told in register(world.board) if told.decision.pk == one.pk)


@pytest.mark.parametrize(
    ("majority", "said", "result", "casting"),
    [
        (Majority.SIMPLE, (FOR, FOR, AGAINST, ABSTAIN), Result.DECIDED, False),
        (Majority.SIMPLE, (FOR, AGAINST, FOR, AGAINST), Result.DECIDED, True),
        (Majority.SIMPLE, (AGAINST, FOR, FOR, AGAINST), Result.FELL, True),
        (Majority.SIMPLE, (ABSTAIN, FOR, AGAINST, ABSTAIN), Result.FELL, False),
        (Majority.SIMPLE, (ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN), Result.FELL, False),
        (Majority.ABSOLUTE, (FOR, FOR, ABSTAIN, ABSTAIN), Result.FELL, False),
        (Majority.ABSOLUTE, (FOR, FOR, AGAINST, AGAINST), Result.DECIDED, True),
        (Majority.ABSOLUTE, (FOR, FOR, FOR, ABSTAIN), Result.DECIDED, False),
        (Majority.TWO_THIRDS, (FOR, FOR, AGAINST, ABSTAIN), Result.DECIDED, False),
        (Majority.TWO_THIRDS, (FOR, FOR, AGAINST, AGAINST), Result.FELL, False),
        (Majority.NOBODY_AGAINST, (FOR, ABSTAIN, ABSTAIN, ABSTAIN), Result.DECIDED, False),
        (Majority.NOBODY_AGAINST, (FOR, FOR, FOR, AGAINST), Result.FELL, False),
    ],
)
def test_the_result_follows_from_votes_and_rules(
    world: MeetingWorld, majority: Majority, said: tuple[Choice, ...], result: Result, casting: bool
) -> None:
    boards.rules(world.board, by=world.anna, majority=majority)
    made = world.held(there=world.members[:4])
    told = came(world, meetings.decided(made, votes(world, *said), by=world.anna))
    assert (told.result, told.casting) == (result, casting)


def test_without_a_casting_vote_equal_votes_are_no_majority(world: MeetingWorld) -> None:
    boards.rules(world.board, by=world.anna, casting_vote=False)
    made = world.held(there=world.members[:4])
    told = came(world, meetings.decided(made, votes(world, FOR, FOR, AGAINST, AGAINST), by=world.anna))
    assert (told.result, told.casting) == (Result.FELL, False)


def test_without_the_quorum_nothing_is_decided(world: MeetingWorld) -> None:
    made = world.held(there=[world.ida, world.bo])
    with translation.override("en"), pytest.raises(NotAbleToDecide, match="2 take part, and 3 of the 5"):
        meetings.decided(made, by=world.anna)
    assert not BoardDecision.objects.exists()


def test_whoever_is_disqualified_leaves_does_not_vote_and_is_not_counted(world: MeetingWorld) -> None:
    made = world.held(there=world.members[:4])
    item = made.items.standing()[0]
    per = meetings.row(made, world.per)
    with pytest.raises(WhyMissing):
        leave_room(item=item, who=per, because=Because.CONFLICT, why=" ", by=world.anna, now=NOW)
    mia = meetings.row(made, world.mia)
    with pytest.raises(NotThere):
        leave_room(item=item, who=mia, because=Because.AWAY, by=world.anna, now=NOW)
    leave_room(item=item, who=per, because=Because.CONFLICT, why="Hans firma bygger.", by=world.anna, now=NOW)
    with pytest.raises(MayNotVote, match="Per"):
        meetings.decided(item, votes(world, FOR, FOR, FOR, FOR), by=world.anna)
    with pytest.raises(VoteMissing, match="Sanne"):
        meetings.decided(item, {world.ida: FOR, world.bo: FOR}, by=world.anna)
    there = {world.ida: FOR, world.bo: FOR, world.sanne_there: AGAINST}
    told = came(world, meetings.decided(item, there, by=world.anna))
    assert told.quorum is not None
    assert (told.result, told.quorum.present, told.quorum.needed) == (Result.DECIDED, 3, 3)
    with pytest.raises(WouldUndo):  # one more, and the board would not have been able to decide
        leave_room(item=item, who=meetings.row(made, world.bo), because=Because.AWAY, by=world.anna, now=NOW)
    with pytest.raises(WouldUndo):  # or he would never have been there
        meetings.attended(made, [world.ida, world.per, world.sanne_there], world=world)


def test_a_substitute_of_the_same_constituency_fills_the_seat_and_votes(world: MeetingWorld) -> None:
    made = world.held(there=[world.ida, world.bo])
    wrong = {world.mia.pk: Seat(Presence.SUBSTITUTE, world.finn)}
    with pytest.raises(NotASubstitute):
        meetings.attended(made, [world.ida, world.bo], world=world, seats=wrong)
    both = {one.pk: Seat(Presence.SUBSTITUTE, world.finn) for one in (world.per, world.sanne_there)}
    with pytest.raises(NotASubstitute):
        meetings.attended(made, [world.ida, world.bo], world=world, seats=both)
    right = {world.per.pk: Seat(Presence.SUBSTITUTE, world.finn)}
    with pytest.raises(LedByNobodyThere):
        meetings.attended(made, [world.ida, world.bo], world=world, seats=right, led_by=world.mia)
    meetings.attended(made, [world.ida, world.bo], world=world, seats=right, led_by=world.finn)
    told = came(world, meetings.decided(made, {world.ida: FOR, world.bo: ABSTAIN, world.per: AGAINST}, by=world.anna))
    assert (told.result, told.casting) == (Result.FELL, True)  # the substitute led the meeting


def test_two_tabs_write_one_decision(world: MeetingWorld) -> None:
    made = world.held()
    item = AgendaItem.objects.select_related("meeting__board").get(meeting=made)
    said = Proposal(text="Ja", way=Way.AGREED)
    decide(item=item, said=said, expected_version=1, by=world.anna, now=NOW)
    with pytest.raises(EditConflict):
        decide(item=item, said=said, expected_version=1, by=world.anna, now=NOW)
    meetings.decided(made, votes(world, FOR, FOR, FOR, FOR, FOR), by=world.anna)
    assert (BoardDecision.objects.count(), Vote.objects.count()) == (1, 5)
    word = meetings.item(made, "Eventuelt", "discussion", by=world.anna)
    with pytest.raises(NotForDecision):
        meetings.decided(word, by=world.anna)


def test_of_a_sum_no_more_is_used_than_there_is_and_a_reversal_frees_it(world: MeetingWorld) -> None:
    made = world.held(NOW - timedelta(days=40))
    money: dict[str, Any] = {"earmark": world.earmark, "purpose": "Værksted"}
    first = meetings.decided(made, by=world.anna, kroner=70_000, **money)
    second = meetings.item(made, "Fest", by=world.anna)
    with pytest.raises(TooMuch, match=r"30[.,]000"):
        meetings.decided(second, by=world.anna, kroner=30_001, **money)
    for wrong in ({"kroner": 100}, {"earmark": world.earmark, "purpose": "Uden tal"}, {"purpose": "Uden sum"}):
        with pytest.raises(NoSuchSum):
            meetings.decided(second, by=world.anna, **wrong)
    fell = meetings.decided(second, votes(world, *[AGAINST] * 5), by=world.anna, kroner=90_000, **money)
    assert not came(world, fell).decided  # what falls uses nothing
    assert decided_by_earmark([world.earmark]) == {world.earmark.pk: 70_000}
    later = world.held(NOW - timedelta(days=5))
    with pytest.raises(DoesNotStand):
        meetings.decided(later, by=world.anna, reverses=fell)
    new = meetings.decided(later, by=world.anna, kroner=100_000, reverses=first, **money)
    assert decided_by_earmark([world.earmark]) == {world.earmark.pk: 100_000}
    entry = next(one for one in register(world.board) if one.decision.pk == first.pk)
    assert (entry.stands, entry.reversed_by) == (False, new)
    with pytest.raises(DecisionReversed):
        meetings.decided(made, by=world.anna, kroner=10, **money)
    with pytest.raises(DecisionReversed):
        take_out(item=first.item, out=True, by=world.anna, now=NOW)
    with pytest.raises(DoesNotStand):
        meetings.decided(meetings.item(later, "Igen", by=world.anna), by=world.anna, reverses=first)
    take_out(item=new.item, out=True, by=world.anna, now=NOW)  # taken out, the first one stands again
    assert decided_by_earmark([world.earmark]) == {world.earmark.pk: 70_000}
