"""People are taken out of names and addresses before anything is stored; what only looks like it stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.register.people import address_without_person, without_person
from medspil.register.reading import Layout
from medspil.register.rejected import kept_cells
from medspil.register.rows import Checked, RowChecker

PERSON = st.sampled_from(["Hanne Opdigtet", "Bo A. Opdigtet-Holm", "HANNE OPDIGTET", "hanne", "Åse O'Dal", "Ó. Bø"])
FIRM = st.sampled_from(["Havens Salon", "TV/Radio Huset", "Murer A/S", "Café ved Søen", "F/V Havørnen", "Att Design"])
MARKS = ("v/", "V/", "v /", "V / ", "v／", "c/o", "C/O", "c\\o", "c / o", "att.", "Att:", "attn.", "ATTN:", "indehaver",
         "Indeh.", "ejer:", "(v/", "- v/", ", v/")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Havens Salon v/ Hanne Opdigtet", "Havens Salon"),
        ("Havens Salon v/Hanne Opdigtet", "Havens Salon"),
        ("Havens Salon V/HANNE OPDIGTET", "Havens Salon"),
        ("Havens Salon (v/ Hanne Opdigtet)", "Havens Salon"),
        ("Havens Salon, indehaver Hanne Opdigtet", "Havens Salon"),
        ("Havens Salon – ejer: Hanne Opdigtet", "Havens Salon"),
        ("Murerfirmaet I/S v/ Bo Opdigtet og Hanne Opdigtet", "Murerfirmaet I/S"),
        ("Klinikken c/o Hanne Opdigtet", "Klinikken"),
        ("Klinikken c\\o Hanne Opdigtet", "Klinikken"),
        ("Klinikken att. Hanne Opdigtet", "Klinikken"),
        # Nothing but people: blank, and the unit is called by its company or its trade
        ("v/ Hanne Opdigtet", ""),
        ("I/S v/ Bo Opdigtet og Hanne Opdigtet", ""),
        ("c/o Hanne Opdigtet", ""),
        # What only looks like it
        ("Café ved Søen", "Café ved Søen"),
        ("Café v. Søen", "Café v. Søen"),
        ("Kiosken v. Gamle Havn", "Kiosken v. Gamle Havn"),
        ("Havens Murer A/S", "Havens Murer A/S"),
        ("F/V Havørnen", "F/V Havørnen"),
        ("TV/Radio Huset", "TV/Radio Huset"),
        ("Audio AV/IT", "Audio AV/IT"),
        ("Attika Beton", "Attika Beton"),
        ("Att Design", "Att Design"),
        ("Ejerforeningen Havnen", "Ejerforeningen Havnen"),
        ("Ejer & Søn", "Ejer & Søn"),
        ("Smith & Co.", "Smith & Co."),
        ("C.O. Maskiner", "C.O. Maskiner"),
        ("I/S", "I/S"),
        ("Firmaet", "Firmaet"),
        ("", ""),
    ],
)
def test_a_name_keeps_the_firm_and_loses_the_person(name: str, kept: str) -> None:
    assert without_person(name) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Salon v. Hanne Opdigtet", "Salon"),
        ("SALON V. HANNE OPDIGTET", "SALON"),
        ("Salon (v. Hanne M. von Opdigtet)", "Salon"),
        ("v. Hanne Opdigtet", ""),
        ("Salon v/ Hanne Opdigtet", "Salon"),
        ("Café v. Søen", "Café v. Søen"),
        ("Café ved Den Gamle Sø", "Café ved Den Gamle Sø"),
        ("Hanne Opdigtet", "Hanne Opdigtet"),
    ],
)
def test_of_a_sole_trader_a_name_after_an_abbreviation_goes_too(name: str, kept: str) -> None:
    assert without_person(name, one_person=True) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("c/o Hanne Opdigtet, Havnegade 12", "Havnegade 12"),
        ("Havnegade 12, c/o Hanne Opdigtet", "Havnegade 12"),
        ("Havnegade 12 c/o Hanne Opdigtet, 1. tv", "Havnegade 12 1. tv"),
        ("att. Hanne Opdigtet; Havnegade 12", "Havnegade 12"),
        ("c/o Hanne Opdigtet Havnegade 12", ""),
        ("Havnegade 12 (v/ Hanne Opdigtet)", "Havnegade 12"),
        ("Havnegade 12", "Havnegade 12"),
        ("Bygning C/O3, Havnegade 12", "Bygning C/O3, Havnegade 12"),
        ("Attemosevej 1/2", "Attemosevej 1/2"),
        ("Ved Attegården 3", "Ved Attegården 3"),
    ],
)
def test_an_address_keeps_the_place_and_loses_the_person(address: str, kept: str) -> None:
    assert address_without_person(address) == kept


@given(firm=FIRM, mark=st.sampled_from(MARKS), blank=st.sampled_from(["", " "]), person=PERSON)
def test_no_way_of_writing_it_lets_a_person_through(firm: str, mark: str, blank: str, person: str) -> None:
    blank = blank or (" " if mark[-1].isalpha() else "")
    kept = without_person(f"{firm} {mark}{blank}{person}")
    assert kept == firm
    assert person not in address_without_person(f"{mark}{blank}{person}, Havnegade 12")


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_taken_and_what_was_kept_once_is_kept_again(text: str, one_person: bool) -> None:
    kept = without_person(text, one_person=one_person)
    assert without_person(kept, one_person=one_person) == kept
    assert len(kept) <= len(text)
    assert len(address_without_person(text)) <= len(text)


def test_the_form_of_the_company_decides_what_an_abbreviation_means_and_notes_hold_no_person() -> None:
    layout = Layout(header=("number", "name", "company_form", "address"))
    checker = RowChecker(layout=layout, columns={name: name for name in layout.header}, source_date=date(2026, 11, 1))

    def check(*cells: str) -> Checked:
        return checker.check(["1000000001", *cells])

    for form, kept in (("10", "Salon"), ("", "Salon"), ("80", "Salon v. Hanne Opdigtet")):
        facts = check("Salon v. Hanne Opdigtet", form, "Havnegade 1").facts
        assert facts is not None
        assert facts["name"] == kept
    told = check("Salon\x00 v/ Hanne Opdigtet", "10", "c/o Hanne Opdigtet\ufffd, Havnegade 1")
    assert [note.code for note in told.notes] == ["control", "control"]
    assert "Opdigtet" not in f"{told.facts}{told.notes}"


def test_of_a_rejected_row_nothing_is_copied_that_a_good_one_would_not_keep() -> None:
    header = ("Nr", "Navn", "Adresse", "Telefon", "Form", "Ejer")
    columns = {"number": "Nr", "name": "Navn", "address": "Adresse", "phone": "Telefon", "company_form": "Form"}
    bad = ["12A", "Salon v/ Hanne Opdigtet", "c/o Hanne Opdigtet, Havnegade 1", "75111111", "10", "Hanne Opdigtet"]
    assert kept_cells(bad, header=header, columns=columns) == ["12A", "Salon", "Havnegade 1", "", "10", ""]
    firm = ["12A", "Smedjen ApS", "Havnegade 1", "75111111", "80", "Hanne Opdigtet"]
    assert kept_cells(firm, header=header, columns=columns) == [*firm[:5], ""]
    untold = {field: heading for field, heading in columns.items() if field != "company_form"}
    assert kept_cells(firm, header=header, columns=untold) == [*firm[:3], "", "", ""]
    for shifted in (["1000000001", *bad], ["1000000001", "Hanne Opdigtet"]):
        assert kept_cells(shifted, header=header, columns=columns) == ["1000000001", "", "", "", "", ""]
    assert kept_cells(["Hanne Opdigtet"], header=header, columns=columns) == [""] * 6


def test_a_unit_called_by_its_trade_is_not_called_by_a_person_in_it() -> None:
    layout = Layout(header=("number", "name", "company_form", "industry_text"))
    checker = RowChecker(layout=layout, columns={name: name for name in layout.header}, source_date=date(2026, 11, 1))
    for trade, called in (("Frisør", "Frisør"), ("Frisør v/ Hanne Opdigtet", "Frisør"), ("v/ Hanne Opdigtet", None)):
        facts = checker.check(["1000000001", "v/ Hanne Opdigtet", "10", trade]).facts
        assert (facts and facts["name"]) == called
