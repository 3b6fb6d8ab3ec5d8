"""What a user of the ranking may rely on, in small registers one can check by eye."""

from dataclasses import replace
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings

from medspil.matching import (
    Criterion,
    Filters,
    Gate,
    Model,
    Need,
    Profile,
    Ranking,
    UnitRecord,
    UnknownKind,
    UnknownNumber,
    Wanted,
    Weights,
    explain_unit,
    rank,
)
from tests.matching import strategies as some
from tests.matching.helpers import opened, unit
from tests.matching.strategies import TABLE

AARHUS = Need(wanted=(Wanted("jobs"),), terms={"tømrer": 1.0}, x=575_000.0, y=6_220_000.0)


def numbers(ranking: Ranking) -> list[int]:
    return [found.number for found in ranking.units]


def test_equal_units_come_in_the_order_of_their_numbers() -> None:
    index = opened(unit(number) for number in (9, 3, 200, 1, 150))
    assert numbers(rank(index, AARHUS, TABLE, k=3)) == [1, 3, 9]


def test_a_nearer_unit_comes_first_and_says_how_near_it_is() -> None:
    index = opened([unit(1, x=580_000.0), unit(2, x=576_000.0), unit(3, x=None)])
    found = rank(index, AARHUS, TABLE)
    assert numbers(found) == [2, 1, 3]
    assert [one.distance_m for one in found.units] == [1_000.0, 5_000.0, None]


def test_all_units_protected_gives_nobody_and_says_so() -> None:
    index = opened(replace(unit(number), protected=True) for number in range(70))
    found = rank(index, AARHUS, TABLE)
    assert found.units == ()
    assert found.left_out[Gate.PROTECTED] == 70
    assert explain_unit(index, AARHUS, TABLE, 5) is Gate.PROTECTED


def test_an_empty_register_gives_nobody() -> None:
    found = rank(opened([]), replace(AARHUS, radius_m=5.0), TABLE, filters=Filters(sizes=frozenset({1})))
    assert found == Ranking((), dict.fromkeys(Gate, 0), 0, 0, 0)


def test_a_protected_unit_with_consent_is_proposed() -> None:
    index = opened([unit(1), replace(unit(2), protected=True)])
    found = rank(index, replace(AARHUS, consented=frozenset({2})), TABLE)
    assert numbers(found) == [1, 2]
    assert found.left_out[Gate.PROTECTED] == 0


def test_a_unit_is_counted_under_the_first_gate_only() -> None:
    everything = replace(unit(1), protected=True, active=False, municipality=101)
    need = replace(AARHUS, municipalities=frozenset({751}), turned_down=frozenset({1, 2, 3, 4}))
    register = [
        everything,
        replace(everything, number=2, active=True),
        replace(unit(3), protected=True),
        unit(4),
        unit(5),
    ]
    found = rank(opened(register), need, TABLE)
    assert dict(found.left_out) == dict.fromkeys(Gate, 1)
    assert numbers(found) == [5]


def test_a_unit_without_a_point_is_within_a_radius_only_if_its_municipality_is_named() -> None:
    index = opened([unit(1), unit(2, x=None)])
    near = replace(AARHUS, radius_m=1_000.0)
    assert numbers(rank(index, near, TABLE)) == [1]
    assert numbers(rank(index, replace(near, municipalities=frozenset({751})), TABLE)) == [1, 2]


def test_a_unit_on_the_very_edge_is_inside_and_counted_so() -> None:
    index = opened([unit(1, x=578_000.0, y=6_224_000.0), unit(2, x=578_000.0, y=6_224_000.001)])
    found = rank(index, replace(AARHUS, radius_m=5_000.0), TABLE)
    assert numbers(found) == [1]
    assert found.left_out[Gate.OUTSIDE] == 1


def test_strategically_integrated_says_which_kinds_decided() -> None:
    index = opened([unit(1), unit(2, industry="561110")])
    need = replace(AARHUS, wanted=(Wanted("jobs"), Wanted("rooms"), Wanted("skills")))
    joiner, cafe = (explain_unit(index, need, TABLE, number) for number in (1, 2))
    assert not isinstance(joiner, Gate)
    assert not isinstance(cafe, Gate)
    assert joiner.model is Model.STRATEGICALLY_INTEGRATED
    assert joiner.kinds == (("jobs", 0.9), ("skills", 0.6), ("rooms", 0.0))
    assert joiner.deciding_kinds == ("jobs", "skills")
    assert cafe.deciding_kinds == ("rooms",)
    add_on = explain_unit(index, AARHUS, TABLE, 2)
    assert not isinstance(add_on, Gate)
    assert (add_on.model, add_on.deciding_kinds) == (Model.ADD_ON, ())


