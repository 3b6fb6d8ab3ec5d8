"""Where things are, from words as people write them, each with how exactly it is known."""

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.areas.models import Area
from medspil.mapping.models import PlaceQuality
from medspil.mapping.places import Placed, PlaceFinder
from tests.factories import companies


@pytest.fixture
def houses(area: Area) -> None:
    """Put some addresses into the register: a street near the area, one of the same name far away."""
    companies.unit(address="Nørremarksvej 12", x=533_000.0, y=6_174_000.0)
    companies.unit(address="Nørremarksvej 20, 1. tv", x=533_200.0, y=6_174_000.0)
    companies.unit(address="Nørremarksvej 3", postcode="7323", city="Give", x=530_000.0, y=6_178_000.0)
    companies.unit(address="Havnegade 1", x=533_900.0, y=6_173_000.0, point_quality="postcode")


@pytest.mark.parametrize(
    ("text", "quality", "point"),
    [
        ("Nørremarksvej 12, 7100 Vejle", PlaceQuality.ADDRESS, (533_000.0, 6_174_000.0)),
        ("nørremarksvej 20", PlaceQuality.ADDRESS, (533_200.0, 6_174_000.0)),
        ("Nørremarksvej 99, 7100", PlaceQuality.STREET, (533_100.0, 6_174_000.0)),
        ("Nørremarksvej", PlaceQuality.STREET, (533_100.0, 6_174_000.0)),
        ("Nørremarksvej 3, 7323 Give", PlaceQuality.ADDRESS, (530_000.0, 6_178_000.0)),
        ("533500, 6174500", PlaceQuality.POINT, (533_500.0, 6_174_500.0)),
        ("ved den gamle eg", PlaceQuality.NONE, (None, None)),
        ("", PlaceQuality.NONE, (None, None)),
    ],
)
def test_a_place_is_as_exact_as_the_words_and_the_register_allow(
    area: Area, houses: None, text: str, quality: PlaceQuality, point: tuple[float | None, float | None]
) -> None:
    found = PlaceFinder(area).find(text)
    assert (found.quality, (found.x, found.y)) == (quality, point)
    assert found.address == text


@pytest.mark.parametrize("text", ["7100", "7100 Vejle", "Havnegade 1, 7100 Vejle", "Vejle", "i vejle"])
def test_what_is_no_known_street_lies_in_the_middle_of_its_postal_code(area: Area, houses: None, text: str) -> None:
    found = PlaceFinder(area).find(text)
    assert found.quality == PlaceQuality.POSTCODE
    assert found.x == pytest.approx(533_000, abs=6_000)


def test_degrees_are_understood_whichever_way_round_and_with_either_sign(area: Area) -> None:
    finder = PlaceFinder(area)
    points = {(finder.find(text).x, finder.find(text).y) for text in ("55.71, 9.53", "9.53 55.71", "55,71; 9,53")}
    assert len(points) == 1
    assert finder.find("48.86, 2.35") == Placed("48.86, 2.35")


def test_a_list_asks_once_for_each_postal_code(
    area: Area, houses: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    finder = PlaceFinder(area)
    with django_assert_num_queries(2):
        for house in range(1, 50):
            finder.find(f"Nørremarksvej {house}, 7100 Vejle")
            finder.find(f"Nørremarksvej {house}")


def test_an_area_without_a_place_or_municipality_asks_for_nothing(area: Area) -> None:
    area.x = area.y = None
    area.municipality = ""
    assert PlaceFinder(area).find("Nørremarksvej 12").quality == PlaceQuality.NONE
