"""Name the chair and the deputy chair of a board, and say who they are on a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.boards.content import name_of
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
    parts = {"chair": (board.chair_id, chair), "deputy_chair": (board.deputy_chair_id, deputy)}
    changed = {part: [old, new.pk if new else None] for part, (old, new) in parts.items() if old != (new and new.pk)}
    board.save_changes(expected_version=expected_version, now=now, chair=chair, deputy_chair=deputy)
    record_history(record=board, action="chairs_named", by=by, now=now, changes=changed)
    return board


def chairs(board: Board, on: date) -> Chairs:
    """Return who chairs a board on a day: whose time is over has the part no longer."""
    return Chairs(_still(board.chair, on), _still(board.deputy_chair, on))


@dataclass(frozen=True, slots=True)
class Chaired:
    """A time for which somebody chaired; its first day is not known where it began before that was written down."""

    member: BoardMember
    from_on: date | None
    to_on: date


def earlier_chairs(board: Board, on: date) -> list[Chaired]:
    """Return who chaired before, the last one first: until another was named or her time on the board ended.

    The history holds whom it was by the keys of their seats, so a name that is forgotten does not stand in it.
    """
    named = HistoryEntry.objects.of(board).filter(action="chairs_named", changes__has_key="chair").order_by("at", "pk")
    changes = [(timezone.localdate(one.at), one.changes["chair"]) for one in named]
    members = {one.pk: one for one in BoardMember.objects.of(board).for_page()}
    found, since = [], None
    for day, (old, _new) in changes:
        if member := members.get(old):
            found.append(_chaired(member, since, day))
        since = day
    if board.chair and not board.chair.sits(on):
        found.append(_chaired(board.chair, since, on))
    return list(reversed(found))


def names_of(board: Board) -> dict[str, str]:
    """Return what everybody who ever sat on a board is called, by the keys of the seats, as the history holds them."""
    members = BoardMember.objects.of(board).select_related("user")
    return {str(one.pk): name_of(one) or gettext("somebody who is forgotten") for one in members}


def _chaired(member: BoardMember, since: date | None, until: date) -> Chaired:
    """Return a time as chair, which is over with the time on the board."""
    last = member.last_on
    return Chaired(member, since, min(until, last) if last else until)


def _still(member: BoardMember | None, on: date) -> BoardMember | None:
    fills = member is not None and member.kind == SeatKind.MEMBER and member.sits(on)
    return member if fills else None
