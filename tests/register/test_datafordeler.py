"""A download from Datafordeler becomes units with what is in force, whatever form and packing its files have."""

import csv
from pathlib import Path

import pytest

from medspil.register.models import Unit, UnitStatus
from medspil.register.reading import Tally
from tests.factories.datafordeler import DAY, Download, applied, employed, many, read, received


@pytest.mark.parametrize("form", ["csv", "json", "lines"])
@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_every_form_and_packing_tells_the_same(tmp_path: Path, form: str, packing: str) -> None:
    download = many(12)
    plain = read(download.write(tmp_path / "a").values())
    assert len(plain) == 12
    assert read(download.write(tmp_path / "b", form=form, packing=packing).values()) == plain


def test_a_unit_is_told_with_all_that_its_files_say(tmp_path: Path) -> None:
    download = Download()
    owner = download.unit(cvr=download.company("12345674")[1:])
    employed(download, owner, intervalFra="20", intervalTil="49")
    download.add("Telefonnummer", CVREnhedsId=owner, vaerdi="75830000")
    download.add("e_mailadresse", CVREnhedsId=owner, vaerdi="post@havnen.example")
    (row,) = read(download.write(tmp_path).values())
    assert row == {
        "number": "1000000001",
        "cvr": "12345674",
        "name": "Havnens Smedje",
        "company_name": "Havnens Holding ApS",
        "company_form": "80",
        "industry": "251100",
        "industry_text": "Metal",
        "code_system": "DB25",
        "address": "Havnegade 1",
        "address_id": "",
        "postcode": "7100",
        "city": "Vejle",
        "municipality": "0630",
        "employees_from": "20",
        "employees_to": "49",
        "started_on": "2003-02-01",
        "ended_on": "",
        "status": "aktiv",
        "protected": "false",
        "phone": "75830000",
        "email": "post@havnen.example",
    }


def test_names_of_files_do_not_matter(tmp_path: Path) -> None:
    paths = many(5).write(tmp_path, form="json", packing="gzip")
    for nth, path in enumerate(paths.values()):
        path.rename(tmp_path / f"{nth}.data")
    assert len(read(sorted(tmp_path.glob("*.data")))) == 5


def test_tables_written_by_other_hands_tell_the_same(tmp_path: Path) -> None:
    paths = many(6).write(tmp_path / "a")
    expected = read(paths.values())
    for path in paths.values():
        with path.open(encoding="utf-8", newline="") as file:
            rows = [[*reversed(row), "x"] for row in csv.reader(file)]
        rows[0] = [name.lower() for name in rows[0]]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    assert read(paths.values()) == expected


def test_rows_come_by_p_number(tmp_path: Path) -> None:
    download = many(40)
    for rows in download.rows.values():
        rows.reverse()
    numbers = [row["number"] for row in read(download.write(tmp_path).values())]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    "history",
    [
        {"virkningTil": "2019-01-01", "virkningFra": "2010-01-01"},
        {"virkningFra": "2027-01-01"},
        {"registreringTil": "2020-01-01T00:00:00Z"},
        {"sekvens": "1"},
        {"virkningFra": "2014-01-01"},  # left open beside a newer one
    ],
)
def test_only_the_name_in_force_counts(tmp_path: Path, history: dict[str, str]) -> None:
    download = many(3)
    told: dict[str, str] = {"sekvens": "0", "vaerdi": "Et andet navn"}
    download.add("Navn", CVREnhedsId="41000000001", **told | history)
    assert read(download.write(tmp_path).values())[0]["name"] == "Sted 0, Vejle"


def test_a_value_that_ends_later_is_in_force_until_then(tmp_path: Path) -> None:
    download = many(3)
    name = next(row for row in download.rows["Navn"] if row["CVREnhedsId"] == "41000000001")
    name["virkningTil"] = "2026-12-31"
    download.add("Navn", CVREnhedsId="41000000001", sekvens="0", vaerdi="Nyt navn", virkningFra="2027-01-01")
    assert read(download.write(tmp_path).values())[0]["name"] == "Sted 0, Vejle"


