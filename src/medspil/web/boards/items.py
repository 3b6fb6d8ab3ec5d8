"""One item while the board meets, on a page for the phone: who leaves the room, what is said, what is decided."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.boards import deciding, wording
from medspil.boards.attending import come_back, leave_room
from medspil.boards.deciding import open_on
from medspil.boards.models import AgendaItem, ItemKind
from medspil.boards.register import register
from medspil.boards.spending import left_by_earmark
from medspil.boards.voting import in_room, quorum_for
from medspil.boards.writing import note
from medspil.common.models import EditConflict
from medspil.web.boards.decide_form import DecideForm, initial_of_decision
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


@require_safe
def item(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Show an item with all that is written down of it while the board meets."""
    found, one = item_or_refuse(request, pk, meeting, item)
    return _page(request, found, one)


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
                messages.success(request, _("Saved."))
                return redirect("boards:item", pk=pk, meeting=meeting, item=item)
        except EditConflict as trouble:
            return _page(request, found, one, 409, note_form=_newer(form, one, trouble))
    return _page(request, found, one, 422, note_form=form)


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
                messages.success(request, _("Noted: left the room for this item."))
                return redirect("boards:item", pk=pk, meeting=meeting, item=item)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
    return _page(request, found, one, 422, out_form=form)


@require_POST
def back(request: SignedInRequest, pk: int, meeting: int, item: int, out: int) -> HttpResponse:
    """Take back that somebody left the room."""
    _found, one = item_or_refuse(request, pk, meeting, item)
    row = get_object_or_404(one.out_of_room.select_related("item__meeting__board"), pk=out)
    try:
        come_back(out=row, by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Taken back."))
    return redirect("boards:item", pk=pk, meeting=meeting, item=item)


@require_POST
def decide(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Write down what the board decided."""
    found, one = item_or_refuse(request, pk, meeting, item)
    form = _decide_form(found, one, request.POST)
    if form.is_valid():
        version, by, now = form.cleaned_data["version"], request.user, timezone.now()

        def act() -> None:
            deciding.decide(item=one, said=form.proposal(), expected_version=version, by=by, now=now)

        try:
            if tried(form, act):
                messages.success(request, _("Written down."))
                return redirect("boards:item", pk=pk, meeting=meeting, item=item)
        except EditConflict as trouble:
            return _page(request, found, one, 409, decide_form=_newer(form, one, trouble))
    return _page(request, found, one, 422, decide_form=form)


def _page(
    request: SignedInRequest, found: SeenMeeting, one: AgendaItem, status: int = 200, **more: Any
) -> HttpResponse:
    meeting = found.meeting
    there = rows_there(meeting)
    part = in_room(one, there)
    names = {row.pk: row.sitter.shown_name for row in there}
    able = quorum_for(meeting, len(part))
    told = next((each for each in register(found.board) if each.decision.item_id == one.pk), None)
    order = list(meeting.items.standing())
    number = next((at for at, each in enumerate(order, start=1) if each.pk == one.pk), None)
    context = {
        "seen": found.seen,
        "meeting": meeting,
        "item": one,
        "number": number,
        "after": order[number] if number and number < len(order) else None,
        "there": there,
        "out": [(out, names.get(out.attendance_id, "")) for out in one.out_of_room.all()],
        "able": able,
        "quorum": wording.quorum_words(
            {"needed": able.needed, "seated": able.seated, "present": able.present} if able else None
        ),
        "decision": told,
        "to_decide": one.kind == ItemKind.DECISION,
        "note_form": NoteForm(initial={"version": one.version, "words": one.noted}),
        "out_form": OutForm(rows=there) if there else None,
        "decide_form": _decide_form(found, one),
    }
    return render(request, "boards/item.html", context | more, status=status)


def _decide_form(found: SeenMeeting, one: AgendaItem, data: Any = None) -> DecideForm:
    """Return the form of a decision, with the votes of those who take part and the sums that are there."""
    meeting = found.meeting
    part = in_room(one, rows_there(meeting))
    left = left_by_earmark(found.board)
    own = getattr(one, "decision", None)
    sums = list(found.board.earmarks.order_by("from_on", "pk"))
    entries = register(found.board)
    standing = next((each for each in entries if own and each.decision.pk == own.pk), None)
    uses = own.kroner or 0 if own and standing and standing.stands else 0
    here = [
        (each, left[each.pk] + (uses if own and own.earmark_id == each.pk else 0))
        for each in sums
        if open_on(each, meeting)
    ]
    mine = {own.reverses_id} if own else set()
    earlier = [
        each.decision
        for each in entries
        if (each.stands or each.decision.pk in mine) and each.decision.item_id != one.pk
    ]
    initial = {"version": one.version} | initial_of_decision(own)
    return DecideForm(data, rows=part, sums=here, earlier=earlier, initial=initial)


def _newer(form: Any, one: AgendaItem, trouble: Exception) -> Any:
    """Return the same form with what was written, carrying the newer version, and the sentence that says why."""
    add_domain_error(form, trouble)
    one.refresh_from_db(fields=["version"])
    return with_version(form, one.version)
