"""Some runs of a long list, read as if they stood one after another."""

from collections.abc import Iterable

import numpy as np

from medspil.matching._arrays import Array, Int32, Int64


class Runs:
    """Some runs of a list, ascending and apart, laid end to end.

    Attributes
    ----------
    low, high, shift : ndarray of int64, shape (runs,)
        Where each begins and ends in the list, and what takes a place in the list to a row in here.
    count : int
        How many rows there are.
    """

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._pairs = [pair for pair in pairs if pair[0] < pair[1]]
        edges = np.array(self._pairs, np.int64).reshape(-1, 2)
        self.low, self.high = edges.T
        ends = (self.high - self.low).cumsum()
        self.count = int(ends[-1]) if len(ends) else 0
        self.shift = ends - self.high

    def edges(self) -> Int32:
        """Return begin and end of each run in turn, shape (2 * runs,)."""
        return np.array(self._pairs, np.int32).ravel()

    def take(self, column: Array, out: Array | None = None) -> Array:
        """Return the entries of a column, shape (count,), in `out` if given."""
        if not self._pairs:
            return column[:0] if out is None else out
        return np.concatenate([column[low:high] for low, high in self._pairs], out=out)

    def places(self, rows: Int64) -> Int64:
        """Return the places in the list of some rows."""
        run = np.searchsorted(self.low + self.shift, rows, "right") - 1
        places: Int64 = rows - self.shift[run]
        return places

    def rows_of(self, places: Int64) -> Int64:
        """Return the rows of some places of the list, of those that are in here."""
        run = np.searchsorted(self.low, places, "right") - 1
        known = (run >= 0) & (places < self.high[run]) if len(self.low) else np.zeros(len(places), np.bool_)
        rows: Int64 = places[known] + self.shift[run[known]]
        return rows
