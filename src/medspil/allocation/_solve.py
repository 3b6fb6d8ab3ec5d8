"""Solve a problem: keep the locks, share out over a network what a network can say, search for the rest, explain."""

import numpy as np

from medspil.allocation._arrays import Bool, Int64, ints
from medspil.allocation._figures import figures_of
from medspil.allocation._flow import most_score, share_out
from medspil.allocation._keeping import coverage_of, pairs_of
from medspil.allocation._limits import shortages
from medspil.allocation._locks import keep_locks, shortfalls
from medspil.allocation._parts import parts_of
from medspil.allocation._plan import Method, Notice, Plan, Proof
from medspil.allocation._problem import SCORE_SCALE, Problem
from medspil.allocation._scope import Scope, scope_of
from medspil.allocation._search import Outcome, solve_part
from medspil.allocation._state import State
from medspil.allocation._table import Table

EFFORT = 2.0
"""Work that a search may take if nobody says otherwise: some seconds, on common machines."""


def solve(problem: Problem, *, effort: float = EFFORT) -> Plan:
    """Return the best plan: leasts first, then fair, then good.

    In this order, each only among the plans that are best in all before it:

    1. as many demands as possible get their least;
    2. the shares (given / wanted, in ascending order) are lexicographically as large as possible (leximin):
       for every share v from 0 up, as many demands as possible get more than v;
    3. the total score, the sum of amount times score, is as large as possible.

    Parameters
    ----------
    effort : float
        How long to search where a network does not say all rules, in the search's own measure of work, of the
        order of seconds. It is no clock, so that the same problem always gives the same plan. 0: the quick plan.

    Raises
    ------
    ProblemTooLarge
        The figures do not fit into the solver's whole numbers.

    Notes
    -----
    A network says capacities, the most for a pair, limits of groups on both sides, of one group to one demand and of
    one supply to one group, and times that overlap in cliques: then all three aims are exact (see `_fairness`).
    Other times, whole lots, `most_supplies`, and leasts above 1 that cannot all be met take an integer program;
    `Plan.proof` says what it could prove. Parts without a common party or bounded group are solved by themselves,
    which changes nothing: all three aims add up over parts.

    References
    ----------
    Fujishige 1980 (lexicographically optimal bases of polymatroids), doi:10.1287/moor.5.2.186; Edmonds 1971
    (greedy on matroids), doi:10.1007/BF01584082.
    """
    table = Table.of(problem)
    state = State(table)
    notices = [*shortfalls(problem), *keep_locks(state, problem)]
    everybody = np.ones(len(table.demands), np.bool_)
    least = np.where(ints(state.given) < table.least, table.least, 0)
    whole = scope_of(state, everybody)
    hopeless = least - whole.given > whole.reach
    least[hopeless] = 0
    if table.rules.least_or_nothing:
        everybody &= ~hopeless
        whole = scope_of(state, everybody)
    outcomes, method = _share(state, whole, least, everybody, effort)
    return _plan(state, [*notices], outcomes, method, whole)


def _share(state: State, whole: Scope, least: Int64, open_demands: Bool, effort: float) -> tuple[list[Outcome], Method]:
    """Give out everything: over one network first, then part by part where that does not do."""
    part_of_edge = np.full(len(state.amount), -1)
    part_of_edge[whole.edges] = parts_of(whole)
    difficult = np.unique(part_of_edge[whole.edges[whole.beyond]])
    scope = scope_of(state, open_demands, (part_of_edge >= 0) & ~np.isin(part_of_edge, difficult))
    shared = share_out(scope, least)
    has = scope.given.copy()
    np.add.at(has, scope.demand, shared.more)
    missed = has < least
    hard = np.unique(part_of_edge[scope.edges[(missed & (least - scope.given > 1))[scope.demand]]])
    easy = ~np.isin(part_of_edge[scope.edges], hard)
    used = easy & (shared.more > 0)
    for edge, more in zip(scope.edges[used].tolist(), shared.more[used].tolist(), strict=True):
        state.add(edge, more)
    missed_easily = int(np.count_nonzero(missed[np.unique(scope.demand[easy])]))
    sure = shared.fairest or not missed_easily
    outcomes = [Outcome(sure, shared.fairest, shared.fairest, 0 if sure else missed_easily)]
    difficult = np.union1d(difficult, hard)
    edges_in_all = max(int(np.isin(part_of_edge, difficult).sum()), 1)
    for number in difficult.tolist():
        within = part_of_edge == number
        outcomes.append(solve_part(state, least, open_demands, within, effort * float(within.sum()) / edges_in_all))
    return outcomes, Method.PROGRAM if len(difficult) else Method.FLOW


def _plan(state: State, notices: list[Notice], outcomes: list[Outcome], method: Method, whole: Scope) -> Plan:
    """Write the plan down."""
    table = state.table
    pairs, coverage = pairs_of(state), coverage_of(state)
    figures = figures_of(coverage, pairs, int(table.capacity.sum()))
    least_met = all(one.least_met for one in outcomes)
    fairness = least_met and all(one.fairness for one in outcomes)
    score = fairness and all(one.score for one in outcomes)
    proof = Proof(
        least_met=least_met,
        fairness=fairness,
        score=score,
        most_least_met=figures.least_met + sum(one.more_least for one in outcomes),
        most_score=figures.score if score else _most_score(state, whole, figures.score),
    )
    return Plan(pairs, coverage, shortages(state), tuple(notices), figures, proof, method)


def _most_score(state: State, whole: Scope, found: float) -> float:
    """Return a score that no plan with these locks exceeds: as if only the network's rules held, and nobody's share."""
    locked = sum(
        amount * float(state.table.exact[edge]) for edge, amount in enumerate(state.amount) if state.locked[edge]
    )
    rounding = float(np.count_nonzero(whole.room) and whole.reach.sum()) / SCORE_SCALE
    return max(locked + most_score(whole) / SCORE_SCALE + rounding, found)
