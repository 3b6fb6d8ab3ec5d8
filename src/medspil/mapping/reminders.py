"""What somebody should look at in an area's resources: answers that came, companies that closed, what has got old."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.companies import flags_of_resources
from medspil.mapping.models import Inquiry, Resource
from medspil.register.flags import Flag, flagged

SOON = timedelta(days=30)
SILENT_AFTER = timedelta(days=14)


class Why(StrEnum):
    """Why a resource should be looked at, the most pressing first."""

    ANSWERED = "answered"  # somebody said that it is not as it stands here
    CLOSED = "closed"  # the register says that the company has closed or turned protected
    STALE = "stale"
    UNANSWERED = "unanswered"  # asked two weeks ago, and nothing was heard
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
    """Return what should be looked at on a day, the most pressing and oldest first. At most six queries.

    Who may not see how people are reached hears nothing of questions and answers.
    """
    here = Resource.objects.visible_to(user).current().filter(area=area)
    asked = Inquiry.objects.visible_to(user).for_list().filter(resource__in=here)
    due = here.filter(review_on__lte=on + SOON).for_list()
    wrong = here.filter(flagged("unit__"), unit__isnull=False).for_list()
    flags = flags_of_resources(closed := list(wrong))
    found = [
        *(Reminder(Why.ANSWERED, one.resource, one.answered_on, one) for one in asked.waiting()),
        *(Reminder(Why.CLOSED, one, flags[one.pk].day, flag=flags[one.pk]) for one in closed if one.pk in flags),
        *(Reminder(Why.STALE if one.is_stale(on) else Why.SOON, one, one.review_on) for one in due),
        *(Reminder(Why.UNANSWERED, one.resource, one.sent_on, one) for one in asked.unanswered(on - SILENT_AFTER)),
    ]
    order = list(Why)
    return sorted(found, key=lambda one: (order.index(one.why), one.day or date.max, one.resource.pk))
