"""Contact points, social enterprises and addresses in DAR as rows tell them; and parts of rows that come again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cvr as cvr_rules

from medspil.register import cells
from medspil.register.columns import propose
from medspil.register.reading import Layout
from medspil.register.rows import RowChecker
from tests.factories.registers import HEADER, row
from tests.register.test_rows import DAY, check, one


@given(st.integers(0, 99_999_999).map("{:08d}".format))
def test_the_check_of_a_cvr_number_is_that_of_the_library(number: str) -> None:
    assert cells.cvr_fits(number) == cvr_rules.is_valid(number)


CONTACT = ("P-nummer", "Navn", "Virksomhedsform", "Telefonnummer", "E-mail", "Hjemmeside")


@pytest.mark.parametrize("form", ["10", "15", ""])
def test_contact_points_of_one_person_or_of_an_unknown_form_are_not_kept(form: str) -> None:
    found = check(["1000000001", "A", form, "75 12 34 56", "a@b.dk", "www.b.dk"], CONTACT).facts
    assert found is not None
    assert (found["phone"], found["email"], found["website"]) == ("", "", "")


def test_contact_points_of_a_company_are_kept_and_what_is_none_is_a_warning() -> None:
    good = check(["1000000001", "A", "80", "+45 75 12 34 56", "a@b.dk", "https://www.b.dk/om"], CONTACT)
    assert good.facts is not None
    assert (good.facts["phone"], good.facts["email"]) == ("+4575123456", "a@b.dk")
    assert good.facts["website"] == "https://www.b.dk/om"
    bad = check(["1000000001", "A", "80", "ring", "a@b", "javascript:alert(1)"], CONTACT)
    assert bad.facts is not None
    assert [note.code for note in bad.notes] == ["phone", "email", "website"]
    assert (bad.facts["phone"], bad.facts["email"], bad.facts["website"]) == ("", "", "")


def test_a_social_enterprise_and_an_address_in_dar_are_read() -> None:
    assert one("Socialøkonomisk virksomhed", "ja")["social_enterprise"] is True
    address = "0A3F507A-EC3B-32B8-E044-0003BA298018"
    assert one("adresseId", address)["address_id"] == address.lower()
    assert one("adresseId", "12")["address_id"] == ""


def test_a_part_of_a_row_that_comes_again_is_warned_of_again() -> None:
    checker = RowChecker(layout=Layout(header=HEADER, decimal=","), columns=propose(HEADER), source_date=DAY)
    for _time in range(2):
        assert [note.code for note in checker.check(row(Ansatte="mange", Postnr="x")).notes] == [
            "postcode", "employees",
        ]  # fmt: skip
