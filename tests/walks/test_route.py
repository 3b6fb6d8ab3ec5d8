"""The order of stops is the shortest round there is, or nearly that, and its length is told in metres and minutes."""

from collections.abc import Sequence
from itertools import pairwise, permutations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.walks import route
from medspil.walks.route import Point, length, shortest_round

METRES = st.integers(0, 2_000).map(float)
POINTS = st.lists(st.tuples(METRES, METRES), min_size=1, max_size=6)


def around(start: Point | None, points: list[Point], order: Sequence[int]) -> float:
    stops = [points[number] for number in order]
    way: list[Point] = [start, *stops, start] if start else stops
    return sum(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(way))


@settings(max_examples=40, deadline=None)
@given(start=st.tuples(METRES, METRES), points=POINTS)
def test_no_other_order_is_shorter(start: Point, points: list[Point]) -> None:
    found = shortest_round(start, points)
    assert sorted(found) == list(range(len(points)))
    assert around(start, points, found) <= min(around(start, points, each) for each in permutations(found)) + 1e-6


@settings(max_examples=20, deadline=None)
@given(points=POINTS)
def test_without_a_start_the_way_begins_at_the_first_stop(points: list[Point]) -> None:
    found = shortest_round(None, points)
    others = [(0, *each) for each in permutations(range(1, len(points)))]
    assert found[0] == 0
    assert around(None, points, found) <= min(around(None, points, each) for each in others) + 1e-6


def test_many_stops_come_in_nearly_the_shortest_order() -> None:
    ring: list[Point] = [(x, 0.0) for x in range(0, 700, 100)] + [(700.0, y) for y in range(0, 700, 100)]
    mixed: list[Point] = [ring[number * 5 % len(ring)] for number in range(len(ring))]
    assert len(mixed) > route.EXACT
    best = 600 + 100 + 600 + hypot(700, 600)
    assert around((0.0, 0.0), mixed, shortest_round((0.0, 0.0), mixed)) <= best * 1.03


def test_metres_are_straight_lines_made_longer_and_minutes_follow_from_a_slow_pace() -> None:
    found = length((0.0, 0.0), [((0.0, 400.0), 10), (None, 5), ((300.0, 400.0), 15)])
    assert (found.metres, found.walking, found.standing, found.unplaced) == (1560, 23, 30, 1)
    assert found.minutes == 53
    assert length(None, [((0.0, 0.0), 10)]).metres == 0
