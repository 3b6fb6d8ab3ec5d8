"""Pasted lists: understood in whatever form people write them, and never a crash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.mapping.kinds import kind_in, kind_said
from medspil.mapping.pasting import understand


@pytest.mark.parametrize(
    ("line", "name", "kind", "place"),
    [
        (
            "Nordklubben; forening; Nørremarksvej 12, 7100 Vejle",
            "Nordklubben",
            "association",
            "Nørremarksvej 12, 7100 Vejle",
        ),
        ("Nordklubben;Foreninger;Vejle", "Nordklubben", "association", "Vejle"),
        ("- Beboerhuset, sted, Løget 3", "Beboerhuset", "place", "Løget 3"),
        ("3. Biblioteket - Vejle", "Biblioteket", "institution", "Vejle"),
        ("Forening; Kvindeklubben; 7100 Vejle", "Kvindeklubben", "association", "7100 Vejle"),
        ("Rema 1000\tbutik\tNørretorv 4", "Rema 1000", "company", "Nørretorv 4"),
        ("Den store fest | fortælling", "Den store fest", "story", ""),
        ("Skolen på bakken", "Skolen på bakken", "institution", ""),
        ("Åen; place; 55.71, 9.53", "Åen", "place", "55.71, 9.53"),
        ("Boldklubben – Stadionvej 2 – 7100 Vejle", "Boldklubben", "association", "Stadionvej 2, 7100 Vejle"),
        ("The library; institution; Vejle", "The library", "institution", "Vejle"),
        ('"Kaffe & Kage"; "virksomhed"; "Torvet 1"', "Kaffe & Kage", "company", "Torvet 1"),
        ("Puljen; lokal økonomi", "Puljen", "economy", ""),
    ],
)
def test_a_line_is_understood_in_many_forms(line: str, name: str, kind: str, place: str) -> None:
    [draft] = understand(line)
    assert (draft.name, draft.kind, draft.place, draft.problem) == (name, kind, place, "")


def test_what_is_said_besides_is_kept_as_what_it_can_do() -> None:
    [first, second] = understand(
        "Kokkene; forening; Vejle; mad til alle; hver tirsdag\nMarkedet;økonomi;hver søndag;Torvet 1"
    )
    assert first.facts == {"can_do": "mad til alle; hver tirsdag"}
    assert (second.place, second.facts) == ("Torvet 1", {"can_do": "hver søndag"})


def test_headings_and_blank_lines_are_left_out_and_lines_keep_their_number() -> None:
    drafts = understand("Navn; Type; Sted\n\n  \nNordklubben; forening\n---\nSkolen\n")
    assert [(draft.line, draft.name) for draft in drafts] == [(4, "Nordklubben"), (6, "Skolen")]


def test_a_line_that_does_not_say_its_kind_asks_for_it_unless_one_was_chosen_for_all() -> None:
    [draft] = understand("Kaj og venner")
    assert draft.problem
    [draft] = understand("Kaj og venner", default_kind="association")
    assert (draft.kind, draft.problem) == ("association", "")


def test_that_somebody_is_a_person_is_never_guessed_from_a_name() -> None:
    assert kind_in("Frivillig Ole") == ""
    assert kind_said("frivillige") == "person"
    assert kind_in("Frivillige foreninger") == "association"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Fodboldklubben Nord", "association"),
        ("Nørremarksskolen", "institution"),
        ("Fælleshaven", "place"),
        ("Loppemarkedet", "economy"),
        ("Cykelværkstedet", "company"),
        ("Sommerfesten", "story"),
        ("Ole", ""),
        ("IF Vejle Nord", "association"),
        ("Vejle Nord IF", "association"),
        ("Hvad if nu", ""),
        ("If Forsikring A/S", "company"),
    ],
)
def test_a_name_gives_its_kind_away_as_danish_joins_words(name: str, kind: str) -> None:
    assert kind_in(name) == kind


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    numbers = [draft.line for draft in understand(text)]
    assert numbers == sorted(set(numbers))
    assert all(draft.name or draft.problem for draft in understand(text))


@given(
    st.lists(
        st.text(st.characters(whitelist_categories=["Lu", "Ll"]), min_size=3, max_size=20), min_size=1, max_size=20
    )
)
def test_every_line_with_name_and_kind_comes_through_as_it_was_written(names: list[str]) -> None:
    text = "\n".join(f"{name} Nr; sted; 7100 Vejle" for name in names)
    assert [(one.name, one.kind, one.place) for one in understand(text)] == [
        (f"{name} Nr", "place", "7100 Vejle") for name in names
    ]
