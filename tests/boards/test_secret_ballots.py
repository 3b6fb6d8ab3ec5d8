"""A secret ballot is written down by its numbers alone, where the rules know it, and as many as take part."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards import wording
from medspil.boards.attending import WouldUndo
from medspil.boards.content import minutes_of
from medspil.boards.deciding import BallotsDoNotAddUp, NotSecret
from medspil.boards.models import BoardDecision, BoardMeeting, RulesOfProcedure, Vote, Way
from medspil.boards.register import register
from medspil.boards.voting import Result, Tally
from tests.factories import meetings
from tests.factories.boards import rules
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board whose rules know secret ballots."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("secret")):
        world = MeetingWorld()
        rules(world.board, by=world.anna, text="Valg er hemmelige.", secret_ballot=True)
        yield world


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def elected(world: MeetingWorld, made: BoardMeeting, *numbers: int) -> BoardDecision:
    """Write an election down."""
    facts: dict[str, Any] = {
        "text": "Ida er valgt.",
        "way": Way.SECRET,
        "ballots": Tally(*numbers) if numbers else None,
    }
    return meetings.decided(made, by=world.anna, **facts)


@pytest.mark.parametrize(
    ("numbers", "result"),
    [((3, 1, 1), Result.DECIDED), ((2, 2, 1), Result.FELL), ((0, 0, 5), Result.FELL)],
)
def test_what_came_of_it_follows_from_the_numbers_without_a_casting_vote(
    world: MeetingWorld, numbers: tuple[int, ...], result: Result
) -> None:
    made = world.held()
    elected(world, made, *numbers)
    (told,) = register(world.board)
    assert (told.outcome.result, told.outcome.casting, told.outcome.tally) == (result, False, Tally(*numbers))
    assert not Vote.objects.exists()
    # What was frozen says the same once the rules are others.
    meetings.approved(made, by=world.anna)
    rules(world.board, by=world.anna, majority="nobody_against")
    (kept,) = register(world.board)
    assert (kept.outcome.result, kept.outcome.tally) == (result, Tally(*numbers))


def test_each_who_takes_part_hands_in_one_ballot_and_nobody_is_named(world: MeetingWorld) -> None:
    made = world.held()
    for wrong in ((3, 1, 0), (3, 2, 1)):
        with pytest.raises(BallotsDoNotAddUp):
            elected(world, made, *wrong)
    with pytest.raises(BallotsDoNotAddUp):
        elected(world, made)
    elected(world, made, 4, 1, 0)
    content = minutes_of(BoardMeeting.objects.for_page().get(pk=made.pk)).content
    decision = content["items"][0]["decision"]
    assert (decision["votes"], decision["ballots"]) == ([], {"for": 4, "against": 1, "blank": 0})
    with translation.override("en"):
        said = wording.decided(decision, {}).lines
    assert said == ["By a secret ballot: 4 for, 1 against, 0 blank."]
    with pytest.raises(WouldUndo):
        meetings.attended(made, world.members[:4], world=world)
    again = meetings.decided(made, by=world.anna)  # corrected: it was no secret ballot
    assert (again.way, again.ballots_for) == (Way.AGREED, None)


def test_only_where_the_rules_know_it_and_the_rules_stay(world: MeetingWorld) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        RulesOfProcedure.objects.filter(secret_ballot=True).update(secret_ballot=False)
    made = world.held()
    rules(world.board, by=world.anna)
    with pytest.raises(NotSecret):
        elected(world, made, 4, 1, 0)
