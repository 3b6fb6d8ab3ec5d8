"""Note that somebody leaves a board before the term is over, who takes over the seat, and take that back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.answering import seat_ends
from medspil.boards.founding import locked
from medspil.boards.models import BoardMember, BoardMemberQuerySet, Leaving, SeatKind
from medspil.boards.seating import PointedAt, refuse_time
from medspil.common.models import EditConflict

REASONS = (Leaving.STEPPED_DOWN, Leaving.REPLACED)
"""What people choose between; the others follow from what is done."""


class LeavesTooEarly(Exception):
    """A last day outside the term."""

    def __init__(self) -> None:
        super().__init__(_("The last day is a day of the term."))


class NoSubstitute(Exception):
    """A substitute who cannot take over."""

    def __init__(self) -> None:
        super().__init__(_("Choose a substitute of the same constituency who is one on the day after."))


@transaction.atomic
def leave(
    *,
    member: BoardMember,
    on: date,
    why: Leaving | str,
    substitute: BoardMember | None = None,
    expected_version: int,
    by: User,
    now: datetime,
) -> BoardMember:
    """Note somebody's last day; a substitute takes over the seat the day after, for what is left of the term.

    Without one the seat is vacant. Links to meetings after the last day are taken back. Raises `LeavesTooEarly`,
    `NoSubstitute`, `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`, `EditConflict`.
    """
    board = locked(member.constituency.board)
    fresh = BoardMember.objects.select_related("constituency").get(pk=member.pk)
    if fresh.version != expected_version or fresh.left_on:
        raise EditConflict
    if on < fresh.from_on or (fresh.term_ends_on and on > fresh.term_ends_on):
        raise LeavesTooEarly
    fresh.save_changes(expected_version=expected_version, now=now, left_on=on, left_why=Leaving(why).value)
    seat_ends(fresh, on, now=now)
    record_history(record=board, action=f"{fresh.kind}_left", by=by, now=now)
    if substitute:
        _move_up(fresh, substitute, by=by, now=now)
    return fresh


@transaction.atomic
def stay(*, member: BoardMember, expected_version: int, by: User, now: datetime) -> BoardMember:
    """Take back that somebody leaves: whoever took over is a substitute again, as long as nothing rests on that.

    Raises `PointedAt` where meetings rest on it, `SeatsTaken` where the seat was filled otherwise, `SitsAlready` where
    she came back otherwise, `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`, `EditConflict`.
    """
    board = locked(member.constituency.board)
    fresh = BoardMember.objects.select_related("constituency").get(pk=member.pk)
    if fresh.left_on is None or fresh.left_why not in REASONS:
        raise EditConflict
    _move_down(fresh, now)
    fresh.left_on = None
    refuse_time(board, fresh)
    fresh.save_changes(expected_version=expected_version, now=now, left_on=None, left_why="")
    record_history(record=board, action=f"{fresh.kind}_stays", by=by, now=now)
    return fresh


def substitutes_for(member: BoardMember, on: date) -> BoardMemberQuerySet:
    """Return who may take over a member's seat when her last day is a day, the first named first."""
    if member.kind != SeatKind.MEMBER:
        return BoardMember.objects.none()
    of_same = BoardMember.objects.filter(constituency=member.constituency, kind=SeatKind.SUBSTITUTE, forgotten_at=None)
    return of_same.sitting(on + timedelta(days=1)).filter(left_on=None).for_page()


def _move_up(gone: BoardMember, substitute: BoardMember, *, by: User, now: datetime) -> None:
    """Seat a substitute in the place of a member; her time as a substitute ends the day before, or never began."""
    assert gone.left_on  # noqa: S101  (set just before)
    found = substitutes_for(gone, gone.left_on).filter(pk=substitute.pk).first()
    begins = gone.left_on + timedelta(days=1)
    if found is None or (gone.term_ends_on and begins > gone.term_ends_on):
        raise NoSubstitute
    BoardMember.objects.create(
        constituency=gone.constituency, kind=SeatKind.MEMBER, user=found.user, name=found.name, email=found.email,
        partner=found.partner, organisation_name=found.organisation_name, from_on=begins,
        term_ends_on=gone.term_ends_on, took_over_from=gone, created_at=now, updated_at=now,
    )  # fmt: skip
    last = max(gone.left_on, found.from_on)
    found.save_changes(expected_version=found.version, now=now, left_on=last, left_why=Leaving.MOVED_UP.value)
    record_history(record=gone.constituency.board, action="substitute_moved_up", by=by, now=now)


def _move_down(member: BoardMember, now: datetime) -> None:
    """Take whoever took over back from the seat, and let her be a substitute again."""
    successor = BoardMember.objects.filter(took_over_from=member).select_related("user").first()
    if successor is None:
        return
    if successor.left_on:
        raise PointedAt
    moved = BoardMember.objects.filter(
        constituency=member.constituency, kind=SeatKind.SUBSTITUTE, left_why=Leaving.MOVED_UP,
        user=successor.user, name=successor.name, email=successor.email,
    ).order_by("-left_on").first()  # fmt: skip
    try:
        with transaction.atomic():
            successor.delete()
    except ProtectedError as trouble:
        raise PointedAt from trouble
    if moved:
        moved.save_changes(expected_version=moved.version, now=now, left_on=None, left_why="")
