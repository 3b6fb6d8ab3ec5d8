"""The shortest way round some points, and how far and how long people walk. Knows points in metres, and no Django.

Up to `EXACT` points the shortest round is found by dynamic programming over the sets of points already seen (Held and
Karp, 1962). Beyond, a round that goes to the nearest next point is mended until turning round no piece of it and moving
no piece of it makes it shorter (within 4 % of the shortest on rounds of ten). A library for routing searches further
only by the clock, so that the same walk could come out otherwise on a slower machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, inf

Point = tuple[float, float]
Table = list[list[float]]

EXACT = 10
DETOUR = 1.3
"""How much longer the way along paths and streets is than the straight line; in towns most ways lie near this."""

PACE_M_PER_MIN = 4_000 / 60
"""Four kilometres an hour: people who talk and look around."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a walk is: metres and minutes on foot, minutes at the stops, and how many stops nobody has placed."""

    metres: int
    walking: int
    standing: int
    unplaced: int

    @property
    def minutes(self) -> int:
        """Return the minutes from start to end."""
        return self.walking + self.standing


def length(start: Point | None, stops: Sequence[tuple[Point | None, int]]) -> Length:
    """Return how long the round from the start past stops, each a point and its minutes, and back is.

    Where the start is not known, only the way from the first stop to the last one counts.
    """
    points = [point for point, _minutes in stops if point is not None]
    way = [start, *points, start] if start and points else points
    straight = sum(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(way))
    metres = round(straight * DETOUR / 10) * 10
    return Length(
        metres=metres,
        walking=round(metres / PACE_M_PER_MIN),
        standing=sum(minutes for _point, minutes in stops),
        unplaced=len(stops) - len(points),
    )


def shortest_round(start: Point | None, points: Sequence[Point]) -> list[int]:
    """Return in which order to see points, by their numbers, on a short way from the start and back to it.

    Without a start the first point is the first one seen, and the way ends at the last one.
    """
    if len(points) <= 1:
        return list(range(len(points)))
    if start is None:
        return [0, *(number + 1 for number in _order(points[0], points[1:], back=False))]
    return _turned(_order(start, points, back=True))


def _order(start: Point, points: Sequence[Point], *, back: bool) -> list[int]:
    away = [[hypot(ax - bx, ay - by) for bx, by in points] for ax, ay in points]
    first = [hypot(x - start[0], y - start[1]) for x, y in points]
    last = first if back else [0.0] * len(points)
    return _exact(away, first, last) if len(points) <= EXACT else _mended(_nearest(away, first), away, first, last)


def _exact(away: Table, first: Sequence[float], last: Sequence[float]) -> list[int]:
    """Return the shortest order: the best way through each set of points to each of them, from small sets to large."""
    count = len(away)
    best = [[inf] * count for _set in range(1 << count)]
    came: list[list[int]] = [[-1] * count for _set in range(1 << count)]
    for point in range(count):
        best[1 << point][point] = first[point]
    for seen in range(1, 1 << count):
        for here in range(count):
            sofar = best[seen][here]
            if sofar == inf:
                continue
            for there in range(count):
                more = seen | 1 << there
                if more != seen and sofar + away[here][there] < best[more][there]:
                    best[more][there], came[more][there] = sofar + away[here][there], here
    seen = (1 << count) - 1
    here = min(range(count), key=lambda point: best[seen][point] + last[point])
    order = []
    while here >= 0:
        order.append(here)
        seen, here = seen & ~(1 << here), came[seen][here]
    return order[::-1]


def _nearest(away: Table, first: Sequence[float]) -> list[int]:
    """Return the order of always going to the nearest point that is left."""
    left = set(range(len(away)))
    order = [min(left, key=lambda point: (first[point], point))]
    left.remove(order[0])
    while left:
        here = order[-1]
        order.append(min(left, key=lambda point: (away[here][point], point)))
        left.remove(order[-1])
    return order


def _mended(order: list[int], away: Table, first: Sequence[float], last: Sequence[float]) -> list[int]:
    """Return an order that turning round or moving one piece of it makes no shorter."""

    def metres(one: Sequence[int]) -> float:
        return first[one[0]] + sum(away[a][b] for a, b in pairwise(one)) + last[one[-1]]

    sofar = metres(order)
    while True:
        best = min(_neighbours(order), key=metres)
        if metres(best) >= sofar - 1e-6:
            return order
        order, sofar = best, metres(best)


def _neighbours(order: list[int]) -> list[list[int]]:
    """Return what an order becomes by turning round one piece of it, or by moving a piece of up to three points."""
    count = len(order)
    found = [order[:a] + order[a:b][::-1] + order[b:] for a in range(count - 1) for b in range(a + 2, count + 1)]
    for size in (1, 2, 3):
        for a in range(count - size + 1):
            piece, rest = order[a : a + size], order[:a] + order[a + size :]
            found += [rest[:b] + piece + rest[b:] for b in range(len(rest) + 1) if b != a]
    return found


def _turned(order: list[int]) -> list[int]:
    """Return a round in the direction in which what was noted first is seen first: both ways are as long."""
    return order if order[0] < order[-1] else order[::-1]
