"""What is asked again of the papers of a meeting at the moment in which their mail goes out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.boards.called import address_of
from medspil.boards.calling import CANCELLED, PAPERS, key_of
from medspil.boards.mail_papers import paper_of
from medspil.boards.models import Attendance, MeetingState
from medspil.notices.calendar_file import Method
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.models import Message


@before_sending(PAPERS, label=_("Papers of a meeting of a board"), paper=paper_of)
def still_called(message: Message, _now: datetime) -> None:
    """Raise `NotAnyMore` where the meeting has changed since, or who gets it does not sit any more on its day."""
    row = _row(message)
    current = row.meeting.state == MeetingState.PLANNED and row.member.sits(row.meeting.day)
    if not current or row.told is None or message.dedupe_key != key_of(row, Method.REQUEST, row.told):
        raise NotAnyMore(_("The meeting has changed since, or she does not sit any more: another mail says so."))


@before_sending(CANCELLED, label=_("A meeting of a board is cancelled"))
def still_off(message: Message, _now: datetime) -> None:
    """Raise `NotAnyMore` where the meeting is on again by now for whom it was cancelled."""
    row = _row(message)
    off = row.meeting.state == MeetingState.CANCELLED or not row.member.sits(row.meeting.day)
    newest = row.told is None or message.dedupe_key == key_of(row, Method.CANCEL, row.told)
    if not off or not newest:
        raise NotAnyMore(_("The meeting is on again: another mail says so."))


def _row(message: Message) -> Attendance:
    rows = Attendance.objects.select_related("meeting__board", "member__user")
    found = rows.filter(pk=message.about_id).first() if message.about_type == Attendance._meta.label_lower else None
    if found is None or not address_of(found.member):
        raise NotAnyMore(_("Who should get it has been forgotten."))
    return found
