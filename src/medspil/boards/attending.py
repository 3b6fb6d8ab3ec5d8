"""Note who was at a meeting, who led it, and who left the room for an item.

What was decided is not undone by the way: a change by which somebody who voted would not have been there, or by which
the board would not have been able to decide, is refused until the decision is corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.calling import rows_of
from medspil.boards.keeping import to_write
from medspil.boards.models import (
    AgendaItem,
    Attendance,
    Because,
    BoardDecision,
    BoardMeeting,
    BoardMember,
    OutOfRoom,
    Presence,
    SeatKind,
)
from medspil.boards.texts import line
from medspil.boards.voting import Result, in_room, outcomes

LONGEST_WHY = 300


class NotASubstitute(Exception):
    """Somebody who cannot fill the seat."""

    def __init__(self) -> None:
        super().__init__(
            _("A seat is filled by a substitute of the same constituency, and each substitute fills one seat.")
        )


class LedByNobodyThere(Exception):
    """A meeting led by somebody who was not there."""

    def __init__(self) -> None:
        super().__init__(_("The meeting is led by somebody who is there."))


class NotThere(Exception):
    """Somebody who was not at the meeting cannot leave the room."""

    def __init__(self) -> None:
        super().__init__(_("Only somebody who is at the meeting leaves the room."))


class WhyMissing(Exception):
    """A conflict of interest without a word of what it is."""

    def __init__(self) -> None:
        super().__init__(_("Say in a few words what the interest is; no more than the others at the table heard."))


class WouldUndo(Exception):
    """A change that would undo what was decided."""

    def __init__(self, title: str) -> None:
        words = _("“%(item)s” was decided with them there. Correct that decision first, or take the item out.")
        super().__init__(words % {"item": title})


@dataclass(frozen=True, slots=True)
class Seat:
    """How a seat was filled."""

    presence: str
    substitute: BoardMember | None = None


@transaction.atomic
def note_attendance(
    *,
    meeting: BoardMeeting,
    seats: Mapping[int, Seat],
    chaired_by: BoardMember | None,
    expected_version: int,
    by: User,
    now: datetime,
) -> BoardMeeting:
    """Note how seats were filled, by the keys of the members, and who led the meeting.

    Raises `NotASubstitute`, `LedByNobodyThere`, `WouldUndo`, `NotHeld`, `MinutesApproved`, `EditConflict`.
    """
    fresh = to_write(meeting)
    rows = {one.member_id: one for one in rows_of(fresh)}
    named = [seat.substitute.pk for seat in seats.values() if seat.substitute]
    if len(named) != len(set(named)):
        raise NotASubstitute
    for key, seat in seats.items():
        if (row := rows.get(key)) is None:
            continue
        row.presence, row.substitute = Presence(seat.presence) if seat.presence else "", None
        if row.presence == Presence.SUBSTITUTE:
            row.substitute = _checked(seat.substitute, row, fresh)
    # Free first, so that a substitute can go from one seat to another.
    Attendance.objects.filter(meeting=fresh, presence=Presence.SUBSTITUTE).update(presence="", substitute=None)
    Attendance.objects.bulk_update(rows.values(), ["presence", "substitute"])
    there = {one.sitter.pk for one in rows.values() if one.is_there}
    if chaired_by is not None and chaired_by.pk not in there:
        raise LedByNobodyThere
    OutOfRoom.objects.filter(item__meeting=fresh).exclude(attendance__in=fresh.attendances.there()).delete()
    meeting.save_changes(expected_version=expected_version, now=now, chaired_by=chaired_by)
    refuse_undone(fresh)
    record_history(record=meeting, action="attendance_noted", by=by, now=now)
    return meeting


@transaction.atomic
def leave_room(*, item: AgendaItem, who: Attendance, because: str, why: str = "", by: User, now: datetime) -> OutOfRoom:
    """Note that somebody left the room for an item; said again, the last word counts.

    Raises `NotThere`, `WhyMissing`, `WouldUndo`, `NotHeld`, `MinutesApproved`, `LineTooLong`, `CprNumberFound`.
    """
    fresh = to_write(item.meeting)
    said = line(why, LONGEST_WHY)
    if who.meeting_id != fresh.pk or not who.is_there:
        raise NotThere
    if because == Because.CONFLICT and not said:
        raise WhyMissing
    fields = {"because": Because(because), "why": said}
    made, _new = OutOfRoom.objects.update_or_create(item=item, attendance=who, defaults=fields)
    refuse_undone(fresh)
    record_history(record=fresh, action="left_the_room", by=by, now=now)
    return made


@transaction.atomic
def come_back(*, out: OutOfRoom, by: User, now: datetime) -> None:
    """Take back that somebody left the room; twice is once. Raises `WouldUndo`, `NotHeld`, `MinutesApproved`."""
    fresh = to_write(out.item.meeting)
    gone, _rows = OutOfRoom.objects.filter(pk=out.pk).delete()
    if gone:
        refuse_undone(fresh)
        record_history(record=fresh, action="came_back", by=by, now=now)


def refuse_undone(meeting: BoardMeeting) -> None:
    """Raise `WouldUndo` where somebody who voted takes no part any more, or the board could not have decided."""
    rows = list(BoardDecision.objects.filter(item__meeting=meeting, item__removed_at=None).with_votes())
    came = outcomes(rows)
    for one in rows:
        part = {row.pk for row in in_room(one.item, one.item.meeting.attendances.all())}
        voted = {vote.attendance_id for vote in one.votes.all()}
        if voted - part or (voted and part - voted) or came[one.pk].result is Result.NOT_ABLE:
            raise WouldUndo(one.item.title)


def _checked(substitute: BoardMember | None, row: Attendance, meeting: BoardMeeting) -> BoardMember:
    """Return a substitute who may fill a seat."""
    if (
        substitute is None
        or substitute.kind != SeatKind.SUBSTITUTE
        or substitute.constituency_id != row.member.constituency_id
        or not substitute.sits(meeting.day)
    ):
        raise NotASubstitute
    return substitute
