"""What a download says of protection, employees, industries, companies and the end of units, and what is counted."""

from pathlib import Path

import numpy as np
import pytest

from medspil.register.reading import Tally
from tests.factories.datafordeler import employed, many, read


@pytest.mark.parametrize("of", ["unit", "company"])
def test_protection_of_unit_or_company_protects(tmp_path: Path, of: str) -> None:
    download = many(30)
    wanted = "41000000002" if of == "unit" else "320000001"
    for row in download.rows["Reklamebeskyttelse"]:
        row["vaerdi"] = str(row["CVREnhedsId"] == wanted).lower()
    rows = read(download.write(tmp_path).values())
    assert [row["number"] for row in rows if row["protected"] == "true"] == ["1000000002"]


def test_who_is_missing_in_a_list_of_everybody_is_protected_to_be_safe(tmp_path: Path) -> None:
    download = many(30)
    silent = {"41000000003", "320000002"}
    download.rows["Reklamebeskyttelse"] = [
        row | {"vaerdi": "false"} for row in download.rows["Reklamebeskyttelse"] if row["CVREnhedsId"] not in silent
    ]
    tally = Tally()
    rows = read(download.write(tmp_path).values(), tally)
    assert [row["number"] for row in rows if row["protected"] == "true"] == ["1000000003"]
    assert tally["protection_unknown"] == 1


def test_who_is_missing_in_a_list_of_the_protected_is_free(tmp_path: Path) -> None:
    download = many(30)
    download.rows["Reklamebeskyttelse"] = [
        row for row in download.rows["Reklamebeskyttelse"] if row["vaerdi"] == "true"
    ]
    rows = read(download.write(tmp_path).values())
    assert sum(row["protected"] == "true" for row in rows) == 5


@pytest.mark.parametrize("missing", ["Reklamebeskyttelse", "Beskaeftigelse"])
def test_what_no_file_tells_is_not_told(tmp_path: Path, missing: str) -> None:
    paths = many(5).write(tmp_path)
    rows = read(path for entity, path in paths.items() if entity != missing)
    gone = {"protected"} if missing == "Reklamebeskyttelse" else {"employees_from", "employees_to"}
    assert len(rows) == 5
    assert not gone & set(rows[0])


