"""The cases Medspil starts with: facts of the seeds, known codes."""

from functools import cache
from typing import Any

import pytest

from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.common.datafiles import package_text, read_tables
from medspil.geography.places import municipality
from medspil.matching import Model

CONCEPT_FIELDS = {"code", "name_da", "name_en", "summary_da", "summary_en"}
CASE_FIELDS = CONCEPT_FIELDS | {
    "concept", "model", "years", "area", "municipalities", "parties", "effort", "themes", "target_groups",
    "resource_kinds", "gains", "source",
}  # fmt: skip


@cache
def data() -> dict[str, Any]:
    return read_tables(package_text("medspil.catalogue", "cases.toml"), source="cases.toml")


def cases() -> dict[str, dict[str, Any]]:
    return {case["code"]: case for case in data()["case"]}


def numbers(code: str) -> set[tuple[float, str]]:
    return {(fact["number"], fact["unit_da"]) for fact in cases()[code]["effort"]}


def test_there_are_seven_concepts_and_seven_cases_and_each_concept_has_its_case() -> None:
    concepts = [concept["code"] for concept in data()["concept"]]
    assert len(set(concepts)) == len(concepts) == 7
    assert len(cases()) == len(data()["case"]) == 7
    assert {case["concept"] for case in cases().values()} == set(concepts)


def test_every_concept_and_case_has_exactly_the_fields_of_its_model() -> None:
    for concept in data()["concept"]:
        assert set(concept) == CONCEPT_FIELDS, concept["code"]
    for case in cases().values():
        assert set(case) == CASE_FIELDS, case["code"]


def test_every_text_stands_in_both_languages() -> None:
    for entry in (*data()["concept"], *cases().values()):
        for language in ("da", "en"):
            assert entry[f"name_{language}"].strip(), entry["code"]
            assert 2 <= entry[f"summary_{language}"].count(". ") + 1 <= 6, entry["code"]
    for case in cases().values():
        for party in case["parties"]:
            assert set(party) == {"name", "sector", "role_da", "role_en"}
            assert all(party.values()), party
        for fact in case["effort"]:
            assert set(fact) == {"number", "unit_da", "unit_en", "what_da", "what_en"}
            assert all(fact.values()), fact


def test_both_sides_gain_in_every_case_and_both_languages_list_the_same_number() -> None:
    for case in cases().values():
        gains = case["gains"]
        assert set(gains) == {"area_da", "area_en", "company_da", "company_en"}
        for side in ("area", "company"):
            assert len(gains[f"{side}_da"]) == len(gains[f"{side}_en"]) >= 1, case["code"]


def test_every_code_a_case_uses_is_in_the_vocabulary() -> None:
    words = vocabulary()
    for case in cases().values():
        assert case["model"] in set(Model)
        assert set(case["themes"]) <= set(words.themes), case["code"]
        assert set(case["target_groups"]) <= set(words.target_groups), case["code"]
        assert set(case["resource_kinds"]) <= set(words.resource_kinds), case["code"]
        assert all(municipality(code) for code in case["municipalities"]), case["code"]


def test_every_case_is_a_social_partnership_across_at_least_two_sectors() -> None:
    for case in cases().values():
        sectors = {Sector(party["sector"]) for party in case["parties"]}
        assert len(sectors) >= 2, case["code"]


@pytest.mark.parametrize(
    ("code", "model"),
    [
        ("galleri_hamlet", Model.STRATEGICALLY_INTEGRATED),
        ("adoptionsprojektet", Model.STRATEGICALLY_INTEGRATED),
        ("gennem_ild_og_vand", Model.STRATEGICALLY_INTEGRATED),
        ("raad_til_livet", Model.STRATEGICALLY_INTEGRATED),
        ("ideer_for_livet", Model.ADD_ON),
    ],
)
def test_the_model_is_the_one_the_seeds_name(code: str, model: Model) -> None:
    assert cases()[code]["model"] == model


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("galleri_hamlet", {(130, "meter"), (3, "udstillinger")}),
        ("ideer_for_livet", {(12, "drengeklubber"), (6, "organisationer")}),
        ("adoptionsprojektet", {(10, "klasser"), (3, "klasser"), (1, "klasse"), (2, "besøg om året")}),
        ("gennem_ild_og_vand", {(6, "ugeophold"), (4, "ugeophold om året"), (2, "diplomer"), (3, "skoler")}),
        ("brfkredit_computere", {(153, "computere"), (7, "projekter"), (200, "computere"), (70, "procent")}),
        ("kulturringen", {(13.5, "mio. kr."), (5, "pladser"), (4, "pladser"), (6, "pladser")}),
    ],
)
def test_the_figures_of_the_seeds_are_kept(code: str, facts: set[tuple[float, str]]) -> None:
    assert facts <= numbers(code)


def test_the_confidential_advice_carries_no_figures_and_says_that_only_numbers_are_counted() -> None:
    case = cases()["raad_til_livet"]
    assert case["effort"] == []
    assert "ingen navne" in case["summary_da"]


def test_every_case_names_where_it_was_told() -> None:
    for case in cases().values():
        assert case["source"].startswith(("Idékatalog 2010, s. ", "Oplæg 2010, nr. ")), case["code"]


def test_the_parties_of_the_seeds_are_there() -> None:
    def party_names(code: str) -> str:
        return "; ".join(party["name"] for party in cases()[code]["parties"])

    assert len(cases()["ideer_for_livet"]["parties"]) == 9
    for name in ("Microsoft", "IT-Recycling"):
        assert name in party_names("brfkredit_computere")
    for name in ("Mary Fonden", "Mødrehjælpen", "Nykredit"):
        assert name in party_names("raad_til_livet")
    for name in ("SSP", "Byen i Balance", "Tre skoler"):
        assert name in party_names("gennem_ild_og_vand")
    assert "Virksomhedsnetværket" in party_names("adoptionsprojektet")
