"""Rings of corners: how large, where the middle is, whether the line crosses itself; and a circle as a ring.

A ring is a sequence of points whose last point repeats the first.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from medspil.geography.projection import to_degrees

Point = tuple[float, float]
Ring = Sequence[Point]
_GRID = 10_000_000  # corners are compared as whole numbers, so that no rounding decides whether lines cross


def signed_area(ring: Ring) -> float:
    """Return the area; positive when the corners run against the clock."""
    x0, y0 = ring[0]  # near the ring, or large coordinates would eat the decimals
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(ring)) / 2


def centroid(ring: Ring) -> Point:
    """Return the point on which the shape would balance; its area must not be zero."""
    x0, y0 = ring[0]
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        part = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        twice += part
        x += (ax + bx - 2 * x0) * part
        y += (ay + by - 2 * y0) * part
    return x0 + x / (3 * twice), y0 + y / (3 * twice)


def crosses_itself(ring: Ring) -> bool:
    """Return whether two sides meet elsewhere than where they join: a crossing, a touch or a fold."""
    corners = [(round(x * _GRID), round(y * _GRID)) for x, y in ring[:-1]]
    sides = [(corner, corners[(n + 1) % len(corners)], n) for n, corner in enumerate(corners)]
    sides.sort(key=lambda side: min(side[0][0], side[1][0]))
    for place, (a, b, n) in enumerate(sides):
        right = max(a[0], b[0])
        for c, d, m in sides[place + 1 :]:
            if min(c[0], d[0]) > right:
                break  # sorted from west to east: nothing further can reach back
            if _meet(a, b, c, d, gap=(m - n) % len(sides), total=len(sides)):
                return True
    return False


def circle(x: float, y: float, radius: float, *, corners: int = 48) -> list[Point]:
    """Return a circle in metres as a ring in degrees, for maps."""
    ring = [
        to_degrees(x + radius * cos(2 * pi * n / corners), y + radius * sin(2 * pi * n / corners))
        for n in range(corners)
    ]
    return [*ring, ring[0]]


_Corner = tuple[int, int]


def _meet(a: _Corner, b: _Corner, c: _Corner, d: _Corner, *, gap: int, total: int) -> bool:
    if gap == 1:
        return _folds(a, b, d)
    if gap == total - 1:
        return _folds(c, d, b)
    one, two = _turn(a, b, c), _turn(a, b, d)
    three, four = _turn(c, d, a), _turn(c, d, b)
    if one * two < 0 and three * four < 0:
        return True
    return (
        (one == 0 and _between(a, b, c))
        or (two == 0 and _between(a, b, d))
        or (three == 0 and _between(c, d, a))
        or (four == 0 and _between(c, d, b))
    )


def _folds(a: _Corner, b: _Corner, c: _Corner) -> bool:
    """Return whether the way from a over b to c turns back on itself."""
    ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
    return _turn(a, b, c) == 0 and ahead <= 0


def _turn(a: _Corner, b: _Corner, c: _Corner) -> int:
    product = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (product > 0) - (product < 0)


def _between(a: _Corner, b: _Corner, point: _Corner) -> bool:
    """Return whether a point that lies on the line of two corners lies between them."""
    in_x = min(a[0], b[0]) <= point[0] <= max(a[0], b[0])
    return in_x and min(a[1], b[1]) <= point[1] <= max(a[1], b[1])
