"""Names that are nearly the same are seen, others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.organisations.alike import LIKE_FROM, bare, like_first, likeness
from medspil.organisations.models import Organisation


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
