"""One measurement in a process of its own: `python -m bench.allocation.child plain|rules NAME SIZE FEW EFFORT`."""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench.allocation.problems import Int64, Plain, lots, plain, problem_of, slots
from bench.allocation.solvers import SOLVERS
from medspil.allocation import Plan, Problem, Rules, ban_pair, check, price, solve
from medspil.allocation._figures import gini

OURS = "medspil.allocation"
WARMING = plain(5, 2)
"""Shared out first, so that nobody's imports are timed."""

RULED: dict[str, Callable[[int, int], Problem]] = {
    "no rules": lambda size, few: problem_of(plain(size, few)),
    "at most 5 per company": lambda size, few: problem_of(plain(size, few), rules=Rules(most_per_supply_group=5)),
    "at most 8 per school": lambda size, few: problem_of(plain(size, few), rules=Rules(most_per_demand_group=8)),
    "company to class 2, to school 3": lambda size, few: problem_of(
        plain(size, few), rules=Rules(most_per_supply_group=5, most_from_group=2, most_to_group=3)
    ),
    "least 3, not enough for all": lambda size, few: problem_of(
        plain(size, few), least=3, rules=Rules(most_per_supply_group=5)
    ),
    "the same, least or nothing": lambda size, few: problem_of(
        plain(size, few), least=3, rules=Rules(most_per_supply_group=5, least_or_nothing=True)
    ),
    "one company per class": lambda size, few: problem_of(plain(size, few), rules=Rules(most_supplies=1)),
    "weekly slots, fixed": lambda size, few: slots(size, few, fixed=True),
    "weekly slots, any times": lambda size, few: slots(size, few, fixed=False),
    "whole lots": lambda size, few: lots(size, 3 * size // 2),
}


def measure_plain(name: str, size: int, candidates: int, effort: float) -> dict[str, float]:
    """Let one solver share out a plain problem."""
    made = plain(size, candidates)
    if name == OURS:
        problem = problem_of(made)
        solve(problem_of(WARMING))
        began, worked = time.perf_counter(), time.process_time()
        plan = solve(problem, effort=effort)
        took, work = time.perf_counter() - began, time.process_time() - worked
        row = {one.ident: at for at, one in enumerate(problem.demands)}
        column = {one.ident: at for at, one in enumerate(problem.supplies)}
        chosen = {(row[pair.demand], column[pair.supply]): pair.amount for pair in plan.pairs}
        pairs = zip(made.demand.tolist(), made.supply.tolist(), strict=True)
        amounts = np.array([chosen.get(pair, 0) for pair in pairs], np.int64)
    else:
        SOLVERS[name][0](WARMING)
        began, worked = time.perf_counter(), time.process_time()
        amounts = SOLVERS[name][0](made)
        took, work = time.perf_counter() - began, time.process_time() - worked
    return {"seconds": took, "work": work, "mb": peak_mb()} | figures(made, amounts)


def figures(made: Plain, amounts: Int64) -> dict[str, float]:
    """Return what amounts come to; they are looked over first."""
    given, used = np.zeros_like(made.wanted), np.zeros_like(made.capacity)
    np.add.at(given, made.demand, amounts)
    np.add.at(used, made.supply, amounts)
    assert (amounts >= 0).all()
    assert (given <= made.wanted).all()
    assert (used <= made.capacity).all()
    share = given / made.wanted
    return {
        "score": float((made.score * amounts).sum()),
        "given": int(given.sum()),
        "nothing": int((given == 0).sum()),
        "smallest": float(share.min()),
        "gini": gini(share.tolist()),
    }


def measure_rules(name: str, size: int, candidates: int, effort: float) -> dict[str, object]:
    """Let ours share out a problem with a rule, and price a ban."""
    problem = RULED[name](size, candidates)
    solve(problem_of(WARMING))
    began, worked = time.perf_counter(), time.process_time()
    plan = solve(problem, effort=effort)
    took, work = time.perf_counter() - began, time.process_time() - worked
    check(problem, plan)
    checked, worked = time.perf_counter(), time.process_time()
    if plan.pairs:
        price(problem, plan, ban_pair(plan.pairs[0].demand, plan.pairs[0].supply), effort=effort)
    return {
        "edges": len(problem.edges),
        "solve": took,
        "work": work,
        "price": time.perf_counter() - checked,
        "price_work": time.process_time() - worked,
        "mb": peak_mb(),
        "method": plan.method,
        "proven": [plan.proof.least_met, plan.proof.fairness, plan.proof.score],
        "least": [plan.figures.least_met, plan.proof.most_least_met],
        "nothing": plan.figures.with_nothing,
        "smallest": plan.figures.smallest_share,
        "gap": 1 - plan.score / plan.bound if plan.bound else 0.0,
        "gap_alike": 1 - plan.score / most if (most := most_at_these_amounts(problem, plan)) else 0.0,
    }


def most_at_these_amounts(problem: Problem, plan: Plan) -> float:
    """Return a score that no plan exceeds in which everybody gets as many as in this one.

    The bound of the plan itself forgets fairness as well as rules that no network says; this one forgets those rules
    alone, so what is left below it is what the search may have missed of the score, and nothing of what fairness costs.
    """
    given = {one.demand: one.given for one in plan.coverage}
    fixed = replace(
        problem,
        demands=tuple(
            replace(one, wanted=given[one.ident], least=given[one.ident], times=()) for one in problem.demands
        ),
        supplies=tuple(replace(one, whole=False) for one in problem.supplies),
        rules=replace(problem.rules, most_supplies=None, least_or_nothing=False),
    )
    free = solve(fixed)
    assert free.proof.least_met
    assert free.figures.given == plan.figures.given
    return min(free.bound, plan.bound)


def peak_mb() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    measure = measure_plain if sys.argv[1] == "plain" else measure_rules
    print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))))
