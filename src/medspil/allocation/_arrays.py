"""Short names for the array types that are passed around, and integers from sequences."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]

NO_LIMIT: Final = 2**40
"""Larger than all that can be given together."""


def ints(values: Iterable[int]) -> Int64:
    """Return whole numbers as an array."""
    return np.fromiter(values, np.int64)


def sums(weights: Int64, at: Int64, count: int) -> Int64:
    """Return the sum of weights for each place, shape (count,); exact, unlike `bincount` with weights."""
    total = np.zeros(count, np.int64)
    np.add.at(total, at, weights)
    return total
