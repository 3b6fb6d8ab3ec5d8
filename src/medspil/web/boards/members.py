"""Pages to seat somebody on a board, elect her again, correct an entry, note that she leaves, and take that back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.boards import leaving, seating
from medspil.boards.models import BoardMember, SeatKind
from medspil.common.models import EditConflict
from medspil.web.boards.forms import AgainForm, LeaveForm, MemberForm
from medspil.web.boards.loading import TROUBLES, Seen, edit_or_refuse, sides_of, tried
from medspil.web.boards.page import FORM, PAGE, board_page, form_context, step_of
from medspil.web.http import SignedInRequest, conflict


@require_http_methods(PAGE)
def seat(request: SignedInRequest, pk: int, constituency: int) -> HttpResponse:
    """Seat somebody for a constituency, or name a substitute."""
    seen = edit_or_refuse(request, pk)
    one = get_object_or_404(seen.board.constituencies, pk=constituency)
    today = timezone.localdate()
    initial: dict[str, Any] = {"kind": SeatKind.MEMBER, "version": 1, "from_on": max(today, seen.board.founded_on)}
    initial["term_ends_on"] = seating.term_end(seen.board, initial["from_on"])
    form = _member_form(request, seen, initial, new=True)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {"constituency": one, "who": form.who(), "kind": said["kind"], "from_on": said["from_on"]}
        act |= {"term_ends_on": said["term_ends_on"]}
        if tried(form, lambda: seating.seat(**act, **step_of(request))):
            messages.success(request, _("Noted."))
            return redirect("boards:board", pk=pk)
    context = form_context(seen, form, _("Somebody takes a seat"), one.name)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def correct(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Correct an entry of a member."""
    seen, one = _member_or_404(request, pk, member)
    names = ("user", "name", "email", "organisation_name", "from_on", "term_ends_on", "version")
    initial: dict[str, Any] = {name: getattr(one, name) for name in names} | {"for_side": one.partner_id}
    form = _member_form(request, seen, initial, new=False, user=one.user)
    context = form_context(seen, form, _("Correct the entry"), one.shown_name) | {"wrong": one}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {
            "member": one,
            "who": form.who(),
            "from_on": said["from_on"],
            "term_ends_on": said["term_ends_on"],
        }
        act |= {"expected_version": said["version"]}
        try:
            if tried(form, lambda: seating.correct(**act, **step_of(request))):
                messages.success(request, _("Saved."))
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, one, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def again(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Elect a member for a new term."""
    seen, one = _member_or_404(request, pk, member)
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act: dict[str, Any] = {"member": one, "term_ends_on": form.cleaned_data["term_ends_on"]}
        if tried(form, lambda: seating.elect_again(**act, **step_of(request))):
            messages.success(request, _("The new term begins the day after the old one ends."))
            return redirect("boards:board", pk=pk)
    context = form_context(seen, form, _("Elected again"), one.shown_name)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def leave(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Note that somebody leaves, and who takes over."""
    seen, one = _member_or_404(request, pk, member)
    today = timezone.localdate()
    waiting = leaving.substitutes_for(one, today)
    initial: dict[str, Any] = {"version": one.version, "on": today, "why": leaving.REASONS[0].value}
    form = LeaveForm(request.POST or None, substitutes=waiting, initial=initial)
    context = form_context(seen, form, _("Somebody leaves the board"), one.shown_name)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act: dict[str, Any] = {"member": one, "on": said["on"], "why": said["why"], "substitute": form.chosen()}
        act |= {"expected_version": said["version"]}
        try:
            if tried(form, lambda: leaving.leave(**act, **step_of(request))):
                messages.success(request, _("Noted. You can take it back below."))
                return redirect("boards:board", pk=pk)
        except EditConflict:
            return conflict(request, FORM, form, one, context)
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_POST
def stay(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Take back that somebody leaves."""
    seen, one = _member_or_404(request, pk, member)
    return _done(request, seen, lambda: leaving.stay(member=one, expected_version=one.version, **step_of(request)))


@require_POST
def take_back(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Take an entry back that was a mistake."""
    seen, one = _member_or_404(request, pk, member)
    return _done(request, seen, lambda: seating.take_back(member=one, expected_version=one.version, **step_of(request)))


def _done(request: SignedInRequest, seen: Seen, act: Callable[[], object]) -> HttpResponse:
    """Do something and return to the page of the board, which says why where it was refused."""
    try:
        act()
    except (EditConflict, *TROUBLES) as trouble:
        return board_page(request, seen, trouble=str(trouble), status=409)
    messages.success(request, _("Taken back."))
    return redirect("boards:board", pk=seen.partnership.pk)


def _member_or_404(request: SignedInRequest, pk: int, member: int) -> tuple[Seen, BoardMember]:
    """Return somebody of a board that a person may write; of whom was forgotten nothing is written."""
    seen = edit_or_refuse(request, pk)
    known = BoardMember.objects.visible_to(request.user, on=timezone.localdate()).of(seen.board).for_page()
    return seen, get_object_or_404(known, pk=member, forgotten_at=None)


def _member_form(
    request: SignedInRequest, seen: Seen, initial: dict[str, Any], *, new: bool, user: Any = None
) -> MemberForm:
    accounts = seating.accounts(seen.board, also=user)
    sides = sides_of(request, seen.partnership)
    return MemberForm(request.POST or None, accounts=accounts, sides=sides, new=new, initial=initial)
