"""What is taken along from a meeting: agenda and minutes on paper, and the file for a calendar."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.boards.calling import gathering_of, words_of
from medspil.boards.models import BoardMeeting, MeetingState
from medspil.boards.papers import WordsForgotten, agenda_pdf, minutes_pdf
from medspil.notices.calendar_file import Method, calendar_file
from medspil.web.boards.meeting_loading import meeting_or_404
from medspil.web.boards.meeting_page import page
from medspil.web.files import file_answer
from medspil.web.http import SignedInRequest


@require_safe
def agenda(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Give the agenda on paper."""
    one = meeting_or_404(request, pk, meeting).meeting
    return file_answer(agenda_pdf(one, _language(), now=timezone.now()), "pdf", _("agenda"), *_named(one))


@require_safe
def minutes(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Give the minutes on paper: as they were approved, or with the word that they are not; none of one to come."""
    found = meeting_or_404(request, pk, meeting)
    one = found.meeting
    if one.state != MeetingState.HELD:
        return redirect("boards:meeting", pk=pk, meeting=meeting)
    try:
        body = minutes_pdf(one, _language(), now=timezone.now())
    except WordsForgotten as trouble:
        return page(request, found, trouble=str(trouble), status=409)
    return file_answer(body, "pdf", pgettext("of a meeting", "minutes"), *_named(one))


@require_safe
def invitation(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Give the file by which a calendar takes the meeting in."""
    one = meeting_or_404(request, pk, meeting).meeting
    method = Method.CANCEL if one.state == MeetingState.CANCELLED else Method.PUBLISH
    words = words_of(one, contact=one.planned_by)
    body = calendar_file(gathering_of(one), words, method=method, organiser=one.planned_by.email, now=timezone.now())
    return file_answer(body.encode(), "ics", _("meeting"), *_named(one))


def _named(one: BoardMeeting) -> tuple[str, str]:
    return one.board.name, f"{one.day:%Y-%m-%d}"


def _language() -> str:
    return (get_language() or "da")[:2]
