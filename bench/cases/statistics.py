"""Measures over ranks, with bootstrap intervals: cases are drawn again with replacement, from a fixed seed."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from bench.cases.score import Place
from medspil.matching._arrays import Float64

SEED: Final = 64
DRAWS: Final = 10_000
LEVEL: Final = 0.95
MEASURES: Final = ("top 10", "top 50", "top 1 %", "MRR")


class Estimate(NamedTuple):
    """A mean over cases and its 95 % interval."""

    value: float
    low: float
    high: float


def per_case(places: Sequence[Place], variant: str) -> Float64:
    """Return what each case gives to each measure, shape (4, n); a company not found gives nothing."""
    ranks = np.array([found.ranks[variant] for found in places])
    one_percent = np.array([max(found.eligible / 100, 1.0) for found in places])
    return np.array([ranks <= 10, ranks <= 50, ranks <= one_percent, 1.0 / ranks], float)


def estimate(values: Float64) -> Estimate:
    """Return the mean of one value per case with its percentile bootstrap interval.

    Examples
    --------
    >>> estimate(np.ones(5))
    Estimate(value=1.0, low=1.0, high=1.0)
    """
    drawn = np.random.default_rng(SEED).integers(0, len(values), (DRAWS, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(values.mean()), float(low), float(high))


def difference(places: Sequence[Place], one: str, other: str) -> tuple[Estimate, ...]:
    """Return by how much the first way of ranking beats the other, measure by measure, in pairs of the same case."""
    return tuple(estimate(values) for values in per_case(places, one) - per_case(places, other))


def median_rank(places: Sequence[Place], variant: str) -> float:
    """Return the middle rank; half of the companies are found above it."""
    return float(np.median([found.ranks[variant] for found in places]))
