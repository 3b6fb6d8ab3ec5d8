"""Adding resources: in one line, a person with consent first, on a walk with the phone, a company of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.mapping import companies
from medspil.mapping.facts import AlreadyWithdrawn, ResourceRefused
from medspil.mapping.models import Resource
from medspil.mapping.places import PositionRefused
from medspil.mapping.services.resources import ConsentMissing, ConsentRefused, add_resource, edit_resource
from medspil.organisations.roles import Ability
from medspil.register.models import Unit
from medspil.web.areas.loading import sent
from medspil.web.forms import Form, add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.map_marks import Mark
from medspil.web.mapping import looks
from medspil.web.mapping.filters import Asked
from medspil.web.mapping.forms import PersonForm, QuickForm, WalkForm
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.mapping.shown import Row, row_of
from medspil.web.mapping.words import asset_kinds

PAGE = ["GET", "HEAD", "POST"]
LATEST = 5
TROUBLES = (
    ResourceRefused,
    EditConflict,
    AlreadyWithdrawn,
    ConsentMissing,
    ConsentRefused,
    PositionRefused,
    CprNumberFound,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One kind as a big button on the walk."""

    code: str
    mark: Mark
    chosen: bool


@require_http_methods(PAGE)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add something in one line; a person goes on to the page of consent, and nothing is kept until then."""
    area, _may = area_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = QuickForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        if form.is_person:
            return _to_consent(request, area, form)
        if made := add(form, area, form.facts(), by=request.user, now=timezone.now()):
            said = _("%(name)s is on the map. Add details when you know them.")
            if made.x is None:
                said = _(
                    "%(name)s is in the list, and not on the map before you say where. Add details when you know them."
                )
            messages.success(request, said % {"name": made.name})
            return redirect(f"{reverse('mapping:list', args=[pk])}?added={made.pk}")
    context = {"area": area, "form": form}
    return render(request, "mapping/create.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a person: the consent first."""
    area, _may = area_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = PersonForm(*sent(request), initial={"given_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = add(form, area, form.facts(), by=request.user, now=timezone.now())
        if made:
            messages.success(request, _("%(name)s is noted, with the consent.") % {"name": made.name})
            return redirect("mapping:detail", pk=made.pk)
    context = {"area": area, "form": form}
    return render(request, "mapping/person.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def walk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add one thing after the other on a walk; after each the page is ready for the next."""
    area, _may = area_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = WalkForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        if form.is_person:
            return _to_consent(request, area, form)
        if made := add(form, area, form.facts(), by=request.user, now=timezone.now()):
            messages.success(request, _("%(name)s is saved. On to the next.") % {"name": made.name})
            return redirect("mapping:walk", pk=pk)
    chosen = form["kind"].value()
    tiles = [Tile(code, looks.kind_mark(code), code == chosen) for code in asset_kinds()]
    context = {"area": area, "form": form, "tiles": tiles, "latest": _latest(request.user, area)}
    return render(request, "mapping/walk.html", context, status=422 if form.errors else 200)


@require_POST
def pick_up(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Make a company of the register a resource of the area, or say of a resource that it is that company."""
    area, _may = area_or_refuse(request, pk, Ability.MAP_RESOURCES)
    unit = get_object_or_404(Unit.objects.visible_to(request.user).active(), number=number)
    by, now = request.user, timezone.now()
    try:
        if (same := request.POST.get("same", "")).isdecimal():
            there = get_object_or_404(Resource.objects.visible_to(by).filter(area=area).current(), pk=same)
            made = edit_resource(resource=there, expected_version=there.version, by=by, now=now, unit=unit)
        else:
            made = companies.pick_up(area=area, unit=unit, creation_key=uuid4(), by=by, now=now)
    except TROUBLES as trouble:
        messages.warning(request, str(trouble))
    else:
        messages.success(request, _("%(name)s is among the resources now.") % {"name": made.name})
        if unit.protected:
            messages.warning(request, _protected(unit))
    return redirect(f"{reverse('mapping:list', args=[pk])}#near")


def _protected(unit: Unit) -> str:
    told = _(
        "%(name)s is protected from advertising: it may only be asked if it has itself said that you may write. Who "
        "said so, how and when, you note where you make the link."
    )
    return told % {"name": unit.name}


def add(form: Form, area: Area, facts: Mapping[str, Any], *, by: User, now: datetime) -> Resource | None:
    """Add what a form says; what cannot stand is said on the form."""
    try:
        return add_resource(area=area, by=by, now=now, **facts)
    except TROUBLES as trouble:
        field = getattr(trouble, "field", None)
        add_domain_error(form, trouble, field if field in form.fields else None)
    except ValidationError as trouble:
        form.add_error(None, ValidationError(trouble.messages))
    return None


def _to_consent(request: SignedInRequest, area: Area, form: QuickForm | WalkForm) -> HttpResponse:
    """Show the page of consent with what was written, which is kept nowhere yet."""
    said = form.cleaned_data
    latitude, longitude = said.get("position") or (None, None)
    shown = PersonForm(
        initial={
            "name": said["name"],
            "address": said["address"],
            "given_on": timezone.localdate(),
            "latitude": latitude,
            "longitude": longitude,
            "creation_key": said["creation_key"],
        }
    )
    return render(request, "mapping/person.html", {"area": area, "form": shown})


def _latest(user: User, area: Area) -> list[Row]:
    """Return what was added last, the newest first."""
    found = Resource.objects.visible_to(user).filter(area=area).current().order_by("-created_at", "-pk")[:LATEST]
    today, marks = timezone.localdate(), looks.kind_marks()
    return [
        row_of(one, Asked(), marks=marks, reached={}, today=today)
        for one in found.select_related("organisation", "unit")
    ]
