"""Remembers what was read of cells that come again: most rows share their industry, town, form and size with others."""

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from medspil.register.notes import Note

Facts = dict[str, Any]
_MOST = 50_000


class Remembered:
    """A part of the check that depends on some cells and on nothing else."""

    def __init__(self, read: Callable[[], Facts], fields: Iterable[str], at: Mapping[str, int]) -> None:
        places = [at[field] for field in fields if field in at]
        self.told = bool(places)
        self._read = read
        self._cells = itemgetter(*places) if places else itemgetter(0)
        self._found: dict[Any, tuple[Facts, list[Note]]] = {}

    def of(self, row: list[str], notes: list[Note]) -> Facts:
        """Return the facts of a row; what is wrong with its cells is added to the notes the reader writes to."""
        cells = self._cells(row)
        found = self._found.get(cells)
        if found is None:
            before = len(notes)
            facts = self._read()
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[cells] = (facts, notes[before:])
            return facts
        if found[1]:
            notes += found[1]
        return found[0]
