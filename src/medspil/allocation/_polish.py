"""Make a plan better a few demands at a time: they give back what they have, and share it out anew as well as can be.

A program over everything finds little when there are thousands of pairs; over some demands that compete for the same
suppliers it is solved at once. What is better among them, by the aims in their order, is better in all.
"""

from typing import Final

import numpy as np

from medspil.allocation._arrays import Bool, Int64, ints
from medspil.allocation._climb import Climb
from medspil.allocation._scope import scope_of
from medspil.allocation._state import State

AT_ONCE: Final = 16
"""Demands that share out anew together."""

LOOKED_AT: Final = 12
"""Suppliers of a demand whose other demands are taken along."""

MOST_EFFORT: Final = 0.1
"""Work that one sharing anew may take."""

FOR_SHARES: Final = 0.6
"""Share of the effort for leasts and shares; the rest is for the score of who has so much."""

EFFORT_TO_LOOK: Final = 2e-7
"""Work per pair of the whole table for finding what is open, which the solver does not count."""

SEED: Final = 20_260


def polish(state: State, least: Int64, open_demands: Bool, within: Bool, effort: float) -> None:
    """Bring the plan on the edges `within` up, demand by demand with those around it, until the effort is used."""
    free = within & ~np.array(state.locked, np.bool_)
    everybody = np.unique(state.table.demand[free])
    everybody = everybody[open_demands[everybody]]
    chance = np.random.default_rng(SEED)
    for fair, share in ((True, FOR_SHARES), (False, 1 - FOR_SHARES)):
        left, better = effort * share, True
        while better and left > 0:
            better = False
            for demand in _worst_first(state, everybody, chance).tolist():
                together = _around(state, demand, free, open_demands, chance)
                took, gained = _share_anew(state, least, together, free, min(left, MOST_EFFORT), fair=fair)
                left, better = left - took, better or gained
                if left <= 0:
                    break


def _worst_first(state: State, demands: Int64, chance: np.random.Generator) -> Int64:
    """Return the demands, those with the smallest shares first, and those with the same share in any order."""
    share = ints(state.given)[demands] / np.maximum(ints(state.wanted)[demands], 1)
    return np.asarray(demands[np.lexsort((chance.random(len(demands)), share))])


def _around(state: State, demand: int, free: Bool, open_demands: Bool, chance: np.random.Generator) -> Bool:
    """Return a demand and some that are served by those who could serve it."""
    table = state.table
    mine = np.arange(int(table.first[demand]), int(table.first[demand + 1]))
    mine = mine[free[mine]]
    wish = table.score[mine] * (0.5 + chance.random(len(mine)))
    suppliers = table.supply[mine[np.argsort(-wish, kind="stable")[:LOOKED_AT]]]
    used = np.flatnonzero((state.amounts() > 0) & free)
    served = used[np.isin(table.supply[used], suppliers)]
    others = np.unique(table.demand[served])
    others = others[open_demands[others] & (others != demand)]
    together = np.zeros(len(table.demands), np.bool_)
    together[demand] = True
    together[chance.permutation(others)[: AT_ONCE - 1]] = True
    return together


def _share_anew(
    state: State, least: Int64, together: Bool, free: Bool, effort: float, *, fair: bool
) -> tuple[float, bool]:
    """Share out among some demands what they have and what is left; return the work it took, and whether it gained.

    `fair` is for leasts and shares first; else everybody keeps at least so much, and only the score counts.
    """
    from medspil.allocation._program import Program  # noqa: PLC0415 - brings pandas, and most problems need none

    table = state.table
    had = np.flatnonzero(free & together[table.demand] & (state.amounts() > 0))
    amounts = [(edge, state.amount[edge]) for edge in had.tolist()]
    for edge, amount in amounts:
        state.add(edge, -amount)
    scope = scope_of(state, together, free)
    start = np.zeros(len(scope.edges), np.int64)
    start[np.searchsorted(scope.edges, had)] = [amount for _edge, amount in amounts]
    climb = Climb(scope, least, start)
    climb.program = Program(scope, least, start, effort)
    if fair:
        climb.meet_leasts(climb.most_leasts)
        climb.be_fair()
    else:
        rows = climb.program.rows
        last = np.flatnonzero(rows.number == (scope.given + climb.program.given())[rows.demand])
        climb.program.keep(last, len(last))
    climb.score_well()
    for edge, more in zip(scope.edges.tolist(), climb.found.tolist(), strict=True):
        state.add(edge, more)
    took = effort - climb.program.effort + len(state.amount) * EFFORT_TO_LOOK
    return took, not np.array_equal(climb.found, start)
