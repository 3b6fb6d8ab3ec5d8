"""Rings: size, middle and whether they cross themselves, against plain known shapes and a slower way."""

from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.geography.projection import to_metres
from medspil.geography.shapes import Point, centroid, circle, crosses_itself, signed_area

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]


def test_a_square_has_its_area_and_middle_wherever_it_lies() -> None:
    far = [(x + 533_600, y + 6_174_800) for x, y in SQUARE]
    assert signed_area(far) == pytest.approx(16)
    assert signed_area(far[::-1]) == pytest.approx(-16)
    assert centroid(far) == pytest.approx((533_602, 6_174_802))
    assert centroid(far[::-1]) == pytest.approx((533_602, 6_174_802))


@pytest.mark.parametrize(
    ("corners", "crosses"),
    [
        ([(0, 0), (4, 0), (4, 4), (0, 4)], False),
        ([(0, 0), (4, 4), (4, 0), (0, 4)], True),  # a bow tie
        ([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], True),  # a corner touches a side
        ([(0, 0), (4, 0), (2, 0), (2, 4)], True),  # folds back on its own side
        ([(0, 0), (2, 0), (4, 0), (4, 4), (0, 4)], False),  # a corner on a straight line is no fault
        ([(0, 0), (4, 0), (2, 2), (4, 4), (0, 4), (2, 2)], True),  # two parts that share one corner
        ([(0, 0), (8, 0), (8, 8), (4, 1), (0, 8)], False),  # a deep bay
    ],
)
def test_a_ring_that_meets_itself_is_found(corners: list[Point], crosses: bool) -> None:
    assert crosses_itself([*corners, corners[0]]) is crosses
    assert crosses_itself([*corners[::-1], corners[-1]]) is crosses


@given(st.lists(st.floats(0.5, 5), min_size=5, max_size=40))
def test_a_star_around_one_point_never_crosses_itself(radii: list[float]) -> None:
    ring = [(r * cos(2 * pi * n / len(radii)), r * sin(2 * pi * n / len(radii))) for n, r in enumerate(radii)]
    assert not crosses_itself([*ring, ring[0]])


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=4, max_size=9, unique=True))
def test_the_sweep_finds_the_proper_crossings_that_comparing_all_pairs_finds(corners: list[Point]) -> None:
    sides = [(corners[n], corners[(n + 1) % len(corners)]) for n in range(len(corners))]

    def turn(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    crossing = any(
        turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0 for a, b in sides for c, d in sides
    )
    if crossing:
        assert crosses_itself([*corners, corners[0]])


def test_a_circle_keeps_its_radius_on_the_ground() -> None:
    ring = circle(533_600, 6_174_800, 600)
    assert ring[0] == ring[-1]
    for longitude, latitude in ring:
        x, y = to_metres(longitude, latitude)
        assert hypot(x - 533_600, y - 6_174_800) == pytest.approx(600, abs=0.1)
