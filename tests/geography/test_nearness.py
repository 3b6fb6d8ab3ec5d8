"""Distances from a border, a circle and a point."""

from math import hypot, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.geography.nearness import Ground, ground_of
from medspil.geography.projection import to_degrees

SQUARE = Ground(ring=((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)))
metres = st.floats(-1_000, 1_000)


def test_inside_a_border_the_distance_is_nothing() -> None:
    assert SQUARE.distances([50.0, 1.0], [50.0, 99.0]).tolist() == [0.0, 0.0]


def test_outside_it_is_the_way_to_the_nearest_side_or_corner() -> None:
    assert SQUARE.distances([150.0, 103.0, -10.0], [50.0, 104.0, -10.0]).tolist() == pytest.approx(
        [50.0, 5.0, hypot(10, 10)]
    )


@given(x=metres, y=metres)
def test_a_square_agrees_with_its_own_formula(x: float, y: float) -> None:
    expected = hypot(max(-x, 0.0, x - 100), max(-y, 0.0, y - 100))
    assert SQUARE.distances([x], [y])[0] == pytest.approx(expected, abs=1e-6)


def test_a_circle_begins_at_its_rim_and_a_point_at_itself() -> None:
    assert Ground(x=0, y=0, radius=30).distances([0.0, 30.0, 40.0], [10.0, 40.0, 0.0]).tolist() == [0.0, 20.0, 10.0]
    assert Ground(x=0, y=0).distances([3.0], [4.0]).tolist() == [5.0]


def test_a_point_nobody_knows_is_never_near() -> None:
    assert SQUARE.distances([None], [None])[0] == inf
    assert Ground(x=0, y=0).distances([None], [None])[0] == inf


@given(x=metres, y=metres, reach=st.floats(0, 500))
def test_all_within_a_distance_lies_in_its_box(x: float, y: float, reach: float) -> None:
    west, south, east, north = SQUARE.box(reach)
    if SQUARE.distances([x], [y])[0] <= reach:
        assert west - 1e-6 <= x <= east + 1e-6
        assert south - 1e-6 <= y <= north + 1e-6


def test_many_points_are_measured_in_pieces() -> None:
    xs = [float(n % 300) for n in range(3_000)]
    assert Ground(ring=SQUARE.ring * 401).distances(xs, [50.0] * 3_000).tolist() == pytest.approx(
        [max(x - 100, 0.0) for x in xs]
    )


def test_a_border_counts_before_a_centre() -> None:
    ring = [list(to_degrees(533_000 + dx, 6_174_000 + dy)) for dx, dy in ((0, 0), (900, 0), (900, 900), (0, 0))]
    found = ground_of({"type": "Polygon", "coordinates": [ring]}, 1.0, 1.0, 50)
    assert found
    assert found.distances([534_000.0], [6_174_500.0])[0] == pytest.approx(100.0, abs=1)
    assert ground_of(None, 1.0, 2.0, None) == Ground(x=1.0, y=2.0)
    assert ground_of(None, None, None, 500) is None
