"""Pairs that must not meet because the giver has said no. Whose no counts where is told in `linking.consequences`."""

from collections.abc import Iterable
from datetime import date

from medspil.linking.consequences import Case, hears, may_be_of, parties_of, point_of, speaks_for, stops, with_parties
from medspil.linking.models import Refusal, RefusalReason
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.programmes import programme
from medspil.rounds.sheet import Barred

Point = tuple[float, float]


def refused_pairs(round_: Round, demands: Iterable[Demand], supplies: Iterable[Supply], *, on: date) -> list[Barred]:
    """Return the pairs whose giver said no to what the asking row stands for, and still does on a day.

    One query where nobody said no, three otherwise.
    """
    asking = [one for one in demands if one.area_id]
    giving = [one for one in supplies if one.organisation_id or one.unit_id]
    if not asking or not giving:
        return []
    parties = may_be_of(
        {one.organisation_id for one in giving if one.organisation_id}, {one.unit_id for one in giving if one.unit_id}
    )
    said = list(with_parties(Refusal.objects.standing(on).filter(parties)))
    areas = parties_of({one.area_id for one in asking if one.area_id} | {one.area_id for one in said}) if said else {}
    kinds = programme(round_.programme).kinds
    found: dict[tuple[str, str], str] = {}
    for refusal in said:
        hearing = [one for one in asking if one.area_id and hears(refusal, one.area_id, areas)]
        for supply in giving if hearing else ():
            if speaks_for(refusal, organisation=supply.organisation, unit=supply.unit):
                for demand in hearing:
                    if _holds(refusal, demand, supply, kinds):
                        found.setdefault((str(demand.pk), str(supply.pk)), refusal.reason)
    return [Barred(asker, giver, reason) for (asker, giver), reason in found.items()]


def _holds(refusal: Refusal, demand: Demand, supply: Supply, kinds: Iterable[str]) -> bool:
    if refusal.reason == RefusalReason.WRONG_KIND:
        return refusal.kind in kinds
    return stops(refusal, _case_of(demand), _place_of_supply(supply))


def _case_of(demand: Demand) -> Case:
    challenge = demand.challenge or (demand.need.challenge if demand.need else None)
    place = _point(demand.x, demand.y)
    if place is None and demand.area:
        place = _point(demand.area.x, demand.area.y)
    return Case(demand.need_id, challenge.pk if challenge else None, challenge.theme if challenge else "", place)


def _place_of_supply(supply: Supply) -> Point | None:
    unit = supply.unit or (supply.organisation.unit if supply.organisation else None)
    return _point(supply.x, supply.y) or point_of(unit)


def _point(x: float | None, y: float | None) -> Point | None:
    return None if x is None or y is None else (x, y)