def test_the_newest_count_of_people_is_taken_and_not_years_of_work(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Beskaeftigelse"] = []
    for owner, day, cells in (
        ("41000000001", "2025-12-31", {"antal": "90"}),
        ("41000000001", "2026-06-30", {"intervalFra": "10", "intervalTil": "19"}),
        ("41000000001", "2026-06-30", {"antal": "12"}),
        ("41000000002", "2026-06-30", {"intervalFra": "1000", "intervalTil": "999999"}),
        ("41000000003", "2019-09-30", {"antal": "7"}),
    ):
        employed(download, owner, day, **cells)
    employed(
        download, "41000000001", "2026-09-30", antal="3", beskaeftigelsestalstype="KvartalsbeskaeftigelseAntalAarsvaerk"
    )
    tally = Tally()
    rows = read(download.write(tmp_path).values(), tally)
    assert [(row["employees_from"], row["employees_to"]) for row in rows] == [
        ("12", "12"),
        ("1000", "999999"),
        ("", ""),
    ]
    assert (tally["employment_unknown"], tally["employment_old"]) == (1, 1)


def test_old_and_new_industry_codes_stand_side_by_side(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Branche"][0]["virkningFra"] = "2020-05-01"
    download.rows["Branche"][1]["vaerdi"] = "453100"
    tally = Tally()
    rows = read(download.write(tmp_path).values(), tally)
    assert [row["code_system"] for row in rows] == ["DB07", "DB07", "DB25"]
    assert (tally["code_system_db07"], tally["code_system_db25"]) == (2, 1)


def test_second_industries_are_passed_over(tmp_path: Path) -> None:
    download = many(3)
    download.add("Branche", CVREnhedsId="41000000001", sekvens="1", vaerdi="999999", virkningFra="2026-01-01")
    assert read(download.write(tmp_path).values())[0]["industry"] == "251100"


@pytest.mark.parametrize(
    ("text", "status"),
    [("Konkurs", "under konkurs"), ("Tvangsopløsning", "under tvangsopløsning"), ("Konkurs ophævet", "aktiv")],
)
def test_trouble_of_the_company_is_told(tmp_path: Path, text: str, status: str) -> None:
    download = many(3)
    download.add("Kreditoplysninger", CVREnhedsId="320000000", Kreditoplysning="3", kreditoplysningstekst=text)
    assert read(download.write(tmp_path).values())[0]["status"] == status


def test_ceased_units_that_the_register_never_knew_stay_out(tmp_path: Path) -> None:
    download = many(20)
    for unit in download.rows["Produktionsenhed"][:4]:
        unit |= {"produktionsenhedOphoersdato": "2018-01-31", "status": "inaktiv"}
    for company in download.rows["Virksomhed"][:4]:
        company |= {"virksomhedOphoersdato": "2018-01-31", "status": "inaktiv"}
    tally = Tally()
    tally.known = np.array([1_000_000_002], np.int64)
    rows = read(download.write(tmp_path).values(), tally)
    assert [row["number"] for row in rows if row["status"] == "ophørt"] == ["1000000002"]
    assert rows[0]["ended_on"] == "2018-01-31"
    assert tally["ceased_before"] == 3


def test_a_unit_no_longer_in_force_has_ceased_and_one_that_begins_later_is_not_there_yet(tmp_path: Path) -> None:
    download = many(20)
    download.rows["Produktionsenhed"][0] |= {"virkningTil": "2024-05-31"}
    download.rows["Produktionsenhed"][1] |= {"virkningFra": "2027-01-01"}
    download.rows["Produktionsenhed"][2] |= {"produktionsenhedOphoersdato": "2027-01-01"}
    rows = {row["number"]: row for row in read(download.write(tmp_path).values())}
    assert (rows["1000000001"]["status"], rows["1000000001"]["ended_on"]) == ("ophørt", "2024-05-31")
    assert "1000000002" not in rows
    assert (rows["1000000003"]["status"], rows["1000000003"]["ended_on"]) == ("aktiv", "")


def test_a_unit_that_changed_hands_belongs_to_the_company_it_came_to(tmp_path: Path) -> None:
    download = many(20)
    old = download.rows["Produktionsenhed"][0]
    download.add(
        "Produktionsenhed", **old | {"tilknyttetVirksomhedsCVRNummer": "20000007", "virkningFra": "2025-01-01"}
    )
    old |= {"virkningTil": "2025-01-01", "tilknyttetTilVirksomhedOphoersdato": "2025-01-01"}
    row = read(download.write(tmp_path).values())[0]
    assert (row["cvr"], row["company_name"]) == ("20000007", "Firma 7 ApS")


def test_units_without_company_and_companies_without_units_are_counted(tmp_path: Path) -> None:
    download = many(40)
    download.rows["Produktionsenhed"][0]["tilknyttetVirksomhedsCVRNummer"] = ""
    download.rows["Produktionsenhed"][1]["tilknyttetTilVirksomhedOphoersdato"] = "2025-01-01"
    download.rows["Virksomhed"][2] |= {"virksomhedOphoersdato": "2026-11-01", "status": "inaktiv"}
    tally = Tally()
    rows = read(download.write(tmp_path).values(), tally)
    assert (rows[0]["cvr"], rows[0]["company_name"], rows[0]["name"]) == ("", "", "Sted 0, Vejle")
    assert (rows[2]["status"], rows[2]["ended_on"]) == ("ophørt", "2026-11-01")
    assert (tally["unit_without_company"], tally["company_without_units"], tally["company_ceased"]) == (2, 2, 1)


def test_the_same_p_number_twice_is_taken_once(tmp_path: Path) -> None:
    download = many(10)
    download.add("Produktionsenhed", **download.rows["Produktionsenhed"][0] | {"id": "9", "status": "inaktiv"})
    tally = Tally()
    assert len(read(download.write(tmp_path).values(), tally)) == 10
    assert tally["repeated_number"] == 1


def test_an_address_abroad_is_no_place(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Adressering"][0]["CVRAdresse_landekode"] = "SE"
    tally = Tally()
    row = read(download.write(tmp_path).values(), tally)[0]
    assert (row["address"], row["postcode"], row["city"], row["municipality"]) == ("", "", "", "")
    assert tally["foreign_address"] == 1


def test_people_are_never_read(tmp_path: Path) -> None:
    download = many(3)
    download.add("CVRPerson", id="1", CPRPerson="Anna Andersen", status="aktiv")
    tally = Tally()
    assert len(read(download.write(tmp_path).values(), tally)) == 3
    assert tally["participants_skipped"] == 1
