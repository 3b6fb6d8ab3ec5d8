"""One battery over all criteria: bounded, deterministic, never falling when the facts get better."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.matching import EMPLOYMENT_CLASSES, Criterion, Profile
from medspil.matching import _criteria as register
from medspil.matching import _profile_criteria as own
from medspil.matching._bm25 import idf, saturation
from tests.matching import strategies as some

THEMES = frozenset({"youth", "health", "jobs"})
steps = st.lists(st.floats(0, 1e6), min_size=2, max_size=20).map(sorted)

RISING: dict[Criterion, Callable[[list[float]], np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = {
    Criterion.CAPABILITY: lambda facts: register.capability(
        np.array([[fact / 1e6, 0.3] for fact in facts]), np.array([1.0, 2.0])
    ),
    Criterion.RELEVANCE: lambda facts: register.relevance(np.array(facts), 2.0),
    Criterion.COMMITMENT: lambda facts: np.array(
        [own.commitment(Profile(earlier_partnerships=int(fact)), THEMES) for fact in facts]
    ),
    Criterion.PROXIMITY: lambda facts: register.proximity(np.array(facts)[::-1], 10_000.0),
    Criterion.CAPACITY: lambda facts: register.capacity_by_size(3)[[int(fact / 1e6 * 10) for fact in facts]],
    Criterion.RELATION: lambda facts: np.array(
        [own.relation(Profile(champion_known=fact > 10, in_contact=fact > 1_000)) for fact in facts]
    ),
    Criterion.FAIRNESS: lambda facts: np.array(
        [own.fairness(Profile(recent_approaches=5, open_offers=int(fact))) for fact in facts]
    ),
}


@pytest.mark.parametrize("criterion", Criterion)
@settings(deadline=None)
@given(steps)
def test_every_criterion_is_bounded_deterministic_and_never_falls(criterion: Criterion, facts: list[float]) -> None:
    values = RISING[criterion](facts)

    assert ((values >= 0) & (values <= 1)).all()
    assert (np.diff(values) >= -1e-12).all()
    assert (values == RISING[criterion](facts)).all()


@pytest.mark.parametrize("criterion", Criterion)
def test_every_criterion_tells_good_from_bad(criterion: Criterion) -> None:
    values = RISING[criterion]([0.0, 1e6])
    assert values[1] - values[0] > 0.1


@settings(deadline=None)
@given(some.profiles, st.sampled_from(sorted(THEMES)))
def test_one_more_shared_theme_or_yes_never_lowers_commitment(profile: Profile, theme: str) -> None:
    before = own.commitment(profile, THEMES)
    better = [
        replace(profile, themes=profile.themes | {theme}),
        replace(profile, csr=True),
        replace(profile, global_compact=True),
        replace(profile, volunteering=True),
        replace(profile, earlier_partnerships=profile.earlier_partnerships + 1),
    ]
    assert all(own.commitment(one, THEMES) >= before for one in better)
    assert 0.0 <= before <= 1.0


def test_not_knowing_is_between_no_and_yes_and_no_profile_is_never_above_a_yes() -> None:
    no, unknown, yes = (own.commitment(Profile(csr=csr), THEMES) for csr in (False, None, True))
    assert no < unknown < yes
    assert own.commitment(Profile(), THEMES) == unknown


def test_a_company_never_approached_gets_full_fairness_and_each_approach_lowers_it() -> None:
    values = [own.fairness(Profile(recent_approaches=times)) for times in range(4)]
    assert values[0] == 1.0
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4


def test_an_unknown_size_is_a_neutral_prior() -> None:
    values = register.capacity_by_size(2)
    assert len(values) == len(EMPLOYMENT_CLASSES) + 1
    assert values[-1] == 0.5
    assert values[0] < values[-1] < values[-2]


def test_no_wanted_kinds_means_no_capability_and_no_model() -> None:
    nothing = np.zeros((3, 0))
    assert register.capability(nothing, np.zeros(0)).tolist() == [0.0, 0.0, 0.0]
    assert not register.integrated(nothing).any()


@settings(deadline=None)
@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_a_rarer_word_never_weighs_less_and_no_word_weighs_nothing(rows: int, found: int) -> None:
    assert idf(rows, min(found, rows)) > 0
    assert idf(rows, min(found, rows)) >= idf(rows, min(found + 1, rows))


@settings(deadline=None)
@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_saturation_rises_with_the_weight_and_falls_with_the_length(weight: float, more: float, length: float) -> None:
    def at(value: float, long: float) -> float:
        return float(saturation(np.array([value]), np.array([long]), 10.0)[0])

    assert 0 < at(weight, length) <= at(weight + more, length) <= 2.2 + 1e-6
    assert at(weight, length + more) <= at(weight, length)
