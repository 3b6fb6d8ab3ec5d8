"""Who sits on a board: seats by constituency, terms, the same person twice, leaving and taking over."""

from datetime import date, timedelta
from typing import Any

import pytest

from medspil.boards import chairing, constituencies, founding, leaving, rules, seating
from medspil.boards.content import name_of
from medspil.boards.forgetting import forget_members_at
from medspil.boards.models import Board, BoardMember, Leaving, SeatKind
from medspil.boards.standing import benches, running_out
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from tests.factories import boards
from tests.factories.boards import FOUNDED, TODAY, BoardWorld
from tests.factories.people import NOW

NEW_YEAR = date(2026, 12, 31)
CARD = "140284-1234"


def test_a_partnership_has_one_board_and_the_template_is_five_four_and_five_to_six(world: BoardWorld) -> None:
    seats = [(one.least, one.most) for one in world.board.constituencies.order_by("pk")]
    assert seats == [(5, 5), (4, 4), (5, 6)]
    with pytest.raises(founding.BoardExists):
        boards.board(world.partnership, by=world.anna)


def test_the_picture_counts_who_sits_what_must_be_filled_and_what_may_be(world: BoardWorld) -> None:
    for at in range(3):
        world.seat(f"Kulturhus {at}", world.culture)
    world.seat("Ude Igen", world.culture, term_ends_on=TODAY - timedelta(days=1))
    world.seat("Stand Ind", world.culture, kind=SeatKind.SUBSTITUTE)
    _council, _companies, culture = benches(world.board, TODAY)
    assert (len(culture.members), culture.vacant, culture.free, len(culture.substitutes)) == (3, 2, 1, 1)


def test_nobody_is_seated_over_the_most_and_a_seat_is_free_again_after_a_term(world: BoardWorld) -> None:
    for at in range(4):
        world.seat(f"Firma {at}", term_ends_on=NEW_YEAR)
    with pytest.raises(seating.SeatsTaken, match=world.companies.name):
        world.seat("Den Femte")
    assert world.seat("Den Femte", from_on=date(2027, 1, 1)).pk
    with pytest.raises(seating.SeatsTaken):
        world.seat("Til Evig Tid", from_on=date(2026, 12, 31))


def test_seats_are_not_taken_from_under_those_who_sit_on_them(world: BoardWorld) -> None:
    for at in range(3):
        world.seat(f"Firma {at}")
    seats: dict[str, Any] = {"name": "Erhvervslivet", "least": 1, "by": world.anna, "now": NOW}
    with pytest.raises(constituencies.MoreSitAlready, match="3"):
        constituencies.change(constituency=world.companies, most=2, expected_version=1, **seats)
    fewer = constituencies.change(constituency=world.companies, most=3, expected_version=1, **seats)
    assert (fewer.name, fewer.most) == ("Erhvervslivet", 3)
    with pytest.raises(EditConflict):
        constituencies.change(constituency=fewer, most=3, expected_version=1, **seats)
    with pytest.raises(constituencies.SomebodySat):
        constituencies.take_away(constituency=fewer, expected_version=2, by=world.anna, now=NOW)


@pytest.mark.parametrize(("least", "most"), [(3, 2), (0, 0), (-1, 2), (1, 31)])
def test_numbers_of_seats_that_cannot_be_are_refused(world: BoardWorld, least: int, most: int) -> None:
    with pytest.raises(constituencies.SeatsMixedUp):
        constituencies.add(board=world.board, name="Beboere", least=least, most=most, by=world.anna, now=NOW)


def test_a_term_does_not_end_before_it_begins_nor_begin_before_the_board(world: BoardWorld) -> None:
    with pytest.raises(seating.TermMixedUp):
        world.seat("Per Smed", from_on=TODAY, term_ends_on=TODAY - timedelta(days=1))
    with pytest.raises(seating.TermMixedUp):
        world.seat("Per Smed", from_on=FOUNDED - timedelta(days=1))


