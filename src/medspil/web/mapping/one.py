"""One resource: its facts, where it is, whether it still stands, what happened; confirming, asking, putting away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.areas.borders import outline
from medspil.areas.privacy import CprNumberFound
from medspil.linking.reach import Stage, reach_of
from medspil.mapping.facts import ResourceRefused
from medspil.mapping.models import Inquiry, Resource, ResourceContact, ResourceMerge
from medspil.mapping.services import inquiries
from medspil.mapping.services.resources import bring_back, confirm, put_away
from medspil.organisations.roles import Ability
from medspil.web.areas.loading import sent
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.mapping import looks, words
from medspil.web.mapping.history import events
from medspil.web.mapping.links import listed_links
from medspil.web.mapping.loading import resource_or_refuse
from medspil.web.mapping.people_forms import PutAwayForm
from medspil.web.mapping.sections import facts, tasks
from medspil.web.maps import Map, Point, build
from medspil.web.one_time import address_of


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show all of a resource; how people are reached and what they agreed to only to those who may see it."""
    resource, may = resource_or_refuse(request, pk)
    today = timezone.localdate()
    contacts = ResourceContact.objects.visible_to(request.user).filter(resource=resource).for_list()
    asked = Inquiry.objects.visible_to(request.user).filter(resource=resource).for_list()
    consent = resource.consents.standing().first() if resource.is_person and may.see_contacts else None
    todo, reach = tasks(resource, may), reach_of([resource])[resource.pk]
    context = {
        "resource": resource,
        "area": resource.area,
        "may_here": may,
        "mark": looks.kind_mark(resource.kind),
        "kind": words.asset_kind(resource.kind),
        "standing": words.standing(resource, today),
        "stale": resource.is_stale(today) or resource.confirmed_on is None,
        "facts": facts(resource, may),
        "tasks": todo if any(task.state != "done" for task in todo) else [],
        "map": _map(resource),
        "links": reach.links,
        "stage": words.STAGES[reach.stage],
        "mobilised": reach.stage is Stage.MOBILISED,
        "linked": listed_links(resource, request.user, today),
        "contacts": list(contacts) if may.see_contacts else [],
        "inquiries": list(asked) if may.see_contacts else [],
        "to_ask": any(contact.email for contact in contacts) if may.see_contacts else False,
        "consent": consent,
        "may_keep": not resource.is_person or (consent is not None and consent.by_contact),
        "merges": ResourceMerge.objects.visible_to(request.user).standing().filter(kept=resource),
        "events": events(resource),
    }
    return render(request, "mapping/detail.html", context)


@require_POST
def confirm_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that what stands here is right today."""
    resource, _may = resource_or_refuse(request, pk, Ability.MAP_RESOURCES)
    confirm(resource=resource, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s is confirmed today.") % {"name": resource.name})
    if request.POST.get("back") == "review":
        return redirect("mapping:review", pk=resource.area_id)
    return redirect("mapping:detail", pk=pk)


@require_POST
def ask(request: SignedInRequest, pk: int, contact: int) -> HttpResponse:
    """Ask a contact by a one-time link whether this is still right."""
    resource, _may = resource_or_refuse(request, pk, Ability.SEE_CONTACTS)
    chosen = get_object_or_404(ResourceContact.objects.visible_to(request.user).filter(resource=resource), pk=contact)
    try:
        asked = inquiries.ask_still_right(
            contact=chosen,
            by=request.user,
            now=timezone.now(),
            address_of=address_of(request, "mapping:answer"),
        )
    except inquiries.CannotAsk as trouble:
        messages.warning(request, str(trouble))
    else:
        if asked.mailed:
            messages.success(request, _("A mail to %(name)s is on its way.") % {"name": chosen})
        else:
            messages.error(request, _("The mail could not be sent. Try again later, or call."))
    return redirect("mapping:detail", pk=pk)


@require_POST
def dealt_with(request: SignedInRequest, pk: int, inquiry: int) -> HttpResponse:
    """Note that somebody has looked at an answer."""
    resource, _may = resource_or_refuse(request, pk, Ability.SEE_CONTACTS)
    found = get_object_or_404(Inquiry.objects.visible_to(request.user).filter(resource=resource), pk=inquiry)
    inquiries.dealt_with(inquiry=found, by=request.user, now=timezone.now())
    return redirect("mapping:detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a resource away with the reason why."""
    resource, _may = resource_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = PutAwayForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            put_away(resource=resource, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except CprNumberFound as trouble:
            add_domain_error(form, trouble, "reason")
        else:
            messages.success(request, _("%(name)s is put away. Nothing is deleted.") % {"name": resource.name})
            return redirect("mapping:list", pk=resource.area_id)
    context = {"area": resource.area, "resource": resource, "form": form}
    return render(request, "mapping/archive.html", context, status=422 if form.errors else 200)


@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring a resource back."""
    resource, _may = resource_or_refuse(request, pk, Ability.MAP_RESOURCES)
    try:
        bring_back(resource=resource, by=request.user, now=timezone.now())
    except ResourceRefused as trouble:
        messages.warning(request, str(trouble))
    else:
        messages.success(request, _("The resource is back."))
    return redirect("mapping:detail", pk=pk)


def _map(resource: Resource) -> Map | None:
    """Return a small map around a resource; a person who did not agree to the map has none."""
    if resource.x is None or resource.y is None or (resource.is_person and not getattr(resource, "on_map", False)):
        return None
    name = resource.name
    point = Point(f"resource-{resource.pk}", resource.x, resource.y, name, kind=resource.kind, size=0.6)
    return build(
        caption=_("Where %(name)s is") % {"name": name},
        centre=(resource.x, resource.y),
        rings_km=(0.5, 1, 2),
        points=[point],
        border=outline(resource.area),
        beside_list=True,
        marks=looks.kind_marks(),
    )
