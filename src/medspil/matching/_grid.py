"""Count the units within a circle exactly without measuring to each of them.

Active units with a point are listed cell by cell. Of the cells a circle touches, those wholly inside
are counted by their bounds in the list, and only the units of those on the rim are measured.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from medspil.matching._arrays import Array, Bool, Float64, Int32, Int64, run_indices
from medspil.matching._blocks import SIZE_CODES
from medspil.matching._criteria import distances
from medspil.matching._format import DataWriter
from medspil.matching._layout import BLOCK, CLOSED, OPEN, Layout
from medspil.matching._record import SECTORS
from medspil.matching._spool import Spool

WIDTH_M: Final = 250.0
HEIGHT_M: Final = 2_500.0
"""A circle is read row by row: few rows make few runs, narrow cells make their ends fit."""

MOST_COLUMNS: Final = 2_000
MOST_ROWS: Final = 200
"""The cells grow when the map is larger."""

_FARTHEST: Final = 1e12
"""Metres; longer radii reach the outermost cells, which have no end, just so, and its square is still a number."""

_SURE: Final = 1e-9
"""Relative: a cell within this of the rim is measured, so that rounding cannot decide."""


class Written(NamedTuple):
    """The list as it goes into the index.

    Attributes
    ----------
    facts : dict of str to float
        The facts about the grid that go into the header.
    record, place : ndarray of int64, shape (open units,)
        The open units in the order of the list, and where in it they stand.
    """

    facts: dict[str, float]
    record: Int64
    place: Int64


def write_grid(spool: Spool, layout: Layout, writer: DataWriter) -> Written:
    """Write the list: open units by cell, protected ones by cell, and open ones without a point by municipality."""
    x, y = spool.column("x")[layout.order], spool.column("y")[layout.order]
    municipality = spool.column("municipality")[layout.order]
    kind = np.searchsorted(np.array(layout.class_blocks[1:3]) * BLOCK, layout.slots, "right")
    pointed = np.isfinite(x)
    listed = np.flatnonzero((kind == OPEN) | (pointed & (kind == CLOSED)))
    measured = listed[pointed[listed]]
    facts = _facts(x[measured], y[measured])
    cells = int(facts["rows"] * facts["columns"])
    column = _cell(x[measured], facts["left"], facts["width"], facts["columns"])
    row = _cell(y[measured], facts["low"], facts["height"], facts["rows"])
    cell = 2 * cells + municipality[listed].astype(np.int64)
    cell[pointed[listed]] = kind[measured] * cells + row * int(facts["columns"]) + column
    by_cell = np.argsort(cell, kind="stable")
    listed = listed[by_cell]
    ends = np.bincount(cell, minlength=2 * cells + (1 << 16))
    writer.add("grid_start", np.concatenate([[0], np.cumsum(ends)]).astype(np.int32))
    writer.add("grid_slot", layout.slots[listed].astype(np.int32))
    writer.add("grid_x", x[listed])
    writer.add("grid_y", y[listed])
    writer.add("grid_municipality", municipality[listed])
    writer.add("grid_mix", _mix(spool, layout, listed))
    place_of = np.full(layout.class_blocks[1] * BLOCK, -1, np.int32)
    place = np.flatnonzero(kind[listed] == OPEN)
    place_of[layout.slots[listed[place]]] = place
    writer.add("grid_place", place_of)
    return Written(facts, layout.order[listed[place]], place)


def _mix(spool: Spool, layout: Layout, listed: Int64) -> Array:
    """Return each unit's industry, sector and size as one number: one look-up then serves all three."""
    industry = layout.block_industry[layout.slots[listed] // BLOCK].astype(np.int64)
    sector = spool.column("sector")[layout.order[listed]]
    size = spool.column("size")[layout.order[listed]]
    mix = (industry * len(SECTORS) + sector) * SIZE_CODES + size % SIZE_CODES
    small: Array = mix.astype(np.uint16 if mix.max(initial=0) < 1 << 16 else np.uint32)
    return small


def _facts(x: Float64, y: Float64) -> dict[str, float]:
    """Lay the grid over nearly all points; what lies beyond belongs to the outermost cells."""
    if len(x) == 0:
        return {"left": 0.0, "low": 0.0, "width": WIDTH_M, "height": HEIGHT_M, "columns": 1, "rows": 1}
    left, right = np.quantile(x, [0.001, 0.999]).tolist()
    low, top = np.quantile(y, [0.001, 0.999]).tolist()
    width = max(WIDTH_M, (right - left) / MOST_COLUMNS)
    height = max(HEIGHT_M, (top - low) / MOST_ROWS)
    columns, rows = int((right - left) / width) + 1, int((top - low) / height) + 1
    return {"left": left, "low": low, "width": width, "height": height, "columns": columns, "rows": rows}


def _cell(value: Float64, start: float, cell: float, count: float) -> Int64:
    return np.clip(np.floor((value - start) / cell), 0, count - 1).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Grid:
    """The list of active units by cell, as mapped from the index."""

    start: Int32
    slot: Int32
    x: Float64
    y: Float64
    facts: Mapping[str, float]

    @classmethod
    def of(cls, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> "Grid":
        """Take the grid out of the arrays of an index."""
        return cls(arrays["grid_start"], arrays["grid_slot"], arrays["grid_x"], arrays["grid_y"], facts)

    def counts(self, place: tuple[float, float], radius_m: float) -> tuple[int, int]:
        """Return how many open and how many protected units are within the radius, exactly."""
        sure, rim = (np.stack([cells, cells + self._of_a_class]) for cells in self._cells(place, radius_m))
        inner = (self.start[sure + 1] - self.start[sure]).sum(axis=1).tolist()
        sizes = (self.start[rim + 1] - self.start[rim]).sum(axis=1).tolist()
        near = self._within(self._listed(rim.ravel()), place, radius_m)
        outer = np.count_nonzero(near[: sizes[OPEN]]), np.count_nonzero(near[sizes[OPEN] :])
        return inner[OPEN] + int(outer[OPEN]), inner[CLOSED] + int(outer[CLOSED])

    def slots(self, kind: int, place: tuple[float, float], radius_m: float) -> Int64:
        """Return the slots of a class that are within the radius, in no particular order."""
        sure, rim = (cells + kind * self._of_a_class for cells in self._cells(place, radius_m))
        measured = self._listed(rim)
        near = measured[self._within(measured, place, radius_m)]
        slots: Int64 = self.slot[np.concatenate([self._listed(sure), near])].astype(np.int64)
        return slots

    def cells(self, place: tuple[float, float], radius_m: float) -> list[tuple[int, int]]:
        """Return the first and the last cell of each row of cells that a circle touches, of the first class.

        All units within the radius are in them, and some that are a little further away. There are few
        rows, so plain numbers are faster than arrays.
        """
        columns, rows = int(self.facts["columns"]), int(self.facts["rows"])
        width, height = self.facts["width"], self.facts["height"]
        wide = min(radius_m, _FARTHEST) * (1 + _SURE) + _SURE
        across, up = place[0] - self.facts["left"], place[1] - self.facts["low"]
        first, last = (min(max(math.floor((up + step) / height), 0), rows - 1) for step in (-wide, wide))
        found = []
        for row in range(first, last + 1):
            # A hair wider on all sides, as rounding may have sorted a point into the next cell.
            below = up - (row + 1 + _SURE) * height if row < rows - 1 else 0.0
            above = (row - _SURE) * height - up if row else 0.0
            near = max(below, above, 0.0)
            half = math.sqrt(max(wide * wide - near * near, 0.0)) + width * _SURE
            left = min(max(math.floor((across - half) / width), 0), columns - 1)
            right = min(max(math.floor((across + half) / width), 0), columns - 1)
            found.append((row * columns + left, row * columns + right))
        return found

    def runs(self, kind: int, cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where in the list the units of a class begin and end, for each row of cells."""
        start, before = self.start.data, kind * self._of_a_class
        return [(start[left + before], start[right + before + 1]) for left, right in cells]

    def pointless(self, municipalities: frozenset[int]) -> list[tuple[int, int]]:
        """Return where in the list the open units without a point of some municipalities begin and end."""
        first = 2 * self._of_a_class
        cells = [first + code for code in sorted(municipalities) if 0 <= code < 1 << 16]
        return [(int(self.start[cell]), int(self.start[cell + 1])) for cell in cells]

    @property
    def _of_a_class(self) -> int:
        return int(self.facts["columns"] * self.facts["rows"])

    def _listed(self, cells: Int64) -> Int64:
        """Return where in the list the units of some cells are."""
        return run_indices(self.start[cells], self.start[cells + 1] - self.start[cells])

    def _within(self, listed: Int64, place: tuple[float, float], radius_m: float) -> Bool:
        return distances(self.x[listed], self.y[listed], place) <= radius_m

    def _cells(self, place: tuple[float, float], radius_m: float) -> tuple[Int64, Int64]:
        """Return the cells of the first class surely within the radius, and those that may be in part."""
        columns, rows = int(self.facts["columns"]), int(self.facts["rows"])
        near_x, far_x = _reach(*_edges(self.facts["left"], self.facts["width"], columns), place[0])
        near_y, far_y = _reach(*_edges(self.facts["low"], self.facts["height"], rows), place[1])
        reach = min(radius_m, _FARTHEST)
        wide, narrow = reach * (1 + _SURE) + _SURE, reach * (1 - _SURE) - _SURE
        column, row = np.flatnonzero(near_x <= wide), np.flatnonzero(near_y <= wide)
        number = row[:, None] * columns + column
        touched = near_x[column] ** 2 + near_y[row, None] ** 2 <= wide**2
        sure = np.zeros_like(touched)
        if narrow > 0:
            sure = far_x[column] ** 2 + far_y[row, None] ** 2 <= narrow**2
        return number[sure], number[touched & ~sure]


def _edges(start: float, cell: float, count: int) -> tuple[Float64, Float64]:
    """Return the lower and upper edges of the cells along an axis; the outermost reach for ever.

    The edges are widened a hair, as a point may have been sorted into its cell with rounding.
    """
    edges: Float64 = start + cell * np.arange(count + 1, dtype=np.float64)
    lower, upper = edges[:-1] - cell * _SURE, edges[1:] + cell * _SURE
    lower[0], upper[-1] = -np.inf, np.inf
    return lower, upper


def _reach(lower: Float64, upper: Float64, at: float) -> tuple[Float64, Float64]:
    """Return the nearest and the farthest distance from a coordinate to each cell along an axis."""
    near = np.maximum(np.maximum(lower - at, at - upper), 0.0)
    far = np.maximum(np.abs(at - lower), np.abs(upper - at))
    return near, far
