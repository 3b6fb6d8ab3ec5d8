"""What is old: answers that wait for somebody, and resources that should be confirmed again, the oldest first."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from medspil.mapping.alike import alike_pairs
from medspil.mapping.models import Inquiry, Resource, ResourceContact
from medspil.web.http import SignedInRequest
from medspil.web.map_marks import Mark
from medspil.web.mapping import looks, words
from medspil.web.mapping.loading import area_or_refuse

MOST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Old:
    """One resource to be confirmed: since when, and whom to ask."""

    resource: Resource
    mark: Mark
    when: str
    contacts: list[ResourceContact]
    asked_on: date | None


@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what somebody should look at, with the button beside it."""
    area, may = area_or_refuse(request, pk)
    today = timezone.localdate()
    resources = Resource.objects.visible_to(request.user).filter(area=area).current()
    old = list(resources.stale(today).order_by("review_on", "name", "pk"))
    contacts, asked = _people(request, old) if may.see_contacts else ({}, {})
    waiting = Inquiry.objects.visible_to(request.user).filter(resource__in=resources).waiting().for_list()
    context = {
        "area": area,
        "may_here": may,
        "old": [
            Old(one, looks.kind_mark(one.kind), words.confirmed(one), contacts.get(one.pk, []), asked.get(one.pk))
            for one in old
        ],
        "pairs": alike_pairs(resources, area=area)[:MOST_PAIRS] if may.map_resources else [],
        "waiting": list(waiting) if may.see_contacts else [],
        "next": resources.exclude(pk__in=[one.pk for one in old]).order_by("review_on", "pk").first(),
    }
    return render(request, "mapping/review.html", context)


def _people(request: SignedInRequest, old: list[Resource]) -> tuple[dict[int, list[ResourceContact]], dict[int, date]]:
    """Return whom to ask about each, and when somebody was asked who has not answered. Two queries."""
    contacts: dict[int, list[ResourceContact]] = {}
    for one in ResourceContact.objects.visible_to(request.user).filter(resource__in=old).exclude(email="").for_list():
        contacts.setdefault(one.resource_id, []).append(one)
    asked = Inquiry.objects.visible_to(request.user).filter(resource__in=old, answered_on=None).order_by("sent_on")
    return contacts, {one.resource_id: one.sent_on for one in asked}
