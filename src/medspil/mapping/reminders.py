"""What somebody should look at in an area's resources: answers that came, companies that closed, what has got old."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Q

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.companies import flags_of_resources
from medspil.mapping.models import Inquiry, Resource
from medspil.organisations.roles import Ability
from medspil.register.flags import Flag, flagged

SOON = timedelta(days=30)
SILENT_AFTER = timedelta(days=14)


class Why(StrEnum):
    """Why a resource should be looked at, the most pressing first."""

    ANSWERED = "answered"  # somebody said that it is not as it stands here
    CLOSED = "closed"  # the register says that the company has closed or turned protected
    STALE = "stale"
    UNANSWERED = "unanswered"  # asked two weeks ago, and nothing was heard
    NEVER = "never"  # nobody has confirmed it since it was added
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reason to look at one resource, since or by a day."""

    why: Why
    resource: Resource
    day: date | None
    inquiry: Inquiry | None = None
    flag: Flag | None = None


def reminders(area: Area, *, user: User, on: date) -> list[Reminder]:
    """Return what should be looked at on a day, the most pressing and oldest first. At most five queries.

    Who may not see how people are reached hears nothing of questions and answers.
    """
    here = Resource.objects.visible_to(user).current().filter(area=area)
    asked = Inquiry.objects.visible_to(user).for_list().filter(resource__in=here)
    inquiries = list(asked.waiting() | asked.unanswered(on - SILENT_AFTER))
    due = here.filter(Q(review_on__lte=on + SOON) | Q(confirmed_on=None)).for_list()
    wrong = here.filter(flagged("unit__"), unit__isnull=False).for_list()
    flags = flags_of_resources(closed := list(wrong))
    found = [
        *(Reminder(Why.ANSWERED, one.resource, one.answered_on, one) for one in inquiries if one.answered_on),
        *(Reminder(Why.CLOSED, one, flags[one.pk].day, flag=flags[one.pk]) for one in closed if one.pk in flags),
        *(Reminder(why := _due(one, on), one, None if why is Why.NEVER else one.review_on) for one in due),
        *(Reminder(Why.UNANSWERED, one.resource, one.sent_on, one) for one in inquiries if not one.answered_on),
    ]
    order = list(Why)
    told = {one.resource.pk for one in found if one.why is not Why.NEVER}
    found = [one for one in found if one.why is not Why.NEVER or one.resource.pk not in told]
    return sorted(found, key=lambda one: (order.index(one.why), one.day or date.max, one.resource.pk))


def _due(one: Resource, on: date) -> Why:
    if one.is_stale(on):
        return Why.STALE
    return Why.NEVER if one.confirmed_on is None else Why.SOON


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """How much of what an area has waits to be looked at."""

    stale: int = 0
    never: int = 0
    answers: int = 0

    @property
    def any(self) -> bool:
        """Return whether there is anything."""
        return bool(self.stale or self.never or self.answers)


def to_confirm(areas: Collection[Area], *, user: User, on: date) -> dict[int, ToConfirm]:
    """Return how much waits for a person in those of the areas that she maps, by area; where nothing does, there is
    none. Two queries for all of them."""
    hers = Area.objects.where(user, Ability.MAP_RESOURCES).filter(pk__in=[area.pk for area in areas])
    here = Resource.objects.visible_to(user).current().filter(area__in=hers)
    old = Q(review_on__lte=on)
    resources = here.values("area").annotate(
        old=Count("pk", filter=old), never=Count("pk", filter=Q(confirmed_on=None) & ~old)
    )
    answers = Inquiry.objects.visible_to(user).waiting().filter(resource__in=here).values("resource__area")
    answered = {row["resource__area"]: row["number"] for row in answers.annotate(number=Count("pk")).order_by()}
    counted = {row["area"]: (row["old"], row["never"]) for row in resources.order_by()}
    found = {area.pk: ToConfirm(*counted.get(area.pk, (0, 0)), answers=answered.get(area.pk, 0)) for area in areas}
    return {pk: one for pk, one in found.items() if one.any}
