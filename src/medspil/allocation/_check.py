"""Look a plan over by the rules, written apart from everything that makes plans."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from medspil.allocation._plan import Pair, Plan, Trouble
from medspil.allocation._problem import Demand, Problem, Supply


class PlanBroken(Exception):
    """A plan breaks a rule of its problem, or its figures are not what its pairs come to."""


def check(problem: Problem, plan: Plan) -> None:
    """Raise `PlanBroken` unless the plan keeps every rule and all its figures are right."""
    demands = {one.ident: one for one in problem.demands}
    supplies = {one.ident: one for one in problem.supplies}
    _check_pairs(problem, plan, demands, supplies)
    _check_amounts(problem, plan, demands, supplies)
    _check_groups(problem, plan, demands, supplies)
    _check_meetings(problem, plan, demands)
    _check_least(problem, plan, demands)
    _check_figures(problem, plan)


def _demand(holds: bool, sentence: str) -> None:
    if not holds:
        raise PlanBroken(sentence)


def _check_pairs(problem: Problem, plan: Plan, demands: dict[str, Demand], supplies: dict[str, Supply]) -> None:
    edges = {(one.demand, one.supply): one for one in problem.edges}
    set_aside = set(plan.set_aside)
    locks = {(one.demand, one.supply): one.amount for one in problem.locks if one not in set_aside}
    bans = {(one.demand, one.supply) for one in problem.bans}
    seen = {(pair.demand, pair.supply): pair for pair in plan.pairs}
    _demand(len(seen) == len(plan.pairs), "A pair comes twice.")
    _demand(list(seen) == sorted(seen), "Pairs are not in order.")
    for key, pair in seen.items():
        _demand(pair.demand in demands and pair.supply in supplies, f"{key}: somebody unknown.")
        _demand(pair.amount >= 1, f"{key}: carries nothing.")
        _demand(key in edges or key in locks, f"{key}: was not offered.")
        _demand(key not in bans, f"{key}: is banned.")
        _demand(pair.locked == (key in locks), f"{key}: is called locked and is not, or the other way round.")
        edge = edges.get(key)
        _demand(pair.score == (edge.score if edge else 0.0), f"{key}: has another score.")
        most = edge.most if edge else None
        _demand(most is None or pair.amount <= most, f"{key}: carries more than it may.")
    for key, amount in locks.items():
        _demand(key in seen and seen[key].amount == amount, f"{key}: the lock is not kept, and nobody says why.")
    for notice in plan.notices:
        if notice.trouble is Trouble.LOCK_AND_BAN and notice.lock is not None:
            _demand((notice.lock.demand, notice.lock.supply) in bans, "A lock was set aside for a ban that is none.")


def _check_amounts(problem: Problem, plan: Plan, demands: dict[str, Demand], supplies: dict[str, Supply]) -> None:
    given: Counter[str] = Counter()
    used: Counter[str] = Counter()
    takers: Counter[str] = Counter()
    for pair in plan.pairs:
        given[pair.demand] += pair.amount
        used[pair.supply] += pair.amount
        takers[pair.supply] += 1
    for demand, units in given.items():
        _demand(units <= demands[demand].wanted, f"{demand}: gets more than it wants.")
    for supply, units in used.items():
        one = supplies[supply]
        _demand(units <= one.capacity, f"{supply}: gives more than it has.")
        whole = not one.whole or (takers[supply] == 1 and units == one.capacity)
        _demand(whole, f"{supply}: a whole lot is split.")
    most = problem.rules.most_supplies
    suppliers = Counter(pair.demand for pair in plan.pairs)
    for demand, count in suppliers.items():
        _demand(most is None or count <= most, f"{demand}: gets from more than it may.")


def _check_groups(problem: Problem, plan: Plan, demands: dict[str, Demand], supplies: dict[str, Supply]) -> None:
    rules = problem.rules
    from_group: Counter[str] = Counter()
    to_group: Counter[str] = Counter()
    between: Counter[tuple[str, str]] = Counter()
    across: Counter[tuple[str, str]] = Counter()
    for pair in plan.pairs:
        giver, taker = supplies[pair.supply].group, demands[pair.demand].group
        from_group[giver] += pair.amount
        to_group[taker] += pair.amount
        between[giver, pair.demand] += pair.amount
        across[pair.supply, taker] += pair.amount
    limits: list[tuple[str, str, int, int | None]] = [
        *((name, "gives", units, rules.of_supply_group(name)) for name, units in from_group.items()),
        *((name, "gets", units, rules.of_demand_group(name)) for name, units in to_group.items()),
        *((name, f"gives {row}", units, rules.most_from_group) for (name, row), units in between.items()),
        *((name, f"gets from {row}", units, rules.most_to_group) for (row, name), units in across.items()),
    ]
    for name, what, units, limit in limits:
        _demand(not name or limit is None or units <= limit, f"Group {name} {what} {units}, more than {limit}.")


def _check_meetings(problem: Problem, plan: Plan, demands: dict[str, Demand]) -> None:
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for pair in plan.pairs:
        spans[pair.supply] += [(*span, pair.demand) for span in demands[pair.demand].times]
    for supply, busy in spans.items():
        for place, (start, end, demand) in enumerate(busy):
            for other_start, other_end, other in busy[place + 1 :]:
                apart = demand == other or end <= other_start or other_end <= start
                _demand(apart, f"{supply}: serves {demand} and {other} at one time.")


def _check_least(problem: Problem, plan: Plan, demands: dict[str, Demand]) -> None:
    if not problem.rules.least_or_nothing:
        return
    locked: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for pair in plan.pairs:
        given[pair.demand] += pair.amount
        locked[pair.demand] += pair.amount if pair.locked else 0
    for ident, one in demands.items():
        enough = given[ident] >= one.least or given[ident] == locked[ident]
        _demand(enough, f"{ident}: gets less than its least, and not nothing.")


def _check_figures(problem: Problem, plan: Plan) -> None:
    given: Counter[str] = Counter()
    for pair in plan.pairs:
        given[pair.demand] += pair.amount
    told = {one.demand: (one.given, one.wanted, one.least) for one in plan.coverage}
    right = {one.ident: (given[one.ident], one.wanted, one.least) for one in problem.demands}
    _demand(told == right and len(plan.coverage) == len(right), "The coverage is not what the pairs come to.")
    short = {one.ident: one.wanted - given[one.ident] for one in problem.demands if given[one.ident] < one.wanted}
    _demand({one.demand: one.missing for one in plan.shortages} == short, "The shortages are not what is missing.")
    _demand(all(one.limits for one in plan.shortages), "A shortage has no reason.")
    figures = plan.figures
    met = sum(given[one.ident] >= one.least for one in problem.demands)
    _demand(figures.given == sum(given.values()), "The units given are not what the pairs come to.")
    _demand(figures.least_met == met, "The leasts met are not counted right.")
    _demand(math.isclose(figures.score, _score(plan.pairs), abs_tol=1e-6), "The score is not what the pairs come to.")
    _demand(plan.proof.most_least_met >= met, "More leasts are met than can be.")
    _demand(plan.bound >= figures.score - 1e-6, "The score is higher than any.")


def _score(pairs: Iterable[Pair]) -> float:
    return math.fsum(pair.amount * pair.score for pair in pairs)
