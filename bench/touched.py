"""How many bytes of the index a query reads, entry by entry, counted from outside while the engine answers.

Pages, as Linux marks them, are 4 kB of which a query may want one entry; this counts the entries it asks for. Words,
affinities and the explanation of the fifty are left out: they are thousandths of it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import numpy as np

from medspil.matching import AffinityTable, Index, Need, _scan, rank
from medspil.matching._layout import BLOCK, CLOSED
from medspil.matching._near import Near
from medspil.matching._runs import Runs

COLUMNS_OF_BLOCKS: Final = ("block_industry", "block_sizes")
COLUMNS_OF_ROWS: Final = ("size", "x", "y")


def bytes_read(index: Index, need: Need, table: AffinityTable) -> int:
    """Return the bytes of the index that answering one need reads."""
    read: list[int] = []
    with _watched(read):
        rank(index, need, table)
    return sum(read)


@contextmanager
def _watched(read: list[int]) -> Iterator[None]:
    """Note the bytes that each step reads, for a while."""
    steps: tuple[tuple[Any, str, Callable[..., int]], ...] = (
        (Near, "of", _of_circle),
        (Near, "count_inside", _of_closed),
        (_scan, "block_bounds", _of_bounds),
        (_scan._Scan, "score_blocks", _of_rows),
        (_scan._Scan, "_add_text", _of_text),
    )
    with ExitStack() as stack:
        for owner, name, count in steps:
            kept = vars(owner)[name]
            step = _noting(getattr(owner, name), count, read)
            setattr(owner, name, staticmethod(step) if isinstance(kept, classmethod) else step)
            stack.callback(setattr, owner, name, kept)
        yield


def _noting(step: Callable[..., Any], count: Callable[..., int], read: list[int]) -> Callable[..., Any]:
    def noting(*given: Any) -> Any:
        answer = step(*given)
        read.append(count(answer, *given))
        return answer

    return noting


def _wide(index: Index, *names: str) -> int:
    """Return the bytes of one entry in each of some columns."""
    return sum(index.arrays[name].dtype.itemsize for name in names)


def _of_circle(near: Near | None, query: Any, _filters: Any) -> int:
    """Place and mix of each unit in the circle's cells, and the postings that fall into them."""
    if near is None:
        return 0
    per_row = _wide(query.index, "grid_x", "grid_y", "grid_mix")
    return near.runs.count * per_row + len(near.hits.row) * _wide(query.index, "local_place", "local_impact")


def _of_closed(_counts: Any, near: Near) -> int:
    """Place of each protected unit in the circle's cells: they are counted."""
    grid = near.query.index.grid
    return Runs(grid.runs(CLOSED, near.cells)).count * _wide(near.query.index, "grid_x", "grid_y")


def _of_bounds(bounds: Any, query: Any, _filters: Any, scratch: Any) -> int:
    """The facts of every block, the maxima of frequent words, and the postings of rare ones."""
    index, blocks = query.index, len(bounds.blocks)
    box = 4 * _wide(index, "block_box") if query.need.place is not None else 0
    maxima = len(bounds.heavy) * _wide(index, "heavy_max")
    rare = sum(map(len, scratch.touched)) * _wide(index, "posting_slot", "posting_impact")
    return int(blocks * (_wide(index, *COLUMNS_OF_BLOCKS) + box + maxima) + rare)


def _of_rows(_found: Any, scan: Any, places: Any, _bar: float) -> int:
    """Size and place of every row of the blocks that are visited."""
    return len(places) * BLOCK * _wide(scan.query.index, *COLUMNS_OF_ROWS)


def _of_text(_nothing: None, scan: Any, blocks: Any) -> int:
    """Where the frequent words begin in each block that is read, and their postings in it."""
    index, starts = scan.query.index, scan.query.index.arrays["heavy_start"]
    postings = sum(int(np.sum(starts[row][blocks + 1] - starts[row][blocks])) for _term, row in scan.bounds.heavy)
    begins = 2 * len(blocks) * len(scan.bounds.heavy) * int(starts.dtype.itemsize)
    return begins + postings * _wide(index, "posting_slot", "posting_impact")
