"""Facts per block: its box on the map, and which sizes, sectors and municipalities occur in it."""

import numpy as np

from medspil.matching._arrays import Float64, UInt8, UInt16, UInt64
from medspil.matching._format import DataWriter
from medspil.matching._layout import Layout
from medspil.matching._record import EMPLOYMENT_CLASSES
from medspil.matching._spool import Spool

SIZE_CODES = len(EMPLOYMENT_CLASSES) + 1
"""Known classes, and unknown as the last."""

MUNICIPALITY_BITS = 64


def size_bits(sizes: frozenset[int]) -> int:
    """Return the set of size classes as bits; -1 is the last one."""
    return sum(1 << size % SIZE_CODES for size in sizes)


def municipality_bits(codes: frozenset[int]) -> int:
    """Return a set of municipalities as 64 bits. Two codes may share a bit: never too few, at times too many."""
    bits = 0
    for code in codes:
        bits |= 1 << code % MUNICIPALITY_BITS
    return bits


def write_blocks(spool: Spool, layout: Layout, writer: DataWriter) -> None:
    """Write the columns by slot and the facts by block."""
    number = layout.spread(spool.column("number"), -1)
    x = layout.spread(spool.column("x"), np.inf)
    y = layout.spread(spool.column("y"), np.inf)
    municipality = layout.spread(spool.column("municipality"), 0)
    size = layout.spread(spool.column("size"), -1)
    sector = layout.spread(spool.column("sector"), 0)
    taken = number >= 0

    writer.add("block_industry", layout.block_industry)
    writer.add("block_rows", taken.sum(axis=1).astype(np.uint8))
    writer.add("block_box", _boxes(x, y))
    writer.add("block_pointless", np.any(np.isinf(x) & taken, axis=1))
    writer.add("block_sizes", _bits(np.mod(size, SIZE_CODES), taken, np.uint16(1)))
    writer.add("block_sectors", _bits(sector, taken, np.uint8(1)))
    writer.add("block_municipalities", _bits(municipality % MUNICIPALITY_BITS, taken, np.uint64(1)))
    writer.add("number", number)
    writer.add("x", x)
    writer.add("y", y)
    writer.add("municipality", municipality)
    writer.add("size", size)
    writer.add("sector", sector)

    by_number = np.argsort(number.ravel()[layout.slots])
    writer.add("number_slot", layout.slots[by_number].astype(np.int32))
    writer.add("number_sorted", number.ravel()[layout.slots][by_number])


def _boxes(x: Float64, y: Float64) -> Float64:
    """Return left, low, right, top by block, shape (4, blocks); infinite the wrong way round without points."""
    return np.stack(
        [
            x.min(axis=1, initial=np.inf),
            y.min(axis=1, initial=np.inf),
            np.where(np.isinf(x), -np.inf, x).max(axis=1, initial=-np.inf),
            np.where(np.isinf(y), -np.inf, y).max(axis=1, initial=-np.inf),
        ]
    )


def _bits(
    codes: UInt8 | UInt16, taken: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], one: np.uint8 | np.uint16 | np.uint64
) -> UInt8 | UInt16 | UInt64:
    """Return the set of codes of each block as bits, of the type of `one`."""
    bits = np.left_shift(one, codes.astype(one.dtype), dtype=one.dtype)
    bits[~taken] = 0
    found: UInt8 | UInt16 | UInt64 = np.bitwise_or.reduce(bits, axis=1)
    return found
