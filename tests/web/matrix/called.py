"""A call to a meeting of somebody else's board, with the token of its link, which only its mail knows."""

from datetime import timedelta

from django.utils import timezone

from medspil.accounts.one_time_links import issue
from medspil.boards.calling import ANSWER
from medspil.boards.models import Attendance, BoardMeeting, BoardMember, Constituency
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
    return row
