"""Approve the minutes of a meeting: from then on they stay as they are, and are corrected by notes beneath them."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.content import digest, minutes_of
from medspil.boards.in_writing import refuse_not_agreed
from medspil.boards.keeping import held_fast, to_write
from medspil.boards.models import (
    ApprovedBy,
    ApprovedMinutes,
    BoardMeeting,
    MinutesNote,
)
from medspil.boards.texts import text
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.linking.asking import DayAhead


class OtherMinutes(EditConflict):
    """What somebody approved is not what stands there by now."""

    sentence = _("The minutes have changed since you read them. Read them again, then approve them.")


class NobodyNoted(Exception):
    """Minutes that do not say who was there."""

    def __init__(self) -> None:
        super().__init__(_("Note first who was there, and who led the meeting."))


class NotALaterMeeting(Exception):
    """Minutes approved at a meeting that was not held after this one."""

    def __init__(self) -> None:
        super().__init__(_("Choose a later meeting of this board that was held."))


class NotApproved(EditConflict):
    """A correction of minutes that can still be edited."""

    sentence = _("The minutes are not approved yet: write it in them.")


class NothingSaid(Exception):
    """A note without words."""

    def __init__(self) -> None:
        super().__init__(_("Write what is to be said in addition."))


@transaction.atomic
def approve(
    *,
    meeting: BoardMeeting,
    sha256: str,
    way: str,
    at_meeting: BoardMeeting | None,
    on: date,
    by: User,
    now: datetime,
) -> ApprovedMinutes:
    """Note that the minutes with this hash were approved: by the chair, by the board at a later meeting, or in writing.

    The same again returns what is there. Raises `OtherMinutes`, `NobodyNoted`, `NotALaterMeeting`, `DayAhead`,
    `NotInWriting`, `NotAgreedYet`, `NotHeld`, `MinutesApproved`, `PartnershipPutAway`.
    """
    if earlier := ApprovedMinutes.objects.filter(meeting=meeting, sha256=sha256).first():
        return earlier
    fresh = to_write(meeting)
    now_said = minutes_of(BoardMeeting.objects.for_page().get(pk=fresh.pk))
    if digest(now_said.content) != sha256:
        raise OtherMinutes
    if not fresh.chaired_by_id or not now_said.content["seats"]:
        raise NobodyNoted
    if way == ApprovedBy.WRITING:
        refuse_not_agreed(fresh, sha256, now=now)
        on = timezone.localdate(now)
    if way == ApprovedBy.MEETING:
        on = _day_of(fresh, at_meeting)
    if on > timezone.localdate(now):
        raise DayAhead
    made = ApprovedMinutes.objects.create(
        meeting=fresh,
        content=now_said.content,
        names=now_said.names,
        sha256=sha256,
        way=ApprovedBy(way),
        at_meeting=at_meeting if way == ApprovedBy.MEETING else None,
        approved_on=max(on, fresh.day),
        noted_at=now,
        noted_by=by,
    )
    record_history(record=fresh, action="minutes_approved", by=by, now=now)
    return made


def add_note(*, meeting: BoardMeeting, words: str, creation_key: UUID, by: User, now: datetime) -> MinutesNote:
    """Put a correction beneath approved minutes; the same key again returns it.

    Raises `NotApproved`, `NothingSaid`, `TextTooLong`, `CprNumberFound`, `PartnershipPutAway`.
    """
    said = text(words)
    if not said:
        raise NothingSaid

    def make() -> MinutesNote:
        held_fast(meeting)
        if not ApprovedMinutes.objects.filter(meeting=meeting).exists():
            raise NotApproved
        made = MinutesNote.objects.create(
            meeting=meeting, text=said, on=timezone.localdate(now), by=by, creation_key=creation_key,
            created_at=now, updated_at=now,
        )  # fmt: skip
        record_history(record=meeting, action="minutes_corrected", by=by, now=now)
        return made

    return once(MinutesNote.objects.filter(creation_key=creation_key), make)


def _day_of(meeting: BoardMeeting, later: BoardMeeting | None) -> date:
    """Return the day of the later meeting at which minutes were approved, as it stands now that others wait."""
    held = BoardMeeting.objects.held().filter(board=meeting.board_id, starts_at__gt=meeting.starts_at)
    found = held.filter(pk=later.pk).first() if later else None
    if found is None:
        raise NotALaterMeeting
    return found.day
