"""Municipalities and postal codes: complete, in the right place and found as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.common.datafiles import DataError
from medspil.geography.places import (
    Municipality,
    Place,
    municipalities,
    municipality,
    municipality_by_name,
    parse_municipalities,
    parse_places,
    places,
    places_named,
    postcode,
    towns_within,
)


def test_there_are_98_municipalities_and_christiansoe() -> None:
    codes = {found.code for found in municipalities()}
    assert len(codes) == 99
    assert "0411" in codes


def test_every_postal_area_lies_in_a_known_municipality_and_every_municipality_has_one() -> None:
    used = {place.municipality for place in places()}
    # Christiansø shares its postal area with Bornholm.
    assert used == {found.code for found in municipalities()} - {"0411"}


def test_every_point_lies_within_denmark_and_is_rounded_to_100_metres() -> None:
    points: list[Place | Municipality] = [*places(), *municipalities()]
    for found in points:
        assert 440_000 <= found.x <= 900_000, found
        assert 6_040_000 <= found.y <= 6_410_000, found
        assert found.x % 100 == 0, found
        assert found.y % 100 == 0, found


def test_a_postal_area_lies_less_than_60_km_from_its_municipality() -> None:
    for place in places():
        home = municipality(place.municipality)
        assert home is not None
        assert place.distance(home.x, home.y) < 60_000, place


@pytest.mark.parametrize(
    ("code", "name", "home"),
    [
        ("7100", "Vejle", "Vejle"),
        ("6700", "Esbjerg", "Esbjerg"),
        ("7190", "Billund", "Billund"),
        (2630, "Taastrup", "Høje-Taastrup"),
        ("2200", "København N", "København"),
        ("1060", "København K", "København"),
        ("1799", "København V", "København"),
        ("1960", "Frederiksberg C", "Frederiksberg"),
        ("800", "Høje Taastrup", "Høje-Taastrup"),
        (" 8000 ", "Aarhus C", "Aarhus"),
        ("3740", "Svaneke", "Bornholm"),
    ],
)
def test_a_postal_code_gives_its_town_and_municipality(code: str | int, name: str, home: str) -> None:
    place = postcode(code)
    assert place is not None
    assert place.name == name
    found = municipality(place.municipality)
    assert found is not None
    assert found.name == home


@pytest.mark.parametrize("code", ["0000", "9999", "12345", "DK-7100", "", "71oo"])
def test_a_code_that_nobody_has_gives_nothing(code: str) -> None:
    assert postcode(code) is None


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("vejle", ["7100", "7120"]),
        ("Tåstrup", ["2630"]),
        ("Køben", None),
        ("", []),
        ("Kommune", []),
        ("Atlantis", []),
    ],
)
def test_a_town_is_found_by_its_name_or_by_how_it_begins(written: str, codes: list[str] | None) -> None:
    found = places_named(written)
    if codes is None:
        assert len(found) > 2
        assert all(place.name.startswith("København") for place in found)
    else:
        assert {place.first for place in found} <= set(codes)
        assert bool(found) == bool(codes)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("København", "0101"),
        ("Københavns Kommune", "0101"),
        ("KØBENHAVN", "0101"),
        ("Koebenhavn", "0101"),
        ("Århus", "0751"),
        ("Aarhus Kommune", "0751"),
        ("Horsens' Kommune", "0615"),
        ("Åbenrå", "0580"),
        ("Høje Taastrup", "0169"),
        ("Høje-Tåstrup Kommune", "0169"),
        ("Lyngby - Taarbæk", "0173"),
        ("Bornholms Regionskommune", "0400"),
        ("Nordfyn", "0480"),
        ("Nordfyns Kommune", "0480"),
        ("Vesthimmerlands", "0820"),
        ("Faaborg-Midtfyns", "0430"),
        ("Morsø", "0773"),
        (" vejle  kommune ", "0630"),
    ],
)
def test_a_municipality_is_found_as_people_write_it(written: str, code: str) -> None:
    found = municipality_by_name(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["", "Kommune", "Malmö", "Region Syddanmark", "Vejl"])
def test_other_names_are_not_taken_for_a_municipality(written: str) -> None:
    assert municipality_by_name(written) is None


def test_every_municipality_is_found_by_its_own_name_and_as_a_genitive() -> None:
    for found in municipalities():
        assert municipality_by_name(found.name) == found
        assert municipality_by_name(found.name.upper() + " KOMMUNE") == found
        assert municipality_by_name(found.name.removesuffix("s") + "s Kommune") == found


def test_the_register_writes_codes_with_and_without_leading_zero() -> None:
    assert municipality(101) == municipality("0101") == municipality("101")
    assert municipality("9999") is None


def test_municipalities_are_listed_in_danish_order_with_aa_last() -> None:
    names = [found.name for found in municipalities()]
    assert names[0] == "Albertslund"
    assert names[-3:] == ["Aabenraa", "Aalborg", "Aarhus"]
    assert names.index("Ærø") < names.index("Aabenraa")


def test_towns_near_vejle_come_nearest_first() -> None:
    vejle = postcode("7100")
    assert vejle is not None
    near = towns_within(vejle.x, vejle.y, 25_000)
    names = [place.name for place, _ in near]
    assert names[0] == "Vejle"
    assert "Jelling" in names
    assert "Esbjerg" not in names


@given(
    x=st.integers(440_000, 900_000),
    y=st.integers(6_040_000, 6_410_000),
    radius=st.integers(0, 80_000),
)
def test_towns_within_a_radius_are_all_those_within_it(x: int, y: int, radius: int) -> None:
    near = towns_within(x, y, radius)
    distances = [metres for _, metres in near]
    assert distances == sorted(distances)
    assert {place for place, _ in near} == {place for place in places() if place.distance(x, y) <= radius}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("7100;7100;;0630;1;2", "name"),
        ("71;7100;Vejle;0630;1;2", "from"),
        ("7100;7000;Vejle;0630;1;2", "from"),
        ("7100;7100;Vejle;0630;1,5;2", "x"),
        ("7100;7100;Vejle;0630;1;2;3", ""),
    ],
)
def test_a_fault_among_the_postal_areas_is_told_with_line_and_field(row: str, field: str) -> None:
    text = f"# note\nfrom;to;name;municipality;x;y\n{row}\n"
    with pytest.raises(DataError) as caught:
        list(parse_places(text))
    assert (caught.value.line, caught.value.field) == (3, field)


def test_a_municipality_told_twice_or_under_wrong_columns_is_refused() -> None:
    with pytest.raises(DataError, match="line 3, field code: 0630 comes twice"):
        list(parse_municipalities("code;name;region;x;y\n0630;Vejle;S;1;2\n0630;Vejle;S;1;2\n"))
    with pytest.raises(DataError, match="line 1"):
        list(parse_municipalities("kode;navn\n0630;Vejle\n"))
