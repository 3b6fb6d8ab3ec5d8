"""Count the units within a circle exactly without measuring to each of them.

Active units with a point are listed cell by cell. Of the cells a circle touches, those wholly inside
are counted by their bounds in the list, and only the units of those on the rim are measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from medspil.matching._arrays import Array, Bool, Float64, Int32, Int64, run_indices
from medspil.matching._criteria import distances
from medspil.matching._format import DataWriter
from medspil.matching._layout import BLOCK, CEASED, CLOSED, OPEN, Layout
from medspil.matching._spool import Spool

CELL_M: Final = 1_000.0
MOST_CELLS: Final = 400
"""Per axis; the cells grow when the map is larger."""

_SURE: Final = 1e-9
"""Relative: a cell within this of the rim is measured, so that rounding cannot decide."""


def write_grid(spool: Spool, layout: Layout, writer: DataWriter) -> dict[str, float]:
    """Write the list and return the facts about the grid that go into the header."""
    x, y = spool.column("x")[layout.order], spool.column("y")[layout.order]
    kind = np.searchsorted(np.array(layout.class_blocks[1:3]) * BLOCK, layout.slots, "right")
    listed = np.flatnonzero(np.isfinite(x) & (kind != CEASED))
    facts = _facts(x[listed], y[listed])
    column = _cell(x[listed], facts["left"], facts["cell"], facts["columns"])
    row = _cell(y[listed], facts["low"], facts["cell"], facts["rows"])
    cell = (kind[listed] * int(facts["rows"]) + row) * int(facts["columns"]) + column
    by_cell = np.argsort(cell, kind="stable")
    listed = listed[by_cell]
    ends = np.bincount(cell, minlength=int(2 * facts["rows"] * facts["columns"]))
    writer.add("grid_start", np.concatenate([[0], np.cumsum(ends)]).astype(np.int64))
    writer.add("grid_slot", layout.slots[listed].astype(np.int32))
    writer.add("grid_x", x[listed])
    writer.add("grid_y", y[listed])
    return facts


def _facts(x: Float64, y: Float64) -> dict[str, float]:
    """Lay the grid over nearly all points; what lies beyond belongs to the outermost cells."""
    if len(x) == 0:
        return {"left": 0.0, "low": 0.0, "cell": CELL_M, "columns": 1, "rows": 1}
    left, right = np.quantile(x, [0.001, 0.999]).tolist()
    low, top = np.quantile(y, [0.001, 0.999]).tolist()
    cell = max(CELL_M, (right - left) / MOST_CELLS, (top - low) / MOST_CELLS)
    columns, rows = int((right - left) / cell) + 1, int((top - low) / cell) + 1
    return {"left": left, "low": low, "cell": cell, "columns": columns, "rows": rows}


def _cell(value: Float64, start: float, cell: float, count: float) -> Int64:
    return np.clip(np.floor((value - start) / cell), 0, count - 1).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Grid:
    """The list of active units by cell, as mapped from the index."""

    start: Int64
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
        columns, rows, cell = int(self.facts["columns"]), int(self.facts["rows"]), self.facts["cell"]
        near_x, far_x = _reach(*_edges(self.facts["left"], cell, columns), place[0])
        near_y, far_y = _reach(*_edges(self.facts["low"], cell, rows), place[1])
        wide, narrow = radius_m * (1 + _SURE) + _SURE, radius_m * (1 - _SURE) - _SURE
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
