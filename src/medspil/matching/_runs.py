"""Some runs of a long list, read as if they stood one after another."""

import numpy as np

from medspil.matching._arrays import Array, Int64


class Runs:
    """Some runs of the grid's list, laid end to end: `low` and `high` say where each begins and ends in the list."""

    def __init__(self, low: Int64, high: Int64) -> None:
        kept = low < high
        self.low, self.high = low[kept], high[kept]
        counts = self.high - self.low
        ends = np.cumsum(counts)
        self.count = int(ends[-1]) if len(ends) else 0
        self.shift = ends - counts - self.low
        """What takes a place in the list to a place in here, by run."""
        self._pairs = list(zip(self.low.tolist(), self.high.tolist(), strict=True))

    def take(self, column: Array) -> Array:
        """Return the entries of a column, shape (count,)."""
        if not self._pairs:
            return column[:0]
        return np.concatenate([column[low:high] for low, high in self._pairs])

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
