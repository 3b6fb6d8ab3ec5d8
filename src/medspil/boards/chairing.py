"""Name the chair and the deputy chair of a board, and say who they are on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.founding import locked
from medspil.boards.models import Board, BoardMember, SeatKind


class NotOfTheBoard(Exception):
    """A chair who does not sit on the board."""

    def __init__(self) -> None:
        super().__init__(_("Choose members who fill a seat today: substitutes and those who left cannot chair."))


class OneForBoth(Exception):
    """One person as chair and deputy chair."""

    def __init__(self) -> None:
        super().__init__(_("The chair and the deputy chair are two people."))


@dataclass(frozen=True, slots=True)
class Chairs:
    """Who chairs on a day; none where nobody is named or whose time is over."""

    chair: BoardMember | None
    deputy: BoardMember | None


@transaction.atomic
def name_chairs(
    *,
    board: Board,
    chair: BoardMember | None,
    deputy: BoardMember | None,
    expected_version: int,
    by: User,
    now: datetime,
) -> Board:
    """Name the chair and the deputy chair, or leave either open.

    Raises `NotOfTheBoard`, `OneForBoth`, `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`, `EditConflict`.
    """
    locked(board)
    named = {one.pk for one in (chair, deputy) if one}
    sitting = BoardMember.objects.of(board).members().sitting(timezone.localdate(now))
    if named - set(sitting.values_list("pk", flat=True)):
        raise NotOfTheBoard
    if chair and deputy and chair.pk == deputy.pk:
        raise OneForBoth
    board.save_changes(expected_version=expected_version, now=now, chair=chair, deputy_chair=deputy)
    record_history(record=board, action="chairs_named", by=by, now=now)
    return board


def chairs(board: Board, on: date) -> Chairs:
    """Return who chairs a board on a day: whose time is over has the part no longer."""
    return Chairs(_still(board.chair, on), _still(board.deputy_chair, on))


def _still(member: BoardMember | None, on: date) -> BoardMember | None:
    fills = member is not None and member.kind == SeatKind.MEMBER and member.sits(on)
    return member if fills else None
