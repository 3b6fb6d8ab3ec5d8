"""Who may rank, keep and take the next step: what areas say of the area, and whom a step may be given to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.permissions import abilities
from medspil.linking.models import Brokerage
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Ability, Role, roles_with

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["abilities", "home_of", "parties", "possible_owners", "possible_successors", "reads_notes"]


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


def possible_successors(user: User, brokerages: Iterable[Brokerage]) -> "QuerySet[User]":
    """Return who else may go on in every one of some links, by name; nobody for none.

    That is whoever brings parties together for an organisation of the link's area, or for the broker's own.
    """
    homes = {(one.link.area_id, one.organisation_id): one for one in brokerages}
    if not homes:
        return User.objects.none()
    people = User.objects.filter(is_active=True).exclude(pk=user.pk)
    for one in homes.values():
        there = Membership.objects.current().filter(organisation__in=_homes(one), role__in=roles_with(Ability.LINK))
        people = people.filter(pk__in=there.values("user"))
    return people.order_by("name", "email")


def home_of(successor: User, brokerage: Brokerage) -> Organisation:
    """Return the organisation for which somebody would go on in a link: the broker's own where that is possible."""
    hers = {one.pk: one for one in Organisation.objects.where(successor, Ability.LINK)}
    fitting = [hers[one.pk] for one in _homes(brokerage) if one.pk in hers]
    return fitting[0] if fitting else brokerage.organisation


def _homes(brokerage: Brokerage) -> list[Organisation]:
    return [brokerage.organisation, *parties(brokerage.link.area)]
