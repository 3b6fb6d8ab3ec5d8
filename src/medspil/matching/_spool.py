"""Take in the records one by one: columns in memory, terms in a temporary file.

The terms of a whole country do not fit in a modest machine's memory as Python objects; twelve bytes
per term on disk do.
"""

from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from medspil.matching._arrays import Array
from medspil.matching._record import PLACE_PREFIX, UnitRecord, check_record, point_of

FLUSH_AT: Final = 1 << 18
PROGRESS_EVERY: Final = 10_000
ACTIVE: Final = 1
PROTECTED: Final = 2
COLUMNS: Final = {
    "number": "q",
    "x": "d",
    "y": "d",
    "municipality": "H",
    "size": "b",
    "sector": "B",
    "flags": "B",
    "industry": "H",
    "length": "d",
    "terms": "I",
}


class Spool:
    """Everything the build knows after one pass over the records."""

    def __init__(self, folder: Path) -> None:
        self.columns: dict[str, array[Any]] = {name: array(code) for name, code in COLUMNS.items()}
        self.vocabulary: dict[str, int] = {}
        self.industries: dict[tuple[str, str], int] = {}
        self._term_path = folder / "terms.spool"
        self._weight_path = folder / "weights.spool"
        self._terms = array("I")
        self._weights = array("d")

    def fill(self, records: Iterable[UnitRecord], progress: Callable[[int], None] | None) -> None:
        """Take in all records; calls `progress` with the count now and then, and at the end."""
        count = 0
        with self._term_path.open("wb") as terms, self._weight_path.open("wb") as weights:
            for count, record in enumerate(records, start=1):
                self._take(record)
                if len(self._terms) >= FLUSH_AT:
                    self._flush(terms, weights)
                if progress and count % PROGRESS_EVERY == 0:
                    progress(count)
            self._flush(terms, weights)
        if progress:
            progress(count)

    def column(self, name: str) -> Array:
        """Return one column, shape (rows,)."""
        return np.frombuffer(self.columns[name], dtype=COLUMNS[name])

    def postings(self) -> tuple[Array, Array]:
        """Return the term numbers and weights of all records in turn, mapped from disk."""
        if self._term_path.stat().st_size == 0:
            return np.zeros(0, np.uint32), np.zeros(0, np.float64)
        return np.memmap(self._term_path, np.uint32, "r"), np.memmap(self._weight_path, np.float64, "r")

    def remove(self) -> None:
        """Delete the temporary files."""
        self._term_path.unlink()
        self._weight_path.unlink()

    def _take(self, record: UnitRecord) -> None:
        check_record(record)
        columns = self.columns
        columns["number"].append(record.number)
        x, y = point_of(record)
        columns["x"].append(x)
        columns["y"].append(y)
        columns["municipality"].append(record.municipality)
        columns["size"].append(record.size)
        columns["sector"].append(record.sector)
        columns["flags"].append(ACTIVE * record.active + PROTECTED * record.protected)
        pair = (record.industry, record.code_system)
        columns["industry"].append(self.industries.setdefault(pair, len(self.industries)))
        self._take_terms(record)

    def _take_terms(self, record: UnitRecord) -> None:
        vocabulary, terms, weights = self.vocabulary, self._terms, self._weights
        length = 0.0
        before = len(terms)
        for term, weight in record.terms.items():
            if not weight > 0:
                continue
            terms.append(vocabulary.setdefault(term, len(vocabulary)))
            weights.append(weight)
            if not term.startswith(PLACE_PREFIX):
                length += weight
        self.columns["length"].append(length)
        self.columns["terms"].append(len(terms) - before)

    def _flush(self, terms: BinaryIO, weights: BinaryIO) -> None:
        self._terms.tofile(terms)
        self._weights.tofile(weights)
        del self._terms[:], self._weights[:]
