"""One item while the board meets, on a page for the phone: who leaves the room, what is said, what is decided.

The page is one form with several buttons, each of which sends everything on it: what a button does not save stands on
the page again.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.boards import deciding
from medspil.boards.attending import come_back, leave_room
from medspil.boards.models import AgendaItem
from medspil.boards.writing import note
from medspil.common.models import EditConflict
from medspil.web.boards.decide_form import DecideForm
from medspil.web.boards.item_page import decide_form, left_unsaved, page, typed
from medspil.web.boards.meeting_forms import NoteForm, OutForm
from medspil.web.boards.meeting_loading import (
    TROUBLES,
    SeenMeeting,
    item_or_refuse,
    rows_there,
    tried,
)
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest
from medspil.web.parts import Difference


@require_safe
def item(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Show an item with all that is written down of it while the board meets."""
    found, one = item_or_refuse(request, pk, meeting, item)
    return page(request, found, one)


@require_POST
def write(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Write what was said of an item."""
    found, one = item_or_refuse(request, pk, meeting, item)
    form = NoteForm(request.POST)
    if form.is_valid():
        said, by, now = form.cleaned_data, request.user, timezone.now()

        def act() -> None:
            note(item=one, words=said["words"], expected_version=said["version"], by=by, now=now)

        try:
            if tried(form, act):
                return _done(request, found, one, _("Saved."), saved=NoteForm)
        except EditConflict as trouble:
            return _overtaken(request, found, one, trouble, note_form=form)
    return page(request, found, one, 422, note_form=form)


@require_POST
def leave(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Note that somebody leaves the room for an item."""
    found, one = item_or_refuse(request, pk, meeting, item)
    form = OutForm(request.POST, rows=rows_there(found.meeting))
    if form.is_valid():
        said, by, now = form.cleaned_data, request.user, timezone.now()
        who = form.rows[said["who"]]

        def act() -> None:
            leave_room(item=one, who=who, because=said["because"], why=said["why"], by=by, now=now)

        try:
            if tried(form, act):
                return _done(request, found, one, _("Noted: left the room for this item."), saved=OutForm)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
    return page(request, found, one, 422, out_form=form)


@require_POST
def back(request: SignedInRequest, pk: int, meeting: int, item: int, out: int) -> HttpResponse:
    """Take back that somebody left the room."""
    found, one = item_or_refuse(request, pk, meeting, item)
    row = get_object_or_404(one.out_of_room.select_related("item__meeting__board"), pk=out)
    try:
        come_back(out=row, by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        return page(request, found, one, 409, trouble=str(trouble))
    return _done(request, found, one, _("Taken back."))


@require_POST
def decide(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Write down what the board decided, and what was said: both in one go, or neither."""
    found, one = item_or_refuse(request, pk, meeting, item)
    form = decide_form(found, one, request.POST)
    said = NoteForm(request.POST)
    forms: dict[str, Any] = {"decide_form": form} | ({"note_form": said} if "words" in request.POST else {})
    if all(each.is_valid() for each in forms.values()):
        version, by, now = form.cleaned_data["version"], request.user, timezone.now()
        noted = said.cleaned_data["words"] if "note_form" in forms else None

        def act() -> None:
            deciding.decide(item=one, said=form.proposal(), noted=noted, expected_version=version, by=by, now=now)

        try:
            if tried(form, act):
                return _done(request, found, one, _("Written down."), saved=DecideForm)
        except EditConflict as trouble:
            return _overtaken(request, found, one, trouble, **forms)
    return page(request, found, one, 422, **forms)


def _done(
    request: SignedInRequest, found: SeenMeeting, one: AgendaItem, words: str, *, saved: type | None = None
) -> HttpResponse:
    """Say that something was done; what else stood on the page is shown again, and that it is not saved yet."""
    one.refresh_from_db(fields=["noted", "version"])
    if not left_unsaved(found, one, request.POST, saved=saved):
        messages.success(request, words)
        return redirect("boards:item", pk=found.seen.partnership.pk, meeting=found.meeting.pk, item=one.pk)
    messages.success(request, words + " " + _("What else you wrote stands below, and is not saved yet."))
    return page(request, found, one, saved=saved)


def _overtaken(
    request: SignedInRequest, found: SeenMeeting, one: AgendaItem, trouble: Exception, **forms: Any
) -> HttpResponse:
    """Answer 409: what somebody else saved beside what was written, which stays with the newer version."""
    one.refresh_from_db(fields=["noted", "version"])
    mine = typed(request.POST, "words")
    differ = "words" in mine and mine["words"].split() != one.noted.split()
    shown = [Difference(_("What was said"), one.noted, mine["words"])] if differ else []
    for form in forms.values():
        with_version(form, one.version)
    add_domain_error(next(iter(forms.values())), trouble)
    return page(request, found, one, 409, differences=shown, version=one.version, **forms)
