"""From the rows of a round to the sheet a proposal is asked with, and which rows had to stay out of it.

A row stays out when what it stands for is gone: an offer that was withdrawn, a need that was put away, a company that
has closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medspil.linking.models import Link, LinkState
from medspil.register.models import UnitStatus
from medspil.rounds.models import Demand, PairKind, PairRule, Proposal, Round, Supply
from medspil.rounds.places import point_of_demand, point_of_supply, unit_of
from medspil.rounds.refusals import refused_pairs
from medspil.rounds.sheet import Asker, Barred, Giver, Held, Sheet

PERSON, NOT_OFFERED = "person", "not_offered"


class Out(StrEnum):
    """Why a row is not among those shared out."""

    OFFER_CLOSED = "offer_closed"
    NEED_CLOSED = "need_closed"
    GIVER_ARCHIVED = "giver_archived"
    GIVER_CLOSED = "giver_closed"


@dataclass(frozen=True, slots=True)
class Rows:
    """The standing rows of a round, and those of them that stay out, with why."""

    demands: list[Demand]
    supplies: list[Supply]
    pair_rules: list[PairRule]
    out_demands: dict[int, Out]
    out_supplies: dict[int, Out]


def rows_of(round_: Round, *, on: date) -> Rows:
    """Return the rows as they stand on a day. Four queries."""
    demands = list(
        Demand.objects.filter(round=round_)
        .standing()
        .select_related(
            "area__owner__unit",
            "need__challenge",
            "need__area__owner__unit",
            "need__host__unit",
            "challenge",
            "organisation__unit",
        )
        .prefetch_related("need__resources")
    )
    supplies = list(
        Supply.objects.filter(round=round_)
        .standing()
        .select_related("offer__organisation", "organisation__unit", "unit")
        .prefetch_related("offer__areas")
    )
    rules = list(PairRule.objects.filter(round=round_).select_related("by").order_by("demand", "supply"))
    return Rows(
        demands=demands,
        supplies=supplies,
        pair_rules=rules,
        out_demands={one.pk: why for one in demands if (why := demand_out(one, on))},
        out_supplies={one.pk: why for one in supplies if (why := supply_out(one, on))},
    )


def sheet_of_rows(round_: Round, rows: Rows, *, on: date) -> Sheet:
    """Return what a proposal is asked with. Few queries, however many rows."""
    demands = [one for one in rows.demands if one.pk not in rows.out_demands]
    supplies = [one for one in rows.supplies if one.pk not in rows.out_supplies]
    held = tuple(
        Held(str(one.demand_id), str(one.supply_id), one.amount) for one in rows.pair_rules if one.kind == PairKind.LOCK
    )
    said = [
        Barred(str(one.demand_id), str(one.supply_id), PERSON) for one in rows.pair_rules if one.kind == PairKind.BAN
    ]
    others = [*_not_offered(round_, demands, supplies), *refused_pairs(round_, demands, supplies, on=on)]
    barred = {(one.asker, one.giver): one for one in (*reversed(others), *said)}  # the first word counts
    return Sheet(
        programme=round_.programme,
        rules=round_.rules,
        askers=tuple(asker_of(one) for one in demands),
        givers=tuple(giver_of(one) for one in supplies),
        held=held,
        barred=tuple(barred.values()),
        earlier=_earlier(round_, demands, supplies),
        related=_related(demands, supplies),
    )


def sheet_of_round(round_: Round, *, on: date) -> Sheet:
    """Return what a proposal of the round is asked with on a day."""
    return sheet_of_rows(round_, rows_of(round_, on=on), on=on)


def party_of(supply: Supply) -> str:
    """Return a name that rows of one giver have in common; empty when nobody is named."""
    if supply.organisation_id:
        return f"organisation-{supply.organisation_id}"
    return f"unit-{supply.unit_id}" if supply.unit_id else ""


def is_protected(row: Supply) -> bool:
    """Return whether the register says that the giver may not be approached."""
    unit = unit_of(row)
    return unit is not None and unit.protected


def demand_out(demand: Demand, on: date) -> Out | None:
    """Return why a row that asks stays out on a day, if it does."""
    need = demand.need
    if need and (need.archived_at or (need.ends_on and need.ends_on < on)):
        return Out.NEED_CLOSED
    return None


def supply_out(supply: Supply, on: date) -> Out | None:
    """Return why a row that gives stays out on a day, if it does."""
    if supply.offer and not supply.offer.is_open(on):
        return Out.OFFER_CLOSED
    if supply.organisation and supply.organisation.archived_at:
        return Out.GIVER_ARCHIVED
    unit = unit_of(supply)
    return Out.GIVER_CLOSED if unit and unit.status != UnitStatus.ACTIVE else None


def asker_of(demand: Demand) -> Asker:
    """Return a row that asks as the question has it; without a place of its own it lies in the middle of its area."""
    x, y = point_of_demand(demand) or (None, None)
    return Asker(
        ident=str(demand.pk),
        label=demand.label,
        x=x,
        y=y,
        facts=demand.facts,
        wanted=demand.wanted,
        least=demand.least,
    )


def giver_of(supply: Supply) -> Giver:
    """Return a row that gives as the question has it; without a place of its own it lies where the register says."""
    x, y = point_of_supply(supply) or (None, None)
    return Giver(
        ident=str(supply.pk),
        label=supply.label,
        x=x,
        y=y,
        facts=supply.facts,
        party=party_of(supply),
        capacity=supply.capacity,
        whole=supply.whole,
        reach_km=supply.reach_km,
    )


def earlier_pairs(round_: Round) -> list[tuple[int, int]]:
    """Return the pairs (row that asks, row that gives) of the round before this one, by its own rows."""
    before = round_.follows
    shown = before.proposal_id if before else None
    proposal = Proposal.objects.filter(pk=shown).only("answer").first() if shown else None
    return [(int(pair["asker"]), int(pair["giver"])) for pair in proposal.answer["pairs"]] if proposal else []


def _not_offered(round_: Round, demands: Iterable[Demand], supplies: Iterable[Supply]) -> list[Barred]:
    """Return the pairs whose offer was made to some areas, and not to that of whoever asks.

    Whose own the offer is, or who noted it down, may take it up anywhere. Rows come from `rows_of`.
    """
    found = []
    asking = [(str(one.pk), one.need.area_id if one.need else one.area_id) for one in demands]
    for supply in supplies:
        offer = supply.offer
        if offer is None or offer.public:
            continue
        if round_.organisation_id in (offer.organisation_id, offer.recorded_by_organisation_id):
            continue
        there = {area.pk for area in offer.areas.all()}
        found += [Barred(asker, str(supply.pk), NOT_OFFERED) for asker, area in asking if area not in there]
    return found


def _earlier(round_: Round, demands: list[Demand], supplies: list[Supply]) -> frozenset[tuple[str, str]]:
    if not round_.follows_id:
        return frozenset()
    asking = {one.follows_id: str(one.pk) for one in demands if one.follows_id}
    giving = {one.follows_id: str(one.pk) for one in supplies if one.follows_id}
    return frozenset(
        (asking[asker], giving[giver]) for asker, giver in earlier_pairs(round_) if asker in asking and giver in giving
    )


def _related(demands: Iterable[Demand], supplies: Iterable[Supply]) -> frozenset[tuple[str, str]]:
    """Return pairs whose giver already works together with the area of whoever asks, or would like to."""
    by_party: dict[int, list[str]] = {}
    for one in supplies:
        if one.organisation_id:
            by_party.setdefault(one.organisation_id, []).append(str(one.pk))
    by_area: dict[int, list[str]] = {}
    for row in demands:
        if row.area_id:
            by_area.setdefault(row.area_id, []).append(str(row.pk))
    if not by_party or not by_area:
        return frozenset()
    known = Link.objects.live().filter(
        area__in=by_area, parties__organisation__in=by_party, state__in=[LinkState.INTERESTED, LinkState.PARTNERSHIP]
    )
    met = set(known.order_by().values_list("area", "parties__organisation").distinct())
    return frozenset(
        (asker, giver)
        for area, party in met
        if area in by_area and party in by_party
        for asker in by_area[area]
        for giver in by_party[party]
    )
