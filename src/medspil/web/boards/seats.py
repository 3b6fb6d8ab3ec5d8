"""Pages to say which groups have seats on a board, and how many."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.boards import constituencies
from medspil.common.models import EditConflict
from medspil.web.boards.forms import ConstituencyForm
from medspil.web.boards.loading import TROUBLES, edit_or_refuse, tried
from medspil.web.boards.page import FORM, PAGE, board_page, form_context, step_of
from medspil.web.http import SignedInRequest, conflict


@require_http_methods(PAGE)
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give another group seats."""
    seen = edit_or_refuse(request, pk)
    form = ConstituencyForm(request.POST or None, initial={"version": 1})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {"board": seen.board, "name": said["name"], "least": said["least"], "most": said["most"]}
        if tried(form, lambda: constituencies.add(**act, **step_of(request))):
            messages.success(request, _("Saved."))
            return redirect("boards:board", pk=pk)
    lead = _("A constituency is a group that fills seats of its own.")
    context = form_context(seen, form, _("Seats for another constituency"), lead)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def change(request: SignedInRequest, pk: int, constituency: int) -> HttpResponse:
    """Change what a group is called, and how many seats it has."""
    seen = edit_or_refuse(request, pk)
    one = get_object_or_404(seen.board.constituencies, pk=constituency)
    initial: dict[str, Any] = {"name": one.name, "least": one.least, "most": one.most, "version": one.version}
    form = ConstituencyForm(request.POST or None, initial=initial)
    context = form_context(seen, form, _("Name and seats"), one.name)
    context["empty"] = None if one.members.exists() else one
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {"constituency": one, "name": said["name"], "least": said["least"], "most": said["most"]}
        act |= {"expected_version": said["version"]}
        try:
            if tried(form, lambda: constituencies.change(**act, **step_of(request))):
                messages.success(request, _("Saved."))
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, one, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_POST
def take_away(request: SignedInRequest, pk: int, constituency: int) -> HttpResponse:
    """Take the seats of a group away for which nobody ever sat."""
    seen = edit_or_refuse(request, pk)
    one = get_object_or_404(seen.board.constituencies, pk=constituency)
    try:
        constituencies.take_away(constituency=one, expected_version=one.version, **step_of(request))
    except (EditConflict, *TROUBLES) as trouble:
        return board_page(request, seen, trouble=str(trouble), status=409)
    messages.success(request, _("Taken away."))
    return redirect("boards:board", pk=pk)
