"""The street in a written address, and two spellings of one street."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.geography.streets import street_and_house, street_key


@pytest.mark.parametrize(
    ("address", "street", "house"),
    [
        ("Havnegade 12", "Havnegade", "12"),
        ("Havnegade 12B, 1. tv", "Havnegade", "12B"),
        ("Havnegade 12 b, st. th", "Havnegade", "12B"),
        ("Havnegade 12-14", "Havnegade", "12"),
        ("10. Februar Vej 5", "10. Februar Vej", "5"),
        ("Christian 10.s Vej 20", "Christian 10.s Vej", "20"),
        ("Vej 12 tv", "Vej", "12"),
        ("Havnegade", "Havnegade", ""),
        ("Havnegade, 2. sal", "Havnegade", ""),
        ("", "", ""),
    ],
)
def test_street_and_house_are_taken_out_of_an_address(address: str, street: str, house: str) -> None:
    assert street_and_house(address) == (street, house)


def test_two_spellings_of_a_street_are_one_and_two_streets_are_two() -> None:
    assert street_key("Sdr. Aagade") == street_key("sdr.  Ågade") == street_key("SDR ÅGADE")
    assert street_key("Havnegade") != street_key("Havnevej")


@given(st.text(max_size=60))
def test_any_text_is_taken_apart_without_trouble(text: str) -> None:
    street, house = street_and_house(text)
    assert street == street.strip()
    assert not house or house[0].isdigit()
    assert street_key(street_key(text)) == street_key(text)
