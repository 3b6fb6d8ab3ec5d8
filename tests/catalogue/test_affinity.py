"""The affinity table: complete, within bounds, and in agreement with what the seeds' cases showed."""

from functools import cache
from importlib.resources import as_file, files

import pytest

from medspil.catalogue.industries import divisions, industry, title
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.datafiles import Row, package_text, read_rows
from medspil.matching import INTEGRATED_FROM, AffinityTable, read_affinity_csv

SOURCE = "affinity.csv"
LEADING = ("prefix", "system", "name_da", "name_en")
# What any employer can give; from 6 up only where it is the trade itself, or where a plant keeps a school service.
GENERIC = (
    "volunteer_time",
    "mentoring",
    "company_visit",
    "work_experience",
    "after_school_job",
    "apprenticeship",
    "job",
)


def columns() -> tuple[str, ...]:
    return (*LEADING, *vocabulary().resource_kinds)


@cache
def rows() -> tuple[Row, ...]:
    return tuple(read_rows(package_text("medspil.catalogue", SOURCE), source=SOURCE, columns=columns()))


@cache
def table() -> AffinityTable:
    with as_file(files("medspil.catalogue").joinpath("data", SOURCE)) as path:
        return read_affinity_csv(path)


def test_the_columns_are_the_kinds_of_the_vocabulary_in_its_order() -> None:
    assert table().kinds == tuple(vocabulary().resource_kinds)
    assert table().version == "2"


def test_every_row_names_a_known_industry_once_and_holds_whole_numbers_from_0_to_10() -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows():
        key = row.text("prefix"), row.values["system"]
        assert key not in seen, row.line
        seen.add(key)
        assert key[1] in ("", "DB07", "DB25"), row.line
        assert 2 <= len(key[0]) <= 6, row.line
        assert row.text("name_da")
        assert row.text("name_en")
        for kind in vocabulary().resource_kinds:
            assert not row.values[kind] or 1 <= row.whole_number(kind) <= 10, (row.line, kind)


def test_every_division_of_both_systems_has_a_row() -> None:
    keys = {(row.text("prefix"), row.values["system"]) for row in rows()}
    for system in ("DB07", "DB25"):
        for division in divisions(system):
            assert {(division.code, system), (division.code, "")} & keys, (division.code, system)


def test_a_row_stands_for_a_code_that_the_title_table_knows_in_that_system() -> None:
    for row in rows():
        system = row.values["system"]
        assert industry(row.text("prefix"), system) is not None, row.line


def test_every_kind_has_an_industry_whose_trade_it_is_except_the_after_school_job() -> None:
    best = {kind: max(int(row.values[kind] or 0) for row in rows()) for kind in vocabulary().resource_kinds}
    assert {kind for kind, value in best.items() if value < 6} == {"after_school_job"}
    assert best["after_school_job"] == 5


def test_no_industry_is_the_trade_of_nearly_everything() -> None:
    for row in rows():
        core = [kind for kind in vocabulary().resource_kinds if int(row.values[kind] or 0) >= 6]
        assert len(core) <= 6, (row.text("name_da"), core)


def test_what_any_employer_can_give_is_core_only_where_showing_meeting_or_finding_work_is_the_trade() -> None:
    allowed = {
        "324", "35", "36", "37", "38", "381", "382", "383", "5812", "5813", "78", "781", "782", "783", "8425", "8532",
        "856", "88916", "8899", "88991",
        "91", "9101", "911", "9102", "912", "9104", "914",
    }  # fmt: skip
    core = {row.text("prefix") for row in rows() for kind in GENERIC if int(row.values[kind] or 0) >= 6}
    assert core == allowed


@pytest.mark.parametrize(
    ("code", "system", "kind"),
    [
        ("742000", "DB07", "photo_film"),
        ("842500", "DB07", "first_aid_safety"),
        ("842500", "DB25", "company_visit"),
        ("649210", "DB07", "money_advice"),
        ("641900", "DB25", "money_advice"),
        ("651100", "DB07", "money_advice"),
        ("324000", "DB07", "company_visit"),
        ("581300", "DB07", "company_visit"),
        ("581300", "DB07", "journalism"),
        ("951100", "DB07", "computers_equipment"),
        ("620200", "DB07", "it_skills"),
        ("900110", "DB07", "stage_music"),
        ("711100", "DB07", "architecture_urban"),
        ("813000", "DB25", "gardening_green"),
        ("691000", "DB07", "legal_advice"),
        ("862300", "DB25", "health_guidance"),
        ("433200", "DB07", "craft_building"),
        ("561010", "DB07", "food_cooking"),
        ("931200", "DB07", "sports"),
        ("869200", "DB25", "first_aid_safety"),
    ],
)
def test_a_trade_that_is_what_the_need_asks_for_is_strategically_integrated(code: str, system: str, kind: str) -> None:
    assert table().value(code, system, kind) >= INTEGRATED_FROM


@pytest.mark.parametrize(
    ("code", "system", "kind"),
    [
        ("651100", "DB07", "club_leader"),
        ("653010", "DB07", "volunteer_time"),
        ("651200", "DB25", "homework_help"),
        ("649210", "DB07", "computers_equipment"),
        ("471120", "DB07", "after_school_job"),
        ("433200", "DB07", "apprenticeship"),
        ("691000", "DB07", "mentoring"),
        ("282900", "DB07", "company_visit"),
    ],
)
def test_what_springs_from_goodwill_stays_an_add_on(code: str, system: str, kind: str) -> None:
    assert table().value(code, system, kind) < INTEGRATED_FROM


def test_a_number_that_changed_its_meaning_is_judged_in_its_own_system() -> None:
    value = table().value
    # 58.12 was directories and is newspapers; 58.13 was newspapers and is magazines.
    assert value("581200", "DB25", "journalism") > value("581200", "DB07", "journalism")
    assert value("581300", "DB07", "company_visit") > value("581300", "DB25", "company_visit")
    # 46.7 was building materials among others and is motor vehicles; 38.3 was recovery and is disposal.
    assert value("467310", "DB07", "materials_goods") > value("467310", "DB25", "materials_goods")
    assert value("383200", "DB07", "materials_goods") > value("383200", "DB25", "materials_goods")
    # 43.91 was roofing and is bricklaying; car repair moved from 45.2 to 95.3.
    assert value("439100", "DB25", "craft_building") > value("439100", "DB07", "craft_building")
    assert value("953190", "DB25", "transport") == value("452010", "DB07", "transport") > 0
    assert value("962100", "DB25", "apprenticeship") == value("960210", "DB07", "apprenticeship")
    assert value("621000", "DB25", "it_skills") == value("620100", "DB07", "it_skills")


def test_the_name_of_a_row_fits_the_title_table_where_both_are_groups_or_divisions() -> None:
    for row in rows():
        prefix, system = row.text("prefix"), row.values["system"]
        if len(prefix) <= 3 and system:
            assert row.text("name_da") == title(prefix, system, "da"), row.line
