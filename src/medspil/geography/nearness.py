"""How far points lie from a place on the ground: a border, a circle or a point. All in metres (EPSG:25832)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medspil.geography.projection import to_metres
from medspil.geography.shapes import Point

Metres = npt.NDArray[np.float64]
_AT_ONCE = 2_000_000  # pairs of point and side in memory at a time


@dataclass(frozen=True, slots=True)
class Ground:
    """A place on the ground: a closed ring of corners, or a point with a radius that may be 0."""

    ring: tuple[Point, ...] = ()
    x: float = 0.0
    y: float = 0.0
    radius: float = 0.0

    def box(self, reach: float) -> tuple[float, float, float, float]:
        """Return west, south, east and north of all that lies within a distance."""
        xs = [x for x, _y in self.ring] or [self.x - self.radius, self.x + self.radius]
        ys = [y for _x, y in self.ring] or [self.y - self.radius, self.y + self.radius]
        return min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach

    def distances(self, xs: Sequence[float | None], ys: Sequence[float | None]) -> Metres:
        """Return how far each point lies from the place: 0 inside it, infinity for a point that is not known."""
        x, y = (np.array([np.nan if one is None else one for one in values], np.float64) for values in (xs, ys))
        if not self.ring:
            found = np.maximum(np.hypot(x - self.x, y - self.y) - self.radius, 0.0)
        else:
            step = max(1, _AT_ONCE // len(self.ring))
            pieces = [self._from_ring(x[at : at + step], y[at : at + step]) for at in range(0, len(x), step)]
            found = np.concatenate(pieces) if pieces else np.zeros(0)
        return np.where(np.isnan(found), np.inf, found)

    def _from_ring(self, x: Metres, y: Metres) -> Metres:
        corners = np.array(self.ring, np.float64)
        (ax, ay), (bx, by) = corners[:-1].T[:, :, None], corners[1:].T[:, :, None]
        dx, dy = bx - ax, by - ay
        length = np.maximum(dx * dx + dy * dy, 1e-9)
        along = np.clip(((x - ax) * dx + (y - ay) * dy) / length, 0.0, 1.0)
        nearest: Metres = np.hypot(x - ax - along * dx, y - ay - along * dy).min(axis=0)
        # A ray to the east crosses the ring an odd number of times from inside.
        crossed = ((ay > y) != (by > y)) & (x < ax + (y - ay) * dx / np.where(dy == 0, 1.0, dy))
        inside = crossed.sum(axis=0) % 2 == 1
        result: Metres = np.where(inside, 0.0, nearest)
        return result


def ground_of(border: dict[str, Any] | None, x: float | None, y: float | None, radius: float | None) -> Ground | None:
    """Return the ground of a border in GeoJSON (WGS84), else of a centre with its radius; None without either."""
    if border:
        ring = tuple(to_metres(*corner[:2]) for corner in border["coordinates"][0])
        return Ground(ring=ring)
    if x is None or y is None:
        return None
    return Ground(x=x, y=y, radius=float(radius or 0))
