"""An index opened for reading: mapped, shared by all processes, safe to use from many threads."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from medspil.matching._affinity import AffinityTable
from medspil.matching._arrays import Array, Bool, Float64, Int64, keep_freed_memory
from medspil.matching._format import (
    POINTER,
    IndexDamaged,
    IndexMissing,
    digest,
    map_arrays,
    read_header,
)
from medspil.matching._grid import Grid
from medspil.matching._layout import BLOCK, OPEN
from medspil.matching._search import search
from medspil.matching._vocabulary import Vocabulary

_TRIES = 5
_FITS_KEPT = 4


class Scratch:
    """Work space of one thread: as large as the index, clean between two queries."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        rows = arrays["block_rows"]
        self.text: Float64 = np.zeros(len(rows) * BLOCK)
        self.shut: Bool = np.arange(BLOCK) >= rows[:, None]
        """Slots not to be looked at: the padding, and during a query the rows scored up front."""
        self.touched: list[Array] = []
        """Slots of `text` to be set to 0 again."""
        self.closed: Array = np.zeros(0, np.int64)
        """Slots of `shut` to be opened again; never padding."""

    def clean(self) -> None:
        """Put everything back as it was before the query."""
        for slots in self.touched:
            self.text[slots] = 0.0
        self.shut.reshape(-1)[self.closed] = False
        self.touched = []
        self.closed = self.closed[:0]


class Index:
    """An index in force. Make it with `Index.open`; it never changes afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self.info, size, layout, extra = read_header(folder)
        self.arrays: dict[str, Array] = map_arrays(self._data, size, layout)
        self.class_blocks: list[int] = extra["class_blocks"]
        self.industries: list[tuple[str, str]] = [(code, system) for code, system in extra["industries"]]
        self.mean_length: float = extra["mean_length"]
        self.grid = Grid.of(self.arrays, extra["grid"])
        self.vocabulary = Vocabulary(self.arrays["word_start"], self.arrays["word_text"], self.arrays["word_hash"])
        self._scratch = threading.local()
        keep_freed_memory()
        self._fits: tuple[tuple[AffinityTable, Float64], ...] = ()

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Open the index in force; takes milliseconds, whatever its size.

        Raises
        ------
        IndexMissing
            If none has been built.
        IndexDamaged
            If header or size are not as written. Flipped bytes of the data are found by `verify`.
        IndexOutdated
            If it was written in another format.
        """
        for _ in range(_TRIES):
            try:
                name = (folder / POINTER).read_text().strip()
            except FileNotFoundError as error:
                raise IndexMissing("never_built", f"No index has been built in {folder} yet.") from error
            try:
                return cls(folder / name)
            except (FileNotFoundError, IndexDamaged):
                # A new index may have come into force in between, and ours been removed.
                if (folder / POINTER).read_text().strip() == name:
                    if (folder / name / "header").exists():
                        raise
                    break
        raise IndexMissing("folder_gone", f"The index in force in {folder} is gone. Build it again.")

    @classmethod
    def open_at(cls, folder: Path) -> "Index":
        """Open the very index of another process, by its `folder`, whether still in force or not.

        Raises
        ------
        IndexMissing
            If its files have been removed since.
        """
        try:
            return cls(folder)
        except FileNotFoundError as error:
            raise IndexMissing("folder_gone", f"The index in {folder} is gone. Open the one in force.") from error

    def verify(self) -> None:
        """Read the whole data file and compare its checksum.

        Raises
        ------
        IndexDamaged
            If a byte is not as it was written, or the file has been removed since.
        """
        if not self._data.exists() or digest(self._data) != self.info.checksum:
            raise IndexDamaged("checksum", "The data of the index is not as it was written. Build it again.")

    def row_of(self, number: int) -> int | None:
        """Return the slot of a unit, or None if the index does not have it."""
        slot = int(self.rows_of(np.array([number], np.int64))[0])
        return None if slot < 0 else slot

    def rows_of(self, numbers: Int64) -> Int64:
        """Return the slots of many units, -1 for those unknown, shape (n,)."""
        known = self.arrays["number_sorted"]
        if not len(numbers) or not len(known):
            return np.full(len(numbers), -1, np.int64)
        at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        return np.where(known[at] == numbers, self.arrays["number_slot"][at], -1).astype(np.int64)

    def search(
        self, terms: Mapping[str, float], *, limit: int = 50, active_only: bool = False
    ) -> list[tuple[int, float]]:
        """Return the units that say most of the terms: plain BM25, ties by number.

        Ceased units are found too, unless `active_only`. A place word (``@…``) counts as any other.
        """
        return search(self, terms, limit=limit, active_only=active_only)

    def postings(self, term: int) -> tuple[Array, Array]:
        """Return slots (ascending) and impacts of a term, as views of the map."""
        starts = self.arrays["posting_start"].data
        low, high = starts[term], starts[term + 1]
        return self.arrays["posting_slot"][low:high], self.arrays["posting_impact"][low:high]

    def column(self, name: str) -> Array:
        """Return a column by slot, shape (slots,)."""
        return self.arrays[name].reshape(-1)

    @property
    def open_blocks(self) -> int:
        """How many blocks hold active units that are not protected; they come first."""
        return self.class_blocks[OPEN + 1]

    def industries_within(self, place: tuple[float, float], radius_m: float) -> dict[tuple[str, str], int]:
        """Return how many open units of each industry (code, system) are within a circle, exactly."""
        slots = self.grid.slots(OPEN, place, radius_m)
        counts = np.bincount(self.arrays["block_industry"][slots // BLOCK], minlength=len(self.industries))
        return {self.industries[at]: int(counts[at]) for at in np.flatnonzero(counts).tolist()}

    def affinities(self, table: AffinityTable) -> Float64:
        """Return the affinities of all industries of the index, shape (industries, kinds); kept."""
        for kept, fit in self._fits:
            if kept is table:
                return fit
        codes = [code for code, _ in self.industries]
        systems = [system for _, system in self.industries]
        # Kind by kind in memory: a query wants a few kinds of all industries.
        fit = np.asfortranarray(table.fit(codes, systems, table.kinds))
        self._fits = ((table, fit), *self._fits)[:_FITS_KEPT]
        return fit

    @contextmanager
    def scratch(self) -> Iterator[Scratch]:
        """Lend the work space of this thread, and clean it afterwards."""
        if not hasattr(self._scratch, "space"):
            self._scratch.space = Scratch(self.arrays)
        space: Scratch = self._scratch.space
        try:
            yield space
        except BaseException:
            del self._scratch.space  # left in an unknown state
            raise
        space.clean()

    def __getstate__(self) -> Any:
        raise TypeError("An index is not pickled: open it in each process, the pages are shared.")
