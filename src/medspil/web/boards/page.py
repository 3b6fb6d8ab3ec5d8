"""The page of a board, and founding, renaming, chairing and dissolving it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.boards import chairing, founding
from medspil.boards.models import Board
from medspil.boards.standing import seated
from medspil.common.models import EditConflict
from medspil.partnerships.models import Standing
from medspil.web.boards import parts, shown, words
from medspil.web.boards.forms import ChairsForm, DissolveForm, FoundForm, NameForm
from medspil.web.boards.loading import TROUBLES, Seen, board_or_404, edit_or_refuse, sides_of, tried
from medspil.web.history import Event, told
from medspil.web.http import SignedInRequest, conflict
from medspil.web.partnerships.partnership_loading import partnership_or_404

PAGE = ["GET", "HEAD", "POST"]
FORM = "boards/form.html"


@require_safe
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the board of a partnership; whoever leads one without a board is asked whether to found it."""
    if not _has_board(request, pk):
        _partnership, rights = partnership_or_404(request, pk)
        if rights.runs:
            return redirect("boards:found", pk=pk)
        raise Http404
    return board_page(request, board_or_404(request, pk))


def board_page(request: SignedInRequest, seen: Seen, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """Answer with the page of a board; `trouble` says why what was asked was not done."""
    today, edits = timezone.localdate(), seen.rights.edits
    found = shown.context(seen.board, sides_of(request, seen.partnership), user=request.user, edits=edits, today=today)
    look = parts.Look(seen=seen, user=request.user, now=timezone.now())
    found |= {
        "seen": seen,
        "trouble": trouble,
        "over": bool(seen.partnership.archived_at) or seen.partnership.standing == Standing.ENDED,
        "parts": parts.parts_for(look),
        "history": _history(seen) if edits else [],
    }
    found["changeable"] = edits and not seen.board.dissolved_on and not found["over"]
    return render(request, "boards/board.html", found, status=status)


def _history(seen: Seen) -> list[Event]:
    """Return what happened to a board, with the names of those who became chair, as far as they may be shown."""
    names = chairing.names_of(seen.board)
    return told(seen.board, words.ACTIONS, values={"chair": names, "deputy_chair": names})


@require_http_methods(PAGE)
def found(request: SignedInRequest, pk: int) -> HttpResponse:
    """Found the board of a partnership."""
    partnership, rights = partnership_or_404(request, pk)
    if not rights.runs:
        raise Http404  # whoever only sees the partnership is not told whether it has a board
    if request.method != "POST" and _has_board(request, pk):
        return redirect("boards:board", pk=pk)
    initial: dict[str, Any] = {
        "name": _("The board of %(name)s") % {"name": partnership.name[:140]},
        "on": timezone.localdate(),
        "template": "culture",
    }
    form = FoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        step: dict[str, Any] = {"partnership": partnership, "by": request.user, "now": timezone.now()}
        if tried(form, lambda: founding.found(**said, **step)):
            messages.success(request, _("The board is founded. Now seat those who sit on it."))
            return redirect("boards:board", pk=pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "boards/found.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call a board by another name."""
    seen = edit_or_refuse(request, pk)
    form = NameForm(request.POST or None, initial={"name": seen.board.name, "version": seen.board.version})
    context = form_context(seen, form, _("What the board is called"))
    if request.method == "POST" and form.is_valid():
        said, step = form.cleaned_data, step_of(request)
        act: dict[str, Any] = {"board": seen.board, "name": said["name"], "expected_version": said["version"]}
        try:
            if tried(form, lambda: founding.rename(**act, **step)):
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, seen.board, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def name_chairs(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name the chair and the deputy chair."""
    seen = edit_or_refuse(request, pk)
    board, now = seen.board, chairing.chairs(seen.board, timezone.localdate())
    initial: dict[str, Any] = {
        "version": board.version,
        "chair": str(now.chair.pk) if now.chair else "",
        "deputy_chair": str(now.deputy.pk) if now.deputy else "",
    }
    members = seated(board, timezone.localdate())
    form = ChairsForm(request.POST or None, members=members, initial=initial)
    context = form_context(seen, form, _("Chair and deputy chair"), _("Both are chosen among those who fill a seat."))
    if request.method == "POST" and form.is_valid():
        act: dict[str, Any] = {"board": board, "chair": form.chosen("chair"), "deputy": form.chosen("deputy_chair")}
        act |= {"expected_version": form.cleaned_data["version"]}
        try:
            if tried(form, lambda: chairing.name_chairs(**act, **step_of(request))):
                messages.success(request, _("Noted."))
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, board, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Dissolve a board on a day."""
    seen = edit_or_refuse(request, pk)
    form = DissolveForm(request.POST or None, initial={"version": seen.board.version, "on": timezone.localdate()})
    lead = _("Its page, its rules and its decisions stay to be read, and it can be brought back.")
    context = form_context(seen, form, _("Dissolve the board"), lead) | {"danger": True, "submit": _("Dissolve")}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {"board": seen.board, "on": said["on"], "expected_version": said["version"]}
        try:
            if tried(form, lambda: founding.dissolve(**act, **step_of(request))):
                messages.success(request, _("The board is dissolved."))
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, seen.board, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_POST
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring a dissolved board back."""
    seen = edit_or_refuse(request, pk)
    try:
        founding.bring_back(board=seen.board, **step_of(request))
    except (EditConflict, *TROUBLES) as trouble:
        return board_page(request, seen, trouble=str(trouble), status=409)
    return redirect("boards:board", pk=pk)


def _has_board(request: SignedInRequest, pk: int) -> bool:
    """Tell whether a partnership has a board that a person sees."""
    return Board.objects.visible_to(request.user, on=timezone.localdate()).filter(partnership=pk).exists()


def step_of(request: SignedInRequest) -> dict[str, Any]:
    """Return who does something, and when."""
    return {"by": request.user, "now": timezone.now()}


def form_context(seen: Seen, form: object, title: str, lead: str = "") -> dict[str, Any]:
    """Return what a page with one form shows."""
    return {"seen": seen, "form": form, "title": title, "lead": lead}
