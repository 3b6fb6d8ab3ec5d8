"""The other way round: for a unit, each need has the score, the reasons and the gate that ranking it gives."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.matching import (
    DEFAULT_WEIGHTS,
    Gate,
    Need,
    NeedPool,
    NeedRanking,
    Profile,
    RankedNeed,
    RankedUnit,
    UnitRecord,
    UnknownKind,
    UnknownNumber,
    Wanted,
    Weights,
    explain_unit,
    rank_needs,
)
from tests.matching import strategies as some
from tests.matching.helpers import opened, unit
from tests.matching.reference import Reference
from tests.matching.strategies import TABLE

pools = st.dictionaries(st.integers(0, 60), some.needs(), max_size=12)
REASONS = ("score", "parts", "distance_m", "kinds", "words", "model", "deciding_kinds", "profile")
AARHUS = Need(wanted=(Wanted("jobs"),), terms={"tømrer": 1.0}, x=575_000.0, y=6_220_000.0)


def reasons(one: RankedUnit | RankedNeed) -> list[object]:
    return [getattr(one, name) for name in REASONS]


def keys(ranking: NeedRanking) -> list[int]:
    return [found.key for found in ranking.needs]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), pools, some.weights | st.just(DEFAULT_WEIGHTS), st.sampled_from((0, 1, 3, 500)))
def test_every_need_has_the_figures_and_the_gate_that_explaining_the_unit_gives(
    records: list[UnitRecord], needs: dict[int, Need], weights: Weights, k: int
) -> None:
    index = opened(records)
    pool = NeedPool.of(index, needs, TABLE)
    for record in records[:8]:
        answers = {key: explain_unit(index, need, TABLE, record.number, weights=weights) for key, need in needs.items()}
        fitting = {key: one for key, one in answers.items() if isinstance(one, RankedUnit)}
        order = sorted(fitting, key=lambda key: (-fitting[key].score, key))[:k]

        for asked in (record.number, record):
            found = rank_needs(pool, asked, k=k, weights=weights)

            assert keys(found) == order
            assert [reasons(one) for one in found.needs] == [reasons(fitting[key]) for key in order]
            assert Counter(found.left_out) == Counter(one for one in answers.values() if isinstance(one, Gate))
            assert (found.eligible, found.considered) == (len(fitting), len(needs))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), some.records(5_000), pools)
def test_a_company_that_the_index_does_not_have_is_scored_by_the_same_formula(
    records: list[UnitRecord], new: UnitRecord, needs: dict[int, Need]
) -> None:
    reference = Reference(records, TABLE)
    found = rank_needs(NeedPool.of(opened(records), needs, TABLE), new)

    for one in found.needs:
        assert reference.gate(new, needs[one.key]) is None
        assert one.score == pytest.approx(reference.score(new, needs[one.key], DEFAULT_WEIGHTS), abs=1e-9)
    assert found.eligible == sum(reference.gate(new, need) is None for need in needs.values())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), some.records(5_000), pools, st.sets(st.integers(0, 60)))
def test_asking_among_some_needs_is_as_if_there_were_no_others(
    records: list[UnitRecord], new: UnitRecord, needs: dict[int, Need], some_of_them: set[int]
) -> None:
    index = opened(records)
    few = NeedPool.of(index, {key: need for key, need in needs.items() if key in some_of_them}, TABLE)
    found = rank_needs(NeedPool.of(index, needs, TABLE), new, k=3, among=some_of_them)
    assert found == rank_needs(few, new, k=3)


def test_our_own_records_of_the_company_may_be_given_instead_of_those_in_the_needs() -> None:
    needs = {1: replace(AARHUS, profiles={7: Profile(in_contact=True)}), 2: AARHUS, 3: AARHUS, 4: AARHUS}
    pool = NeedPool.of(opened([unit(7)]), needs, TABLE)

    assert keys(rank_needs(pool, 7)) == [1, 2, 3, 4]
    found = rank_needs(pool, 7, profiles={2: Profile(in_contact=True), 99: Profile()}, turned_down=frozenset({3, 99}))
    assert keys(found) == [2, 1, 4]
    assert found.needs[0].profile == Profile(in_contact=True)
    assert found.left_out[Gate.TURNED_DOWN] == 1


def test_a_protected_company_is_shown_only_needs_it_may_be_written_to_for() -> None:
    pool = NeedPool.of(opened([]), {1: AARHUS, 2: AARHUS}, TABLE)
    shy = replace(unit(7), protected=True)

    assert rank_needs(pool, shy).left_out[Gate.PROTECTED] == 2
    assert keys(rank_needs(pool, shy, consented=frozenset({2}))) == [2]


def test_no_needs_give_an_empty_answer() -> None:
    assert rank_needs(NeedPool.of(opened([unit(1)]), {}, TABLE), 1) == NeedRanking((), dict.fromkeys(Gate, 0), 0, 0)


def test_a_number_the_index_lacks_and_a_kind_the_table_lacks_and_a_record_out_of_range_are_refused() -> None:
    index = opened([unit(1)])
    pool = NeedPool.of(index, {1: AARHUS}, TABLE)
    with pytest.raises(UnknownNumber):
        rank_needs(pool, 2)
    with pytest.raises(UnknownKind):
        NeedPool.of(index, {1: replace(AARHUS, wanted=(Wanted("gold"),))}, TABLE)
    with pytest.raises(ValueError, match="Unit 3"):
        rank_needs(pool, unit(3, size=11))
