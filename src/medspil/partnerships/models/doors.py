"""Who sees what is written about links here: those of the link's area, and its broker; never the sides themselves."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.linking.models import Brokerage, LinkParty
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def works_near(user: User, on: date) -> Q:
    """Return the condition that a record's link is in a person's areas, or has her as its broker on a day."""
    return in_own_area(user) | brokered(user, on)


def in_own_area(user: User) -> Q:
    """Return the condition that a record's link is in a person's areas."""
    return Q(link__area__in=areas_where(user, Ability.VIEW_AREA))


def brokered(user: User, on: date) -> Q:
    """Return the condition that a person is the broker of a record's link on a day."""
    return Q(link__in=Brokerage.objects.of(user, on).values("link"))


def within(user: "User | AnonymousUser", way: str, *, sides: bool = True) -> Q:
    """Return the condition that a person leads the partnership at the end of a way, or speaks for one of its sides.

    What the sides say to each other is no broker's and no reader's. A side that has left sees it no more.
    """
    if not user.is_authenticated:
        return Q(pk__in=[])
    leads = Q(**{f"{way}link__area__in": areas_where(user, Ability.RUN_PARTNERSHIP)})
    if not sides:
        return leads
    hers = LinkParty.objects.of(user).filter(partner__left_on=None, partner__isnull=False)
    return leads | Q(**{f"{way}pk__in": hers.values("partner__partnership")})
