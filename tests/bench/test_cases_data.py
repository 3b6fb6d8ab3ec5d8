"""The cases as they stand in their files: sourced, even in both halves, not given away by their own wording."""

import re
import tomllib
from collections import Counter
from math import hypot
from typing import Any

import pytest

from bench.cases.read import FOLDER, STRATA, Half, numbers, read_cases
from medspil.catalogue.industries import title
from medspil.geography.places import postcode


def entries(half: Half) -> list[dict[str, Any]]:
    files = sorted((FOLDER / half).glob("*.toml"))
    return [entry for path in files for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


EVERY = [pytest.param(entry, id=entry["id"]) for half in Half for entry in entries(half)]


def test_there_are_at_least_forty_partnerships_and_no_case_stands_in_both_halves() -> None:
    ids = [entry["id"] for half in Half for entry in entries(half)]
    assert len(set(ids)) == len(ids) >= 40
    assert len(entries(Half.TUNING)) - len(entries(Half.TEST)) in range(-2, 3)


def test_the_halves_are_even_in_what_is_asked_for() -> None:
    counts = {half: Counter(entry["stratum"] for entry in entries(half)) for half in Half}
    for stratum in STRATA:
        tuning, test = counts[Half.TUNING][stratum], counts[Half.TEST][stratum]
        assert min(tuning, test) >= 1, stratum
        assert abs(tuning - test) <= 2, stratum


def test_the_cases_of_the_seeds_are_in_the_tuning_half_for_the_affinities_were_written_with_them_in_view() -> None:
    seeds = ("Idékatalog 2010", "Oplæg 2010")
    assert not [entry["id"] for entry in entries(Half.TEST) if entry["source"].startswith(seeds)]
    assert len([entry for entry in entries(Half.TUNING) if entry["source"].startswith(seeds)]) >= 12


def test_there_are_many_kinds_of_partner() -> None:
    found = [entry for half in Half for entry in entries(half)]
    assert len({entry["company"]["industry"][:2] for entry in found}) >= 25
    assert len({entry["company"]["form"] for entry in found}) >= 8
    assert len({kind for entry in found for kind in entry["need"]["wanted"]}) >= 25


@pytest.mark.parametrize("entry", EVERY)
def test_a_case_names_a_source_with_a_place_or_a_year_and_a_known_industry(entry: dict[str, Any]) -> None:
    assert any(sign.isdigit() for sign in entry["source"]) or "(" in entry["source"]
    company = entry["company"]
    assert company["text"] == title(company["industry"], "DB07", "da")


@pytest.mark.parametrize("entry", EVERY)
def test_a_partner_lies_within_the_radius_that_the_need_asks_for(entry: dict[str, Any]) -> None:
    need, company = postcode(entry["need"]["postcode"]), postcode(entry["company"]["postcode"])
    assert need is not None
    assert company is not None
    assert hypot(need.x - company.x, need.y - company.y) <= entry["need"].get("radius_km", 1_000) * 1_000


@pytest.mark.parametrize("entry", EVERY)
def test_a_need_does_not_give_its_partner_away(entry: dict[str, Any]) -> None:
    wording = re.findall(r"\w+", f"{entry['need']['title']} {entry['need']['text']}".casefold())
    # The first word of the name is what a search would find it by; articles and "teater" a need may well say.
    name = [word for word in entry["company"]["name"].casefold().split() if word not in {"the", "foreningen"}]
    assert name[0] not in wording


@pytest.mark.parametrize("half", list(Half))
def test_all_cases_can_be_read_and_lie_between_the_numbers_of_the_haystack(half: Half) -> None:
    other = next(one for one in Half if one is not half)
    read = read_cases(half, *numbers(100_000, half))
    assert [case.id for case in read] == [entry["id"] for entry in entries(half)]
    taken = {case.company.number for case in read}
    assert len(taken) == len(read)
    assert not taken & {case.company.number for case in read_cases(other, *numbers(100_000, other))}
    assert all(case.need.terms for case in read)
