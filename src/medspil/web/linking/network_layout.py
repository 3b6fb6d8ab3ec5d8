"""Where the parties of a network stand: groups that are connected, apart from one another, with nobody upon anybody.

Each group is spread by stress majorisation: distances on the paper follow the number of steps between two parties, so
that a party with many links stands among them. The same network always gives the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WIDTH = 1160.0
"""What the drawing may take at most; it grows downwards."""
MARGIN_X, MARGIN_Y = 88.0, 34.0
"""Room around a group for the names of those at its rim."""
_LEAST_ROOM, _MOST_ROOM, _PAPER = 5200.0, 16_000.0, 900_000.0
"""Square units for one party and its name: fewer parties share out the same paper more freely."""
_STEP = 74.0
"""The shortest distance of two linked parties."""
_APART = 27.0
_ROUNDS = 70
_GOLDEN = np.pi * (3 - np.sqrt(5))

Array = NDArray[np.float64]
Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for every party by its number, and the size of the paper."""

    places: list[tuple[float, float]]
    width: float
    height: float


def layout(count: int, edges: Sequence[Edge]) -> Layout:
    """Return where `count` parties stand that are linked by `edges`."""
    groups = _groups(count, edges)
    drawn = [(group, _spread(group, edges)) for group in groups]
    return _packed(count, drawn)


def _groups(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    """Return the connected groups, the largest first."""
    near: list[list[int]] = [[] for _each in range(count)]
    for one, other in edges:
        near[one].append(other)
        near[other].append(one)
    seen, found = [False] * count, []
    for start in range(count):
        if seen[start]:
            continue
        group, seen[start] = [start], True
        for member in group:
            for other in near[member]:
                if not seen[other]:
                    seen[other] = True
                    group.append(other)
        found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group[0]))


def _spread(group: list[int], edges: Sequence[Edge]) -> Array:
    """Return the places of one group around its own corner, wider than high."""
    size = len(group)
    if size == 1:
        return np.zeros((1, 2))
    steps = _steps(group, edges)
    places = _stress(steps, _begin(steps))
    places = _lying(places)
    extent = np.maximum(np.ptp(places, axis=0), 0.35)
    room = min(max(_PAPER / size, _LEAST_ROOM), _MOST_ROOM)
    scale = max(_STEP, float(np.sqrt(size * room / (extent[0] * extent[1]))) if size > 6 else _STEP)
    scale = min(scale, (WIDTH - 2 * MARGIN_X) / extent[0])
    places = _pushed_apart(places * scale)
    return np.asarray(places - places.min(axis=0))


def _steps(group: list[int], edges: Sequence[Edge]) -> Array:
    """Return how many links lie between each two of a group."""
    at = {member: place for place, member in enumerate(group)}
    size = len(group)
    near = np.zeros((size, size), dtype=bool)
    for one, other in edges:
        if one in at and other in at and one != other:
            near[at[one], at[other]] = near[at[other], at[one]] = True
    steps = np.zeros((size, size))
    reached = np.eye(size, dtype=bool)
    rim, far = reached, 0
    while rim.any():
        far += 1
        rim = (rim.astype(np.float32) @ near.astype(np.float32) > 0) & ~reached
        steps[rim] = far
        reached |= rim
    return steps


def _begin(steps: Array) -> Array:
    """Return a first guess: the best connected in the middle, the others on a spiral around it by their steps."""
    size = len(steps)
    middle = int(np.argmin(steps.sum(axis=1)))
    order = np.lexsort((np.arange(size), steps[middle]))
    turn = np.empty(size)
    turn[order] = np.arange(size) * _GOLDEN
    away = steps[middle] + 0.001 * np.arange(size)
    return np.column_stack((away * np.cos(turn), away * np.sin(turn)))


def _stress(steps: Array, places: Array) -> Array:
    """Move the places until distances follow the steps; near ones count most."""
    size = len(steps)
    with np.errstate(divide="ignore"):
        weights = np.where(steps > 0, 1.0 / np.maximum(steps, 1.0) ** 2, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + np.full((size, size), 1.0 / size)) - np.full((size, size), 1.0 / size)
    for _round in range(_ROUNDS):
        pull = -weights * steps / np.maximum(_apart(places), 1e-6)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ (pull @ places)
    return places


def _apart(places: Array) -> Array:
    """Return how far each two stand apart."""
    lengths = (places**2).sum(axis=1)
    squares = lengths[:, None] + lengths[None, :] - 2 * places @ places.T
    return np.asarray(np.sqrt(np.maximum(squares, 0.0)))


def _lying(places: Array) -> Array:
    """Turn the places so that the longest way lies across the page; which end is left is settled by the first party."""
    places = places - places.mean(axis=0)
    _values, axes = np.linalg.eigh(places.T @ places)
    turned = places @ axes[:, ::-1]
    signs = np.where(turned[np.argmax(np.abs(turned), axis=0), [0, 1]] < 0, -1.0, 1.0)
    return np.asarray(turned * signs)


def _pushed_apart(places: Array) -> Array:
    """Push those apart that stand too close, a little at a time."""
    size = len(places)
    turn = np.arange(size) * _GOLDEN
    # Two in the very same place go apart along lines of their own.
    places = places + 0.01 * np.column_stack((np.cos(turn), np.sin(turn)))
    for _round in range(60):
        one, other = np.nonzero(np.triu(_apart(places) < _APART, k=1))
        if not len(one):
            break
        between = places[one] - places[other]
        length = np.maximum(np.sqrt((between**2).sum(axis=1)), 1e-3)
        push = between * ((_APART - length) / length * 0.45)[:, None]
        np.add.at(places, one, push)
        np.add.at(places, other, -push)
    return places


def _packed(count: int, drawn: list[tuple[list[int], Array]]) -> Layout:
    """Set the groups beside one another in rows, the largest first."""
    places = [(0.0, 0.0)] * count
    left, top, row_height, width = 0.0, 0.0, 0.0, 0.0
    for group, spots in drawn:
        across, down = np.ptp(spots, axis=0).tolist()
        wide, high = across + 2 * MARGIN_X, down + 2 * MARGIN_Y
        if left and left + wide > WIDTH + 1:
            left, top, row_height = 0.0, top + row_height, 0.0
        for member, (x, y) in zip(group, spots.tolist(), strict=True):
            places[member] = (left + MARGIN_X + x, top + MARGIN_Y + y)
        left, row_height, width = left + wide, max(row_height, high), max(width, left + wide)
    return Layout(places, width, top + row_height)
