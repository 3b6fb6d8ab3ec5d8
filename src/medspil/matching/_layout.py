"""Decide which row goes where: sorted so that 64 neighbours have much in common.

Rows are sorted by (class, industry, Hilbert key, number) and cut into blocks of 64 slots, each with
one class and one industry; the last block of an industry is padded. So a block has one affinity, a
tight box on the map, and a largest possible score that is worth asking for.

The idea of a bound per block is from search engines: Ding, S. & Suel, T. (2011), "Faster Top-k
Document Retrieval Using Block-Max Indexes", doi:10.1145/2009916.2010048, after the MaxScore of
Turtle, H. & Flood, J. (1995), doi:10.1016/0306-4573(95)00020-H. There the bound is on text alone.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from medspil.matching._arrays import Array, Int64, UInt16
from medspil.matching._hilbert import hilbert_keys
from medspil.matching._spool import ACTIVE, PROTECTED, Spool

BLOCK: Final = 64
OPEN, CLOSED, CEASED = 0, 1, 2
"""Classes of rows: active, active but protected, ceased."""


class DuplicateNumber(ValueError):
    """Two records have the same unit number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The unit number {number} comes twice.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every record goes.

    Attributes
    ----------
    order : ndarray of int64, shape (rows,)
        Records in their new order.
    slots : ndarray of int64, shape (rows,)
        The slot of each record of `order`, ascending.
    block_industry : ndarray of uint16, shape (blocks,)
    class_blocks : list of int, length 4
        First block of each class, and the number of blocks.
    industries : list of (code, system), sorted
    """

    order: Int64
    slots: Int64
    block_industry: UInt16
    class_blocks: list[int]
    industries: list[tuple[str, str]]

    def spread(self, column: Array, empty: float) -> Array:
        """Return a column by slot, shape (blocks, BLOCK), with `empty` where there is no row."""
        spread = np.full(len(self.block_industry) * BLOCK, empty, column.dtype)
        spread[self.slots] = column[self.order]
        return spread.reshape(-1, BLOCK)


def lay_out(spool: Spool) -> Layout:
    """Sort the records into blocks.

    Raises
    ------
    DuplicateNumber
        If a number comes twice.
    """
    number = spool.column("number")
    _check_unique(number)
    industries = sorted(spool.industries)
    rank = np.zeros(max(len(industries), 1), np.int64)
    for new, pair in enumerate(industries):
        rank[spool.industries[pair]] = new
    flags = spool.column("flags")
    kind = np.where(flags & ACTIVE, np.where(flags & PROTECTED, CLOSED, OPEN), CEASED)
    group = kind * len(rank) + rank[spool.column("industry")]
    order = np.lexsort((number, hilbert_keys(spool.column("x"), spool.column("y")), group))

    groups, sizes = np.unique(group, return_counts=True)
    blocks = -(-sizes // BLOCK)
    first_block = np.cumsum(blocks) - blocks
    first_row = np.cumsum(sizes) - sizes
    slots = np.repeat(first_block * BLOCK - first_row, sizes) + np.arange(len(number))
    block_group = np.repeat(groups, blocks)
    class_blocks = np.searchsorted(block_group // len(rank), [OPEN, CLOSED, CEASED, CEASED + 1])
    return Layout(order, slots, (block_group % len(rank)).astype(np.uint16), class_blocks.tolist(), industries)


def _check_unique(number: Int64) -> None:
    ordered = np.sort(number)
    twice = np.flatnonzero(ordered[1:] == ordered[:-1])
    if len(twice):
        raise DuplicateNumber(int(ordered[twice[0]]))
