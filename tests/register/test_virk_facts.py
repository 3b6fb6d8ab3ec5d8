"""What a row tells of a unit and its company in the register's own JSON, what is left out, what is counted."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medspil.register.models import Unit
from medspil.register.reading import Tally, as_bundle, read_rows, sniff, virk
from tests.factories.registers import applied, compared
from tests.factories.virk_records import PAST, address, company, contact, lines, page, unit, valid, written

Row = dict[str, str]


def read(folder: Path, *records: Any) -> tuple[list[Row], Tally]:
    """Return rows by field, and what was counted."""
    bundle, tally = as_bundle(written(folder, lines(records))), Tally()
    layout = sniff(bundle)
    return [dict(zip(layout.header, cells, strict=True)) for _row, cells in read_rows(bundle, layout, tally)], tally


def one(folder: Path, *records: Any) -> Row:
    """Return the only row."""
    rows, _tally = read(folder, *records)
    assert len(rows) == 1
    return rows[0]


def counts(*told: tuple[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return lists of employment: (kind, {year, …})."""
    return {f"{kind}beskaeftigelse": [told_of_size] for kind, told_of_size in told}


def test_a_unit_and_its_company_make_one_row(tmp_path: Path) -> None:
    row = one(tmp_path, unit(), company())
    assert row == {
        "number": "1000000001", "cvr": "12345674", "name": "Havnens Smedje", "industry": "251100",
        "industry_text": "Fremstilling af metalkonstruktioner", "code_system": "DB25",
        "address": "Havnegade 12B, 1. tv", "address_id": "0A3F50BC-fde6-32b8-e044-0003ba298018", "postcode": "7100",
        "city": "Vejle", "municipality": "630", "employees_from": "", "employees_to": "", "started_on": "2015-03-01",
        "ended_on": "", "status": "Aktiv", "protected": "0", "company_name": "Havnens Smedje ApS",
        "company_form": "80", "purpose": "At smede for byen.", "social_enterprise": "0", "phone": "", "email": "",
        "website": "",
    }  # fmt: skip


def test_without_metadata_the_entries_in_force_are_taken(tmp_path: Path) -> None:
    bare, firm = unit(), company()
    del bare["VrproduktionsEnhed"]["produktionsEnhedMetadata"], firm["Vrvirksomhed"]["virksomhedMetadata"]
    bare["VrproduktionsEnhed"]["virksomhedsrelation"].insert(0, valid({"cvrNummer": 11_111_111}, PAST))
    whole = one(tmp_path, unit(), company())
    assert one(tmp_path, bare, firm) == whole | {"status": "aktiv"}


def test_people_c_o_names_and_secret_contacts_reach_no_cell(tmp_path: Path) -> None:
    private = unit(
        telefonNummer=[contact("11111111", secret=True), contact("22222222", period=PAST)],
        elektroniskPost=[contact("hemmelig@opdigtet.example", secret=True)],
        beliggenhedsadresse=[address(fritekst="c/o Erik Opdigtet")],
    )
    without_mark = {"kontaktoplysning": "www.opdigtet.example", "periode": {"gyldigTil": None}}
    rows, tally = read(tmp_path, private, company(hjemmeside=[without_mark]))
    assert not any(word in str(rows) for word in ("Opdigtet", "11111111", "22222222", "opdigtet.example"))
    assert tally["participants_skipped"] == 2
    assert tally["secret_contact_dropped"] == 3


def test_contact_points_in_force_are_the_units_own_or_else_its_companys(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        unit(telefonNummer=[contact("75111111", period=PAST), contact("75222222")]),
        company(telefonNummer=[contact("75999999")], elektroniskPost=[contact("post@smedje.example")]),
    )
    assert (row["phone"], row["email"]) == ("75222222", "post@smedje.example")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"intervalKodeAntalAnsatte": "ANTAL_10_19"}, ("10", "19")),
        ({"intervalKodeAntalAnsatte": "ANTAL_1000_999999"}, ("1000", "")),
        ({"intervalKodeAntalAnsatte": "ANTAL_1000_"}, ("1000", "")),
        ({"intervalKodeAntalAnsatte": "ANTAL_0_0"}, ("0", "0")),
        ({"antalAnsatte": 17, "intervalKodeAntalAnsatte": "ANTAL_10_19"}, ("17", "17")),
        ({"antalAnsatte": None, "antalAarsvaerk": 4.5}, ("", "")),
        ({"antalAnsatte": "mange"}, ("", "")),
    ],
)
def test_employees_are_an_interval_a_number_or_unknown(
    tmp_path: Path, told: dict[str, Any], expected: tuple[str, str]
) -> None:
    row = one(tmp_path, unit(aarsbeskaeftigelse=[{"aar": 2025, **told}]))
    assert (row["employees_from"], row["employees_to"]) == expected


