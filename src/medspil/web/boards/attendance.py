"""Who was at a meeting, on one page: a choice for each seat, and who led it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.boards.attending import note_attendance
from medspil.boards.called import members_of
from medspil.boards.chairing import chairs
from medspil.boards.models import Attendance, BoardMeeting, BoardMember, SeatKind
from medspil.common.models import EditConflict
from medspil.web.boards.meeting_forms import AttendanceForm
from medspil.web.boards.meeting_loading import SeenMeeting, tried, write_or_refuse
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Note who was there."""
    found = write_or_refuse(request, pk, meeting)
    one = found.meeting
    initial = {"version": one.version, "led_by": one.chaired_by_id or _usual(found)}
    people: dict[str, Any] = {"rows": _rows(one), "substitutes": _substitutes(request, one)}
    form = AttendanceForm(request.POST or None, initial=initial, **people)
    status = 200
    if "everybody" in request.POST:  # fills the choices in; nothing is saved before somebody saves
        form = AttendanceForm(initial=form.everybody(), **people)
    elif request.method == "POST" and form.is_valid():
        version, now = form.cleaned_data["version"], timezone.now()

        def act() -> None:
            note_attendance(
                meeting=one, seats=form.seats(), chaired_by=form.led_by(), expected_version=version, by=request.user,
                now=now,
            )  # fmt: skip

        try:
            if tried(form, act):
                messages.success(request, _("Noted who was there."))
                return redirect("boards:meeting", pk=pk, meeting=meeting)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
            status = 409
            one.refresh_from_db(fields=["version"])
            with_version(form, one.version)
    context = {"seen": found.seen, "meeting": one, "form": form}
    return render(request, "boards/attendance.html", context, status=422 if form.errors and status == 200 else status)


def _rows(meeting: BoardMeeting) -> list[Attendance]:
    """Return a row for each who sits on the day of the meeting: the one that is there, or a fresh one."""
    there = {one.member_id: one for one in meeting.attendances.for_page()}
    return [there.get(who.pk) or Attendance(meeting=meeting, member=who) for who in members_of(meeting)]


def _substitutes(request: SignedInRequest, meeting: BoardMeeting) -> list[BoardMember]:
    seen = BoardMember.objects.visible_to(request.user, on=timezone.localdate())
    rows = seen.of(meeting.board).sitting(meeting.day).filter(kind=SeatKind.SUBSTITUTE)
    return list(rows.filter(forgotten_at=None).for_page())


def _usual(found: SeenMeeting) -> int | str:
    """Return who leads the meetings of a board."""
    chair = chairs(found.board, found.meeting.day).chair
    return chair.pk if chair else ""
