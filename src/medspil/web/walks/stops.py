"""Pick stops from what the area has and wants, write one, change it, move it up and down, take it out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas.models import Challenge
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.gate import ResourceGone
from medspil.mapping.models import Resource, agreed
from medspil.mapping.places import Placed
from medspil.walks.models import WalkStop
from medspil.walks.places import find_place
from medspil.walks.stops import (
    NothingToSee,
    StopFacts,
    TooManyStops,
    change_stop,
    move_stop,
    pick_stops,
    take_out,
    write_stop,
)
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.mapping.filters import Asked
from medspil.web.mapping.shown import map_of, mapped
from medspil.web.walks.forms import EditStopForm, NewStopForm, PickForm, initial_of_stop
from medspil.web.walks.loading import own_or_refuse, stop_or_refuse
from medspil.web.walks.placing import placing

PAGE = ["GET", "HEAD", "POST"]
REFUSED = (NothingToSee, TooManyStops, CprNumberFound, EditConflict)


@require_http_methods(PAGE)
def pick(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what is seen, on the map and in the list beside it."""
    walk = own_or_refuse(request, pk)
    area, today = walk.link.area, timezone.localdate()
    resources = Resource.objects.visible_to(request.user).filter(area=area)
    challenges = Challenge.objects.visible_to(request.user).filter(area=area).current().order_by("title", "pk")
    here = resources.current().annotate(on_map=agreed(on_map=True))
    form = PickForm(request.POST or None, challenges=challenges, resources=here)
    if request.method == "POST" and form.is_valid():
        chosen = {name: list(found) for name, found in form.cleaned_data.items()}
        try:
            pick_stops(walk=walk, by=request.user, now=timezone.now(), **chosen)
        except (ResourceGone, TooManyStops, EditConflict) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The stops stand in the order of a short round. Change it as you like."))
            return redirect("walks:walk", pk=pk)
    rows = mapped(resources, Asked(), today=today).rows
    there = walk.stops.standing()
    context = {
        "walk": walk,
        "area": area,
        "form": form,
        "rows": rows,
        "challenges": challenges,
        "map": map_of(area, rows, Asked()),
        "picked": {stop.resource_id for stop in there if stop.resource_id},
        "picked_challenges": {stop.challenge_id for stop in there if stop.challenge_id},
    }
    return render(request, "walks/pick.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a stop that is not among what is mapped."""
    walk = own_or_refuse(request, pk)
    form = NewStopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        where = find_place(walk.link.area, said["place"], position=said["position"])
        try:
            made = write_stop(
                walk=walk, facts=_facts(said, where), creation_key=said["creation_key"], by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except REFUSED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The stop is there."))
            return _to(made)
    context = {"walk": walk, "area": walk.link.area, "form": form, "stop": None} | placing(walk, None, request.user)
    return render(request, "walks/stop.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a stop."""
    stop = stop_or_refuse(request, pk)
    form = EditStopForm(request.POST or None, stop=stop, initial=initial_of_stop(stop))
    context = {"walk": stop.walk, "area": stop.walk.link.area, "form": form, "stop": stop}
    context |= placing(stop.walk, stop, request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_stop(
                stop=stop, facts=_facts(said, _place(stop, said)), expected_version=said["version"], by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except EditConflict:
            return conflict(request, "walks/stop.html", form, stop, context)
        except REFUSED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return _to(stop)
    return render(request, "walks/stop.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: SignedInRequest, pk: int, *, up: bool) -> HttpResponse:
    """Let a stop come one earlier or later."""
    stop = stop_or_refuse(request, pk)
    move_stop(stop=stop, up=up, by=request.user, now=timezone.now())
    return _to(stop)


@require_POST
def out(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Take a stop out, or put it back."""
    stop = stop_or_refuse(request, pk)
    try:
        take_out(stop=stop, out=away, by=request.user, now=timezone.now())
    except TooManyStops as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("The stop is taken out. It can be put back.") if away else _("The stop is back."))
    return redirect(f"{reverse('walks:walk', args=[stop.walk_id])}#stops")


def _facts(said: dict[str, Any], where: Placed) -> StopFacts:
    names = ("title", "minutes", "shower", "shows")
    return StopFacts(place=where, **{name: said[name] for name in names})


def _place(stop: WalkStop, said: dict[str, Any]) -> Placed:
    """Return where a stop is; written as before, it stays where it was."""
    if said["place"] == stop.place and not said["position"]:
        return Placed(stop.place, stop.x, stop.y)
    return find_place(stop.walk.link.area, said["place"], position=said["position"])


def _to(stop: WalkStop) -> HttpResponse:
    return redirect(f"{reverse('walks:walk', args=[stop.walk_id])}#stop-{stop.pk}")
