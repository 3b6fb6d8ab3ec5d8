"""What a member answers before a meeting: that she comes, that she cannot, or which substitute she sends.

By the one-time link of the mail where she has no account, else in the app. It is no attendance: who was there is noted
at the meeting. A link is hers as long as she sits on the day of the meeting, and goes with her seat.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.accounts.one_time_links import LinkRevoked, use
from medspil.boards.attending import NotASubstitute
from medspil.boards.called import address_of
from medspil.boards.calling import ANSWER
from medspil.boards.keeping import held_fast
from medspil.boards.models import Attendance, BoardMeeting, BoardMember, BoardMemberQuerySet, Coming, SeatKind
from medspil.common.models import EditConflict
from medspil.notices.link_mails import close_links


class MeetingOff(EditConflict):
    """The meeting is not to come any more, so nobody waits for an answer."""

    sentence = _("The meeting has begun, was held or cancelled. You need not answer.")


class NotCalled(EditConflict):
    """Somebody answers who was not called to the meeting."""

    sentence = _("You are not called to this meeting, so nothing is asked of you.")


class SentByAnother(EditConflict):
    """A substitute who fills another seat at the meeting."""

    sentence = _("Another member sends this substitute already. Choose another, or nobody.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a member answers, with the substitute she sends."""

    coming: Coming
    sends: BoardMember | None = None


def row_of(user: User, meeting: BoardMeeting) -> Attendance | None:
    """Return the row by which a person with an account was called to a meeting that is to come."""
    rows = meeting.attendances.filter(member__user=user).exclude(told=None).for_page()
    return next((one for one in rows if one.member.sits(meeting.day)), None)


def row_behind(link: OneTimeLink) -> Attendance:
    """Return who a link asks, with her meeting.

    Raises `LinkRevoked` where the seat is not hers any more on the day of the meeting, or her address is another.
    """
    rows = Attendance.objects.for_page().select_related("meeting", "member__user", "sends__user")
    found = rows.filter(pk=int(link.record_id)).exclude(told=None).first()
    if found is None or found.member.user or not found.member.sits(found.meeting.day):
        raise LinkRevoked
    if not link.recipient_email or address_of(found.member).lower() != link.recipient_email:
        raise LinkRevoked
    found.meeting = BoardMeeting.objects.for_page().get(pk=found.meeting_id)
    return found


def substitutes_for(row: Attendance) -> BoardMemberQuerySet:
    """Return whom a member can send: substitutes of her constituency on that day whom nobody else sends."""
    of_hers = BoardMember.objects.filter(constituency=row.member.constituency_id, kind=SeatKind.SUBSTITUTE)
    free = of_hers.filter(forgotten_at=None).sitting(row.meeting.day)
    sent = Attendance.objects.filter(meeting=row.meeting_id).exclude(pk=row.pk).exclude(sends=None)
    return free.exclude(pk__in=sent.values("sends")).for_page()


@transaction.atomic
def answer(*, row: Attendance, said: Said, by: User | None, now: datetime) -> Attendance:
    """Note what a member answers; said again, the last word counts.

    Raises `MeetingOff`, `NotCalled`, `NotASubstitute`, `SentByAnother`, `PartnershipPutAway`.
    """
    held_fast(row.meeting)
    fresh = Attendance.objects.select_related("meeting", "member").get(pk=row.pk)
    meeting = fresh.meeting
    if not meeting.is_to_come(now):
        raise MeetingOff
    if fresh.told is None or not fresh.member.sits(meeting.day):
        raise NotCalled
    sends = said.sends if said.coming is Coming.SUBSTITUTE else None
    if said.coming is Coming.SUBSTITUTE:
        _refuse_substitute(fresh, sends)
    if (fresh.answer, fresh.sends_id) != (said.coming, sends.pk if sends else None):
        Attendance.objects.filter(pk=fresh.pk).update(answer=said.coming, sends=sends)
        record_history(record=meeting, action="member_answered", by=by, now=now)
    row.answer, row.sends = said.coming.value, sends
    return row


def answer_by_link(*, token: str, coming: Coming, sends: int | None, now: datetime) -> Attendance:
    """Note what somebody without an account answers. Raises what `answer` and `accounts.one_time_links.use` raise."""

    def answered(link: OneTimeLink) -> Attendance:
        row = row_behind(link)
        return answer(row=row, said=said_of(row, coming, sends), by=None, now=now)

    return use(token=token, purpose=ANSWER, now=now, answer=answered)


def said_of(row: Attendance, coming: Coming, sends: int | None) -> Said:
    """Return an answer with the substitute behind a key. Raises `SentByAnother` where she is not free any more."""
    if coming is not Coming.SUBSTITUTE:
        return Said(coming)
    found = substitutes_for(row).filter(pk=sends or 0).first()
    if found is None:
        raise SentByAnother
    return Said(coming, found)


def seat_ends(member: BoardMember, last: date, *, now: datetime) -> None:
    """Take back the links to meetings after somebody's last day, with the mails that carry one, and what she said."""
    rows = Attendance.objects.filter(member=member).select_related("meeting")
    for row in rows:
        if row.meeting.day > last:
            close_links(row, now=now)
            Attendance.objects.filter(pk=row.pk).update(answer="", sends=None)


def _refuse_substitute(row: Attendance, sends: BoardMember | None) -> None:
    """Raise `NotASubstitute`, `SentByAnother`."""
    if sends is None or sends.forgotten_at or sends.kind != SeatKind.SUBSTITUTE or not sends.sits(row.meeting.day):
        raise NotASubstitute
    if sends.constituency_id != row.member.constituency_id:
        raise NotASubstitute
    if not substitutes_for(row).filter(pk=sends.pk).exists():
        raise SentByAnother
