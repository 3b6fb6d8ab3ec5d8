"""Who may do what with a board: who leads its partnership writes, the sides and those who sit on it read.

| Who | sees the board | writes |
|---|---|---|
| who leads the partnership for the area | yes | yes |
| who speaks for a side that takes part | yes | no |
| who sits on the board and has an account | yes | no; the chair notes that she approved minutes |
| the broker of the link, others in the area, strangers | no (404) | no |
"""

from dataclasses import dataclass
from datetime import date

from medspil.accounts.models import User
from medspil.boards.chairing import chairs
from medspil.boards.models import Board, BoardMember
from medspil.partnerships.permissions import rights_in


@dataclass(frozen=True, slots=True)
class BoardRights:
    """What a person may do with a board that she sees, and the seat that is hers."""

    edits: bool
    seat: BoardMember | None
    approves: bool
    """Whether she notes that minutes were approved: who writes for the board, and its chair, who approves them."""


def rights_on(user: User, board: Board, *, on: date) -> BoardRights:
    """Return what a person may do with a board that she sees."""
    seat = BoardMember.objects.of(board).filter(user=user).sitting(on).first()
    edits = rights_in(user, board.partnership).runs
    leads = seat is not None and seat == chairs(board, on).chair
    return BoardRights(edits=edits, seat=seat, approves=edits or leads)
