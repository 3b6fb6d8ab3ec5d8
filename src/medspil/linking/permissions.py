"""Who may rank, keep and take the next step: what areas say of the area, and whom a step may be given to."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.permissions import abilities
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability, Role, roles_with

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["abilities", "parties", "possible_owners", "possible_successors", "reads_notes"]


def parties(area: Area) -> list[Organisation]:
    """Return the organisations of an area: the responsible one first, then those that take part."""
    return [area.owner, *area.partners.order_by("name", "pk")]


def reads_notes(user: User, area: Area) -> bool:
    """Tell whether a person reads the notes of an area's shortlists: its own people, and no broker."""
    roles = user.memberships.current().filter(role__in=roles_with(Ability.SHORTLIST)).exclude(role=Role.BROKER)
    return roles.filter(organisation__in=parties(area)).exists()


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


def possible_successors(user: User, organisations: Collection[int]) -> "QuerySet[User]":
    """Return who else brings parties together for every one of some organisations, by name; nobody for none."""
    if not organisations:
        return User.objects.none()
    people = User.objects.filter(is_active=True).exclude(pk=user.pk)
    for organisation in organisations:
        people = people.filter(
            memberships__organisation=organisation,
            memberships__ended_on=None,
            memberships__role__in=roles_with(Ability.LINK),
        )
    return people.distinct().order_by("name", "email")
