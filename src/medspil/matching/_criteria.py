"""The criteria that come from the register: capability, relevance, proximity, capacity.

Every function returns values in [0, 1], depends on its arguments alone, and never falls when its
facts get better. Weights and the sum are elsewhere.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np

from medspil.matching._arrays import Bool, Float64
from medspil.matching._bm25 import HALF_SHARE
from medspil.matching._record import EMPLOYMENT_CLASSES

BEST_SHARE: Final = 0.8
INTEGRATED_FROM: Final = 0.6
"""From this affinity on, a partnership can build on the company's core services."""

UNKNOWN_CAPACITY: Final = 0.5
EMPLOYEES_PER_HELPER: Final = 10
"""A company spares one in ten at once without feeling it much; beyond that it falls slowly."""

TYPICAL_EMPLOYEES: Final = (1, 1, 3, 7, 14, 35, 75, 150, 350, 750, 1500)
"""People in each of `EMPLOYMENT_CLASSES`; a unit without employees still has its owner."""

assert len(TYPICAL_EMPLOYEES) == len(EMPLOYMENT_CLASSES)  # noqa: S101 - the two tables go together


def capability(affinities: Float64, weights: Float64) -> Float64:
    """Return how well the industries' core services fit the wanted kinds.

    Parameters
    ----------
    affinities : ndarray of float64, shape (n, k)
        Industry by wanted kind, in [0, 1].
    weights : ndarray of float64, shape (k,)
        Weights of the kinds, above 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        0.8 of the best affinity and 0.2 of the weighted mean: one thing done well beats several
        done a little, and of two that do one thing well the one that can more comes first.
    """
    return _capability(affinities.shape[0], zip(affinities.T, kind_shares(weights).tolist(), strict=True))


def kind_shares(weights: Float64) -> Float64:
    """Return the weights of the wanted kinds scaled to sum 1, shape (k,)."""
    shares: Float64 = weights / weights.sum() if len(weights) else weights
    return shares


def capability_of(affinities: Float64, shares: Float64) -> Float64:
    """Return capability where every row has kinds and shares of its own, both of shape (n, k).

    Columns are added one after another, so that a column of zeros at the end changes no bit.
    """
    return _capability(affinities.shape[0], zip(affinities.T, shares.T, strict=True))


def _capability(rows: int, columns: Iterable[tuple[Float64, float | Float64]]) -> Float64:
    mean, best = np.zeros(rows), np.zeros(rows)
    for column, share in columns:
        mean += column * share
        np.maximum(best, column, out=best)
    mean *= 1.0 - BEST_SHARE
    best *= BEST_SHARE
    best += mean
    return np.minimum(best, 1.0, out=best)


def integrated(affinities: Float64) -> Bool:
    """Return which industries carry a strategically integrated partnership, shape (n,)."""
    if affinities.shape[1] == 0:
        return np.zeros(affinities.shape[0], np.bool_)
    carried: Bool = affinities.max(axis=1) >= INTEGRATED_FROM
    return carried


def half_point(ideal: float) -> float:
    """Return the BM25 sum that gives half relevance; 1 if the query has no known word."""
    return HALF_SHARE * ideal if ideal > 0 else 1.0


def relevance(bm25: Float64, half: float | Float64) -> Float64:
    """Return BM25 sums from 0 bent into [0, 1), shape as given.

    The half point comes from the query alone, so a unit's value does not depend on the others.
    """
    return bm25 / (bm25 + half)


def proximity(distance_m: Float64, scale_m: float | Float64) -> Float64:
    """Return exp(-distance/scale); 0 where the distance is not known (infinite), shape as given."""
    value: Float64 = np.exp(distance_m / -scale_m)
    return value


def distances(x: Float64, y: Float64, place: tuple[float, float] | Float64) -> Float64:
    """Return metres from the place (or from each of many, shape (2, n)) as the crow flies; infinite without a point.

    Gates, counts, bounds and scores all measure with this one function, so that they agree on a
    unit that lies exactly on the edge.
    """
    square = squares(x - place[0], y - place[1])
    return np.sqrt(square, out=square)


def squares(across: Float64, up: Float64) -> Float64:
    """Return the squares of distances by their two sides, in the place of the first; both are used up."""
    across *= across
    up *= up
    across += up
    return across


@lru_cache(maxsize=256)
def capacity_by_size(effort: int) -> Float64:
    """Return the value of each size class against the effort, shape (12,).

    The last entry is for an unknown size (index -1): a neutral prior, never zero, as two thirds of
    the register have no figure.
    """
    people = np.array(TYPICAL_EMPLOYEES, np.float64)
    known = np.sqrt(np.minimum(1.0, people / (EMPLOYEES_PER_HELPER * effort)))
    values = np.append(known, UNKNOWN_CAPACITY)
    values.flags.writeable = False  # it is kept
    return values
