"""Approve minutes in writing: sent out by who leads, read and answered in the app or behind a one-time link."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from medspil.accounts.models import OneTimeLink
from medspil.boards import draft_mails
from medspil.boards.calling import Ways
from medspil.boards.in_writing import READ, NotAsked, answer, answer_by_link, row_behind, seat_of, stand_as_sent
from medspil.boards.models import BoardMeeting
from medspil.boards.papers import minutes_pdf
from medspil.boards.wording import when
from medspil.common.models import EditConflict
from medspil.web.boards.meeting_forms import ObjectionForm
from medspil.web.boards.meeting_loading import TROUBLES, meeting_or_404, write_or_refuse
from medspil.web.boards.meeting_page import minutes_in_words, page
from medspil.web.boards.meetings import tell_sent
from medspil.web.files import file_answer
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.one_time import address_of, opened_page
from medspil.web.one_time_pages import READ as LOOK
from medspil.web.one_time_pages import behind_link

opened = opened_page(READ)


@require_POST
def send_out(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Send the minutes to who was there, to be approved in writing."""
    found = write_or_refuse(request, pk, meeting)
    to = request.build_absolute_uri(reverse("boards:meeting", args=[pk, meeting]))
    ways = Ways(by_link=address_of(request, "boards:minutes_read"), meeting=to)
    try:
        done = draft_mails.send_out(meeting=found.meeting, by=request.user, now=timezone.now(), ways=ways)
    except (*TROUBLES, EditConflict) as trouble:
        again = meeting_or_404(request, pk, meeting)
        return page(request, again, trouble=str(trouble), status=409)
    tell_sent(request, done, _("Everybody with an address has the minutes as they stand."))
    return redirect("boards:meeting", pk=pk, meeting=meeting)


@require_POST
def say(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Note what somebody with an account who was there says to the minutes."""
    found = meeting_or_404(request, pk, meeting)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, objection_form=form)
    try:
        row = seat_of(request.user, found.meeting)
        if row is None:
            raise NotAsked
        answer(row=row, **form.said(), by=request.user, now=timezone.now())
    except TROUBLES as trouble:
        add_domain_error(form, trouble, "words")
        return page(request, found, status=422, objection_form=form)
    except EditConflict as trouble:
        now_there = meeting_or_404(request, pk, meeting)
        more = {"objection_form": _again(form, now_there.meeting)} if form.said()["words"] else {}
        return page(request, now_there, trouble=str(trouble), status=409, **more)
    messages.success(request, _("Your answer is noted."))
    return redirect("boards:meeting", pk=pk, meeting=meeting)


@behind_link(READ)
def read(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show minutes to whoever was there and has no account, and take what she says to them."""
    if request.method != "POST":
        return _ask(request, token, link)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _ask(request, token, link, form=form, status=422)
    try:
        said = answer_by_link(token=token, **form.said(), now=timezone.now())
    except TROUBLES as trouble:
        add_domain_error(form, trouble, "words")
        return _ask(request, token, link, form=form, status=422)
    except EditConflict as trouble:
        again = _again(form, row_behind(link).meeting)
        return _ask(request, token, link, form=again, trouble=str(trouble), status=409)
    return render(request, "boards/minutes_said.html", {"said": said})


@behind_link(READ, methods=LOOK)
def paper(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Give the minutes on paper to whoever is asked by a link."""
    one = row_behind(link).meeting
    body = minutes_pdf(one, (translation.get_language() or "da")[:2], now=timezone.now())
    return file_answer(body, "pdf", pgettext("of a meeting", "minutes"), one.board.name, f"{one.day:%Y-%m-%d}")


def _again(form: ObjectionForm, one: BoardMeeting) -> ObjectionForm:
    """Return the form once more, for the minutes as they were sent out last, with what was written."""
    return ObjectionForm(initial={"sha256": one.minutes_out_sha256, "words": form.cleaned_data["words"]})


def _ask(
    request: HttpRequest,
    token: str,
    link: OneTimeLink,
    *,
    form: ObjectionForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    row = row_behind(link)
    one: BoardMeeting = row.meeting
    approved = getattr(one, "approved", None)
    if not trouble and approved:
        trouble = _("The minutes are approved. You need not answer.")
    elif not trouble and not stand_as_sent(one):
        trouble = _("The minutes are being changed. You get them again before they are approved.")
    context: dict[str, Any] = {
        "meeting": one,
        "name": row.sitter.shown_name,
        "when": when(one.starts_at),
        "trouble": trouble,
        "form": form or ObjectionForm(initial={"sha256": one.minutes_out_sha256}),
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "boards/minutes_read.html", context | minutes_in_words(one, approved), status=status)
