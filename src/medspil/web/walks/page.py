"""The page of one walk, and what is done there with a button: hold it, cancel it, take that back, invite, order."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead
from medspil.notices.transport import is_set_up
from medspil.walks import planning
from medspil.walks.inviting import invite as send_invitations
from medspil.walks.models import StopNote, Walk, WalkState
from medspil.walks.permissions import WalkRights
from medspil.walks.stops import propose_order
from medspil.web.history import told
from medspil.web.http import SignedInRequest
from medspil.web.walks import words
from medspil.web.walks.forms import CancelForm, VersionForm
from medspil.web.walks.loading import answer_address, own_or_refuse, walk_or_404
from medspil.web.walks.shown import length_shown, map_of, people_of, stops_of, taken_out_of


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a walk; a broker sees when it is, and what became of it."""
    walk, rights = walk_or_404(request, pk)
    return page(request, walk, rights)


def page(
    request: SignedInRequest, walk: Walk, rights: WalkRights, *, trouble: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """Answer with the page of a walk; `trouble` says why what was asked was not done."""
    context = {
        "walk": walk,
        "link": walk.link,
        "area": walk.link.area,
        "rights": rights,
        "trouble": trouble,
        "when": words.when(walk.starts_at),
        "badge": words.BADGES[walk.state],
        "past": walk.starts_at <= timezone.now(),
        "its_day": timezone.localdate(walk.starts_at) <= timezone.localdate(),
    }
    if rights.sees_stops:
        context |= _open(request, walk, rights)
    return render(request, "walks/walk.html", context | more, status=status)


def _open(request: SignedInRequest, walk: Walk, rights: WalkRights) -> dict[str, Any]:
    stops = stops_of(walk, request.user, rights)
    people = people_of(walk, request.user)
    coming = [one.attendee for _who, some in people for one in some]
    notes = StopNote.objects.visible_to(request.user).filter(stop__in=[one.stop.pk for one in stops]).for_page()
    noted = _by_stop(list(notes))
    return {
        "stops": [(one, noted.get(one.stop.pk, [])) for one in stops],
        "length": length_shown(walk, stops),
        "map": map_of(walk, stops),
        "people": people,
        "hand": rights.plans and walk.state == WalkState.PLANNED,
        "to_invite": sum(1 for one in coming if one.address and one.invited != walk.sequence),
        "without_address": [one.shown_name for one in coming if not one.address],
        "posted": is_set_up(),
        "taken_out": taken_out_of(walk, request.user, rights) if rights.plans else [],
        "version_form": VersionForm(initial={"version": walk.version}),
        "cancel_form": CancelForm(initial={"version": walk.version}),
        "history": told(walk, words.ACTIONS) if rights.sees_area else [],
    }


def _by_stop(notes: list[StopNote]) -> dict[int, list[StopNote]]:
    found: dict[int, list[StopNote]] = {}
    for one in notes:
        found.setdefault(one.stop_id, []).append(one)
    return found


@require_POST
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the invitations that have not gone out."""
    walk = own_or_refuse(request, pk)
    try:
        done = send_invitations(walk=walk, by=request.user, now=timezone.now(), address=answer_address(request))
    except EditConflict as trouble:
        return _again(request, pk, trouble)
    if done.written:
        said = ngettext("{number} invitation is on its way.", "{number} invitations are on their way.", done.written)
        messages.success(request, said.format(number=done.written))
    for name, why in done.refused:
        messages.warning(request, _("{name} was not written to: {why}").format(name=name, why=why))
    if not done.written and not done.refused:
        messages.info(request, _("Everybody with an address has the invitation as it stands."))
    return redirect("walks:walk", pk=pk)


@require_POST
def order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the order of a short round again."""
    propose_order(walk=own_or_refuse(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("The stops stand in the order of a short round."))
    return redirect("walks:walk", pk=pk)


@require_POST
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a walk was held."""
    return _step(request, pk, planning.hold_walk, _("Noted: you have walked together."))


@require_POST
def plan_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that a walk was held or cancelled."""
    service = partial(planning.plan_again, address=answer_address(request))
    return _step(request, pk, service, _("Taken back: the walk is planned."))


@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel a walk."""
    walk = own_or_refuse(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        rights = walk_or_404(request, pk)[1]
        return page(request, walk, rights, status=422, cancel_form=form)
    said = form.cleaned_data
    try:
        planning.cancel_walk(
            walk=walk, why=said["why"], expected_version=said["version"], by=request.user, now=timezone.now()
        )
    except (EditConflict, CprNumberFound) as trouble:
        return _again(request, pk, trouble)
    messages.success(request, _("The walk is cancelled. Who was invited is told."))
    return redirect("walks:walk", pk=pk)


def _step(request: SignedInRequest, pk: int, service: Any, said: str) -> HttpResponse:
    walk = own_or_refuse(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        service(walk=walk, expected_version=version, by=request.user, now=timezone.now())
    except (EditConflict, DayAhead) as trouble:
        return _again(request, pk, trouble)
    messages.success(request, said)
    return redirect("walks:walk", pk=pk)


def _again(request: SignedInRequest, pk: int, trouble: Exception) -> HttpResponse:
    """Answer 409 with the walk as it stands now."""
    walk, rights = walk_or_404(request, pk)
    return page(request, walk, rights, trouble=str(trouble), status=409)
