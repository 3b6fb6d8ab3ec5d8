"""The vocabulary: complete in both languages, stable codes, and clear words when the file is wrong."""

import re
from datetime import date

import pytest

from medspil.catalogue.datafiles import DataError, data_text
from medspil.catalogue.vocabulary import Entry, Sector, Side, Vocabulary, parse_vocabulary, vocabulary


def all_entries(words: Vocabulary) -> list[tuple[str, Entry]]:
    tables = {
        "theme": words.themes,
        "target_group": words.target_groups,
        "resource_kind": words.resource_kinds,
        "asset_kind": words.asset_kinds,
        "area_kind": words.area_kinds,
        "programme": words.programmes,
        "status_kind": words.status_kinds,
        "organisation_kind": words.organisation_kinds,
        "company_form": words.company_forms,
        "gain": words.gains,
    }
    return [(table, entry) for table, entries in tables.items() for entry in entries.values()]


def test_every_entry_has_a_name_in_both_languages_and_help_in_both_or_none() -> None:
    for table, entry in all_entries(vocabulary()):
        assert entry.name("da"), (table, entry.code)
        assert entry.name("en"), (table, entry.code)
        assert bool(entry.help("da")) == bool(entry.help("en")), (table, entry.code)


def test_codes_are_snake_case_and_company_forms_are_the_registers_numbers() -> None:
    for table, entry in all_entries(vocabulary()):
        shape = r"[1-9]\d{1,2}" if table == "company_form" else r"[a-z]+(_[a-z0-9]+)*"
        assert re.fullmatch(shape, entry.code), (table, entry.code)


def test_no_two_entries_of_a_table_share_a_name() -> None:
    for language in ("da", "en"):
        names = [(table, entry.name(language)) for table, entry in all_entries(vocabulary())]
        assert len(names) == len(set(names))


def test_the_four_themes_of_the_housing_fund_come_first() -> None:
    first = list(vocabulary().themes)[:4]
    assert first == ["employment", "education", "crime_prevention", "community"]


def test_there_are_between_28_and_32_kinds_of_resource_each_with_its_own_words() -> None:
    kinds = vocabulary().resource_kinds
    assert 28 <= len(kinds) <= 32
    for kind in kinds.values():
        assert len(kind.words_da) >= 4, kind.code


def test_what_an_area_has_is_sorted_into_the_seven_kinds_of_the_method_and_no_word_says_two_of_them() -> None:
    kinds = vocabulary().asset_kinds
    assert list(kinds) == ["person", "association", "institution", "company", "place", "economy", "story"]
    words = [word for kind in kinds.values() for word in kind.words_da]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() for word in words)


def test_a_search_word_belongs_to_at_most_two_kinds_so_that_kinds_stay_apart() -> None:
    counts: dict[str, int] = {}
    for kind in vocabulary().resource_kinds.values():
        for word in kind.words_da:
            counts[word] = counts.get(word, 0) + 1
    assert {word for word, count in counts.items() if count > 2} == set()


def test_the_words_for_people_avoid_those_the_field_has_left() -> None:
    forbidden = re.compile(r"\b(klient|aktiver|match|ghetto)", re.IGNORECASE)
    for table, entry in all_entries(vocabulary()):
        assert not forbidden.search(entry.name_da + " " + entry.help_da), (table, entry.code)


def test_in_2010_the_four_types_of_area_renewal_hold_and_today_one_open_type() -> None:
    kinds = vocabulary().area_kinds
    four = {"worn_small_town", "worn_large_town", "newer_housing", "old_business_harbour"}
    assert {code for code in four if kinds[code].holds_on(date(2010, 12, 1))} == four
    assert {code for code in four if kinds[code].holds_on(date(2026, 1, 1))} == set()
    assert kinds["worn_urban_area"].holds_on(date(2026, 1, 1))
    assert not kinds["worn_urban_area"].holds_on(date(2010, 12, 1))


def test_lists_that_rest_on_origin_are_marked() -> None:
    marked = {code for code, status in vocabulary().status_kinds.items() if status.origin_criterion}
    assert marked == {"parallel_society", "transformation_area", "prevention_area"}


def test_the_sectors_of_the_definition_are_all_present_and_numbered_as_the_engine_does() -> None:
    sectors = {kind.sector for kind in vocabulary().organisation_kinds.values()}
    assert sectors == set(Sector)
    assert [Sector.PRIVATE.number, Sector.PUBLIC.number, Sector.VOLUNTARY.number] == [0, 1, 2]


@pytest.mark.parametrize(
    ("form", "sector"),
    [
        ("80", Sector.PRIVATE),
        ("250", Sector.PUBLIC),
        ("115", Sector.VOLUNTARY),
        (" 90 ", Sector.VOLUNTARY),
        ("777", Sector.PRIVATE),
    ],
)
def test_a_register_form_tells_the_sector_and_an_unknown_one_counts_as_private(form: str, sector: Sector) -> None:
    assert vocabulary().sector_of_form(form) is sector


def test_all_three_sides_have_gains() -> None:
    assert {gain.side for gain in vocabulary().gains.values()} == set(Side)


def damaged(old: str, new: str) -> str:
    text = data_text("vocabulary.toml")
    assert old in text
    return text.replace(old, new, 1)


def line_of(text: str, heading: str) -> int:
    return text.splitlines().index(heading) + 1


@pytest.mark.parametrize(
    ("old", "new", "heading", "field"),
    [
        ('name_en = "Employment"\n', "", "[[theme]]", "name_en"),
        ('name_en = "Employment"', 'name_en = " "', "[[theme]]", "name_en"),
        ('code = "employment"', 'kode = "employment"', "[[theme]]", "kode"),
        ("min_age = 6", 'min_age = "six"', "[[target_group]]", "min_age"),
        ('sector = "public"', 'sector = "state"', "[[organisation_kind]]", "sector"),
        ('help_en = "Employees lend a hand, whatever their trade."\n', "", "[[resource_kind]]", "help_en"),
        ('words_da = ["frivillig", ', 'words_da = ["frivillig", "frivillig", ', "[[resource_kind]]", "words_da"),
        ("valid_to = 2014-12-31", 'valid_to = "2014"', "[[area_kind]]", "valid_to"),
    ],
)
def test_a_fault_in_the_file_is_told_with_line_and_field(old: str, new: str, heading: str, field: str) -> None:
    text = damaged(old, new)
    with pytest.raises(DataError) as caught:
        parse_vocabulary(text)
    assert caught.value.field == field
    assert caught.value.line == line_of(text, heading)
    assert f"vocabulary.toml, line {caught.value.line}, field {field}" in str(caught.value)


def test_a_code_used_twice_is_refused() -> None:
    with pytest.raises(DataError, match="employment comes twice"):
        parse_vocabulary(damaged('code = "education"', 'code = "employment"'))


def test_an_unknown_table_and_a_missing_version_are_refused() -> None:
    with pytest.raises(DataError, match="not a table we know"):
        parse_vocabulary(data_text("vocabulary.toml") + '\n[[colour]]\ncode = "red"\n')
    with pytest.raises(DataError, match="field version"):
        parse_vocabulary(damaged("version = 1", "edition = 1"))


def test_text_that_is_not_toml_is_told_with_its_line() -> None:
    with pytest.raises(DataError) as caught:
        parse_vocabulary("version = 1\n[[theme\n")
    assert caught.value.line == 2