def test_the_same_person_sits_once_at_a_time(world: BoardWorld) -> None:
    world.seat("Per Smed", email="per@firma.example", term_ends_on=NEW_YEAR)
    world.seat("", user=world.sanne, constituency=world.culture)
    twice: tuple[dict[str, Any], ...] = ({"name": "per smed"}, {"name": "P. Smed", "email": "PER@firma.example"})
    for again in twice:
        with pytest.raises(seating.SitsAlready):
            world.seat(constituency=world.council, **again)
    with pytest.raises(seating.SitsAlready):
        world.seat("Sanne Smed", email=world.sanne.email)
    with pytest.raises(seating.SitsAlready):
        world.seat("", user=world.sanne, kind=SeatKind.SUBSTITUTE)
    assert world.seat("Per Smed", email="anden@firma.example").pk  # another of the same name
    assert world.seat("Per Smed", world.council, email="per@firma.example", from_on=date(2027, 1, 1)).pk


@pytest.mark.parametrize(
    ("name", "email", "trouble"),
    [
        (" ", "", seating.NobodyNamed),
        ("Per", "per at firma", seating.NoAddress),
        (f"Per {CARD}", "", CprNumberFound),
    ],
)
def test_a_person_is_named_with_an_address_or_none(
    world: BoardWorld, name: str, email: str, trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        world.seat(name, email=email)


def test_the_rules_say_when_a_term_ends_and_whether_somebody_is_elected_again(world: BoardWorld) -> None:
    boards.rules(world.board, by=world.anna, term_years=2, re_election=False)
    member = world.seat("Per Smed", from_on=date(2026, 3, 1))
    assert member.term_ends_on == date(2028, 2, 29)
    with pytest.raises(seating.NotElectedAgain):
        seating.elect_again(member=member, by=world.anna, now=NOW)
    boards.rules(world.board, by=world.anna, term_years=2)
    again = seating.elect_again(member=member, by=world.anna, now=NOW)
    assert (again.from_on, again.term_ends_on) == (date(2028, 3, 1), date(2030, 2, 28))
    assert seating.term_end(world.board, date(2028, 2, 29)) == date(2030, 2, 28)


def test_a_substitute_moves_up_for_the_rest_of_the_term_and_down_again_when_it_is_taken_back(world: BoardWorld) -> None:
    member = world.seat("Per Smed", term_ends_on=NEW_YEAR)
    waiting = world.seat("Stand Ind", kind=SeatKind.SUBSTITUTE)
    other = world.seat("Fra Rådet", world.council, kind=SeatKind.SUBSTITUTE)
    step: dict[str, Any] = {"why": Leaving.STEPPED_DOWN, "expected_version": 1, "by": world.anna, "now": NOW}
    with pytest.raises(leaving.NoSubstitute):
        leaving.leave(member=member, on=TODAY, substitute=other, **step)
    with pytest.raises(leaving.LeavesTooEarly):
        leaving.leave(member=member, on=date(2027, 1, 1), **step)
    left = leaving.leave(member=member, on=TODAY, substitute=waiting, **step)
    new = BoardMember.objects.get(took_over_from=left)
    assert (new.name, new.from_on, new.term_ends_on) == ("Stand Ind", TODAY + timedelta(days=1), NEW_YEAR)
    assert [one.name for one in BoardMember.objects.of(world.board).members().sitting(TODAY)] == ["Per Smed"]
    with pytest.raises(EditConflict):
        leaving.leave(member=member, on=TODAY, **step)
    leaving.stay(member=left, expected_version=left.version, by=world.anna, now=NOW)
    assert sorted(BoardMember.objects.sitting(NEW_YEAR).values_list("name", "kind")) == [
        ("Fra Rådet", "substitute"), ("Per Smed", "member"), ("Stand Ind", "substitute"),
    ]  # fmt: skip


def test_who_left_does_not_stay_when_the_seat_was_filled(world: BoardWorld) -> None:
    members = [world.seat(f"Firma {at}") for at in range(4)]
    step: dict[str, Any] = {"expected_version": 1, "by": world.anna, "now": NOW}
    left = leaving.leave(member=members[0], on=TODAY, why=Leaving.REPLACED, **step)
    assert benches(world.board, TODAY + timedelta(days=1))[1].vacant == 1
    world.seat("Den Nye", from_on=TODAY + timedelta(days=1))
    with pytest.raises(seating.SeatsTaken):
        leaving.stay(member=left, expected_version=2, by=world.anna, now=NOW)


def test_an_entry_by_mistake_is_taken_back_until_something_rests_on_it(world: BoardWorld) -> None:
    member = world.seat("Per Smed")
    waiting = world.seat("Stand Ind", kind=SeatKind.SUBSTITUTE)
    leaving.leave(
        member=member,
        on=TODAY,
        why=Leaving.STEPPED_DOWN,
        substitute=waiting,
        expected_version=1,
        by=world.anna,
        now=NOW,
    )
    with pytest.raises(seating.PointedAt):
        seating.take_back(member=member, expected_version=2, by=world.anna, now=NOW)
    wrong = world.seat("Forkert Navn", world.council)
    seating.take_back(member=wrong, expected_version=1, by=world.anna, now=NOW)
    assert not BoardMember.objects.filter(name="Forkert Navn").exists()


def test_the_chair_is_a_member_and_no_longer_chair_when_her_time_is_over(world: BoardWorld) -> None:
    chair, deputy = world.seat("Per Smed", term_ends_on=NEW_YEAR), world.seat("Bo Bro")
    waiting = world.seat("Stand Ind", kind=SeatKind.SUBSTITUTE)
    step: dict[str, Any] = {"board": world.board, "expected_version": world.board.version, "by": world.anna, "now": NOW}
    with pytest.raises(chairing.OneForBoth):
        chairing.name_chairs(chair=chair, deputy=chair, **step)
    with pytest.raises(chairing.NotOfTheBoard):
        chairing.name_chairs(chair=waiting, deputy=None, **step)
    board = chairing.name_chairs(chair=chair, deputy=deputy, **step)
    assert chairing.chairs(board, TODAY) == chairing.Chairs(chair, deputy)
    assert chairing.chairs(board, date(2027, 1, 1)) == chairing.Chairs(None, deputy)


def test_who_chaired_before_stays_with_the_days_and_without_a_name_that_is_forgotten(world: BoardWorld) -> None:
    per, bo = world.seat("Per Smed", email="per@example.org"), world.seat("Bo Bro", term_ends_on=NEW_YEAR)
    step: dict[str, Any] = {"board": world.board, "deputy": None, "by": world.anna}
    board, later = world.board, NOW + timedelta(days=10)
    for chair, now in ((per, NOW), (bo, later), (bo, later)):
        board = chairing.name_chairs(chair=chair, expected_version=board.version, now=now, **step)
    assert chairing.earlier_chairs(board, later.date()) == [chairing.Chaired(per, TODAY, later.date())]
    over = NEW_YEAR + timedelta(days=30)
    told = chairing.earlier_chairs(board, over)
    assert [(one.member, one.from_on, one.to_on) for one in told] == [
        (bo, later.date(), NEW_YEAR), (per, TODAY, later.date()),
    ]  # fmt: skip
    forget_members_at(email="per@example.org", now=NOW)
    assert [name_of(one.member) for one in chairing.earlier_chairs(board, over)] == ["Bo Bro", ""]


def test_a_term_that_runs_out_is_told_of_until_as_many_follow(world: BoardWorld) -> None:
    first, _second = world.seat("Per Smed", term_ends_on=NEW_YEAR), world.seat("Bo Bro")
    (told,) = running_out(Board.objects.all(), on=TODAY, until=NEW_YEAR)
    assert (told.ends_on, told.members) == (NEW_YEAR, (first,))
    assert not running_out(Board.objects.all(), on=TODAY, until=NEW_YEAR - timedelta(days=1))
    seating.elect_again(member=first, by=world.anna, now=NOW)
    assert not running_out(Board.objects.all(), on=TODAY, until=NEW_YEAR)


def test_a_board_that_was_dissolved_is_read_only_until_it_is_brought_back(world: BoardWorld) -> None:
    step: dict[str, Any] = {"by": world.anna, "now": NOW}
    with pytest.raises(founding.DissolvedTooEarly):
        founding.dissolve(board=world.board, on=date(2025, 1, 1), expected_version=1, **step)
    founding.dissolve(board=world.board, on=TODAY, expected_version=world.board.version, **step)
    with pytest.raises(founding.BoardDissolved):
        world.seat("Per Smed")
    founding.bring_back(board=world.board, **step)
    assert world.seat("Per Smed").pk
    assert rules.rules_on(world.board, TODAY) is None
