"""One row at a time: what is rejected, what is taken with a warning, what is mended, and that people are left out."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.register.columns import propose
from medspil.register.notes import REASONS
from medspil.register.reading import Layout
from medspil.register.rows import Checked, RowChecker
from tests.factories.registers import HEADER, row

DAY = date(2026, 11, 1)


def check(cells: list[str], header: tuple[str, ...] = HEADER, **layout: Any) -> Checked:
    checker = RowChecker(
        layout=Layout(header=header, **{"decimal": ","} | layout), columns=propose(header), source_date=DAY
    )
    return checker.check(cells)


def facts(**changed: str) -> dict[str, Any]:
    found = check(row(**changed)).facts
    assert found is not None
    return found


def codes(**changed: str) -> list[str]:
    checked = check(row(**changed))
    assert checked.facts is not None
    return [note.code for note in checked.notes]


def one(heading: str, value: str) -> dict[str, Any]:
    """Return the facts of a file with number, name and one more column."""
    found = check(["1000000001", "A", value], ("P-nummer", "Navn", heading)).facts
    assert found is not None
    return found


def test_a_good_row_has_no_notes_and_all_its_facts() -> None:
    checked = check(row())
    assert checked.notes == []
    assert checked.number == 1_000_000_001
    assert checked.facts == {
        "name": "Havnens Smedje ApS",
        "cvr": "12345674",
        "industry": "251100",
        "code_system": "DB25",
        "industry_text": "Metal",
        "address": "Havnegade 1",
        "postcode": "7100",
        "city": "Vejle",
        "municipality": "0630",
        "x": 533_500.0,
        "y": 6_174_000.0,
        "point_quality": "address",
        "employees_from": 20,
        "employees_to": 49,
        "started_on": date(2003, 2, 1),
        "protected": False,
    }


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "number_missing"),
        ("10000O0001", "number_letters"),
        ("12345674", "number_is_cvr"),
        ("100000001", "number_length"),
        ("0000000001", "number_length"),
        ("1,00E+09", "number_rounded"),
        ("١٢٣٤٥٦٧٨٩٠", "number_letters"),
    ],
)
def test_a_row_whose_number_cannot_be_right_is_rejected_with_a_reason(number: str, code: str) -> None:
    checked = check(row(number))
    assert checked.facts is None
    assert [(note.code, note.rejected, note.value) for note in checked.notes] == [(code, True, number)]


@pytest.mark.parametrize("number", ["1000000001.0", " 1000 000 001 ", "P1000000001", "P-nr. 1000000001"])
def test_a_number_written_oddly_is_still_the_number(number: str) -> None:
    assert check(row(number)).number == 1_000_000_001


def test_rows_cut_short_or_with_a_separator_too_many_are_rejected() -> None:
    assert check(row()[:5]).notes[0].code == "too_few_cells"
    assert check([*row(), "for meget"]).notes[0].code == "too_many_cells"
    assert check([*row(), ""]).notes == []


def test_a_row_without_a_name_is_rejected() -> None:
    checked = check(row(Navn=" "))
    assert checked.facts is None
    assert checked.notes[0].code == "name_missing"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Havnens Salon v/ Jens Hansen", "Havnens Salon"),
        ("Byg V/Bo Ib, Vejle", "Byg"),
        ("Firma (v/ Ole Olsen)", "Firma"),
        ("Smeden c/o Petersen", "Smeden"),
        ("Café ved Søen", "Café ved Søen"),
        ("I/S Skov A/S", "I/S Skov A/S"),
        ("v/ Jens Hansen", "Metal"),
    ],
)
def test_people_are_never_kept_in_a_name(written: str, kept: str) -> None:
    assert facts(Navn=written)["name"] == kept


def test_people_are_never_kept_in_an_address_and_protection_stays() -> None:
    found = facts(Adresse="c/o Jens Hansen, Storegade 3", Navn="Salon v/ Jens Hansen", Reklamebeskyttelse="ja")
    assert (found["address"], found["protected"]) == ("Storegade 3", True)


def test_a_name_that_is_a_formula_is_kept_as_text() -> None:
    assert facts(Navn="=cmd()")["name"] == "=cmd()"
    assert facts(Navn="'=cmd()")["name"] == "=cmd()"


def test_a_null_character_is_taken_out_with_a_warning() -> None:
    checked = check(row(Navn="Hav\x00nen"))
    assert checked.facts is not None
    assert (checked.facts["name"], checked.notes[0].code) == ("Havnen", "control")


def test_a_text_too_long_is_cut_with_a_warning() -> None:
    checked = check(row(Navn="a" * 400))
    assert checked.facts is not None
    assert (len(checked.facts["name"]), checked.notes[0].code) == (300, "too_long")


def test_a_cvr_number_that_fails_modulus_11_is_kept_with_a_warning() -> None:
    checked = check(row(CVR_nr="12345678"))
    assert checked.facts is not None
    assert (checked.facts["cvr"], [note.code for note in checked.notes]) == ("12345678", ["cvr_check"])
    assert codes(CVR_nr="1234567") == ["cvr_length"]
    assert facts(CVR_nr="DK 12 34 56 74")["cvr"] == "12345674"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("251100", "251100"), ("25.11.00", "251100"), ("11300", "011300"), ("01.13.00", "011300"), ("2511", "2511"),
     ("25.11", "2511"), ("251100.0", "251100"), ("", "")],
)  # fmt: skip
def test_industry_codes_get_their_zeros_back_and_lose_their_dots(written: str, kept: str) -> None:
    assert one("Branchekode", written)["industry"] == kept


def test_an_industry_code_that_is_none_is_left_out_with_a_warning() -> None:
    assert (facts(Branchekode="metal")["industry"], codes(Branchekode="metal")) == ("", ["industry_code"])


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("20-49", 20, 49), ("20 - 49", 20, 49), ("ANTAL_20_49", 20, 49), ("ANTAL_1000_999999", 1000, None),
     ("1000+", 1000, None), ("1.000", 1000, 1000), ("12", 12, 12), ("12,5", 12, 12), ("0", 0, 0), ("", None, None),
     ("ukendt", None, None), ("02-apr", 2, 4), ("2026-09-05", 5, 9), ("sep-05", 5, 9)],
)  # fmt: skip
def test_employees_come_as_number_interval_or_a_day_a_spreadsheet_made_of_it(
    written: str, low: int | None, high: int | None
) -> None:
    found = one("Antal ansatte", written)
    assert (found["employees_from"], found["employees_to"]) == (low, high)


def test_employees_that_are_no_number_are_unknown_with_a_warning() -> None:
    assert codes(Ansatte="mange") == ["employees"]
    assert facts(Ansatte="mange")["employees_from"] is None


@pytest.mark.parametrize(
    ("written", "day"),
    [("31-12-2020", date(2020, 12, 31)), ("2020-12-31", date(2020, 12, 31)), ("31/12/2020", date(2020, 12, 31)),
     ("31.12.2020", date(2020, 12, 31)), ("20201231", date(2020, 12, 31)), ("01/10 - 2008", date(2008, 10, 1)),
     ("2020-12-31T23:00:00+01:00", date(2020, 12, 31)), ("", None)],
)  # fmt: skip
def test_days_are_read_in_every_usual_writing(written: str, day: date | None) -> None:
    assert one("Startdato", written)["started_on"] == day


@pytest.mark.parametrize("written", ["31-02-2020", "32-01-2020", "01-01-0000", "snart", "99999999"])
def test_a_day_that_is_none_is_left_out_with_a_warning(written: str) -> None:
    assert codes(Startdato=written) == ["date"]


def test_american_days_are_read_when_the_file_is_written_so() -> None:
    found = check(["1000000001", "A", "12/31/2020"], ("P-nummer", "Navn", "Startdato"), day_first=False).facts
    assert found is not None
    assert found["started_on"] == date(2020, 12, 31)


def test_a_unit_that_ceased_is_ceased_and_one_being_wound_up_is_closing() -> None:
    assert one("Ophørsdato", "31-12-2020")["status"] == "ceased"
    assert one("Ophørsdato", "31-12-2030")["status"] == "active"
    assert one("Status", "UNDER KONKURS")["status"] == "closing"
    assert one("Status", "OPLØST EFTER KONKURS")["status"] == "ceased"
    assert one("Status", "Aktiv")["status"] == "active"


@pytest.mark.parametrize("pair", [("55,7089", "9,5343"), ("9,5343", "55,7089")])
def test_degrees_become_metres_also_when_they_are_swapped(pair: tuple[str, str]) -> None:
    found = facts(X=pair[0], Y=pair[1])
    assert abs(found["x"] - 533_600) < 200
    assert abs(found["y"] - 6_173_800) < 500
    assert found["point_quality"] == "address"


@pytest.mark.parametrize(("x", "y"), [("13,0", "52,5"), ("0", "5"), ("700000", "5000000"), ("12,0", "0,0")])
def test_a_point_outside_denmark_gives_way_to_the_postal_code_with_a_warning(x: str, y: str) -> None:
    found = facts(X=x, Y=y)
    assert codes(X=x, Y=y) == ["outside_denmark"]
    assert found["point_quality"] == "postcode"
    assert 520_000 < found["x"] < 550_000


def test_a_missing_point_is_the_centre_of_the_postal_code_and_without_that_it_is_not_known() -> None:
    assert facts(X="", Y="")["point_quality"] == "postcode"
    nowhere = facts(X="", Y="", Postnr="")
    assert (nowhere["x"], nowhere["point_quality"]) == (None, "none")


def test_the_municipality_comes_from_its_code_its_name_or_the_postal_code() -> None:
    assert facts(Kommunekode="101")["municipality"] == "0101"
    assert one("Kommune", "Københavns Kommune")["municipality"] == "0101"
    assert one("Postnr", "7100")["municipality"] == "0630"
    assert (facts(Kommunekode="999")["municipality"], codes(Kommunekode="999")) == ("0630", ["municipality"])


@pytest.mark.parametrize("word", ["ja", "Ja", "TRUE", "1", "x", "Reklamebeskyttet"])
def test_words_for_yes_protect(word: str) -> None:
    assert facts(Reklamebeskyttelse=word)["protected"] is True


@pytest.mark.parametrize("word", ["nej", "FALSE", "0", ""])
def test_words_for_no_do_not(word: str) -> None:
    assert facts(Reklamebeskyttelse=word)["protected"] is False


def test_a_word_that_is_neither_protects_to_be_safe() -> None:
    assert facts(Reklamebeskyttelse="måske")["protected"] is True
    assert codes(Reklamebeskyttelse="måske") == ["protected"]


def test_company_forms_are_known_by_code_and_by_name() -> None:
    assert one("Virksomhedsform", "80")["company_form"] == "80"
    assert one("Virksomhedsform", "Anpartsselskab")["company_form"] == "80"
    assert one("Virksomhedsform", "Noget nyt")["company_form"] == ""


def test_what_the_file_does_not_tell_is_not_among_the_facts() -> None:
    assert one("Formål", "Smede") == {"name": "A", "purpose": "Smede"}


@given(st.lists(st.text(max_size=60) | st.sampled_from(row()), min_size=0, max_size=15))
def test_any_cells_are_checked_without_an_error_and_every_note_has_a_sentence(cells: list[str]) -> None:
    checked = check(cells)
    assert (checked.facts is None) == any(note.rejected for note in checked.notes)
    assert all(note.code in REASONS for note in checked.notes)


@given(st.sampled_from(HEADER), st.text(max_size=400))
def test_any_text_in_any_cell_gives_facts_that_fit_their_columns(heading: str, text: str) -> None:
    cells = row()
    cells[HEADER.index(heading)] = text
    found = check(cells).facts
    if found is not None:
        assert found["name"]
        assert len(found["name"]) <= 300
        assert "\x00" not in "".join(str(value) for value in found.values())
        assert len(found["postcode"]) in (0, 4)
        assert len(found["municipality"]) in (0, 4)
