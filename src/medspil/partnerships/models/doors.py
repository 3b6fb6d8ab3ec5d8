"""Who sees what is written about links here: those of the link's area, and its broker; never the sides themselves."""

from datetime import date

from django.db.models import Q

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Brokerage


def works_near(user: User, on: date) -> Q:
    """Return the condition that a record's link is in a person's areas, or has her as its broker on a day."""
    return in_own_area(user) | brokered(user, on)


def in_own_area(user: User) -> Q:
    """Return the condition that a record's link is in a person's areas."""
    return Q(link__area__in=Area.objects.visible_to(user))


def brokered(user: User, on: date) -> Q:
    """Return the condition that a person is the broker of a record's link on a day."""
    return Q(link__in=Brokerage.objects.of(user, on).values("link"))
