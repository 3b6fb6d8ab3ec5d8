"""What somebody should look at: what `mapping.reminders` finds, each with its button, and pairs that may be one."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from medspil.mapping.alike import alike_pairs
from medspil.mapping.models import Inquiry, Resource, ResourceContact, agreed
from medspil.mapping.reminders import Reminder, Why, reminders
from medspil.web.http import SignedInRequest
from medspil.web.map_marks import Mark
from medspil.web.mapping import looks, words
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.register.flags import ShownFlag, shown

MOST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Old:
    """One resource to be confirmed: since when, whom to ask, and when somebody was asked who has not answered."""

    resource: Resource
    mark: Mark
    when: str
    contacts: list[ResourceContact]
    asked_on: date | None
    silent: bool
    may_keep: bool
    """Whether contacts of it may be kept: a person has to say yes to it."""


@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what somebody should look at, with the button beside it."""
    area, may = area_or_refuse(request, pk)
    found = reminders(area, user=request.user, on=timezone.localdate())
    silent = {one.resource.pk for one in found if one.why is Why.UNANSWERED}
    old = list(dict.fromkeys(one.resource for one in found if one.why in (Why.STALE, Why.UNANSWERED)))
    never = [one.resource for one in found if one.why is Why.NEVER]
    contacts, asked = _people(request, [*old, *never]) if may.see_contacts else ({}, {})
    closed = _without_yes(request, [*old, *never])

    def line(one: Resource) -> Old:
        return Old(
            resource=one,
            mark=looks.kind_mark(one.kind),
            when=words.confirmed(one),
            contacts=contacts.get(one.pk, []),
            asked_on=asked.get(one.pk),
            silent=one.pk in silent,
            may_keep=one.pk not in closed,
        )

    resources = Resource.objects.visible_to(request.user).filter(area=area).current()
    context = {
        "area": area,
        "may_here": may,
        "waiting": [one.inquiry for one in found if one.why is Why.ANSWERED],
        "flags": [_flag(one) for one in found if one.why is Why.CLOSED],
        "old": [line(one) for one in old],
        "never": [line(one) for one in never],
        "soon": [one for one in found if one.why is Why.SOON],
        "pairs": alike_pairs(resources, area=area)[:MOST_PAIRS] if may.map_resources else [],
        "next": None if found else resources.order_by("review_on", "pk").first(),
    }
    return render(request, "mapping/review.html", context)


def _flag(one: Reminder) -> ShownFlag:
    """Return what has become of the company of a resource, in words."""
    assert one.flag is not None  # noqa: S101  (a reminder of this kind has one)
    return shown(one.flag, name=one.resource.name, url=reverse("mapping:detail", args=[one.resource.pk]))


def _without_yes(request: SignedInRequest, some: list[Resource]) -> set[int]:
    """Return the people of whom no telephone or e-mail may be kept. One query, none without people."""
    people = [one.pk for one in some if one.is_person]
    if not people:
        return set()
    hers = Resource.objects.visible_to(request.user)
    return set(hers.filter(~agreed(by_contact=True), pk__in=people).values_list("pk", flat=True))


def _people(request: SignedInRequest, old: list[Resource]) -> tuple[dict[int, list[ResourceContact]], dict[int, date]]:
    """Return whom to ask about each, and when somebody was asked who has not answered. Two queries."""
    contacts: dict[int, list[ResourceContact]] = {}
    for one in ResourceContact.objects.visible_to(request.user).filter(resource__in=old).exclude(email="").for_list():
        contacts.setdefault(one.resource_id, []).append(one)
    asked = Inquiry.objects.visible_to(request.user).filter(resource__in=old, answered_on=None).order_by("sent_on")
    return contacts, {one.resource_id: one.sent_on for one in asked}
