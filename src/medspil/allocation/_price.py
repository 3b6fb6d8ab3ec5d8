"""What a change costs: everything is shared out anew, and laid beside the plan that stands."""

from typing import NamedTuple

from medspil.allocation._change import Change
from medspil.allocation._keeping import keep_to
from medspil.allocation._plan import Figures, Plan
from medspil.allocation._problem import Problem
from medspil.allocation._solve import EFFORT, solve


class Difference(NamedTuple):
    """A demand that would get more or less."""

    demand: str
    before: int
    after: int
    wanted: int


class Price(NamedTuple):
    """A change and what comes of it.

    Attributes
    ----------
    before, after : Figures
        Compare `least_met`, `smallest_share`, `given`, `score`.
    differences : tuple of Difference
        The demands that would get more or less, by ident.
    moved : int
        Pairs that would come, go or carry another amount.
    plan : Plan
        The plan after the change; its `notices` say when the change is impossible.
    """

    before: Figures
    after: Figures
    differences: tuple[Difference, ...]
    moved: int
    plan: Plan

    @property
    def possible(self) -> bool:
        """Whether all locks can be kept."""
        return not self.plan.set_aside


def price(problem: Problem, plan: Plan, change: Change, *, effort: float = EFFORT) -> Price:
    """Return what a change costs, against a plan of the problem.

    Among plans that are equally good after the change, the one is taken that keeps what stands: what moves without
    need is no cost of the change.
    """
    changed = change.applied_to(problem)
    standing = {(pair.demand, pair.supply): pair.amount for pair in plan.pairs}
    after = keep_to(changed, solve(changed, effort=effort), standing)
    differences = tuple(
        Difference(old.demand, old.given, new.given, new.wanted)
        for old, new in zip(plan.coverage, after.coverage, strict=True)
        if old.given != new.given
    )
    pairs_before = {(pair.demand, pair.supply, pair.amount) for pair in plan.pairs}
    pairs_after = {(pair.demand, pair.supply, pair.amount) for pair in after.pairs}
    moved = len({pair[:2] for pair in pairs_before ^ pairs_after})
    return Price(plan.figures, after.figures, differences, moved, after)
