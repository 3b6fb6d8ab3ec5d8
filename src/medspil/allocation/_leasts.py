"""Choose whose leasts to meet when not all can be met and some are larger than a unit: small ones first, by flows."""

from functools import partial
from typing import Final

import numpy as np

from medspil.allocation._arrays import Bool, Int64
from medspil.allocation._fairness import Units
from medspil.allocation._flow import bring
from medspil.allocation._scope import Scope

ROUNDS: Final = 12


def choose_leasts(scope: Scope, least: Int64) -> Bool:
    """Return the demands whose least a flow meets, as many as some tries find.

    Finding the most is as hard as packing sets, so this is a greedy: in each round those that were met come first, then
    the others, the fewest missing units first; of those that fail, the first half is given up.
    """
    lacking = np.maximum(least - scope.given, 0)
    best = np.zeros(len(least), np.bool_)
    waiting = (lacking > 0) & (lacking <= scope.reach)
    for _ in range(ROUNDS):
        order = np.lexsort((np.arange(len(least)), lacking, ~best))
        has = scope.given + bring(scope, partial(_worth, least=least, order=order, counted=waiting | best))
        met = (has >= least) & (lacking > 0)
        if np.count_nonzero(met) > np.count_nonzero(best):
            best = met
        failed = order[(waiting & ~met)[order]]
        if not len(failed):
            break
        waiting[failed[: (len(failed) + 1) // 2]] = False
    return best


def _worth(units: Units, *, least: Int64, order: Int64, counted: Bool) -> Int64:
    """Return the worth of units when the leasts of demands are met one demand after another."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    towards = counted[units.demand] & (units.number <= least[units.demand])
    return np.where(towards, len(order) - place[units.demand], 0)
