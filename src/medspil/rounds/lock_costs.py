"""What locks cost: the best without any lock beside the proposal, and beside what each lock by itself would leave.

It takes one more answer for each lock, so it stops after a given time; what was not reached is told as not computed.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.allocation import ProblemInvalid
from medspil.rounds.answering import answer
from medspil.rounds.sheet import Held, Sheet

AT_MOST = 3.0
"""Seconds after which no further lock is worked out; it runs while somebody waits for her board."""

Elapsed = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Cost:
    """What is lost (above 0) or gained (below 0) against the best without locks.

    Attributes
    ----------
    least, given : int
        Rows that get their least; how many are given.
    uneven : bool
        Whether shares are less even than they could be.
    points : int
        Points in all, 100 for each that is given.
    sure : bool
        Whether both answers are proven to be the best.
    """

    least: int
    given: int
    uneven: bool
    points: int
    sure: bool

    @property
    def nothing(self) -> bool:
        """Whether it is the same with and without."""
        return not (self.least or self.given or self.uneven or self.points)


def lock_costs(sheet: Sheet, found: Mapping[str, Any], *, elapsed: Elapsed) -> dict[str, Any]:
    """Return {"together": cost, "each": {"asker-giver": cost}} as plain JSON; None for what was not computed.

    `found` is the answer with all locks.
    """
    costs: dict[str, Any] = {"together": None, "each": {f"{one.asker}-{one.giver}": None for one in sheet.held}}
    if elapsed() >= AT_MOST:
        return costs
    free = _answer(sheet, (), found)
    if free is None:
        return costs
    costs["together"] = asdict(cost_of(sheet, free, found))
    if cost_of(sheet, free, found).nothing:  # the best there is keeps them all, so none costs anything
        costs["each"] = dict.fromkeys(costs["each"], costs["together"])
        return costs
    for one in sheet.held:
        if elapsed() >= AT_MOST:
            break
        alone = _answer(sheet, (one,), free)
        if alone is not None:
            costs["each"][f"{one.asker}-{one.giver}"] = asdict(cost_of(sheet, free, alone))
    return costs


def cost_of(sheet: Sheet, free: Mapping[str, Any], bound: Mapping[str, Any]) -> Cost:
    """Return what one answer is worse than another."""
    one, other = free["figures"], bound["figures"]
    return Cost(
        least=one["least_met"] - other["least_met"],
        given=one["given"] - other["given"],
        uneven=_shares(sheet, bound) < _shares(sheet, free),
        points=round(one["score"] * 100) - round(other["score"] * 100),
        sure=bool(free["proof"]["optimal"] and bound["proof"]["optimal"]),
    )


def cost_line(plain: Mapping[str, Any] | None) -> str:
    """Return what a stored cost says in words; only what is lost is told."""
    if plain is None:
        return _("not computed")
    cost = Cost(**plain)
    told = []
    if cost.least > 0:
        told.append(ngettext("{number} row fewer gets its least", "{number} rows fewer get their least", cost.least))
        told[-1] = told[-1].format(number=cost.least)
    if cost.given > 0:
        told.append(
            ngettext("{number} fewer is given", "{number} fewer are given", cost.given).format(number=cost.given)
        )
    if cost.uneven:
        told.append(_("shared less evenly"))
    if cost.points > 0:
        told.append(ngettext("{number} point", "{number} points", cost.points).format(number=cost.points))
    if not told:
        return _("nothing") if cost.sure else _("nothing, as far as was searched")
    line = ", ".join(told)
    return line if cost.sure else _("about: {costs}").format(costs=line)


def _answer(sheet: Sheet, held: tuple[Held, ...], near: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        return answer(replace(sheet, held=held), standing=near["pairs"])
    except ProblemInvalid:
        return None


def _shares(sheet: Sheet, found: Mapping[str, Any]) -> list[float]:
    given = {one.ident: 0 for one in sheet.askers}
    for pair in found["pairs"]:
        given[pair["asker"]] += pair["amount"]
    return sorted(given[one.ident] / max(one.wanted, 1) for one in sheet.askers)
