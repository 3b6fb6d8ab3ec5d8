"""Industry codes: every division and group has titles, and the two systems are kept apart where they differ."""

import pytest

from medspil.catalogue.datafiles import DataError
from medspil.catalogue.industries import (
    divisions,
    industries,
    industry,
    industry_group,
    industry_groups,
    parse_groups,
    parse_industries,
    title,
)


def test_db07_has_88_divisions_and_db25_all_of_them_but_45() -> None:
    old = {entry.code for entry in divisions("DB07")}
    new = {entry.code for entry in divisions("DB25")}
    assert len(old) == 88
    assert old - new == {"45"}
    assert new <= old


def test_all_272_groups_of_db07_have_a_title() -> None:
    groups = {entry.code for entry in industries() if len(entry.code) == 3 and entry.system in ("", "DB07")}
    assert len(groups) == 272
    assert {code[:2] for code in groups} == {entry.code for entry in divisions("DB07")}


def test_there_are_some_200_full_codes_for_each_system() -> None:
    for system in ("DB07", "DB25"):
        full = [entry for entry in industries() if len(entry.code) == 6 and entry.system in ("", system)]
        assert len(full) >= 170, system


def test_every_code_lies_under_a_division_of_its_system() -> None:
    for entry in industries():
        for system in (entry.system,) if entry.system else ("DB07", "DB25"):
            division = industry(entry.code[:2], system)
            assert division is not None, entry
            assert division.system in ("", system), entry


def test_every_entry_has_trimmed_names_in_both_languages() -> None:
    for entry in industries():
        for language in ("da", "en"):
            name = entry.name(language)
            assert name, entry
            assert name == name.strip(), entry


@pytest.mark.parametrize(
    ("code", "system", "expected"),
    [
        ("324000", "DB07", "Fremstilling af spil og legetøj"),
        ("842500", "DB25", "Brandvæsen"),
        ("649210", "DB07", "Realkreditinstitutter"),
        ("581300", "DB07", "Udgivelse af aviser og dagblade"),
        ("581300", "DB25", "Udgivelse af tidsskrifter"),
        ("631000", "DB25", "IT-infrastruktur, hosting og databehandling"),
        ("962100", "DB25", "Drift af frisør- og barbersaloner"),
        ("439100", "DB07", "Tagdækningsvirksomhed"),
        ("439100", "DB25", "Murerarbejde"),
        ("742000", "", "Fotografisk virksomhed"),
        ("620100", "", "Computerprogrammering"),
    ],
)
def test_a_code_has_the_title_of_its_own_system(code: str, system: str, expected: str) -> None:
    assert title(code, system, "da") == expected


def test_a_code_without_its_own_title_gets_that_of_the_group_or_division_above() -> None:
    assert title("015999", "DB07", "da") == title("015", "DB07", "da") == "Blandet drift"
    assert title("459999", "DB07", "en") == "Sale and repair of motor vehicles"
    assert title("001000", "DB07", "da") == ""
    assert title("", "", "da") == ""


def test_a_group_of_db07_does_not_lend_its_title_to_db25() -> None:
    assert title("467000", "DB07", "en") == "Other specialised wholesale"
    assert title("467000", "DB25", "en") == "Wholesale of motor vehicles and parts"
    assert title("452010", "DB25", "en") == ""


def test_the_seventeen_groups_hold_every_division_exactly_once() -> None:
    groups = industry_groups()
    assert len(groups) == 17
    for entry in divisions("DB07"):
        assert sum(entry.code in group.divisions for group in groups.values()) == 1, entry.code


@pytest.mark.parametrize(
    ("code", "group"),
    [("324000", "manufacturing"), ("649210", "finance_property"), ("842500", "public"), ("74", "advice")],
)
def test_a_code_tells_its_group(code: str, group: str) -> None:
    found = industry_group(code)
    assert found is not None
    assert found.code == group


def test_a_code_outside_the_divisions_has_no_group() -> None:
    assert industry_group("04") is None
    assert industry_group("") is None


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("1;DB07;a;b", "code"),
        ("324000;DB93;a;b", "system"),
        ("324000;DB07;;b", "name_da"),
        ("324000;DB07;a; ", "name_en"),
        ("742000;;a;b", "code"),
    ],
)
def test_a_fault_among_the_titles_is_told_with_line_and_field(row: str, field: str) -> None:
    text = f"code;system;name_da;name_en\n742000;;Foto;Photo\n{row}\n"
    with pytest.raises(DataError) as caught:
        list(parse_industries(text))
    assert (caught.value.line, caught.value.field) == (3, field)


def test_a_division_in_two_groups_and_a_range_that_is_none_are_refused() -> None:
    head = "code;name_da;name_en;divisions\n"
    with pytest.raises(DataError, match="02 is in two groups"):
        list(parse_groups(head + "a;A;A;01-03\nb;B;B;02\n"))
    with pytest.raises(DataError, match="line 2, field divisions"):
        list(parse_groups(head + "a;A;A;alle\n"))
