"""The agenda on pages: write an item, change it, let it come earlier or later, take it out and put it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.boards import agenda as services
from medspil.boards.agenda import AlreadyDecided, ItemFacts
from medspil.boards.called import members_of
from medspil.boards.keeping import Cancelled, MinutesApproved
from medspil.common.models import EditConflict
from medspil.web.boards.meeting_forms import EditItemForm, ItemForm, NewItemForm, initial_of_item
from medspil.web.boards.meeting_loading import TROUBLES, SeenMeeting, item_or_refuse, tried, write_or_refuse
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def new(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Put an item on the agenda."""
    found = write_or_refuse(request, pk, meeting)
    form = NewItemForm(request.POST or None, members=members_of(found.meeting))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            key = form.cleaned_data["creation_key"]
            services.add_item(
                meeting=found.meeting, facts=_facts(form), creation_key=key, by=request.user, now=timezone.now()
            )

        try:
            if tried(form, act):
                messages.success(request, _("The item stands at the end of the agenda."))
                return _back(found)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
    context = {"seen": found.seen, "meeting": found.meeting, "form": form, "item": None}
    return render(request, "boards/item_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int, meeting: int, item: int) -> HttpResponse:
    """Change an item of the agenda."""
    found, one = item_or_refuse(request, pk, meeting, item)
    form = EditItemForm(request.POST or None, members=members_of(found.meeting), initial=initial_of_item(one))
    context = {"seen": found.seen, "meeting": found.meeting, "form": form, "item": one}
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            version = form.cleaned_data["version"]
            services.change_item(
                item=one, facts=_facts(form), expected_version=version, by=request.user, now=timezone.now()
            )

        try:
            if tried(form, act):
                messages.success(request, _("Saved."))
                return _back(found)
        except (AlreadyDecided, MinutesApproved, Cancelled) as trouble:
            add_domain_error(form, trouble)
        except EditConflict:
            return conflict(request, "boards/item_edit.html", form, one, context)
    return render(request, "boards/item_edit.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: SignedInRequest, pk: int, meeting: int, item: int, *, up: bool) -> HttpResponse:
    """Let an item come one earlier or later."""
    found, one = item_or_refuse(request, pk, meeting, item)
    try:
        services.move_item(item=one, up=up, by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        messages.error(request, str(trouble))
    return _back(found, one.pk)


@require_POST
def out(request: SignedInRequest, pk: int, meeting: int, item: int, *, away: bool) -> HttpResponse:
    """Take an item out, or put it back."""
    found, one = item_or_refuse(request, pk, meeting, item)
    try:
        services.take_out(item=one, out=away, by=request.user, now=timezone.now())
    except (*TROUBLES, EditConflict) as trouble:
        messages.error(request, str(trouble))
    else:
        done = _("The item is taken out. It can be put back.") if away else _("The item is back.")
        messages.success(request, done)
    return _back(found)


def _facts(form: ItemForm) -> ItemFacts:
    said = form.cleaned_data
    return ItemFacts(kind=said["kind"], title=said["title"], text=said["text"], brought_by=form.who())


def _back(found: SeenMeeting, item: int | None = None) -> HttpResponse:
    address = reverse("boards:meeting", args=[found.board.partnership_id, found.meeting.pk])
    return redirect(f"{address}#item-{item}" if item else f"{address}#agenda")