def test_the_newest_count_of_employees_wins_whatever_its_kind(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        unit(
            aarsbeskaeftigelse=[{"aar": 2024, "intervalKodeAntalAnsatte": "ANTAL_2_4"}],
            kvartalsbeskaeftigelse=[{"aar": 2026, "kvartal": 1, "intervalKodeAntalAnsatte": "ANTAL_5_9"}],
            maanedsbeskaeftigelse=[{"aar": 2026, "maaned": 2, "intervalKodeAntalAnsatte": "ANTAL_20_49"}],
            erstMaanedsbeskaeftigelse=[{"aar": 2026, "maaned": 8, "antalAnsatte": 12}],
        ),
    )
    assert (row["employees_from"], row["employees_to"]) == ("12", "12")


def test_a_count_of_years_ago_tells_nothing_of_today(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, unit(aarsbeskaeftigelse=[{"aar": 2019, "intervalKodeAntalAnsatte": "ANTAL_2_4"}]))
    assert rows[0]["employees_from"] == ""
    assert (tally["employment_old"], tally["employment_unknown"]) == (1, 1)


def test_the_people_of_a_company_with_one_unit_work_there(tmp_path: Path) -> None:
    size: dict[str, Any] = {"erstMaanedsbeskaeftigelse": [{"aar": 2026, "maaned": 8, "antalAnsatte": 12}]}
    assert one(tmp_path, unit(), company(units=[1_000_000_001], **size))["employees_from"] == "12"
    assert one(tmp_path, unit(), company(units=[1_000_000_001, 1_000_000_002], **size))["employees_from"] == ""


@pytest.mark.parametrize(
    ("unit_told", "company_told", "status"),
    [
        ({}, {"metadata": {"sammensatStatus": "UNDER KONKURS"}}, "UNDER KONKURS"),
        ({}, {"metadata": {"sammensatStatus": "TVANGSOPLØST"}}, "ophørt"),
        ({}, {"livsforloeb": [valid({}, PAST)]}, "ophørt"),
        ({"metadata": {"sammensatStatus": "Ophørt"}}, {}, "ophørt"),
        ({"livsforloeb": [valid({}, PAST)], "metadata": {"sammensatStatus": None}}, {}, "ophørt"),
        ({"livsforloeb": [valid({}, PAST), valid({})]}, {}, "Aktiv"),
        ({"livsforloeb": [valid({}, {"gyldigFra": "2015-01-01", "gyldigTil": "2027-01-01"})]}, {}, "Aktiv"),
    ],
)
def test_a_unit_has_ceased_when_it_or_its_company_has(
    tmp_path: Path, unit_told: dict[str, Any], company_told: dict[str, Any], status: str
) -> None:
    assert one(tmp_path, unit(**unit_told), company(**company_told))["status"] == status


@pytest.mark.parametrize(
    ("of_unit", "of_company", "protected", "silent"),
    [(False, False, "0", 0), (True, False, "1", 0), (False, True, "1", 0), (None, False, "0", 0), (None, None, "1", 1)],
)
def test_protection_of_either_is_protection_and_so_is_silence(
    tmp_path: Path, of_unit: Any, of_company: Any, protected: str, silent: int
) -> None:
    rows, tally = read(tmp_path, unit(reklamebeskyttet=of_unit), company(reklamebeskyttet=of_company))
    assert rows[0]["protected"] == protected
    assert tally["protection_unknown"] == silent


def test_a_social_enterprise_is_known_by_its_attribute_in_force(tmp_path: Path) -> None:
    def social(*values: Any) -> dict[str, Any]:
        return {"attributter": [{"type": "SOCIAL_ØKONOMISK_VIRKSOMHED", "sekvensnr": 0, "vaerdier": list(values)}]}

    assert one(tmp_path, unit(), company(**social(valid({"vaerdi": "true"}))))["social_enterprise"] == "1"
    assert one(tmp_path, unit(), company(**social(valid({"vaerdi": "false"}))))["social_enterprise"] == "0"
    assert one(tmp_path, unit(), company(**social(valid({"vaerdi": "true"}, PAST))))["social_enterprise"] == "0"


def test_a_purpose_of_several_parts_is_put_together_in_its_order(tmp_path: Path) -> None:
    parts = [
        {"type": "FORMA\u030aL", "sekvensnr": 1, "vaerdier": [valid({"vaerdi": "Og for havnen."})]},
        {"type": "FORMÅL", "sekvensnr": 0, "vaerdier": [valid({"vaerdi": "At smede."})]},
        {"type": "TEGNINGSREGEL", "sekvensnr": 0, "vaerdier": [valid({"vaerdi": "Person Opdigtet alene"})]},
    ]
    assert one(tmp_path, unit(), company(attributter=parts))["purpose"] == "At smede. Og for havnen."


def test_an_address_abroad_leaves_the_unit_without_a_place(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, unit(metadata={"nyesteBeliggenhedsadresse": address(landekode="SE")}))
    assert [rows[0][field] for field in ("address", "postcode", "city", "municipality", "address_id")] == [""] * 5
    assert tally["foreign_address"] == 1


