"""A register large enough for bounds, frequent words and whole cells of the grid to matter."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bench.needs import make_needs, make_table, nearby
from bench.register import make
from medspil.matching import DEFAULT_WEIGHTS, Filters, Index, Need, Profile, Weights, _near, _postings, _scan, rank
from medspil.matching._bounds import block_bounds
from medspil.matching._exact import score_slots
from medspil.matching._layout import BLOCK
from medspil.matching._query import prepare
from tests.matching.helpers import opened
from tests.matching.reference import Reference

TABLE = make_table()
REGISTER = make(4_000)
RECORDS = list(REGISTER.records())
NEEDS = make_needs(REGISTER, 6)
TEXT_ONLY = Weights(0.01, 1, 0, 0.01, 0, 0, 0)
SIZE_ONLY = Weights(0, 0.001, 0, 0.001, 1, 0, 0)


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_postings, "heavy_from", lambda _: 30)
        yield opened(RECORDS)


@pytest.mark.parametrize("weights", [DEFAULT_WEIGHTS, TEXT_ONLY, SIZE_ONLY])
@pytest.mark.parametrize("need", NEEDS)
def test_no_row_is_above_the_bound_of_its_block(index: Index, need: Need, weights: Weights) -> None:
    query = prepare(index, need, TABLE, weights)
    with index.scratch() as scratch:
        bounds = block_bounds(query, Filters(), scratch)
    slots = np.flatnonzero(index.column("number")[: index.open_blocks * BLOCK] >= 0)
    best = np.full(index.open_blocks, -np.inf)
    np.maximum.at(best, slots // BLOCK, score_slots(query, slots).score)

    assert bounds.blocks.tolist() == list(range(index.open_blocks))
    assert (bounds.total >= best - 1e-12).all()
    assert bounds.heavy, "no word of the need is frequent: the test would not test its bound"
    assert len(bounds.heavy) < len(query.terms), "nor is any rare"
    # Tight enough to be of use: on the whole not twice of what is there.
    assert bounds.total.sum() < 2 * best.sum()


@pytest.mark.parametrize("weights", [DEFAULT_WEIGHTS, TEXT_ONLY, SIZE_ONLY])
@pytest.mark.parametrize("shape", ["nationwide", "10 km", "100 km", "100 km by blocks", "town in 30 km", "filtered"])
def test_the_same_fifty_as_the_reference(
    index: Index, shape: str, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_scan, "FIRST_BLOCKS", 2)
    if shape == "100 km by blocks":
        monkeypatch.setattr(_near, "MOST_ROWS", -1)
    reference = Reference(RECORDS, TABLE)
    filters = Filters()
    for at, asked in enumerate(NEEDS):
        need = replace(
            asked,
            themes=frozenset({"youth"}),
            profiles={one.number: Profile(themes=frozenset({"youth"})) for one in RECORDS[at::97]},
            consented=frozenset(one.number for one in RECORDS[::11]),
            turned_down=frozenset(one.number for one in RECORDS[::13]),
        )
        if shape == "10 km":
            need = nearby(need)
        elif shape.startswith("100 km"):
            need = replace(need, radius_m=100_000.0)
        elif shape == "town in 30 km":
            need = replace(need, radius_m=30_000.0, municipalities=frozenset(range(101, 160)))
        elif shape == "filtered":
            filters = Filters(sizes=frozenset({-1, 3, 4}), sectors=frozenset({0}), max_distance_m=60_000.0)
        expected, left_out, eligible, filtered_out = reference.rank(need, 50, weights, filters)

        found = rank(index, need, TABLE, weights=weights, filters=filters)

        assert [unit.number for unit in found.units] == [number for number, _ in expected]
        assert [unit.score for unit in found.units] == pytest.approx([score for _, score in expected], abs=1e-9)
        assert (dict(found.left_out), found.eligible, found.filtered_out) == (left_out, eligible, filtered_out)
