"""What the register knows, and what a file has told so far, as sorted arrays of sixteen bytes a unit."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
import numpy.typing as npt

from medspil.register.models import Unit

Numbers = npt.NDArray[np.int64]
Prints = npt.NDArray[np.uint64]
NO_PRINT = 0
_PORTION = 50_000


@dataclass(frozen=True, slots=True)
class Known:
    """The number of each unit in the register, sorted, with the fingerprint of the row that last told of it."""

    numbers: Numbers
    prints: Prints

    @classmethod
    def load(cls) -> Self:
        """Read the register once, a portion at a time."""
        numbers, prints = array("q"), bytearray()
        # Not ordered by the database: it would look every row up through an index.
        rows = Unit.objects.order_by().values_list("number", "fingerprint").iterator(chunk_size=_PORTION)
        for number, told in rows:
            numbers.append(number)
            prints += bytes.fromhex(told) if len(told) == 16 else bytes(8)
        found = np.frombuffer(numbers, np.int64) if numbers else np.empty(0, np.int64)
        order = np.argsort(found, kind="stable")
        return cls(found[order], np.frombuffer(prints, ">u8").astype(np.uint64)[order])

    def compare(self, numbers: Numbers, prints: Prints) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return which units are known, and which of them were last told of by the very same row."""
        if not len(self.numbers):
            nothing = np.zeros(len(numbers), np.bool_)
            return nothing, nothing
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        known = self.numbers[at] == numbers
        return known, known & (prints != NO_PRINT) & (self.prints[at] == prints)


class Seen:
    """The numbers a file has told so far, each with its first row; new ones are merged in as they pile up."""

    def __init__(self) -> None:
        self._runs: list[tuple[Numbers, Numbers]] = []

    def take(self, numbers: Numbers, rows: Numbers) -> dict[int, int]:
        """Take some numbers with their rows; return {row: earlier row with the same number} of those that repeat."""
        order = np.argsort(numbers, kind="stable")
        numbers, rows = numbers[order], rows[order]
        first = np.ones(len(numbers), np.bool_)
        first[1:] = numbers[1:] != numbers[:-1]
        earlier = rows[np.flatnonzero(first)[np.cumsum(first) - 1]] if len(rows) else rows
        repeats = dict(zip(rows[~first].tolist(), earlier[~first].tolist(), strict=True))
        numbers, rows = numbers[first], rows[first]
        for old_numbers, old_rows in self._runs:
            at = np.minimum(np.searchsorted(old_numbers, numbers), len(old_numbers) - 1)
            again = old_numbers[at] == numbers
            if again.any():
                before = dict(zip(rows[again].tolist(), old_rows[at[again]].tolist(), strict=True))
                # A row that repeats one of this batch repeats what came before as well: name the very first.
                repeats = {row: before.get(one, one) for row, one in repeats.items()} | before
                numbers, rows = numbers[~again], rows[~again]
        self._pile(numbers, rows)
        return repeats

    def _pile(self, numbers: Numbers, rows: Numbers) -> None:
        """Add a sorted run; runs of like length become one, so that there are never more than a few."""
        while self._runs and len(self._runs[-1][0]) <= 2 * len(numbers):
            old_numbers, old_rows = self._runs.pop()
            numbers = np.concatenate([old_numbers, numbers])
            order = np.argsort(numbers, kind="stable")
            numbers, rows = numbers[order], np.concatenate([old_rows, rows])[order]
        if len(numbers):
            self._runs.append((numbers, rows))

    def lacks(self, numbers: Iterable[int]) -> Numbers:
        """Return those of the register's numbers that the file never told, sorted."""
        asked = np.fromiter(numbers, np.int64)
        told = np.concatenate([np.empty(0, np.int64), *chain(run for run, _rows in self._runs)])
        return np.setdiff1d(asked, told, assume_unique=True)
