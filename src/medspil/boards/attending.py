"""Note who was at a meeting, who led it, and who left the room for an item.

What was decided is not undone by the way: a change by which somebody who voted would not have been there, the board
would not have been able to decide, or another casting vote would turn the result, is refused until the decision is
corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.calling import rows_of
from medspil.boards.deciding import refuse_too_much
from medspil.boards.keeping import to_write
from medspil.boards.models import (
    AgendaItem,
    Attendance,
    Because,
    BoardDecision,
    BoardDecisionQuerySet,
    BoardMeeting,
    BoardMember,
    OutOfRoom,
    Presence,
    SeatKind,
)
from medspil.boards.texts import line
from medspil.boards.voting import Result, in_room, outcomes, secret_tally

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

    Whoever turned out not to sit on that day was not there as a member. Raises `NotASubstitute`, `LedByNobodyThere`,
    `WouldUndo`, `TooMuch`, `NotHeld`, `MinutesApproved`, `EditConflict`.
    """
    fresh = to_write(meeting)
    stood = _decided(fresh)
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
    gone = [one.pk for one in fresh.attendances.select_related("member") if not one.member.sits(fresh.day)]
    Attendance.objects.filter(pk__in=gone).update(presence="", substitute=None)
    Attendance.objects.bulk_update(rows.values(), ["presence", "substitute"])
    there = {one.sitter.pk for one in rows.values() if one.is_there}
    if chaired_by is not None and chaired_by.pk not in there:
        raise LedByNobodyThere
    OutOfRoom.objects.filter(item__meeting=fresh).exclude(attendance__in=fresh.attendances.there()).delete()
    meeting.save_changes(expected_version=expected_version, now=now, chaired_by=chaired_by)
    refuse_undone(fresh, stood)
    record_history(record=meeting, action="attendance_noted", by=by, now=now)
    return meeting


@transaction.atomic
def leave_room(*, item: AgendaItem, who: Attendance, because: str, why: str = "", by: User, now: datetime) -> OutOfRoom:
    """Note that somebody left the room for an item; said again, the last word counts.

    Raises `NotThere`, `WhyMissing`, `WouldUndo`, `TooMuch`, `NotHeld`, `MinutesApproved`, `LineTooLong`,
    `CprNumberFound`.
    """
    fresh = to_write(item.meeting)
    stood = _decided(fresh)
    said = line(why, LONGEST_WHY)
    if who.meeting_id != fresh.pk or not who.is_there:
        raise NotThere
    if because == Because.CONFLICT and not said:
        raise WhyMissing
    fields = {"because": Because(because), "why": said}
    made, _new = OutOfRoom.objects.update_or_create(item=item, attendance=who, defaults=fields)
    refuse_undone(fresh, stood)
    record_history(record=fresh, action="left_the_room", by=by, now=now)
    return made


@transaction.atomic
def come_back(*, out: OutOfRoom, by: User, now: datetime) -> None:
    """Take back that somebody left the room; twice is once.

    Raises `WouldUndo`, `TooMuch`, `NotHeld`, `MinutesApproved`.
    """
    fresh = to_write(out.item.meeting)
    stood = _decided(fresh)
    gone, _rows = OutOfRoom.objects.filter(pk=out.pk).delete()
    if gone:
        refuse_undone(fresh, stood)
        record_history(record=fresh, action="came_back", by=by, now=now)


def refuse_undone(meeting: BoardMeeting, stood: set[int]) -> None:
    """Raise `WouldUndo` where somebody who voted takes no part any more, or what stood would not be decided.

    Raises `TooMuch` where something is decided by the change that uses more of a sum than there is.
    """
    rows = list(_put_to(meeting))
    came = outcomes(rows)
    for one in rows:
        part = {row.pk for row in in_room(one.item, one.item.meeting.attendances.all())}
        voted = {vote.attendance_id for vote in one.votes.all()}
        undone = came[one.pk].result is Result.NOT_ABLE or (one.pk in stood and not came[one.pk].decided)
        ballots = secret_tally(one)
        undone = undone or (ballots is not None and ballots.cast != len(part))
        if voted - part or (voted and part - voted) or undone:
            raise WouldUndo(one.item.title)
    if any(came[one.pk].decided and one.pk not in stood for one in rows):
        refuse_too_much(meeting.board, None)


def _decided(meeting: BoardMeeting) -> set[int]:
    """Return the keys of what is decided at a meeting, as it stands."""
    return {key for key, came in outcomes(_put_to(meeting)).items() if came.decided}


def _put_to(meeting: BoardMeeting) -> BoardDecisionQuerySet:
    return BoardDecision.objects.filter(item__meeting=meeting, item__removed_at=None).with_votes()


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
