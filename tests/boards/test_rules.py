"""Rules of procedure in versions, the quorum they imply, and the sums a board influences."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from medspil.boards import earmarks, rules
from medspil.boards.earmarks import Sum
from medspil.boards.models import Board, RulesOfProcedure
from medspil.boards.permissions import rights_on
from medspil.boards.quorum import quorum
from medspil.boards.rules import Settings, adopt, rules_on
from medspil.boards.texts import LineTooLong, TextTooLong
from medspil.common.privacy import CprNumberFound
from medspil.linking.brokers import come
from medspil.organisations.roles import Role
from tests.factories import boards, people
from tests.factories.boards import FOUNDED, TODAY, BoardWorld
from tests.factories.people import NOW


@pytest.mark.parametrize(
    ("share", "number", "seated", "needed"),
    [
        ("over_half", None, 15, 8),
        ("over_half", None, 14, 8),
        ("half", None, 15, 8),
        ("half", None, 14, 7),
        ("two_thirds", None, 15, 10),
        ("two_thirds", None, 16, 11),
        ("none", 5, 15, 5),
        ("half", 9, 14, 9),
        ("half", 3, 14, 7),
        ("half", None, 0, 1),
    ],
)
def test_enough_are_there_when_share_and_number_are_reached(
    share: str, number: int | None, seated: int, needed: int
) -> None:
    held = RulesOfProcedure(quorum_share=share, quorum_number=number)
    short, there = quorum(held, seated=seated, present=needed - 1), quorum(held, seated=seated, present=needed)
    assert (short.needed, short.reached, short.missing) == (needed, False, 1)
    assert (there.reached, there.missing) == (True, 0)


def test_each_version_stays_and_the_one_that_holds_follows_from_the_day(world: BoardWorld) -> None:
    first = boards.rules(world.board, by=world.anna)
    step: dict[str, Any] = {"board": world.board, "expected_number": 1, "by": world.anna, "now": NOW}
    later = adopt(text_of_rules="Nye regler.", settings=Settings(notice_days=7), holds_from=TODAY, **step)
    assert (rules_on(world.board, TODAY - timedelta(days=1)), rules_on(world.board, TODAY)) == (first, later)
    with pytest.raises(rules.RulesChanged):
        adopt(text_of_rules="Andre regler.", settings=Settings(), holds_from=TODAY, **step)
    step["expected_number"] = 2
    with pytest.raises(rules.HoldsTooEarly):
        adopt(text_of_rules="Andre regler.", settings=Settings(), holds_from=FOUNDED, **step)
    same = adopt(text_of_rules="Nye regler.", settings=Settings(notice_days=7), holds_from=TODAY, **step)
    assert same == later


def test_the_database_refuses_to_change_adopted_rules_but_lets_a_name_go_from_their_text(world: BoardWorld) -> None:
    held = boards.rules(world.board, by=world.anna)
    rows = RulesOfProcedure.objects.filter(pk=held.pk)
    settings: dict[str, Any] = {"majority": "two_thirds", "quorum_number": 1, "holds_from": TODAY, "number": 7}
    for name, other in settings.items():
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            rows.update(**{name: other})
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        rows.delete()
    held.save_changes(expected_version=1, now=NOW, text="Uden navn")
    assert rows.get().text == "Uden navn"


@pytest.mark.parametrize(
    ("text", "settings", "trouble"),
    [
        (" ", Settings(), rules.RulesEmpty),
        ("x" * 5_001, Settings(), TextTooLong),
        ("Formand: 140284-1234", Settings(), CprNumberFound),
        ("Regler", Settings(quorum_share="none"), rules.QuorumMissing),
        ("Regler", Settings(quorum_number=0), rules.QuorumMissing),
        ("Regler", Settings(notice_days=91), rules.NoSuchSetting),
        ("Regler", Settings(term_years=0), rules.NoSuchSetting),
    ],
)
def test_rules_that_say_nothing_too_much_or_the_impossible_are_refused(
    world: BoardWorld, text: str, settings: Settings, trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        adopt(
            board=world.board, text_of_rules=text, settings=settings, holds_from=TODAY, expected_number=0,
            by=world.anna, now=NOW,
        )  # fmt: skip


def test_five_thousand_characters_are_kept_whole(world: BoardWorld) -> None:
    assert len(boards.rules(world.board, by=world.anna, text="æ" * 5_000).text) == 5_000


def a_sum(**more: Any) -> Sum:
    facts: dict[str, Any] = {
        "amount_kroner": 13_500_000,
        "giver": "Områdefornyelsen",
        "purpose": "Udvikling",
        "from_on": TODAY,
    }
    return Sum(**facts | more)


def test_a_sum_is_set_aside_changed_and_put_away(world: BoardWorld) -> None:
    step: dict[str, Any] = {"by": world.anna, "now": NOW}
    made = earmarks.set_aside(board=world.board, what=a_sum(), **step)
    side = world.partnership.partners.all()[0]
    earmarks.change(earmark=made, what=a_sum(amount_kroner=1, partner=side), expected_version=1, **step)
    assert (made.amount_kroner, made.partner, made.giver) == (1, side, "")
    earmarks.put_away(earmark=made, away=True, **step)
    assert not world.board.earmarks.current()


@pytest.mark.parametrize(
    ("wrong", "trouble"),
    [
        ({"amount_kroner": 0}, earmarks.NoSum),
        ({"giver": " "}, earmarks.GiverMissing),
        ({"purpose": ""}, earmarks.PurposeMissing),
        ({"purpose": "x" * 501}, LineTooLong),
        ({"to_on": date(2020, 1, 1)}, earmarks.PeriodMixedUp),
    ],
)
def test_a_sum_needs_a_giver_a_purpose_and_a_period(
    world: BoardWorld, wrong: dict[str, Any], trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        earmarks.set_aside(board=world.board, what=a_sum(**wrong), by=world.anna, now=NOW)


def test_who_leads_writes_sides_and_members_read_and_nobody_else_sees_it(world: BoardWorld) -> None:
    area = world.partnership.link.area
    neighbour = people.organisation("Boligselskabet", kind="housing_association")
    area.partners.add(neighbour)
    reader = people.member(neighbour, Role.READER, name="Rie")
    house = people.organisation("Erhvervshuset", kind="business_hub")
    broker = people.member(house, Role.BROKER, name="Bo")
    come(link=world.partnership.link, user=broker, organisation=house, by=world.anna, now=NOW)
    seen = {
        one: Board.objects.visible_to(one, on=TODAY).exists()
        for one in (world.anna, world.sanne, reader, broker, people.user("Carl"))
    }
    assert list(seen.values()) == [True, True, False, False, False]
    assert rights_on(world.anna, world.board, on=TODAY).edits
    assert not rights_on(world.sanne, world.board, on=TODAY).edits
    member = world.seat("", user=reader, term_ends_on=TODAY)
    assert rights_on(reader, world.board, on=TODAY).seat == member
    assert Board.objects.visible_to(reader, on=TODAY).exists()
    assert not Board.objects.visible_to(reader, on=TODAY + timedelta(days=1)).exists()
