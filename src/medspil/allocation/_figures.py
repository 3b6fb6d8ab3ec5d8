"""A plan in a few numbers."""

from collections.abc import Sequence

import numpy as np

from medspil.allocation._plan import Coverage, Figures, Pair


def figures_of(coverage: Sequence[Coverage], pairs: Sequence[Pair], capacity: int) -> Figures:
    """Return the figures of a plan."""
    shares = np.array([one.share for one in coverage])
    return Figures(
        demands=len(coverage),
        least_met=sum(one.least_met for one in coverage),
        full=sum(one.given >= one.wanted for one in coverage),
        with_nothing=sum(one.given == 0 and one.wanted > 0 for one in coverage),
        given=sum(one.given for one in coverage),
        wanted=sum(one.wanted for one in coverage),
        capacity=capacity,
        smallest_share=float(shares.min()) if len(shares) else 1.0,
        mean_share=float(shares.mean()) if len(shares) else 1.0,
        gini=gini(shares.tolist()),
        score=round(float(sum(pair.amount * pair.score for pair in pairs)), 9),
    )


def gini(values: Sequence[float]) -> float:
    """Return the inequality of values not below 0: 0 when all are alike or there are none.

    Examples
    --------
    >>> gini([1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    ordered = np.sort(np.asarray(values, np.float64))
    total = float(ordered.sum())
    if not total:
        return 0.0
    count = len(ordered)
    rank = np.arange(1, count + 1)
    return max(float(2 * (rank * ordered).sum() / (count * total) - (count + 1) / count), 0.0)
