"""Whether a member comes to a meeting: in the app, or behind the one-time link of the mail with the papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medspil.accounts.models import OneTimeLink
from medspil.boards import answering
from medspil.boards.answering import NotCalled, answer_by_link, row_behind, row_of, said_of
from medspil.boards.calling import ANSWER, Ways
from medspil.boards.models import BoardMeeting, Coming
from medspil.boards.papers import agenda_pdf
from medspil.boards.wording import when
from medspil.common.models import EditConflict
from medspil.web.boards.coming_words import choices_of
from medspil.web.boards.meeting_loading import TROUBLES, meeting_or_404
from medspil.web.boards.meeting_page import page
from medspil.web.files import file_answer
from medspil.web.http import SignedInRequest
from medspil.web.one_time import address_of, opened_page
from medspil.web.one_time_pages import READ, behind_link

opened = opened_page(ANSWER)


def ways_of(request: HttpRequest, meeting: BoardMeeting) -> Ways:
    """Return where the members of a meeting answer."""
    page_of = reverse("boards:meeting", args=[meeting.board.partnership_id, meeting.pk])
    return Ways(by_link=address_of(request, "boards:answer"), meeting=request.build_absolute_uri(page_of))


@require_POST
def come(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Note whether somebody who has an account and was called comes."""
    found = meeting_or_404(request, pk, meeting)
    coming, sends = _said(request)
    try:
        row = row_of(request.user, found.meeting)
        if row is None or coming is None:
            raise NotCalled
        row.meeting = found.meeting
        answering.answer(row=row, said=said_of(row, coming, sends), by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        again = meeting_or_404(request, pk, meeting)
        return page(request, again, trouble=str(trouble), status=409)
    messages.success(request, _("Your answer is noted."))
    return redirect("boards:meeting", pk=pk, meeting=meeting)


@behind_link(ANSWER)
def answer(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show a meeting with its agenda to whoever is called without an account, and take the answer."""
    if request.method != "POST":
        return _ask(request, token, link)
    coming, sends = _said(request)
    if coming is None:
        return _ask(request, token, link, status=422)
    try:
        row = answer_by_link(token=token, coming=coming, sends=sends, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        return _ask(request, token, link, trouble=str(trouble), status=409)
    return render(request, "boards/answered.html", {"row": row, "when": when(row.meeting.starts_at)})


@behind_link(ANSWER, methods=READ)
def agenda(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Give the agenda on paper to whoever is called without an account."""
    meeting = row_behind(link).meeting
    body = agenda_pdf(meeting, (translation.get_language() or "da")[:2], now=timezone.now())
    return file_answer(body, "pdf", _("agenda"), meeting.board.name, f"{meeting.day:%Y-%m-%d}")


def _said(request: HttpRequest) -> tuple[Coming | None, int | None]:
    """Return what was answered, and the key of whom she sends; nothing where it is no answer."""
    value, _colon, key = request.POST.get("comes", "").partition(":")
    if value not in Coming.values or (key and not key.isdecimal()):
        return None, None
    return Coming(value), int(key[:18]) if key else None


def _ask(request: HttpRequest, token: str, link: OneTimeLink, *, trouble: str = "", status: int = 200) -> HttpResponse:
    row = row_behind(link)
    one = row.meeting
    to_come = one.is_to_come(timezone.now())
    context: dict[str, Any] = {
        "meeting": one,
        "board": one.board,
        "owner": one.board.partnership.link.area.owner,
        "asked_by": link.created_by,
        "name": row.member.shown_name,
        "when": when(one.starts_at),
        "items": list(one.items.standing()),
        "choices": choices_of(row) if to_come else [],
        "trouble": trouble or ("" if to_come else str(answering.MeetingOff())),
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "boards/answer.html", context, status=status)
