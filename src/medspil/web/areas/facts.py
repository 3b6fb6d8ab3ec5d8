"""Official lists and organisations that take part: lists to which one adds and from which one takes away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas import services
from medspil.areas.partners import MOST_FOUND, candidates
from medspil.areas.sections import AREA_SECTIONS
from medspil.organisations.facts import LONGEST_NAME
from medspil.organisations.roles import Ability
from medspil.web.areas import words
from medspil.web.areas.fact_forms import PartnerForm, StatusForm
from medspil.web.areas.loading import area_or_refuse, sent
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, fragment

PAGE = ["GET", "HEAD", "POST"]
_SECTION = {section.code: section for section in AREA_SECTIONS}


@require_http_methods(PAGE)
def statuses(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the official lists an area stood on, and note another."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_AREA)
    with_origin = "all" in request.GET
    form = StatusForm(*sent(request), with_origin=with_origin)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_status(area=area, by=request.user, now=timezone.now(), **form.cleaned_data)
        except services.AlreadyListed as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The list is noted."))
            return redirect("areas:edit_statuses", pk=pk)
    rows = sorted(area.statuses.all(), key=lambda one: one.listed_on, reverse=True)
    context = {
        "area": area,
        "section": _SECTION["statuses"],
        "form": form,
        "rows": [(words.status(one.kind), one) for one in rows],
        "with_origin": with_origin,
    }
    return render(request, "areas/statuses.html", context, status=422 if form.errors else 200)


@require_POST
def remove_status(request: SignedInRequest, pk: int, status: int) -> HttpResponse:
    """Take a status back that was noted by mistake."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_AREA)
    found = get_object_or_404(area.statuses.select_related("area"), pk=status)
    services.remove_status(status=found, by=request.user, now=timezone.now())
    messages.success(request, _("The list is taken back. The history of the area keeps it."))
    return redirect("areas:edit_statuses", pk=pk)


@require_http_methods(PAGE)
def partners(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who takes part, look for an organisation by name, and let it take part."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_AREA)
    text = request.GET.get("q", "").strip()[:LONGEST_NAME]
    form = PartnerForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        found = get_object_or_404(candidates(area, request.user, text), pk=form.cleaned_data["organisation"])
        services.add_partner(area=area, organisation=found, by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s takes part now and sees the area.") % {"name": found.name})
        return redirect("areas:edit_partners", pk=pk)
    context = {
        "area": area,
        "section": _SECTION["partners"],
        "partners": [(one, words.organisation_kind(one.kind)) for one in area.partners.all()],
        "text": text,
        "found": [
            (one, words.organisation_kind(one.kind)) for one in candidates(area, request.user, text)[:MOST_FOUND]
        ],
    }
    template = fragment(request, "areas/partners.html", "found")
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def remove_partner(request: SignedInRequest, pk: int, organisation: int) -> HttpResponse:
    """Let an organisation take part no longer; adding it again undoes this."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_AREA)
    found = get_object_or_404(area.partners, pk=organisation)
    services.remove_partner(area=area, organisation=found, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s takes part no longer.") % {"name": found.name})
    return redirect("areas:edit_partners", pk=pk)
