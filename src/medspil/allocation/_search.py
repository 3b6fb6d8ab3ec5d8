"""Solve one part with rules beyond a network: a quick plan, what a network says at best, and a program in between."""

from typing import Final, NamedTuple

from medspil.allocation._arrays import Bool, Int64
from medspil.allocation._climb import Climb
from medspil.allocation._flow import most_least_met, share_out
from medspil.allocation._heuristic import build_up, fill_up
from medspil.allocation._polish import polish
from medspil.allocation._scope import scope_of
from medspil.allocation._state import State

MOST_EDGES: Final = 3_000
MOST_STEPS: Final = 20_000
"""Beyond these one program over everything finds little: some demands at a time are shared out anew instead."""


OVER_ALL: Final = 0.5
OVER_ALL_LOTS: Final = 0.8
"""Share of the effort for one program over a small part; the rest is for some demands at a time, which find less to
trade where lots go whole."""


class Outcome(NamedTuple):
    """What is known of the plan of a part: the three proofs, and how many more leasts might be met at most."""

    least_met: bool
    fairness: bool
    score: bool
    more_least: int


def solve_part(state: State, least: Int64, open_demands: Bool, within: Bool, effort: float) -> Outcome:
    """Bring the edges `within` to a plan; nothing on them but locks may have been given before."""
    scope = scope_of(state, open_demands, within)
    start = state.amounts()
    build_up(state, least, open_demands, within)
    quick = (state.amounts() - start)[scope.edges]
    relaxed = share_out(scope, least)
    climb = Climb(scope, least, quick)
    exact = climb.only_single_leasts or climb.met(relaxed.more) == climb.most_leasts
    ceiling = climb.met(relaxed.more) if exact and relaxed.fairest else most_least_met(scope, least)
    if exact and relaxed.fairest:
        climb.relaxed = relaxed.more
    over_all = OVER_ALL_LOTS if state.table.whole[scope.supply].any() else OVER_ALL
    small = len(scope.edges) <= MOST_EDGES and int(scope.reach.sum()) <= MOST_STEPS
    if effort > 0 and small:
        from medspil.allocation._program import Program  # noqa: PLC0415 - brings pandas, and most problems need none

        climb.program = Program(scope, least, quick, effort * over_all)
    least_met = climb.meet_leasts(ceiling)
    fairness = climb.be_fair() and least_met
    score = climb.score_well() and fairness
    for edge, more, now in zip(scope.edges.tolist(), climb.found.tolist(), quick.tolist(), strict=True):
        state.add(edge, more - now)
    if score:
        return Outcome(least_met, fairness, score, climb.ceiling - climb.met(climb.found))
    polish(state, least, open_demands, within, effort * (1 - over_all if small else 1))
    if not fairness:
        fill_up(state, open_demands, within)
    # What is reached now is laid beside what a network would reach at best.
    after = Climb(scope, least, (state.amounts() - start)[scope.edges])
    after.relaxed = climb.relaxed
    least_met = after.meet_leasts(climb.ceiling)
    fairness = (after.be_fair() or fairness) and least_met
    return Outcome(least_met, fairness, after.score_well() and fairness, after.ceiling - after.met(after.found))
