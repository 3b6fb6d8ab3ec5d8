"""Pages of alignment for those with an account: how far each side got, its sheet, what differs."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.alignment.inviting import confirm_and_tell, hand_in_and_tell, last_of_each
from medspil.alignment.models import Edition, HandedIn, Sheet
from medspil.alignment.seeing import reads_others, words_of
from medspil.alignment.sheets import NothingToConfirm, Writer, latest_of, save_draft, sheet_of
from medspil.common.models import EditConflict
from medspil.partnerships.going_on import NotNow, why_not
from medspil.partnerships.models import Partner, Partnership
from medspil.web.alignment import saving
from medspil.web.alignment.acting import MEANWHILE, TROUBLES, Actor, Said, take_step
from medspil.web.alignment.events import events_of
from medspil.web.alignment.forms import BehalfForm, SheetForm, initial_of
from medspil.web.alignment.loading import actor_or_404, address_by, side_or_refuse
from medspil.web.alignment.shown import Kept, has_draft, left_of, not_taken, page_of, unsaved, words_shown
from medspil.web.http import SignedInRequest


@require_safe
def overview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far each side got; to those whose side has spoken, all words side by side and what differs."""
    partnership, actor = actor_or_404(request, pk)
    return _overview(request, partnership, actor)


@require_POST
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one step with a difference."""
    partnership, actor = actor_or_404(request, pk)
    said = Said(request.POST)
    try:
        done = take_step(said, partnership, actor, timezone.now())
    except EditConflict:
        return _overview(request, partnership, actor, not_taken(said, str(MEANWHILE)), status=409)
    except TROUBLES as trouble:
        return _overview(request, partnership, actor, not_taken(said, str(trouble)), status=422)
    messages.success(request, done)
    left = left_of(said)
    if left.typed and unsaved(page_of(partnership, actor, left)):
        return _overview(request, partnership, actor, left)
    return redirect("alignment:overview", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Let a side write its own sheet; the area's people note for another one what it said."""
    side, actor = side_or_refuse(request, pk, partner)
    own = side.pk in actor.viewer.own
    there, latest = sheet_of(side, on_behalf=not own), latest_of(side)
    if request.POST.get("do") == "confirm" and own:
        return _confirm(request, side, latest)
    # What a side wrote itself is not shown to who may not read it yet, not even to note something for it.
    known = latest if own or reads_others(words_of(side.partnership, actor.viewer)) else None
    form_class = SheetForm if own else BehalfForm
    form = form_class(request.POST or None, initial=initial_of(there, known))
    context = _fill_context(side, actor, there, known)

    def show(form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        return render(request, "alignment/fill.html", context | {"form": form} | more, status=status)

    if request.method != "POST":
        return show(form)
    return saving.take(request, form, _desk(request, side, form, own=own, known=known, show=show))


def _desk(
    request: SignedInRequest, side: Partner, form: SheetForm, *, own: bool, known: Edition | None, show: saving.Show
) -> saving.Desk:
    def facts() -> dict[str, Any]:
        version = saving.version_of(form)
        writer = _writer(request, form, own=own)
        return {
            "partner": side, "answers": form.answers(), "expected_version": version, "writer": writer,
            "now": timezone.now(),
        }  # fmt: skip

    def kept() -> HttpResponse:
        messages.success(request, _("Saved as a draft. Nobody else reads it before it is handed in."))
        return redirect("alignment:overview", pk=side.partnership_id)

    def hand_in() -> HttpResponse:
        hand_in_and_tell(**facts(), address=address_by(request))
        messages.success(request, _handed_in(own=own))
        return redirect("alignment:overview", pk=side.partnership_id)

    def stands() -> tuple[Sheet | None, Mapping[str, str]]:
        newest = latest_of(side) if own else known
        return sheet_of(side, on_behalf=not own), newest.answers if newest else {}

    return saving.Desk(keep=lambda: save_draft(**facts()), kept=kept, hand_in=hand_in, show=show, stands=stands)


def _handed_in(*, own: bool) -> str:
    if own:
        return _("Handed in. You read what the others have handed in, and they read yours once they have.")
    return _("Noted. The side is shown it, and says whether it is right.")


def _confirm(request: SignedInRequest, side: Partner, latest: Edition | None) -> HttpResponse:
    try:
        if latest is None or str(latest.number) != request.POST.get("number"):
            raise NothingToConfirm
        confirm_and_tell(
            edition=latest, writer=Writer(by=request.user), now=timezone.now(), address=address_by(request)
        )
    except (NothingToConfirm, NotNow) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Noted: it is right."))
    return redirect("alignment:overview", pk=side.partnership_id)


def _writer(request: SignedInRequest, form: SheetForm, *, own: bool) -> Writer:
    if own:
        return Writer(by=request.user)
    said = form.cleaned_data
    return Writer(by=request.user, how=HandedIn.BEHALF, said_by=said.get("said_by", ""), said_on=said.get("said_on"))


def _fill_context(side: Partner, actor: Actor, there: Any, latest: Edition | None) -> dict[str, Any]:
    own = side.pk in actor.viewer.own
    return {
        "partnership": side.partnership,
        "side": side,
        "name": actor.names.get(side.pk, ""),
        "own": own,
        "latest": latest,
        "noted": latest if latest and latest.waits and own else None,
        "noted_words": words_shown(latest),
        "drafted": has_draft(there),
        "why_not": why_not(side.partnership),
    }


def _overview(
    request: SignedInRequest, partnership: Partnership, actor: Actor, kept: Kept | None = None, *, status: int = 200
) -> HttpResponse:
    context = page_of(partnership, actor, kept) | {
        "partnership": partnership,
        "viewer": actor.viewer,
        "asked": last_of_each(partnership) if actor.viewer.runs else {},
        "has_own": bool(actor.own),
        "history": events_of(partnership, actor) if actor.viewer.runs else [],
        "now": timezone.now(),
    }
    return render(request, "alignment/overview.html", context, status=status)
