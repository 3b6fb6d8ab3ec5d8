"""Approve minutes in writing, where the rules of procedure say so: sent out, agreed to or objected to, then approved.

Those who were at the meeting are asked, each once for what the minutes say: an answer counts for the words that were
read, by their hash. Minutes that are changed after an objection are sent out again. They can be approved when nobody
objects to them as they stand, and everybody agrees or the days that the rules give are over.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.accounts.one_time_links import LinkRevoked, use
from medspil.boards.called import address_of
from medspil.boards.content import digest, minutes_of
from medspil.boards.keeping import to_write
from medspil.boards.models import Attendance, BoardMeeting, BoardMember, MinutesAnswer
from medspil.boards.rules import rules_on
from medspil.boards.texts import text
from medspil.common.models import EditConflict

READ = "board_minutes_answer"


class NotInWriting(Exception):
    """Rules of procedure that do not let minutes be approved in writing."""

    def __init__(self) -> None:
        super().__init__(_("The rules of procedure do not say that minutes are approved in writing."))


class NotAsked(EditConflict):
    """Somebody answers who was not at the meeting, or the minutes are other ones by now."""

    sentence = _("The minutes have changed since they were sent out, or you are not asked.")


class ObjectionEmpty(Exception):
    """An objection without a word of what is wrong."""

    def __init__(self) -> None:
        super().__init__(_("Write what is not right, so that it can be corrected."))


class NotAgreedYet(Exception):
    """Minutes that members can still object to, or did."""

    def __init__(self) -> None:
        super().__init__(
            _("They are approved in writing when nobody objects, and everybody agrees or the days for it are over.")
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was at the meeting, and what she says to the minutes as they stand; nothing as long as she has not.

    `row` is the seat that she filled.
    """

    row: Attendance
    who: BoardMember
    said: MinutesAnswer | None


@dataclass(frozen=True, slots=True)
class Approval:
    """How far the approval in writing is, of minutes as they were last sent out."""

    sha256: str
    asked: list[Asked]
    ends_on: date

    @property
    def objections(self) -> list[Asked]:
        """Return who objects."""
        return [one for one in self.asked if one.said and not one.said.agrees]

    def is_reached(self, on: date) -> bool:
        """Return whether the minutes can be approved on a day."""
        everybody = all(one.said for one in self.asked)
        return not self.objections and (everybody or self.ends_on < on)


def days_for(meeting: BoardMeeting) -> int | None:
    """Return how long members have to object, by the rules that held on the day of the meeting; none where never."""
    rules = rules_on(meeting.board, meeting.day)
    return rules.objection_days if rules else None


def approval_of(meeting: BoardMeeting) -> Approval | None:
    """Return how far the approval in writing is; None where the minutes were never sent out."""
    days = days_for(meeting)
    if days is None or meeting.minutes_out_at is None:
        return None
    answers = {one.member_id: one for one in meeting.minutes_answers.filter(sha256=meeting.minutes_out_sha256)}
    asked = [Asked(row, row.sitter, answers.get(row.sitter.pk)) for row in meeting.attendances.there().for_page()]
    asked = [one for one in asked if one.who.forgotten_at is None]
    ends_on = timezone.localdate(meeting.minutes_out_at) + timedelta(days=days)
    return Approval(meeting.minutes_out_sha256, asked, ends_on)


def seat_of(user: User, meeting: BoardMeeting) -> Attendance | None:
    """Return the seat that a person with an account filled at a meeting."""
    rows = meeting.attendances.there().for_page()
    return next((one for one in rows if one.sitter.user_id == user.pk), None)


@transaction.atomic
def answer(*, row: Attendance, sha256: str, agrees: bool, words: str, by: User | None, now: datetime) -> MinutesAnswer:
    """Note what somebody who was there says to the minutes she read; said again, the last word counts.

    Raises `NotAsked`, `ObjectionEmpty`, `MinutesApproved`, `NotHeld`, `TextTooLong`, `CprNumberFound`,
    `PartnershipPutAway`.
    """
    meeting = to_write(row.meeting)
    fresh = meeting.attendances.there().for_page().filter(pk=row.pk).first()
    if fresh is None or not sha256 or sha256 != meeting.minutes_out_sha256:
        raise NotAsked
    said = "" if agrees else text(words)
    if not agrees and not said:
        raise ObjectionEmpty
    made, _new = MinutesAnswer.objects.update_or_create(
        meeting=meeting, member=fresh.sitter, sha256=sha256,
        defaults={"agrees": agrees, "words": said, "answered_at": now},
    )  # fmt: skip
    record_history(record=meeting, action="minutes_agreed" if agrees else "minutes_objected", by=by, now=now)
    return made


def row_behind(link: OneTimeLink) -> Attendance:
    """Return the seat of whom a link asks, with the meeting.

    Raises `LinkRevoked` where somebody else is noted as having been there by now, or her address is another.
    """
    row = Attendance.objects.there().for_page().filter(pk=int(link.record_id)).first()
    if row is None or not link.recipient_email or address_of(row.sitter).lower() != link.recipient_email:
        raise LinkRevoked
    row.meeting = BoardMeeting.objects.for_page().get(pk=row.meeting_id)
    return row


def answer_by_link(*, token: str, sha256: str, agrees: bool, words: str, now: datetime) -> MinutesAnswer:
    """Note what somebody without an account says. Raises what `answer` and `accounts.one_time_links.use` raise."""

    def answered(link: OneTimeLink) -> MinutesAnswer:
        return answer(row=row_behind(link), sha256=sha256, agrees=agrees, words=words, by=None, now=now)

    return use(token=token, purpose=READ, now=now, answer=answered)


def refuse_not_agreed(meeting: BoardMeeting, sha256: str, *, now: datetime) -> None:
    """Raise `NotInWriting`, `NotAgreedYet` where minutes with a hash cannot be approved in writing by now."""
    if days_for(meeting) is None:
        raise NotInWriting
    found = approval_of(meeting)
    if found is None or found.sha256 != sha256 or not found.is_reached(timezone.localdate(now)):
        raise NotAgreedYet


def stand_as_sent(meeting: BoardMeeting) -> bool:
    """Return whether the minutes of a meeting loaded `for_page` say what was last sent out."""
    return bool(meeting.minutes_out_sha256) and digest(minutes_of(meeting).content) == meeting.minutes_out_sha256
