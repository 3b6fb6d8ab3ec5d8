"""Names that are nearly the same are seen, others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.organisations.alike import LIKE_FROM, alike_among, bare, like_first, likeness, places_of, similar_names
from medspil.organisations.models import Organisation
from tests.organisations.name_pairs import DIFFERENT, SAME, UNSEEN_DIFFERENT, UNSEEN_SAME

NEAR = places_of("Nørremarken", codes=["0630"])
Pairs = list[tuple[str, str]]


def found(pairs: Pairs) -> Pairs:
    """Return those that are seen as like each other, by the measure of two and by that of thousands."""
    seen = [pair for pair in pairs if likeness(*pair, near=NEAR) >= LIKE_FROM]
    assert seen == [(one, other) for one, other in pairs if alike_among([one], [other], near=NEAR)]
    return seen


@pytest.mark.parametrize(
    ("same", "different", "least_recall", "least_precision"),
    [(SAME, DIFFERENT, 1.0, 1.0), (UNSEEN_SAME, UNSEEN_DIFFERENT, 0.8, 0.9)],
    ids=["the pairs it was made with", "pairs written down before it had seen them"],
)
def test_it_is_measured_on_pairs_that_should_meet_and_pairs_that_should_not(
    same: Pairs, different: Pairs, least_recall: float, least_precision: float
) -> None:
    right, wrong = found(same), found(different)
    assert len(right) / len(same) >= least_recall, set(same) - set(right)
    assert len(right) / (len(right) + len(wrong)) >= least_precision, wrong


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Havnens Smedje ApS", "havnens smedje"),
        ("Havnens Smedje", "Havnens Smedie A/S"),
        ("Smedje, Havnens", "Havnens Smedje"),
        ("Aalborg Boldklub", "Ålborg Boldklub"),
        ("BRFkredit a/s", "BRF-kredit"),
    ],
)
def test_the_same_name_in_another_form_is_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= LIKE_FROM


@pytest.mark.parametrize(
    ("one", "other"),
    [("Vejle Kommune", "Esbjerg Kommune"), ("Nordre Boldklub", "Søndre Boldklub"), ("ApS", "A/S"), ("", "Klubben")],
)
def test_another_name_is_not(one: str, other: str) -> None:
    assert likeness(one, other) < LIKE_FROM


def test_what_a_company_form_adds_is_left_out() -> None:
    assert bare("Lysets Foto ApS") == bare("LYSETS FOTO A/S") == "lysets foto"
    assert bare("Aps Kiosk") == "kiosk"
    assert bare("Kapsel") == "kapsel"


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways_and_between_0_and_100(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100


def test_the_likest_comes_first() -> None:
    others = [Organisation(pk=at, name=name) for at, name in enumerate(["Esbjerg", "Klubben Nord", "Klub Nord"])]
    assert [one.name for one in like_first("Klubben Nord", others)] == ["Klubben Nord", "Klub Nord", "Esbjerg"]


def test_a_town_says_nothing_between_organisations_of_that_town_and_much_between_others() -> None:
    at_home = Organisation(pk=1, name="Nordklubben", municipality="0630")
    away = Organisation(pk=2, name="Nordklubben", municipality="0561")
    unknown = Organisation(pk=3, name="Nordklubben")
    assert similar_names("Foreningen Nord-klubben i Vejle", [at_home, away, unknown]) == [at_home, unknown]


def test_thousands_of_names_are_compared_at_once() -> None:
    names = [f"Klub {chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}rup" for at in range(2_000)]
    hits = alike_among(names, ["Foreningen Nord-klubben", *names[:1_000]], near=NEAR)
    assert {(at, at + 1) for at in range(1_000)} <= {(first, second) for first, second, _like in hits}
    numbered = [f"Nyttehaverne, have {at}" for at in range(600)]
    assert [pair[:2] for pair in alike_among(numbered, numbered)] == [(at, at) for at in range(600)]
