"""Units get the point of their own address in DAR, else the middle of their street; the rest is for the postal code."""

from pathlib import Path
from uuid import UUID

import pytest

from medspil.register.models import PointQuality, Unit
from medspil.register.reading import Tally
from tests.factories.datafordeler import Download, applied, many, read

HOUSE, OTHER, DWELLING, UNHEARD = (UUID(int=n) for n in (1, 2, 3, 4))


def lying_at(count: int, *dar: UUID | None, **streets: str) -> Download:
    download = many(count)
    for row, id_ in zip(download.rows["Adressering"], dar, strict=False):
        row["Adresse"] = str(id_) if id_ else ""
    for street, nth in ((street, int(place[1:])) for place, street in streets.items()):
        download.rows["Adressering"][nth]["CVRAdresse_vejnavn"] = street
    return download


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_id_of_a_house_number_and_that_of_an_address_both_lead_to_the_door(tmp_path: Path, form: str) -> None:
    download = lying_at(4, HOUSE, DWELLING)
    download.door(HOUSE, 533500.46, 6174000.04)
    download.door(OTHER, 534000, 6175000.5, dwelling=DWELLING)
    rows = read(download.write(tmp_path, form=form).values())
    assert [(row["x"], row["y"], row["point_quality"]) for row in rows[:2]] == [
        ("533500.5", "6174000.0", "address"),
        ("534000.0", "6175000.5", "address"),
    ]
    assert rows[0]["address_id"] == str(HOUSE)


@pytest.mark.parametrize(
    "position",
    ["POINT(533500.5 6174000.0)", "POINT Z (533500.5 6174000 12.5)", "SRID=25832;POINT (533500.5 6174000)",
     '{"wkt":"POINT(533500.5 6174000)","crs":25832}'],
)  # fmt: skip
def test_points_are_read_however_they_are_written(tmp_path: Path, position: str) -> None:
    download = lying_at(3, HOUSE)
    download.door(HOUSE, 0, 0)
    download.rows["Adressepunkt"][0]["position"] = position
    row = read(download.write(tmp_path).values())[0]
    assert (row["x"], row["y"]) == ("533500.5", "6174000.0")


@pytest.mark.parametrize("position", ["POINT(0 0)", "POINT EMPTY", "", "POINT(12.5 55.7)"])
def test_a_point_that_is_no_place_in_denmark_is_none(tmp_path: Path, position: str) -> None:
    download = lying_at(3, HOUSE)
    download.door(HOUSE, 0, 0)
    download.rows["Adressepunkt"][0]["position"] = position
    tally = Tally()
    row = read(download.write(tmp_path).values(), tally)[0]
    assert (row["x"], row["point_quality"]) == ("", "")
    assert tally["no_address_point"] == 3


def test_bornholm_lies_in_the_same_grid(tmp_path: Path) -> None:
    download = lying_at(3, HOUSE)
    download.door(HOUSE, 882000.0, 6126000.0)
    assert read(download.write(tmp_path).values())[0]["x"] == "882000.0"


def test_who_has_no_point_lies_in_the_middle_of_the_street_whatever_its_spelling(tmp_path: Path) -> None:
    download = lying_at(6, HOUSE, OTHER, UNHEARD, n0="Aaboulevarden", n1="Åboulevarden", n2="ÅBOULEVARDEN", n3="Åvej")
    download.rows["Adressering"][4] |= {"CVRAdresse_vejnavn": "Åboulevarden", "CVRAdresse_postnummer": "8000"}
    download.door(HOUSE, 533000, 6174000)
    download.door(OTHER, 534000, 6175000)
    tally = Tally()
    rows = read(download.write(tmp_path).values(), tally)
    assert (rows[2]["x"], rows[2]["y"], rows[2]["point_quality"]) == ("533500.0", "6174500.0", "street")
    assert [row["point_quality"] for row in rows] == ["address", "address", "street", "", "", ""]
    assert (tally["placed_by_address"], tally["placed_by_street"], tally["no_address_point"]) == (2, 1, 3)


def test_an_address_abroad_gets_no_point(tmp_path: Path) -> None:
    download = lying_at(3, HOUSE)
    download.rows["Adressering"][0]["CVRAdresse_landekode"] = "DE"
    download.door(HOUSE, 533000, 6174000)
    assert read(download.write(tmp_path).values())[0]["x"] == ""


def test_doors_that_are_no_longer_in_force_lead_nowhere(tmp_path: Path) -> None:
    download = lying_at(3, HOUSE)
    download.door(HOUSE, 533000, 6174000)
    download.rows["Husnummer"][0]["virkningTil"] = "2024-01-01T00:00:00.000000Z"
    assert read(download.write(tmp_path).values())[0]["x"] == ""


def test_without_the_files_of_dar_nothing_is_told_of_points(tmp_path: Path) -> None:
    assert "x" not in read(lying_at(3, HOUSE).write(tmp_path).values())[0]


@pytest.mark.django_db
def test_the_register_keeps_how_each_place_is_known(tmp_path: Path) -> None:
    download = lying_at(3, HOUSE, UNHEARD, n2="Åvej")
    download.door(HOUSE, 533500, 6174000)
    applied(download.write(tmp_path).values())
    told = list(Unit.objects.order_by("number").values_list("point_quality", "x"))
    assert told[:2] == [(PointQuality.ADDRESS, 533500.0), (PointQuality.STREET, 533500.0)]
    assert told[2][0] == PointQuality.POSTCODE
