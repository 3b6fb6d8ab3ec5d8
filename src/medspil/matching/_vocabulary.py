"""The words of an index: sorted, and found by a hash table that is mapped with the rest."""

from collections.abc import Iterator, Sequence
from typing import overload
from zlib import crc32

import numpy as np

from medspil.matching._arrays import Array, Int32, Int64

EMPTY = -1


def hash_table(words: Sequence[bytes]) -> Int32:
    """Return the place of each word at its hash or in the next free seat, shape (a power of two,).

    At most half of the seats are taken, so that a search is short and comes to an end.
    """
    seats = 1 << (2 * max(len(words), 1)).bit_length()
    table = [EMPTY] * seats
    for place, word in enumerate(words):
        at = crc32(word) & (seats - 1)
        while table[at] != EMPTY:
            at = (at + 1) & (seats - 1)
        table[at] = place
    return np.array(table, np.int32)


class Vocabulary(Sequence[str]):
    """All terms of an index, sorted; read from the map as they are asked for."""

    def __init__(self, start: Int64, text: Array, table: Array) -> None:
        self._table = table.data
        self._mask = len(table) - 1
        self._start = start.data  # gives plain integers, several times faster than the array
        self._text = text.data

    def __len__(self) -> int:
        return len(self._start) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self._encoded(one).decode() for one in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._encoded(at % len(self)).decode()

    def __iter__(self) -> Iterator[str]:
        return (self._encoded(at).decode() for at in range(len(self)))

    def find(self, term: str) -> int | None:
        """Return the place of a term, or None."""
        wanted = term.encode()
        at = crc32(wanted) & self._mask
        while (found := self._table[at]) >= 0:
            if self._encoded(found) == wanted:
                return int(found)
            at = (at + 1) & self._mask
        return None

    def _encoded(self, at: int) -> bytes:
        return bytes(self._text[self._start[at] : self._start[at + 1]])
