"""Plan a meeting of a board, move it, note that it was held, cancel it; each can be taken back.

Whoever was sent the papers hears of every change at once: another time or place, that it is cancelled, that it is on
after all.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.calling import Ways, tell_cancelled, tell_change
from medspil.boards.founding import locked
from medspil.boards.keeping import held_fast, refuse_approved
from medspil.boards.models import ApprovedMinutes, Board, BoardMeeting, MeetingState
from medspil.boards.models.meeting import LONGEST, SHORTEST
from medspil.boards.texts import line
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.linking.asking import DayAhead


class NowhereToMeet(Exception):
    """A meeting without a place."""

    def __init__(self) -> None:
        super().__init__(_("Write where you meet; a link to a meeting on the screen is a place too."))


class NoSuchLength(Exception):
    """A meeting that is over at once, or lasts a working day and more."""

    def __init__(self) -> None:
        super().__init__(_("A meeting lasts between 15 minutes and 10 hours."))


class BoardNotThere(Exception):
    """A meeting before the board was founded."""

    def __init__(self) -> None:
        super().__init__(_("The board was founded later than that day."))


class NotPlanned(EditConflict):
    """The meeting was held or cancelled."""

    sentence = _("The meeting was held or cancelled. Take that back first to change it.")


class SomethingDecided(EditConflict):
    """Something was decided or approved at the meeting, so it was held."""

    sentence = _("Something was decided at this meeting, so it was held.")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When and where a board meets, and for how long."""

    starts_at: datetime
    minutes: int
    place: str


def plan(*, board: Board, when: When, creation_key: UUID, by: User, now: datetime) -> BoardMeeting:
    """Plan a meeting; the same key again returns it. Nobody is told before the papers are sent.

    Raises `NowhereToMeet`, `NoSuchLength`, `BoardNotThere`, `LineTooLong`, `CprNumberFound`, `BoardDissolved`,
    `PartnershipOver`, `PartnershipPutAway`.
    """
    fields = _checked(board, when)

    def make() -> BoardMeeting:
        locked(board)
        made = BoardMeeting.objects.create(
            board=board, planned_by=by, creation_key=creation_key, created_at=now, updated_at=now, **fields
        )
        told = {"starts_at": ["", _written(when.starts_at)]}
        record_history(record=made, action="meeting_planned", by=by, now=now, changes=told)
        return made

    return once(BoardMeeting.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def change(
    *,
    meeting: BoardMeeting,
    when: When,
    expected_version: int,
    by: User,
    now: datetime,
    ways: Ways | None = None,
) -> BoardMeeting:
    """Move a meeting; whoever has the papers is told. The notice is counted anew where it comes earlier.

    Raises what `plan` does, `NotPlanned`, `EditConflict`.
    """
    fields = _checked(meeting.board, when)
    locked(meeting.board)
    _as_it_stands(meeting)
    _refuse_unless_planned(meeting)
    before = {name: getattr(meeting, name) for name in fields}
    if before == fields:
        return meeting
    if meeting.called_at and when.starts_at < meeting.starts_at:
        fields["called_at"] = now
    meeting.save_changes(expected_version=expected_version, now=now, sequence=meeting.sequence + 1, **fields)
    moved = before["starts_at"] != when.starts_at
    told = {"starts_at": [_written(before["starts_at"]), _written(when.starts_at)]} if moved else {}
    record_history(record=meeting, action="meeting_moved" if moved else "meeting_changed", by=by, now=now, changes=told)
    tell_change(meeting=meeting, by=by, now=now, ways=ways)
    return meeting


@transaction.atomic
def hold(*, meeting: BoardMeeting, expected_version: int, by: User, now: datetime) -> BoardMeeting:
    """Note that a meeting is held, on its day or after it; twice is once. Raises `DayAhead`, `NotPlanned`,
    `EditConflict`."""
    _as_it_stands(meeting)
    if meeting.state == MeetingState.HELD:
        return meeting
    _refuse_unless_planned(meeting)
    if timezone.localdate(meeting.starts_at) > timezone.localdate(now):
        raise DayAhead
    meeting.save_changes(expected_version=expected_version, now=now, state=MeetingState.HELD)
    record_history(record=meeting, action="meeting_held", by=by, now=now)
    return meeting


@transaction.atomic
def cancel(*, meeting: BoardMeeting, why: str, expected_version: int, by: User, now: datetime) -> BoardMeeting:
    """Cancel a meeting; whoever has the papers is told, not why. Raises `NotPlanned`, `LineTooLong`,
    `CprNumberFound`, `EditConflict`."""
    _as_it_stands(meeting)
    if meeting.state == MeetingState.CANCELLED:
        return meeting
    _refuse_unless_planned(meeting)
    state = {"state": MeetingState.CANCELLED, "why": line(why, 300), "sequence": meeting.sequence + 1}
    meeting.save_changes(expected_version=expected_version, now=now, **state)
    record_history(record=meeting, action="meeting_cancelled", by=by, now=now)
    tell_cancelled(meeting=meeting, by=by, now=now)
    return meeting


@transaction.atomic
def plan_again(
    *, meeting: BoardMeeting, expected_version: int, by: User, now: datetime, ways: Ways | None = None
) -> BoardMeeting:
    """Take back that a meeting was held or cancelled; after a cancelling whoever has the papers is told.

    Raises `MinutesApproved`, `SomethingDecided`, `EditConflict`.
    """
    _as_it_stands(meeting)
    if meeting.state == MeetingState.PLANNED:
        return meeting
    refuse_approved(meeting)
    approves = ApprovedMinutes.objects.filter(at_meeting=meeting).exists()
    if approves or meeting.items.filter(removed_at=None, decision__isnull=False).exists():
        raise SomethingDecided
    was = meeting.state
    again = {"state": MeetingState.PLANNED}
    more = {"why": "", "sequence": meeting.sequence + 1} if was == MeetingState.CANCELLED else {}
    meeting.save_changes(expected_version=expected_version, now=now, **again, **more)
    action = "meeting_on_again" if was == MeetingState.CANCELLED else "meeting_not_held"
    record_history(record=meeting, action=action, by=by, now=now)
    if was == MeetingState.CANCELLED:
        tell_change(meeting=meeting, by=by, now=now, ways=ways)
    return meeting


def _checked(board: Board, when: When) -> dict[str, object]:
    place = line(when.place, 200)
    if not place:
        raise NowhereToMeet
    if not SHORTEST <= when.minutes <= LONGEST:
        raise NoSuchLength
    if timezone.localdate(when.starts_at) < board.founded_on:
        raise BoardNotThere
    return {"starts_at": when.starts_at, "minutes": when.minutes, "place": place}


def _as_it_stands(meeting: BoardMeeting) -> None:
    """Hold the meeting fast and read what others may have changed of it; its version stays the one that was read."""
    held_fast(meeting)
    meeting.refresh_from_db(fields=["state", "sequence", "called_at"])


def _refuse_unless_planned(meeting: BoardMeeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise NotPlanned


def _written(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
