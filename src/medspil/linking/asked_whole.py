"""How often companies without a place of work of their own here were approached, and how many offers they have open.

Such a company is known as an organisation, most often by its CVR number alone. Whatever was said to one of its places
of work was said to it as well.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from medspil.linking.approaches import ABOUT, approached_steps, contacted, once_a_day
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.organisations.subjects import private_kinds
from medspil.register.models import Unit, UnitStatus

OF_PARTY = ("party__organisation", "party__resource__organisation")
PLACES = ("party__unit__cvr", "party__resource__unit__cvr")


@dataclass(frozen=True, slots=True)
class WholeCompany:
    """A company as its organisation, with where it is according to the register, where that knows its number."""

    organisation: Organisation
    city: str = ""


@dataclass(slots=True)
class WholeCounts:
    """By organisation: approaches within a year, and offers that stand open."""

    approaches: Counter[int] = field(default_factory=Counter)
    offers: Counter[int] = field(default_factory=Counter)


def whole_companies(known: OrganisationQuerySet, *, listed: Collection[str]) -> list[WholeCompany]:
    """Return those of some organisations that are companies without a place of work, each number once. Two queries.

    `listed` are the numbers of which a place of work is listed already. Who is protected, has ceased or is being wound
    up everywhere is left out.
    """
    rows = known.joined().filter(unit=None, kind__in=private_kinds(), archived_at=None).order_by("name", "pk")
    found: dict[str, Organisation] = {}
    for one in rows:
        found.setdefault(one.cvr or f"#{one.pk}", one)
    places: dict[str, Unit] = {}
    for unit in Unit.objects.filter(cvr__in=[one.cvr for one in found.values() if one.cvr]).order_by("number"):
        places[unit.cvr] = min(places.get(unit.cvr, unit), unit, key=_closed)
    open_ = {number: one for number, one in found.items() if number not in listed}
    return [
        WholeCompany(one, place.city if place else "")
        for number, one in open_.items()
        if (place := places.get(number)) is None or not any(_closed(place))
    ]


def counts_of_whole(companies: Iterable[Organisation], now: datetime) -> WholeCounts:
    """Return what was done for companies by their organisations, whoever did it. Three queries, none for no company."""
    here = list(companies)
    keys, by_cvr = {one.pk for one in here}, {one.cvr: one.pk for one in here if one.cvr}
    found = WholeCounts()
    if not here:
        return found

    def of(row: Mapping[str, Any], organisations: Iterable[str], places: Iterable[str] = ()) -> int | None:
        for path in organisations:
            if row[path] in keys:
                return int(row[path])
        numbers = [*(row[f"{path}__cvr"] for path in organisations), *(row[path] for path in places)]
        return next((by_cvr[number] for number in numbers if number in by_cvr), None)

    numbered = [f"{path}__cvr" for path in OF_PARTY]
    wanted = Q()
    for path in OF_PARTY:
        wanted |= Q(**{f"{path}__in": keys})
    for path in (*numbered, *PLACES):
        wanted |= Q(**{f"{path}__in": list(by_cvr)})
    steps = approached_steps(timezone.localdate(now)).filter(wanted)
    rows = steps.values(*OF_PARTY, *numbered, *PLACES, *ABOUT).annotate(times=Count("pk"))
    found.approaches = once_a_day((pk, row) for row in rows if (pk := of(row, OF_PARTY, PLACES)))
    for cvr, times in (
        contacted(now)
        .filter(unit__cvr__in=list(by_cvr))
        .order_by()
        .values_list("unit__cvr")
        .annotate(times=Count("pk"))
    ):
        found.approaches[by_cvr[cvr]] += times
    giver = Q(organisation__in=keys) | Q(organisation__cvr__in=list(by_cvr))
    given = Offer.objects.open(timezone.localdate(now)).filter(giver)
    for row in given.order_by().values("organisation", "organisation__cvr"):
        if pk := of(row, ("organisation",)):
            found.offers[pk] += 1
    return found


def _closed(unit: Unit) -> tuple[bool, bool]:
    return unit.status != UnitStatus.ACTIVE, unit.protected
