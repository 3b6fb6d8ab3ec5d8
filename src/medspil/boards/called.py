"""Who is called to a meeting of a board, where they are written to, and with how many days' notice."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from medspil.boards.models import BoardMeeting, BoardMember
from medspil.boards.rules import rules_on


@dataclass(frozen=True, slots=True)
class Notice:
    """How many days lie between the day on which the members were told and the day of the meeting."""

    days: int
    demanded: int

    @property
    def too_short(self) -> bool:
        """Whether the rules of procedure demand more."""
        return self.days < self.demanded


def notice_of(meeting: BoardMeeting, *, now: datetime) -> Notice | None:
    """Return the notice of a meeting: that it was called with, or would be if it were called now.

    None where the board has no rules of procedure for the day of the meeting.
    """
    rules = rules_on(meeting.board, meeting.day)
    if rules is None:
        return None
    told = timezone.localdate(meeting.called_at or now)
    return Notice((meeting.day - told).days, rules.notice_days)


def members_of(meeting: BoardMeeting) -> list[BoardMember]:
    """Return who sits on the board on the day of a meeting, by constituency."""
    sitting = BoardMember.objects.of(meeting.board).members().sitting(meeting.day).filter(forgotten_at=None)
    return list(sitting.select_related("user", "constituency").order_by("constituency_id", "from_on", "pk"))


def address_of(member: BoardMember) -> str:
    """Return where a member is written to; empty where nobody said so, or her account was closed."""
    if member.user:
        return member.user.email if member.user.is_active else ""
    return member.email
