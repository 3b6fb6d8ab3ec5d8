"""One page per section of an area or a need: load, check, fill in, save, back to the summary."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from medspil.areas.borders import outline
from medspil.areas.figures import MEASURES
from medspil.areas.hosting import volunteers_ready, wants_volunteers
from medspil.areas.models import Area
from medspil.areas.sections import AREA_SECTIONS, NEED_SECTIONS
from medspil.geography.places import municipality
from medspil.organisations.roles import Ability
from medspil.web.areas import host_forms, need_forms, resource_forms
from medspil.web.areas.fact_forms import FiguresForm
from medspil.web.areas.forms import AboutForm, BorderForm, ProgrammeForm, SectionForm
from medspil.web.areas.loading import area_or_refuse, need_or_refuse, sent
from medspil.web.areas.saving import handle
from medspil.web.http import SignedInRequest
from medspil.web.maps import Map, build

PAGE = ["GET", "HEAD", "POST"]
# Section -> form, template and the last piece of the address. Lists and partners have pages of their own kind.
AREA_PAGES: dict[str, tuple[type[SectionForm], str, str]] = {
    "about": (AboutForm, "areas/section.html", "om"),
    "border": (BorderForm, "areas/border.html", "kort"),
    "programme": (ProgrammeForm, "areas/section.html", "program"),
    "figures": (FiguresForm, "areas/figures.html", "tal"),
}
NEED_PAGES: dict[str, tuple[type[SectionForm], str, str]] = {
    "what": (need_forms.WhatForm, "areas/need_section.html", "hvad"),
    "resources": (resource_forms.KindsForm, "areas/need_section.html", "ressourcer"),
    "amounts": (resource_forms.AmountsForm, "areas/amounts.html", "hvor-meget"),
    "who": (need_forms.WhoForm, "areas/need_section.html", "hvem"),
    "when": (need_forms.WhenForm, "areas/need_section.html", "hvornaar"),
    "host": (host_forms.HostForm, "areas/need_host.html", "modtager"),
    "reach": (need_forms.ReachForm, "areas/need_section.html", "hvor-langt"),
    "companies": (need_forms.CompaniesForm, "areas/need_companies.html", "vis-til-virksomheder"),
}
_AREA = {section.code: section for section in AREA_SECTIONS}
_NEED = {section.code: section for section in NEED_SECTIONS}


@require_http_methods(PAGE)
def edit_area(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """Change one section of an area."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_AREA)
    form_class, template, _path = AREA_PAGES[section]
    form = form_class(*sent(request), record=area)
    context: dict[str, Any] = {"area": area, "section": _AREA[section]}
    if section == "border":
        context["map"] = drawing_map(area)
    if section == "figures":
        context["days"] = figures_by_day(area)
    return handle(request, form, template=template, context=context, back=reverse("areas:detail", args=[pk]))


@require_http_methods(PAGE)
def edit_need(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """Change one section of a need."""
    need, _may = need_or_refuse(request, pk, Ability.EDIT_NEED)
    form_class, template, _path = NEED_PAGES[section]
    form = form_class(*sent(request), record=need)
    context = {"area": need.area, "need": need, "section": _NEED[section]}
    if section in ("host", "companies"):
        context |= {"wanted": wants_volunteers(need), "ready": volunteers_ready(need)}
    back = reverse("areas:need", args=[pk])
    if section == "resources":
        back = reverse("areas:need_edit_amounts", args=[pk])
    return handle(request, form, template=template, context=context, back=back)


def drawing_map(area: Area) -> Map:
    """Return the map on which a border is drawn: around the area, its municipality or the country."""
    centre = (area.x, area.y) if area.x is not None and area.y is not None else None
    if centre is None and (home := municipality(area.municipality)):
        return build(caption=area.name, centre=(home.x, home.y), rings_km=(10,), ident="draw")
    return build(caption=area.name, centre=centre, rings_km=(2,), border=outline(area), ident="draw")


def figures_by_day(area: Area) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    """Return the figures of every day, newest first, each with its measure; for the table beneath the form."""
    days = sorted({row.counted_on for row in area.figures.all()}, reverse=True)
    found = []
    for day in days:
        rows = {row.measure: row for row in area.figures.all() if row.counted_on == day}
        found.append((day, [(one, rows[one.code]) for one in MEASURES if one.code in rows]))
    return found
