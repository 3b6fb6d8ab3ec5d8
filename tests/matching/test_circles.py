"""Circles of all sizes and in all places: every unit inside is in the runs that are read, and the edge is exact."""

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from medspil.matching import Gate, Index, Need, Wanted, _near, rank
from medspil.matching._layout import CLOSED, OPEN
from medspil.matching._near import square_limit
from medspil.matching._runs import Runs
from tests.matching.helpers import opened, unit
from tests.matching.strategies import TABLE

WORLD = [
    replace(
        unit(number, x=440_000.0 + 2_711.3 * (number % 97), y=6_060_000.0 + 3_499.7 * (number * 7 % 83)),
        protected=number % 5 == 0,
    )
    for number in range(1_500)
]
NEED = Need(wanted=(Wanted("jobs"),), terms={"tømrer": 1.0}, x=575_000.0, y=6_220_000.0)
coordinates = st.sampled_from([record.x for record in WORLD[:50]]) | st.floats(-1e6, 2e6)
heights = st.sampled_from([record.y for record in WORLD[:50]]) | st.floats(-1e6, 9e6)
radii = st.sampled_from((0.0, 1.0, 250.0, 2_500.0, 10_000.0, 1e9, 1e200)) | st.floats(0, 1e6)


@pytest.fixture(scope="module")
def index() -> Index:
    return opened(WORLD)


@settings(max_examples=300, deadline=None)
@given(coordinates, heights, radii)
@example(440_000.0, 6_060_000.0, 0.0)
def test_every_unit_within_the_radius_is_in_the_runs(index: Index, x: float, y: float, radius: float) -> None:
    within = {
        record.number
        for record in WORLD
        if math.sqrt((record.x - x) ** 2 + (record.y - y) ** 2) <= radius  # type: ignore[operator]
    }
    cells = index.grid.cells((x, y), radius)
    read = set()
    for kind in (OPEN, CLOSED):
        slots = Runs(index.grid.runs(kind, cells)).take(index.arrays["grid_slot"])
        read |= set(index.column("number")[slots].tolist())

    assert within <= read
    found = rank(index, replace(NEED, x=x, y=y, radius_m=radius), TABLE, k=2_000)
    assert {one.number for one in found.units} == {number for number in within if number % 5}
    assert found.left_out[Gate.PROTECTED] == sum(number % 5 == 0 for number in within)
    assert found.left_out[Gate.OUTSIDE] == len(WORLD) - len(within)


def test_a_circle_reads_little_more_than_what_is_inside(index: Index) -> None:
    runs = Runs(index.grid.runs(OPEN, index.grid.cells((575_000.0, 6_220_000.0), 60_000.0)))
    inside = rank(index, replace(NEED, radius_m=60_000.0), TABLE).eligible
    assert inside <= runs.count < 1.2 * inside


def test_a_circle_with_nobody_in_it_is_empty(index: Index) -> None:
    found = rank(index, replace(NEED, x=0.0, y=0.0, radius_m=10.0), TABLE)
    assert (found.units, found.eligible, found.left_out[Gate.OUTSIDE]) == ((), 0, len(WORLD))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(coordinates, heights, radii, st.sampled_from((1, 10, 60)))
def test_rough_scores_lose_nobody_whom_the_blocks_find(index: Index, x: float, y: float, radius: float, k: int) -> None:
    need = replace(NEED, x=x, y=y, radius_m=radius)
    found = rank(index, need, TABLE, k=k)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_near, "MOST_ROWS", -1)
        assert rank(index, need, TABLE, k=k) == found


@settings(deadline=None)
@given(st.floats(0, 1e7) | st.floats(0, 1e300))
def test_comparing_squares_decides_as_comparing_distances(metres: float) -> None:
    limit = square_limit(metres)
    assert math.sqrt(limit) <= metres
    after = math.nextafter(limit, math.inf)
    assert after == math.inf or math.sqrt(after) > metres
