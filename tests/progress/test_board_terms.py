"""What waits of a board: terms that run out and seats that must be filled for who leads, her own term for a member."""

from datetime import timedelta

import pytest

from medspil.accounts.models import User
from medspil.boards.founding import dissolve
from medspil.boards.models import Board
from medspil.progress.waiting import Wait, Waiting, waiting_for
from tests.factories.boards import TODAY, BoardWorld
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=30)


def of_board(user: User) -> list[Waiting]:
    """Return what waits for a person of boards."""
    return [one for one in waiting_for(user, now=NOW) if one.page == "boards:board"]


def test_who_leads_is_told_of_terms_and_vacant_seats_and_a_member_of_her_own_term() -> None:
    world = BoardWorld()
    world.seat("Per Smed", term_ends_on=SOON)
    world.seat("", user=world.sanne, term_ends_on=SOON)
    world.seat("Bo Bro", world.council, term_ends_on=TODAY + timedelta(days=61))
    term, seats = of_board(world.anna)
    assert (term.wait, seats.wait, term.keys) == (Wait.TERM, Wait.SEATS, (world.partnership.pk,))
    assert (" 2 " in term.why, seats.why.startswith("11 ")) == (True, True)
    assert [one.wait for one in of_board(world.sanne)] == [Wait.TERM]
    board = Board.objects.get()
    dissolve(board=board, on=TODAY, expected_version=board.version, by=world.anna, now=NOW)
    assert of_board(world.anna) == of_board(world.sanne) == []
