"""Pairs that must not meet because the giver has said no: what each reason leads to, for the rows of a round."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from math import hypot

from django.db.models import Q

from medspil.linking.models import Refusal, RefusalReason
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.programmes import programme
from medspil.rounds.sheet import Barred


def refused_pairs(round_: Round, demands: Iterable[Demand], supplies: Iterable[Supply], *, on: date) -> list[Barred]:
    """Return the pairs whose giver said no to what the asking row stands for, and still does on a day. One query."""
    asking, giving = list(demands), _by_party(supplies)
    areas = {one.area_id for one in asking if one.area_id}
    owners = {one.area.owner_id for one in asking if one.area}
    if not giving or not areas:
        return []
    parties = Q(organisation__in=[pk for kind, pk in giving if kind == "organisation"]) | Q(
        unit__in=[pk for kind, pk in giving if kind == "unit"]
    )
    heard = Q(area__in=areas) | Q(heard_by__in=owners, reason=RefusalReason.NEVER)
    found: dict[tuple[str, str], str] = {}
    for refusal in Refusal.objects.standing(on).filter(parties & heard).order_by("pk"):
        if refusal.reason == RefusalReason.WRONG_KIND and refusal.kind not in programme(round_.programme).kinds:
            continue
        for supply in _suppliers(refusal, giving):
            for demand in asking:
                if _about(refusal, demand) and _HOLDS[RefusalReason(refusal.reason)](refusal, demand, supply):
                    found.setdefault((str(demand.pk), str(supply.pk)), refusal.reason)
    return [Barred(asker, giver, reason) for (asker, giver), reason in found.items()]


def _by_party(supplies: Iterable[Supply]) -> dict[tuple[str, int], list[Supply]]:
    """Return the rows of each giver; one is known by its organisation, by its entry in the register, or by both."""
    found: dict[tuple[str, int], list[Supply]] = {}
    for one in supplies:
        unit = one.unit_id or (one.organisation.unit_id if one.organisation else None)
        for kind, pk in (("organisation", one.organisation_id), ("unit", unit)):
            if pk:
                found.setdefault((kind, pk), []).append(one)
    return found


def _suppliers(refusal: Refusal, giving: Mapping[tuple[str, int], list[Supply]]) -> Iterator[Supply]:
    for kind, pk in (("organisation", refusal.organisation_id), ("unit", refusal.unit_id)):
        if pk:
            yield from giving.get((kind, pk), [])


def _about(refusal: Refusal, demand: Demand) -> bool:
    """Return whether it was said to the area of a row; a "never" holds in all areas of whoever heard it."""
    if refusal.reason == RefusalReason.NEVER and demand.area and demand.area.owner_id == refusal.heard_by_id:
        return True
    return demand.area_id == refusal.area_id


def _always(_refusal: Refusal, _demand: Demand, _supply: Supply) -> bool:
    return True


def _too_far(refusal: Refusal, demand: Demand, supply: Supply) -> bool:
    here = (
        (demand.x, demand.y)
        if demand.x is not None
        else (demand.area.x, demand.area.y)
        if demand.area
        else (None, None)
    )
    place = supply.unit or (supply.organisation.unit if supply.organisation else None)
    there = (supply.x, supply.y) if supply.x is not None else (place.x, place.y) if place else (None, None)
    if None in here or None in there or refusal.beyond_km is None:
        return False
    return hypot(here[0] - there[0], here[1] - there[1]) > refusal.beyond_km * 1000  # type: ignore[operator]  # looked at


def _wrong_theme(refusal: Refusal, demand: Demand, _supply: Supply) -> bool:
    challenge = demand.challenge or (demand.need.challenge if demand.need else None)
    return challenge is not None and challenge.theme == refusal.theme


def _other(refusal: Refusal, demand: Demand, _supply: Supply) -> bool:
    if refusal.need_id:
        return demand.need_id == refusal.need_id
    challenge = demand.challenge_id or (demand.need.challenge_id if demand.need else None)
    return challenge is not None and challenge == refusal.challenge_id


_HOLDS: Mapping[RefusalReason, Callable[[Refusal, Demand, Supply], bool]] = {
    RefusalReason.WRONG_TIME: _always,
    RefusalReason.WRONG_KIND: _always,
    RefusalReason.TOO_FAR: _too_far,
    RefusalReason.WRONG_THEME: _wrong_theme,
    RefusalReason.NEVER: _always,
    RefusalReason.OTHER: _other,
}
