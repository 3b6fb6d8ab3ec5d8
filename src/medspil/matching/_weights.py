"""The seven criteria and how much each of them counts."""

import math
from dataclasses import dataclass, fields, replace
from enum import StrEnum

import numpy as np

from medspil.matching._arrays import Float64


class Criterion(StrEnum):
    """What a unit is judged by, in the order in which points are added up."""

    CAPABILITY = "capability"
    RELEVANCE = "relevance"
    COMMITMENT = "commitment"
    PROXIMITY = "proximity"
    CAPACITY = "capacity"
    RELATION = "relation"
    FAIRNESS = "fairness"


_NAMES = tuple(criterion.value for criterion in Criterion)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each criterion counts; whatever is given is scaled to sum 1.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or all of them are zero.

    Examples
    --------
    >>> round(Weights(2, 1, 0, 1, 0, 0, 0).capability, 3)
    0.5
    """

    capability: float
    relevance: float
    commitment: float
    proximity: float
    capacity: float
    relation: float
    fairness: float

    def __post_init__(self) -> None:
        given = [float(getattr(self, one.name)) for one in fields(self)]
        if not all(math.isfinite(value) and value >= 0 for value in given):
            raise ValueError("Weights are finite numbers from 0.")
        total = math.fsum(given)
        if total <= 0:
            raise ValueError("At least one weight is above 0.")
        for one, value in zip(fields(self), given, strict=True):
            object.__setattr__(self, one.name, value / total)

    @property
    def column(self) -> Float64:
        """The weights in the order of `Criterion`, shape (7, 1)."""
        return np.array([[getattr(self, name)] for name in _NAMES])

    def of(self, criterion: Criterion) -> float:
        """Return the weight of one criterion."""
        return float(getattr(self, criterion.value))

    def without(self, criterion: Criterion) -> "Weights":
        """Return the same weights with one criterion left out, scaled to sum 1 again."""
        return replace(self, **{criterion.value: 0.0})


DEFAULT_WEIGHTS = Weights(
    capability=0.30,
    relevance=0.25,
    commitment=0.10,
    proximity=0.15,
    capacity=0.10,
    relation=0.05,
    fairness=0.05,
)
