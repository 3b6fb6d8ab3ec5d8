"""A call to a meeting of somebody else's board and the minutes of another, with the tokens that only mails know."""

from datetime import timedelta

from django.utils import timezone

from medspil.accounts.one_time_links import issue
from medspil.boards.calling import ANSWER
from medspil.boards.in_writing import READ
from medspil.boards.models import Attendance, BoardMeeting, BoardMember, Constituency, MeetingState, Presence
from medspil.organisations.roles import Role
from tests.factories import boards, companies, people, rankings
from tests.factories.partnerships import partnership
from tests.factories.people import NOW


def asked_member() -> Attendance:
    """Return somebody who is called to a meeting of a board of nobody's area here."""
    home = people.organisation("Mødende By")
    by = people.member(home, Role.COORDINATOR, name="Mødende Anna")
    need = rankings.photo_need(home)
    board = boards.board(partnership(need, companies.unit("Mødende Smed"), by=by), by=by, template="")
    times = {"created_at": NOW, "updated_at": NOW}
    seats = Constituency.objects.create(board=board, name="Beboere", least=1, most=3, **times)
    ida = BoardMember.objects.create(
        constituency=seats, name="Ida", email="ida@bestyrelsen.example", from_on=NOW.date(), **times
    )
    now = timezone.now()  # the page asks the clock whether the link has expired
    starts_at = now + timedelta(days=20)
    meeting = BoardMeeting.objects.create(board=board, starts_at=starts_at, place="Salen", planned_by=by, **times)
    row = Attendance.objects.create(meeting=meeting, member=ida, told=0)
    row.__dict__["token"] = issue(purpose=ANSWER, record=row, recipient_email=ida.email, by=by, now=now).token
    held = BoardMeeting.objects.create(
        board=board, starts_at=NOW, place="Salen", state=MeetingState.HELD, planned_by=by, **times
    )
    there = Attendance.objects.create(meeting=held, member=ida, presence=Presence.PRESENT)
    row.__dict__["reads"] = issue(purpose=READ, record=there, recipient_email=ida.email, by=by, now=now).token
    return row
