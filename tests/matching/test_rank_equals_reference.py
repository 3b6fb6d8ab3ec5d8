"""The fast ranking gives the same fifty as going through every row, always."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.matching import (
    Filters,
    Gate,
    Need,
    RankedUnit,
    UnitRecord,
    Weights,
    _near,
    _postings,
    _scan,
    explain_unit,
    rank,
)
from tests.matching import strategies as some
from tests.matching.helpers import opened
from tests.matching.reference import Reference


def each_pace() -> Iterator[str]:
    """Go on as it is, then block by block with bounds for every word, as in a register ten thousand times as large.

    One index is asked at each pace: it is what costs time, and what the paces must agree on.
    """
    for pace in ("as it is", "circles by blocks", "one block at a time"):
        with pytest.MonkeyPatch.context() as changed:
            if pace != "as it is":
                changed.setattr(_near, "MOST_ROWS", -1)
            if pace == "one block at a time":
                changed.setattr(_scan, "FIRST_BLOCKS", 1)
                changed.setattr(_scan, "MOST_BLOCKS", 1)
                changed.setattr(_postings, "heavy_from", lambda _: 3)
            yield pace


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.registers(), some.needs(), some.filters | st.just(Filters()), some.weights, st.sampled_from((1, 3, 50, 500))
)
def test_the_same_units_in_the_same_order_with_the_same_scores_and_counts(
    records: list[UnitRecord], need: Need, filters: Filters, weights: Weights, k: int
) -> None:
    expected, left_out, eligible, filtered_out = Reference(records, some.TABLE).rank(need, k, weights, filters)
    index = opened(records)

    for _pace in each_pace():  # again and again on the same scratch space
        found = rank(index, need, some.TABLE, k=k, weights=weights, filters=filters)
        assert [unit.number for unit in found.units] == [number for number, _ in expected]
        assert [unit.score for unit in found.units] == pytest.approx([score for _, score in expected], abs=1e-9)
        assert dict(found.left_out) == left_out
        assert (found.eligible, found.filtered_out) == (eligible, filtered_out)
        assert found.considered == len(records) == found.eligible + sum(found.left_out.values())


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), some.needs())
def test_explaining_one_unit_agrees_with_the_ranking_and_the_gates(records: list[UnitRecord], need: Need) -> None:
    reference, index = Reference(records, some.TABLE), opened(records)
    for _pace in each_pace():
        ranked = {unit.number: unit for unit in rank(index, need, some.TABLE, k=500).units}
        for record in records:
            answer = explain_unit(index, need, some.TABLE, record.number)
            if isinstance(answer, RankedUnit):
                assert answer == ranked[record.number]
                assert answer.model is reference.model(record, need)
            else:
                assert isinstance(answer, Gate)
                assert answer is reference.gate(record, need)
                assert record.number not in ranked


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), some.needs())
def test_the_explanation_is_the_score(records: list[UnitRecord], need: Need) -> None:
    index = opened(records)
    for unit in (unit for _pace in each_pace() for unit in rank(index, need, some.TABLE, k=500).units):
        assert sum(part.points for part in unit.parts) == pytest.approx(unit.score, abs=1e-9)
        assert all(0.0 <= part.value <= 1.0 for part in unit.parts)
        assert all(part.points == part.value * part.weight for part in unit.parts)
        relevance = next(part for part in unit.parts if part.criterion == "relevance")
        assert sum(points for _, points in unit.words) == pytest.approx(relevance.points, abs=1e-9)
        assert not any(word.startswith("@") for word, _ in unit.words)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), some.needs(), st.randoms())
def test_the_order_of_the_records_makes_no_difference(records: list[UnitRecord], need: Need, chance: object) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = opened(records), opened(shuffled)

    assert one.info.checksum == other.info.checksum
    for _pace in each_pace():
        assert rank(one, need, some.TABLE) == rank(other, need, some.TABLE)
