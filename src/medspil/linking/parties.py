"""Who takes part in a link: named when it is made, recognised when it is there already, shown to those who may know."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from medspil.linking.models import LinkParty, Refusal
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.organisations.subjects import private_kinds, whole_company
from medspil.register.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

Who = tuple[str, int]
ORGANISATION, UNIT, RESOURCE = "organisation", "unit", "resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a link that is about to be made: exactly one of the three, and what it brings.

    A company that is protected from advertising may take part where it has said so itself: when, and who said it how.
    """

    organisation: Organisation | None = None
    unit: Unit | None = None
    resource: Resource | None = None
    brings: str = ""
    consent_on: date | None = None
    consent_how: str = ""

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.organisation, self.unit, self.resource)) != 1:
            raise ValueError("A party is one organisation, one company or one resource.")


Side = Party | LinkParty | Refusal
"""Whatever names one party by one of the three."""


def unit_of(side: Side) -> Unit | None:
    """Return the entry in the register that a side stands for, if it has one."""
    if side.unit:
        return side.unit
    organisation = organisation_of(side)
    if side.resource and side.resource.unit:
        return side.resource.unit
    return organisation.unit if organisation else None


def place_of(side: Side) -> Unit | None:
    """Return the one place of work that a side names, itself or as a resource; not that of an organisation."""
    return side.unit or (side.resource.unit if side.resource else None)


def organisation_of(side: Side) -> Organisation | None:
    """Return the organisation that a side is or belongs to, if there is one."""
    if side.organisation:
        return side.organisation
    return side.resource.organisation if side.resource else None


def whole_company_of(side: Side) -> str:
    """Return the CVR number of a side that speaks for all places of work of a company; empty where it does not."""
    organisation = organisation_of(side)
    if organisation is None or not organisation.cvr:
        return ""
    whole = organisation.unit_id is None or organisation.kind in private_kinds()
    return organisation.cvr if whole else ""


def speakers(unit: Unit) -> OrganisationQuerySet:
    """Return the organisations that stand for a place of work: as that place, or as the whole company it belongs to."""
    whole = ~Q(cvr="") & whole_company()
    own_place = Q(unit=unit) & ~whole
    return Organisation.objects.filter(own_place | whole & Q(cvr=unit.cvr) if unit.cvr else own_place)


def who(side: Side) -> Who:
    """Return what tells one party from another: a company is the same by its organisation, its entry, its resource."""
    if unit := unit_of(side):
        return UNIT, unit.pk
    if organisation := organisation_of(side):
        return ORGANISATION, organisation.pk
    return RESOURCE, side.resource.pk if side.resource else 0


def maybe_one_of(parties: Collection[Who], way: str) -> Q:
    """Return the condition that the side at the end of a way stands for one of some parties.

    For narrowing a search down: of sides that stand for two things at once, `who` says which counts.
    """
    ways = {
        UNIT: ("unit", "resource__unit", "organisation__unit", "resource__organisation__unit"),
        ORGANISATION: ("organisation", "resource__organisation"),
        RESOURCE: ("resource",),
    }
    found = Q(pk__in=[])
    for kind, names in ways.items():
        keys = [key for one, key in parties if one == kind]
        for name in names if keys else ():
            found |= Q(**{f"{way}__{name}__in": keys})
    return found


def name_of(side: Side) -> str:
    """Return the name of a side for those who may know it."""
    named = side.organisation or side.unit or side.resource
    return named.name if named else ""


def names_for(user: "User | AnonymousUser", sides: Iterable[LinkParty], *, hidden: str | None = None) -> dict[int, str]:
    """Return the names of sides by their keys, as a person may see them. One query where people are among them.

    A person among the resources is named only to those who may see her on the map; to all others she is somebody.
    """
    shown = list(sides)
    people = {side.resource.pk for side in shown if side.resource and side.resource.is_person}
    seen = _seen_by(user, people) if people else set()
    word = _("A person in the area") if hidden is None else hidden
    return {
        side.pk: word if side.resource_id in people and side.resource_id not in seen else name_of(side)
        for side in shown
    }


def _seen_by(user: "User | AnonymousUser", people: Collection[int]) -> set[int | None]:
    return set(Resource.objects.visible_to(user).filter(pk__in=people).values_list("pk", flat=True))
