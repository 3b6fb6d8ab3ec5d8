"""Pairs that must not meet because the giver has said no: what each no leads to, for the rows of a round.

Where a no counts, and for what, `linking.consequences` says, as for rankings and offers.
"""

from collections.abc import Iterable
from datetime import date

from medspil.linking.consequences import Case, hears, may_be_of, parties_of, speaks_for, stops, with_parties
from medspil.linking.models import Refusal, RefusalReason
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.places import point_of_demand, point_of_supply
from medspil.rounds.programmes import programme
from medspil.rounds.sheet import Barred

Pair = tuple[str, str]


def refused_pairs(round_: Round, demands: Iterable[Demand], supplies: Iterable[Supply], *, on: date) -> list[Barred]:
    """Return the pairs whose giver said no to what the asking row stands for, and still does on a day. Few queries."""
    asking = [one for one in demands if one.area_id]
    giving = [one for one in supplies if one.organisation_id or one.unit_id]
    if not asking or not giving:
        return []
    organisations = {one.organisation_id for one in giving if one.organisation_id}
    units = {one.unit_id for one in giving if one.unit_id}
    said = list(with_parties(Refusal.objects.standing(on).filter(may_be_of(organisations, units))))
    if not said:
        return []
    parties = parties_of({one.area_id for one in asking if one.area_id} | {one.area_id for one in said})
    stopped: dict[Pair, str] = {}
    declined: dict[Pair, set[str]] = {}
    for refusal in said:
        theirs = [one for one in giving if speaks_for(refusal, organisation=one.organisation, unit=one.unit)]
        mine = [one for one in asking if one.area_id and hears(refusal, one.area_id, parties)]
        for demand in mine:
            for supply in theirs:
                pair = str(demand.pk), str(supply.pk)
                if refusal.reason == RefusalReason.WRONG_KIND:
                    declined.setdefault(pair, set()).add(refusal.kind)
                elif stops(refusal, _case(demand), point_of_supply(supply)):
                    stopped.setdefault(pair, refusal.reason)
    kinds = {str(one.pk): _kinds(round_, one) for one in asking}
    for pair, said_no in declined.items():
        if kinds[pair[0]] <= said_no:
            stopped.setdefault(pair, RefusalReason.WRONG_KIND.value)
    return [Barred(asker, giver, reason) for (asker, giver), reason in stopped.items()]


def _case(demand: Demand) -> Case:
    challenge = demand.challenge or (demand.need.challenge if demand.need else None)
    theme = challenge.theme if challenge else ""
    return Case(demand.need_id, challenge.pk if challenge else None, theme, point_of_demand(demand))


def _kinds(round_: Round, demand: Demand) -> set[str]:
    """Return the kinds of resources a row asks for: those of its need that are shared out here, else all of these."""
    here = set(programme(round_.programme).kinds)
    asked = {one.kind for one in demand.need.resources.all()} if demand.need else set()
    return asked & here or here
