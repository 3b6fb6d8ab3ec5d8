"""What a person may do with the ranking and the shortlist of a need."""

from typing import TYPE_CHECKING

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.organisations.models import Organisation, abilities_in
from medspil.organisations.roles import Abilities, Ability, roles_with

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


def parties(area: Area) -> list[Organisation]:
    """Return the organisations of an area: the responsible one first, then those that take part."""
    return [area.owner, *area.partners.order_by("name", "pk")]


def abilities(user: "User | AnonymousUser", area: Area) -> Abilities:
    """Return what a person may do in an area, through any of its organisations."""
    return abilities_in(user, parties(area))


def possible_owners(area: Area) -> "QuerySet[User]":
    """Return the people who may take on a company of the area's shortlists, by name."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation__in=parties(area),
            memberships__ended_on=None,
            memberships__role__in=roles_with(Ability.SHORTLIST),
        )
        .distinct()
        .order_by("name", "email")
    )
