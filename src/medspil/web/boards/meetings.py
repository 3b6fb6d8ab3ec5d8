"""The meetings of a board: the list, a new one, another time, and what is done with a button."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.boards import calling, minutes_mails
from medspil.boards import meetings as services
from medspil.boards.called import notice_of
from medspil.boards.meetings import When
from medspil.boards.models import BoardMeeting
from medspil.boards.rules import rules_on
from medspil.boards.wording import when
from medspil.common.models import EditConflict
from medspil.common.when import moment
from medspil.web.boards.coming import ways_of
from medspil.web.boards.loading import board_or_404, edit_or_refuse
from medspil.web.boards.meeting_forms import (
    CancelForm,
    EditMeetingForm,
    NewMeetingForm,
    VersionForm,
    WhenForm,
    initial_of_meeting,
)
from medspil.web.boards.meeting_loading import TROUBLES, SeenMeeting, meeting_or_404, tried, write_or_refuse
from medspil.web.boards.meeting_page import page
from medspil.web.boards.meeting_words import BADGES
from medspil.web.http import SignedInRequest, conflict

PAGE = ["GET", "HEAD", "POST"]


@require_safe
def meetings(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the meetings of a board, those to come first."""
    seen = board_or_404(request, pk)
    now = timezone.now()
    rows = BoardMeeting.objects.visible_to(request.user, on=timezone.localdate()).of(seen.board).for_page()
    told = [(one, when(one.starts_at), BADGES[one.state]) for one in rows]
    context = {
        "seen": seen,
        "coming": [each for each in reversed(told) if each[0].starts_at >= now and each[0].state == "planned"],
        "past": [each for each in told if each[0].starts_at < now or each[0].state != "planned"],
    }
    return render(request, "boards/meetings.html", context)


@require_http_methods(PAGE)
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan a meeting."""
    seen = edit_or_refuse(request, pk)
    form = NewMeetingForm(request.POST or None)
    made: list[BoardMeeting] = []
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            key = form.cleaned_data["creation_key"]
            by, now = request.user, timezone.now()
            made.append(services.plan(board=seen.board, when=_when(form), creation_key=key, by=by, now=now))

        if tried(form, act):
            messages.success(request, _("The meeting is planned. Nobody is told before you send the papers."))
            return redirect("boards:meeting", pk=pk, meeting=made[0].pk)
    rules = rules_on(seen.board, timezone.localdate())
    context = {"seen": seen, "form": form, "rules": rules}
    return render(request, "boards/meeting_new.html", context, status=422 if form.errors else 200)


@require_safe
def meeting(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Show a meeting with its agenda, or its minutes."""
    return page(request, meeting_or_404(request, pk, meeting))


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Move a meeting."""
    found = write_or_refuse(request, pk, meeting)
    one = found.meeting
    form = EditMeetingForm(request.POST or None, initial=initial_of_meeting(one))
    context = {"seen": found.seen, "meeting": one, "form": form}
    if request.method == "POST" and form.is_valid():
        version, now = form.cleaned_data["version"], timezone.now()

        def act() -> None:
            services.change(
                meeting=one, when=_when(form), expected_version=version, by=request.user, now=now,
                ways=ways_of(request, one),
            )  # fmt: skip

        try:
            if tried(form, act):
                messages.success(request, _moved(one))
                return redirect("boards:meeting", pk=pk, meeting=meeting)
        except services.NotPlanned as trouble:
            return _again(request, found, trouble)
        except EditConflict:
            return conflict(request, "boards/meeting_edit.html", form, one, context)
    return render(request, "boards/meeting_edit.html", context, status=422 if form.errors else 200)


@require_POST
def call(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Send the papers to those who have not got them as they stand."""
    found = write_or_refuse(request, pk, meeting)
    try:
        done = calling.call(
            meeting=found.meeting, by=request.user, now=timezone.now(), ways=ways_of(request, found.meeting)
        )
    except (*TROUBLES, EditConflict) as trouble:
        return _again(request, found, trouble)
    tell_sent(request, done, _("Everybody with an address has the papers as they stand."))
    return redirect("boards:meeting", pk=pk, meeting=meeting)


@require_POST
def send_minutes(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Send the approved minutes to those who have not got them as they stand."""
    found = write_or_refuse(request, pk, meeting)
    try:
        done = minutes_mails.send_minutes(meeting=found.meeting, by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        return _again(request, found, trouble)
    tell_sent(request, done, _("Everybody with an address has the minutes as they stand."))
    return redirect("boards:meeting", pk=pk, meeting=meeting)


@require_POST
def hold(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Note that a meeting has begun or was held."""
    found = write_or_refuse(request, pk, meeting)
    return _step(request, found, services.hold, _("The meeting is on. Note first who is there."), to="attendance")


@require_POST
def plan_again(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Take back that a meeting was held or cancelled."""
    found = write_or_refuse(request, pk, meeting)
    service = partial(services.plan_again, ways=ways_of(request, found.meeting))
    return _step(request, found, service, _("Taken back: the meeting is planned."))


@require_POST
def cancel(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Cancel a meeting."""
    found = write_or_refuse(request, pk, meeting)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return page(request, found, status=422, cancel_form=form)
    service = partial(services.cancel, why=form.cleaned_data["why"])
    return _step(request, found, service, _("The meeting is cancelled. Who has the papers is told."))


def _step(
    request: SignedInRequest, found: SeenMeeting, service: Callable[..., Any], said: str, *, to: str = "meeting"
) -> HttpResponse:
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        service(meeting=found.meeting, expected_version=version, by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        return _again(request, found, trouble)
    messages.success(request, said)
    return redirect(f"boards:{to}", pk=found.board.partnership_id, meeting=found.meeting.pk)


def tell_sent(request: SignedInRequest, done: calling.Called, nobody_left: str) -> None:
    """Say how many mails are on their way, and who was not written to."""
    if done.written:
        said = ngettext("{number} mail is on its way.", "{number} mails are on their way.", done.written)
        messages.success(request, said.format(number=done.written))
    if without := done.without_address:
        one = ngettext(
            "{number} has no address: tell her or him yourself.",
            "{number} have no address: tell them yourself.",
            without,
        )
        messages.warning(request, one.format(number=without))
    for name, why in done.refused:
        messages.warning(request, _("{name} was not written to: {why}").format(name=name, why=why))
    if not done.written and not done.refused and not done.without_address:
        messages.info(request, nobody_left)


def _again(request: SignedInRequest, found: SeenMeeting, trouble: Exception) -> HttpResponse:
    """Answer 409 with the meeting as it stands now."""
    again = meeting_or_404(request, found.board.partnership_id, found.meeting.pk)
    return page(request, again, trouble=str(trouble), status=409)


def _when(form: WhenForm) -> When:
    said = form.cleaned_data
    return When(starts_at=moment(said["day"], said["time"]), minutes=said["minutes"], place=said["place"])


def _moved(one: BoardMeeting) -> str:
    notice = notice_of(one, now=timezone.now())
    if one.called_at is None:
        return _("Saved.")
    if notice and notice.too_short:
        words = _("Saved. Who has the papers is told: with {days} days’ notice, and the rules demand {demanded}.")
        return words.format(days=notice.days, demanded=notice.demanded)
    return _("Saved. Who has the papers is told.")
