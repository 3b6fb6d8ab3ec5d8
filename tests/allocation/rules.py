"""The rules once more, as plainly as they can be said: whether amounts are allowed, and how good they are."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from medspil.allocation import Problem

Amounts = Mapping[tuple[str, str], int]


class Worth(NamedTuple):
    """How good a plan is; the larger the better, compared from left to right."""

    least_met: int
    shares: tuple[Fraction, ...]
    score: Fraction


def worth(problem: Problem, amounts: Amounts) -> Worth:
    """Say how good amounts are: leasts met, shares in ascending order, score to the sixth decimal."""
    given: Counter[str] = Counter()
    for (demand, _), units in amounts.items():
        given[demand] += units
    score = {(edge.demand, edge.supply): round(edge.score * 1_000_000) for edge in problem.edges}
    return Worth(
        sum(given[one.ident] >= one.least for one in problem.demands),
        tuple(sorted(Fraction(given[one.ident], one.wanted) if one.wanted else Fraction(1) for one in problem.demands)),
        Fraction(sum(units * score.get(pair, 0) for pair, units in amounts.items()), 1_000_000),
    )


def allowed(problem: Problem, amounts: Amounts) -> bool:
    """Say whether amounts keep every rule; locks are all taken to be kept."""
    used = {pair: units for pair, units in amounts.items() if units}
    demands = {one.ident: one for one in problem.demands}
    supplies = {one.ident: one for one in problem.supplies}
    rules = problem.rules
    total: Counter[object] = Counter()
    count: Counter[str] = Counter()
    serves: dict[str, list[str]] = defaultdict(list)
    limits: dict[object, int | None] = {}
    for (demand, supply), units in used.items():
        wanter, giver = demands[demand], supplies[supply]
        keys: dict[object, int | None] = {
            ("demand", demand): wanter.wanted,
            ("supply", supply): giver.capacity,
            ("from", giver.group): rules.of_supply_group(giver.group),
            ("to", wanter.group): rules.of_demand_group(wanter.group),
            ("between", giver.group, demand): rules.most_from_group if giver.group else None,
            ("across", supply, wanter.group): rules.most_to_group if wanter.group else None,
        }
        limits |= keys
        for key in keys:
            total[key] += units
        count[demand] += 1
        serves[supply].append(demand)
        if giver.whole and units != giver.capacity:
            return False
    if any(limit is not None and total[key] > limit for key, limit in limits.items()):
        return False
    if rules.most_supplies is not None and any(many > rules.most_supplies for many in count.values()):
        return False
    if any(overlap(problem, busy) for busy in serves.values()):
        return False
    return not rules.least_or_nothing or all(
        total["demand", one.ident] >= one.least or total["demand", one.ident] == locked(problem, one.ident)
        for one in problem.demands
    )


def locked(problem: Problem, demand: str) -> int:
    """Return the units locked for a demand."""
    return sum(lock.amount for lock in problem.locks if lock.demand == demand)


def overlap(problem: Problem, busy: list[str]) -> bool:
    """Say whether any two of the demands take place at one time."""
    times = {one.ident: one.times for one in problem.demands}
    return any(
        one.start < other.end and other.start < one.end
        for place, first in enumerate(busy)
        for second in busy[place + 1 :]
        for one in times[first]
        for other in times[second]
    )
