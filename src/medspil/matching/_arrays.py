"""Short names for the array types that the engine passes around, and one helper for runs."""

import threading
from typing import Any

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
UInt64 = npt.NDArray[np.uint64]
UInt16 = npt.NDArray[np.uint16]
UInt8 = npt.NDArray[np.uint8]
Bool = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


LARGE = 24 << 20
"""Bytes; below the 32 MiB up to which glibc adjusts."""


def run_indices(starts: Int64 | Int32, counts: Int64 | Int32) -> Int64:
    """Return the indices of many runs one after another, shape (sum of counts,).

    Examples
    --------
    >>> run_indices(np.array([10, 40]), np.array([2, 3])).tolist()
    [10, 11, 40, 41, 42]
    """
    before: Int64 = np.cumsum(counts, dtype=np.int64) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


class Workspace(threading.local):
    """Arrays of one thread that are used again from query to query.

    The system hands out large arrays page by page and takes them back at once; asking it anew for
    each step of a query costs more than the step.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Array] = {}

    def array(self, name: str, kind: str, count: int) -> Array:
        """Return an array of a kind (``"f4"``, ``"f8"``), shape (count,), with anything in it.

        It is the same memory each time for the same name: what was there before is gone.
        """
        kept = self._kept.get((name, kind))
        if kept is None or len(kept) < count:
            kept = self._kept[name, kind] = np.empty(count + count // 2, kind)
        return kept[:count]


def keep_freed_memory() -> None:
    """Make the C library keep some freed memory for the next query instead of giving it back at once.

    glibc returns freed memory above a threshold to the system, and fetching it again, page by page,
    takes a third of a query within a circle. The threshold rises when a large array is freed; this
    one is never touched and so costs nothing. Elsewhere it does nothing.

    References
    ----------
    mallopt(3), "Dynamic adjustment of the mmap threshold".
    """
    large = np.empty(LARGE, np.uint8)
    del large