def test_what_we_know_ourselves_is_used_and_shown() -> None:
    index = opened([unit(1), unit(2)])
    profile = Profile(in_contact=True)
    best = rank(index, replace(AARHUS, profiles={2: profile, 999: profile}), TABLE).units[0]
    assert (best.number, best.profile) == (2, profile)


def test_a_word_of_the_profile_counts_as_one_of_the_register_and_is_named() -> None:
    index = opened([unit(1), unit(2), unit(3, terms={"maler": 1.0})])
    need = replace(AARHUS, terms={"tømrer": 1.0, "snedker": 1.0})
    plain = {one.number: one for one in rank(index, need, TABLE).units}
    profiles = {3: Profile(terms={"snedker": 2.0, "tømrer": 1.0, "@aarhus": 5.0, "maler": 0.0})}
    found = rank(index, replace(need, profiles=profiles), TABLE).units
    assert found[0].number == 3
    assert {word for word, _ in found[0].words} == {"snedker", "tømrer"}
    assert found[0].score > plain[3].score
    # Nobody else's score moves because somebody wrote a profile.
    assert [one for one in found if one.number != 3] == [plain[1], plain[2]]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.registers(), some.needs())
def test_one_more_shared_theme_never_lowers_a_score(records: list[UnitRecord], need: Need) -> None:
    index = opened(records)
    need = replace(need, themes=frozenset({"youth"}))
    shared = {
        number: replace(need.profiles.get(number, Profile()), themes=frozenset({"youth"}))
        for number in {record.number for record in records} | set(need.profiles)
    }
    apart = {number: replace(profile, themes=frozenset()) for number, profile in shared.items()}
    before = {one.number: one.score for one in rank(index, replace(need, profiles=apart), TABLE, k=500).units}
    after = {one.number: one.score for one in rank(index, replace(need, profiles=shared), TABLE, k=500).units}
    assert before.keys() == after.keys()
    assert all(after[number] > before[number] for number in before)


def test_a_thousand_rows_of_one_kind_are_told_apart_by_number_alone() -> None:
    index = opened(unit(number) for number in range(1_000, 0, -1))
    assert numbers(rank(index, AARHUS, TABLE, k=130)) == list(range(1, 131))


def test_many_threads_share_one_index() -> None:
    index = opened(unit(number, x=575_000.0 + number % 97) for number in range(500))
    needs = [replace(AARHUS, x=575_000.0 + step, radius_m=50.0 + step if step % 2 else None) for step in range(20)]
    alone = [rank(index, need, TABLE) for need in needs]
    wrong: list[int] = []

    def ask() -> None:
        wrong.extend(at for at, need in enumerate(needs) if rank(index, need, TABLE) != alone[at])

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_kind_that_the_table_lacks_and_a_number_that_the_index_lacks_are_refused() -> None:
    index = opened([unit(1)])
    with pytest.raises(UnknownKind):
        rank(index, replace(AARHUS, wanted=(Wanted("gold"),)), TABLE)
    with pytest.raises(UnknownNumber):
        explain_unit(index, AARHUS, TABLE, 2)


@pytest.mark.parametrize(
    "wrong", [{"x": None}, {"radius_m": -1.0}, {"scale_m": 0.0}, {"effort": 0}, {"x": float("nan")}]
)
def test_a_need_out_of_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"place|radius|scale|person|finite"):
        replace(AARHUS, **wrong)  # type: ignore[arg-type]


def test_a_radius_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="place"):
        Need(radius_m=5.0)


def test_weights_sum_to_one_also_when_one_is_left_out() -> None:
    weights = Weights(3, 1, 1, 1, 1, 1, 1).without(Criterion.CAPABILITY)
    assert weights.capability == 0.0
    assert sum(weights.of(criterion) for criterion in Criterion) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="above 0"):
        Weights(0, 0, 0, 0, 0, 0, 0)
    with pytest.raises(ValueError, match="from 0"):
        Weights(1, -1, 0, 0, 0, 0, 0)
