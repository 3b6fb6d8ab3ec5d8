"""The open rows of an index as plain columns, for the engines we compare ourselves with."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from medspil.matching import Index
from medspil.matching._hilbert import hilbert_keys
from medspil.matching._layout import BLOCK


@dataclass(frozen=True)
class Plain:
    """Active, unprotected units in the order of a Hilbert curve, and their postings sorted by term.

    The others get the gates for free: only rows that may be proposed are left. The stored impacts
    are ours, so that all engines add up the same numbers.
    """

    number: npt.NDArray[np.int64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    industry: npt.NDArray[np.int16]
    size: npt.NDArray[np.int8]
    term: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    impact: npt.NDArray[np.float32]


def plain(index: Index) -> Plain:
    """Take the open rows out of an index."""
    end = index.open_blocks * BLOCK
    taken = np.flatnonzero(index.column("number")[:end] >= 0)
    x, y = index.column("x"), index.column("y")
    taken = taken[np.argsort(hilbert_keys(x[taken], y[taken]), kind="stable")]
    row_of = np.full(end, -1, np.int32)
    row_of[taken] = np.arange(len(taken))
    starts, slots = index.arrays["posting_start"], index.arrays["posting_slot"]
    term = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    open_postings = np.flatnonzero(slots < end)
    term, row = term[open_postings], row_of[slots[open_postings]]
    order = np.lexsort((row, term))
    return Plain(
        number=index.column("number")[taken].copy(),
        x=x[taken].copy(),
        y=y[taken].copy(),
        industry=index.arrays["block_industry"][taken // BLOCK].astype(np.int16),
        size=index.column("size")[taken].copy(),
        term=term[order],
        row=row[order],
        impact=index.arrays["posting_impact"][open_postings][order],
    )
