"""Two people at one board at the same moment: one board, and one of two gets the last seat."""

from functools import partial

import pytest

from medspil.boards.founding import BoardExists
from medspil.boards.models import Board, BoardMember
from medspil.boards.seating import SeatsTaken, SitsAlready
from medspil.common.models import EditConflict
from tests.factories import boards
from tests.factories.boards import BoardWorld
from tests.linking.test_links_at_once import all_at_once, conflicts

pytestmark = pytest.mark.django_db(transaction=True)


def seat(world: BoardWorld, name: str) -> object:
    """Seat somebody; a conflict where another was faster."""
    try:
        return boards.seated(world.companies, name, by=world.anna)
    except (SeatsTaken, SitsAlready) as late:
        raise EditConflict from late


def begin(world: BoardWorld) -> object:
    """Found the board of the partnership; a conflict where another was faster."""
    try:
        return boards.board(world.partnership, by=world.anna)
    except BoardExists as late:
        raise EditConflict from late


def test_of_two_who_fill_the_last_seat_at_once_one_is_told_and_so_is_who_seats_somebody_twice() -> None:
    world = BoardWorld()
    for at in range(2):
        world.seat(f"Firma {at}")
    told = all_at_once([partial(seat, world, name) for name in ("Per Smed", "Per Smed")])
    assert conflicts(told) == 1
    told = all_at_once([partial(seat, world, name) for name in ("Bo Bro", "Ida Ibsen")])
    assert conflicts(told) == 1
    assert BoardMember.objects.count() == 4


def test_founded_at_once_it_is_one_board() -> None:
    world = BoardWorld()
    world.board.constituencies.all().delete()
    world.board.delete()
    assert conflicts(all_at_once([partial(begin, world)] * 2)) == 1
    assert Board.objects.count() == 1
