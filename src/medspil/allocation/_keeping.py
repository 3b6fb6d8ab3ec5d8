"""Among plans that are equally good, keep to the one that stands: people have read it and made plans by it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from medspil.allocation._check import PlanBroken, check
from medspil.allocation._figures import figures_of
from medspil.allocation._limits import shortages
from medspil.allocation._locks import keep_locks
from medspil.allocation._plan import Coverage, Pair, Plan
from medspil.allocation._problem import SCORE_SCALE, Problem
from medspil.allocation._state import State
from medspil.allocation._table import Table, row_numbers

MOST_TRIES: Final = 20
"""Parts of a plan that are tried one by one; what is left after them stays as the solver has it."""

Key = tuple[str, str]


def keep_to(problem: Problem, plan: Plan, standing: Mapping[Key, int]) -> Plan:
    """Return a plan as good as the given one that keeps as much as it can of what stands.

    Parameters
    ----------
    plan : Plan
        A plan of the problem, from `solve`.
    standing : Mapping[tuple[str, str], int]
        Amounts by (demand, supply), of an earlier problem: what is no pair any more is passed over.

    Notes
    -----
    All of what stands is tried first, then one part at a time of those that share no demand, supply or group. A part
    is taken only when every rule is kept and neither leasts, shares nor score get worse.
    """
    table = Table.of(problem)
    now = {(pair.demand, pair.supply): pair.amount for pair in plan.pairs}
    possible = {edge[:2] for edge in problem.edges} | {lock[:2] for lock in problem.locks}
    rows, columns = row_numbers(table)
    differing = sorted(
        key
        for key in (now.keys() | standing.keys()) & possible
        if now.get(key, 0) != standing.get(key, 0) and key[0] in rows and key[1] in columns
    )
    if not differing:
        return plan
    whole = _tried(problem, table, plan, {key: standing.get(key, 0) for key in differing})
    if whole is not None:
        return whole
    parts = _apart(problem, differing)
    for part in parts[:MOST_TRIES] if len(parts) > 1 else ():
        plan = _tried(problem, table, plan, {key: standing.get(key, 0) for key in part}) or plan
    return plan


def pairs_of(state: State) -> tuple[Pair, ...]:
    """Return the pairs that carry something."""
    table = state.table
    return tuple(
        Pair(
            table.demands[state.demand[edge]].ident,
            table.supplies[state.supply[edge]].ident,
            amount,
            float(table.exact[edge]),
            state.locked[edge],
        )
        for edge, amount in enumerate(state.amount)
        if amount
    )


def coverage_of(state: State) -> tuple[Coverage, ...]:
    """Return what each demand has."""
    return tuple(
        Coverage(one.ident, state.given[row], one.wanted, one.least) for row, one in enumerate(state.table.demands)
    )


def _tried(problem: Problem, table: Table, plan: Plan, amounts: Mapping[Key, int]) -> Plan | None:
    """Return the plan with other amounts on some pairs, if it keeps the rules and is as good."""
    rows, columns = row_numbers(table)
    state = State(table)
    keep_locks(state, problem)
    wanted = {(one.demand, one.supply): one.amount for one in plan.pairs}
    wanted.update(amounts)
    for (demand, supply), amount in wanted.items():
        edge = table.edge_of(rows[demand], columns[supply])
        state.add(edge, amount - state.amount[edge])
    pairs, coverage = pairs_of(state), coverage_of(state)
    if _worth(coverage, pairs) < _worth(plan.coverage, plan.pairs):
        return None
    figures = figures_of(coverage, pairs, plan.figures.capacity)
    proof = plan.proof._replace(
        most_least_met=max(plan.proof.most_least_met, figures.least_met),
        most_score=max(plan.proof.most_score, figures.score),
    )
    found = replace(plan, pairs=pairs, coverage=coverage, shortages=shortages(state), figures=figures, proof=proof)
    try:
        check(problem, found)
    except PlanBroken:
        return None
    return found


def _worth(coverage: Iterable[Coverage], pairs: Iterable[Pair]) -> tuple[int, list[Fraction], int]:
    """Return how good a plan is, in the order of the aims of `solve`."""
    rows = list(coverage)
    shares = sorted(Fraction(one.given, one.wanted) if one.wanted else Fraction(1) for one in rows)
    score = sum(pair.amount * round(pair.score * SCORE_SCALE) for pair in pairs)
    return sum(one.least_met for one in rows), shares, score


def _apart(problem: Problem, keys: Iterable[Key]) -> list[list[Key]]:
    """Return the pairs in parts that share no demand, supply or group."""
    behind = {("demand", one.ident): one.group for one in problem.demands}
    behind |= {("supply", one.ident): one.group for one in problem.supplies}
    parts: list[tuple[set[tuple[str, str]], list[Key]]] = []
    for key in keys:
        ends = {("demand", key[0]), ("supply", key[1])}
        ends |= {(f"group of {kind}", group) for kind, ident in ends if (group := behind[kind, ident])}
        touched = [part for part in parts if part[0] & ends]
        parts = [part for part in parts if not part[0] & ends]
        parts.append((ends.union(*(part[0] for part in touched)), [*(one for part in touched for one in part[1]), key]))
    return [part[1] for part in parts]
