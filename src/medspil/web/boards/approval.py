"""Approve minutes: read them once more, say who approved them, and correct them afterwards by notes beneath."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.boards.approving import add_note
from medspil.boards.approving import approve as approve_minutes
from medspil.boards.content import digest, minutes_of
from medspil.boards.in_writing import approval_of, stand_as_sent
from medspil.boards.keeping import NotHeld
from medspil.common.models import EditConflict
from medspil.web.boards.meeting_forms import ApproveForm, CorrectionForm
from medspil.web.boards.meeting_loading import SeenMeeting, approve_or_refuse, meeting_or_404, tried, write_or_refuse
from medspil.web.boards.meeting_page import minutes_in_words, page
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Note that the minutes were approved."""
    found = approve_or_refuse(request, pk, meeting)
    one = found.meeting
    if getattr(one, "approved", None) and request.method != "POST":
        return redirect("boards:meeting", pk=pk, meeting=meeting)
    later = one.board.meetings.held().order_by("-starts_at", "-pk").filter(starts_at__gt=one.starts_at)
    if not found.rights.edits:
        later = later.none()  # the chair says it for herself
    initial: dict[str, Any] = {"sha256": digest(minutes_of(one).content), "on": timezone.localdate()}
    form = ApproveForm(request.POST or None, later=list(later), in_writing=_in_writing(found), initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        said, by, now = form.cleaned_data, request.user, timezone.now()

        def act() -> None:
            approve_minutes(
                meeting=one, sha256=said["sha256"], way=said["way"], at_meeting=form.meeting(),
                on=said["on"] or timezone.localdate(now), by=by, now=now,
            )  # fmt: skip

        try:
            if tried(form, act):
                messages.success(request, _("The minutes are approved and stay as they are."))
                return redirect("boards:meeting", pk=pk, meeting=meeting)
        except NotHeld as trouble:
            return page(request, meeting_or_404(request, pk, meeting), trouble=str(trouble), status=409)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
            again = request.POST.copy()
            again["sha256"] = initial["sha256"]
            form.data = again
            status = 409
    context = {"seen": found.seen, "meeting": one, "form": form} | minutes_in_words(one, None)
    return render(request, "boards/approve.html", context, status=422 if form.errors and status == 200 else status)


def _in_writing(found: SeenMeeting) -> bool:
    """Return whether the minutes can be approved in writing by now, as they stand."""
    one = found.meeting
    told = approval_of(one) if getattr(one, "approved", None) is None else None
    return told is not None and told.is_reached(timezone.localdate()) and stand_as_sent(one)


@require_POST
def correct(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Put a correction beneath approved minutes."""
    found = write_or_refuse(request, pk, meeting)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        said, by, now = form.cleaned_data, request.user, timezone.now()

        def act() -> None:
            add_note(meeting=found.meeting, words=said["words"], creation_key=said["creation_key"], by=by, now=now)

        try:
            if tried(form, act):
                messages.success(request, _("The correction stands beneath the minutes."))
                return redirect("boards:meeting", pk=pk, meeting=meeting)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
    return page(request, meeting_or_404(request, pk, meeting), status=422, correction_form=form)