def test_the_newest_of_two_values_in_force_is_taken_and_counted(tmp_path: Path) -> None:
    download = many(3)
    download.add("Navn", CVREnhedsId="41000000001", sekvens="0", vaerdi="Nyest", virkningFra="2026-10-01")
    tally = Tally()
    assert read(download.write(tmp_path).values(), tally)[0]["name"] == "Nyest"
    assert tally["several_current"] == 1


def test_the_place_of_work_counts_and_not_where_letters_go(tmp_path: Path) -> None:
    download = many(3)
    first = download.rows["Adressering"][0]
    download.add("Adressering", **first | {"AdresseringAnvendelse": "postadresse", "CVRAdresse_vejnavn": "Postvej",
                                            "virkningFra": "2026-10-01"})  # fmt: skip
    assert read(download.write(tmp_path).values())[0]["address"] == "Havnegade 1"


def test_an_address_is_written_as_people_write_it(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Adressering"][0] |= {
        "CVRAdresse_husnummerFra": "012A", "CVRAdresse_husnummerTil": "14", "CVRAdresse_etagebetegnelse": "2",
        "CVRAdresse_doerbetegnelse": "tv", "CVRAdresse_kommunekode": "101", "coNavn": "Anna Andersen",
        "CVRAdresse_adresseFritekst": "v/ Anna Andersen",
    }  # fmt: skip
    row = read(download.write(tmp_path).values())[0]
    assert row["address"] == "Havnegade 12A-14, 2. tv"
    assert row["municipality"] == "0101"
    assert "Andersen" not in " ".join(row.values())


def test_a_unit_without_a_name_bears_its_company_s(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Navn"] = [row for row in download.rows["Navn"] if row["vaerdi"] != "Sted 0, Vejle"]
    tally = Tally()
    assert read(download.write(tmp_path).values(), tally)[0]["name"] == "Firma 0 ApS"
    assert tally["unit_without_name"] == 1


@pytest.mark.django_db
def test_a_download_goes_into_the_register_and_the_same_once_more_changes_nothing(tmp_path: Path) -> None:
    paths = many(25).write(tmp_path, packing="zip").values()
    first = applied(paths)
    assert (first.added, first.rejected) == (25, 0)
    unit = Unit.objects.get(number=1_000_000_001)
    assert (unit.name, unit.company_name, unit.municipality, unit.employees_from) == (
        "Sted 0, Vejle",
        "Firma 0 ApS",
        "0630",
        5,
    )
    assert unit.protected
    assert first.findings["left_out"]["employment_unknown"] == 16
    before = list(Unit.objects.order_by("number").values_list())
    second = applied(paths)
    assert (second.added, second.changed, second.gone, second.unchanged) == (0, 0, 0, 25)
    assert list(Unit.objects.order_by("number").values_list()) == before


@pytest.mark.django_db
def test_a_week_later_what_changed_is_changed_and_who_ceased_is_kept_as_ceased(tmp_path: Path) -> None:
    download = many(25)
    applied(download.write(tmp_path / "first").values())
    download.rows["Produktionsenhed"][0] |= {"produktionsenhedOphoersdato": DAY, "status": "inaktiv"}
    download.rows["Navn"][3]["vaerdi"] = "Sted 1 flyttet, Vejle"
    download.unit(1_000_000_500, "20000003", name="Nyt sted")
    run = applied(download.write(tmp_path / "second").values())
    assert (run.added, run.changed, run.gone) == (1, 2, 0)
    ceased = Unit.objects.get(number=1_000_000_001)
    assert (ceased.status, str(ceased.ended_on)) == (UnitStatus.CEASED, DAY)
    assert Unit.objects.get(number=1_000_000_002).name == "Sted 1 flyttet, Vejle"


@pytest.mark.django_db
def test_the_files_of_an_import_are_told_with_what_they_hold(tmp_path: Path) -> None:
    run = received(many(3).write(tmp_path, packing="zip").values())
    assert run.layout["kind"] == "datafordeler"
    assert set(run.files.values_list("entity", flat=True)) == set(many(1).rows)
