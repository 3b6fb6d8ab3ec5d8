"""Finding the parties of a new link by name: resources of the area, organisations one has to do with, companies."""

from collections.abc import Collection
from dataclasses import dataclass

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.partners import candidates
from medspil.language import fold
from medspil.linking.permissions import parties
from medspil.mapping.models import Resource, ResourceQuerySet
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.register.search import search_units

MOST = 6
"""So many of each kind are offered; who wants another one writes more of its name."""


@dataclass(frozen=True, slots=True)
class FoundParties:
    """Parties of the three kinds, in the order in which they are offered."""

    resources: list[Resource]
    organisations: list[Organisation]
    units: list[Unit]

    def __bool__(self) -> bool:
        return bool(self.resources or self.organisations or self.units)


def find_parties(*, user: User, area: Area, text: str) -> FoundParties:
    """Return the parties whose name holds a text; of organisations one has nothing to do with, by the whole name."""
    wanted = fold(text)
    if not wanted:
        return FoundParties([], [], [])
    # Names are folded here: no database knows that å is aa. What one area has is a short list.
    mapped = [one for one in _mapped(user, area).for_list() if wanted in fold(one.name)]
    own = [one for one in _taking_part(area) if wanted in fold(one.name)]
    others = candidates(area, user, text).select_related("unit")[:MOST]
    units = search_units(text=text, limit=MOST, units=Unit.objects.visible_to(user)).units
    return FoundParties(mapped[:MOST], [*own, *others][:MOST], units)


def parties_by_key(
    *,
    user: User,
    area: Area,
    organisations: Collection[int] = (),
    numbers: Collection[int] = (),
    resources: Collection[int] = (),
) -> FoundParties:
    """Return parties by key and P-number that were offered to this person before. Three queries at most."""
    return FoundParties(
        list(_mapped(user, area).filter(pk__in=resources).for_list()) if resources else [],
        list(Organisation.objects.joined().filter(pk__in=organisations).select_related("unit"))
        if organisations
        else [],
        list(Unit.objects.visible_to(user).filter(number__in=numbers)) if numbers else [],
    )


def _taking_part(area: Area) -> list[Organisation]:
    keys = [one.pk for one in parties(area)]
    return list(Organisation.objects.filter(pk__in=keys).select_related("unit").order_by("name", "pk"))


def _mapped(user: User, area: Area) -> ResourceQuerySet:
    return Resource.objects.visible_to(user).filter(area=area).current()