def test_codes_of_the_former_edition_are_told_apart(tmp_path: Path) -> None:
    def of(code: str, since: str | None, **told: Any) -> str:
        period = {"gyldigFra": since, "gyldigTil": None}
        industry = valid({"branchekode": code, "branchetekst": "Handel"}, period)
        return one(tmp_path, unit(metadata={"nyesteHovedbranche": industry}, **told))["code_system"]

    assert of("471100", "2025-01-01") == of("471100", "2026-05-01") == of("471100", None) == "DB25"
    assert of("471100", "2024-12-31") == "DB07"
    assert of("451110", "2025-01-01") == "DB07"  # the later edition has no such division
    assert of("471100", None, livsforloeb=[valid({}, PAST)]) == "DB07"
    assert of("471100", None, sidstIndlaest="2024-06-01T00:00:00", sidstOpdateret="2024-06-01T00:00:00") == "DB07"


def test_mistakes_and_what_not_everybody_may_see_are_left_out(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, unit(), unit(1_000_000_002, fejlRegistreret=True), unit(1_000_000_003, dataAdgang=2))
    assert [row["number"] for row in rows] == ["1000000001"]
    assert (tally["registered_by_mistake"], tally["access_restricted"]) == (1, 1)


def test_of_a_record_that_comes_twice_the_newest_version_counts(tmp_path: Path) -> None:
    records = [unit(name="Ny", samtId=9), unit(name="Gammel", samtId=2), company(), company(samtId=4)]
    rows, tally = read(tmp_path, *records)
    assert [row["name"] for row in rows] == ["Ny"]
    assert tally["repeated_record"] == 2


def test_the_only_unit_of_a_company_is_taken_from_the_company_where_it_does_not_come_itself(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, company(units=[1_000_000_001]), company(22_222_222, units=[]), unit(1_000_000_009, 1))
    assert [(row["number"], row["name"]) for row in rows] == [
        ("1000000001", "Havnens Smedje ApS"),
        ("1000000009", "Havnens Smedje"),
    ]
    assert (tally["unit_of_company"], tally["company_without_units"], tally["unit_without_company"]) == (1, 1, 1)


def test_a_unit_without_a_name_bears_its_companys(tmp_path: Path) -> None:
    rows, tally = read(tmp_path, unit(navne=[], metadata={"nyesteNavn": None}), company())
    assert rows[0]["name"] == "Havnens Smedje ApS"
    assert tally["unit_without_name"] == 1


def test_ceased_units_are_handed_on_only_when_the_register_knows_them(tmp_path: Path) -> None:
    gone = [unit(number, livsforloeb=[valid({}, PAST)]) for number in (1_000_000_001, 1_000_000_002)]
    bundle, tally = as_bundle(written(tmp_path, lines([*gone, unit(1_000_000_003)]))), Tally()
    tally.known = np.array([1_000_000_002, 1_000_000_009], np.int64)
    rows = list(virk.rows(bundle, sniff(bundle), tally))
    assert [cells[0] for _row, cells in rows] == ["1000000002", "1000000003"]
    assert tally["ceased_before"] == 1


def test_long_work_before_the_first_row_is_told(tmp_path: Path) -> None:
    bundle, tally, beats = as_bundle(written(tmp_path, lines([unit(), company()]))), Tally(), [0.0]
    tally.beat = lambda: beats.append(tally.share)
    list(virk.rows(bundle, sniff(bundle), tally))
    assert beats == sorted(beats)
    assert beats[-1] > 0.5


@pytest.mark.django_db
def test_a_number_that_is_none_is_rejected_with_the_ordinary_sentence(tmp_path: Path) -> None:
    run = compared(written(tmp_path, lines([unit("12AB"), unit(None), unit()])))
    assert (run.added, run.rejected) == (1, 2)
    assert set(run.findings["reasons"]) == {"number_letters", "number_missing"}


@pytest.mark.django_db
def test_what_is_read_becomes_units_and_the_same_files_twice_change_nothing(tmp_path: Path) -> None:
    told: dict[str, Any] = {"elektroniskPost": [contact("post@smedje.example")]}
    records = [unit(), unit(1_000_000_002, 22_222_222, "Salon v/ Person Opdigtet", reklamebeskyttet=True)]
    companies = [company(**told), company(22_222_222, "Salonen v/ Person Opdigtet", 10, **told)]
    applied(written(tmp_path, page(records + companies)))
    smith, salon = Unit.objects.order_by("number")
    assert (smith.company_form, smith.email, smith.purpose) == ("80", "post@smedje.example", "At smede for byen.")
    assert (smith.address_id, smith.municipality, smith.point_quality) == (
        "0a3f50bc-fde6-32b8-e044-0003ba298018", "0630", "postcode"
    )  # fmt: skip
    assert (salon.name, salon.company_name, salon.email, salon.protected) == ("Salon", "Salonen", "", True)
    again = applied(written(tmp_path, lines(companies + records)))
    assert (again.added, again.changed, again.gone, again.unchanged) == (0, 0, 0, 2)
    assert again.findings["left_out"]["participants_skipped"] == 4
