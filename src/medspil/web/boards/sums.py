"""Pages of the money that is set aside for a board to influence."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.boards import earmarks
from medspil.common.models import EditConflict
from medspil.web.boards.forms import SumForm
from medspil.web.boards.loading import TROUBLES, edit_or_refuse, sides_of, tried
from medspil.web.boards.page import FORM, PAGE, board_page, form_context, step_of
from medspil.web.http import SignedInRequest, conflict


@require_http_methods(PAGE)
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set a sum aside."""
    seen = edit_or_refuse(request, pk)
    initial: dict[str, Any] = {"version": 1, "from_on": timezone.localdate()}
    form = SumForm(request.POST or None, sides=sides_of(request, seen.partnership), initial=initial)
    if request.method == "POST" and form.is_valid():
        act: dict[str, Any] = {"board": seen.board, "what": form.what()}
        if tried(form, lambda: earmarks.set_aside(**act, **step_of(request))):
            messages.success(request, _("Saved."))
            return redirect("boards:board", pk=pk)
    lead = _("How much of it is used follows from what the board decides.")
    context = form_context(seen, form, _("Money set aside"), lead)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def change(request: SignedInRequest, pk: int, earmark: int) -> HttpResponse:
    """Change a sum."""
    seen = edit_or_refuse(request, pk)
    one = get_object_or_404(seen.board.earmarks.current(), pk=earmark)
    names = ("amount_kroner", "giver", "purpose", "from_on", "to_on", "version")
    initial: dict[str, Any] = {name: getattr(one, name) for name in names} | {"for_side": one.partner_id}
    form = SumForm(request.POST or None, sides=sides_of(request, seen.partnership), initial=initial)
    context = form_context(seen, form, _("Change the sum"))
    if request.method == "POST" and form.is_valid():
        act: dict[str, Any] = {"earmark": one, "what": form.what(), "expected_version": form.cleaned_data["version"]}
        try:
            if tried(form, lambda: earmarks.change(**act, **step_of(request))):
                messages.success(request, _("Saved."))
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, one, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_POST
def put_away(request: SignedInRequest, pk: int, earmark: int, *, away: bool) -> HttpResponse:
    """Put a sum away, or bring it back."""
    seen = edit_or_refuse(request, pk)
    one = get_object_or_404(seen.board.earmarks.all(), pk=earmark)
    try:
        earmarks.put_away(earmark=one, away=away, **step_of(request))
    except (EditConflict, *TROUBLES) as trouble:
        return board_page(request, seen, trouble=str(trouble), status=409)
    messages.success(request, _("Put away. It stands below, and can be brought back.") if away else _("Brought back."))
    return redirect("boards:board", pk=pk)
