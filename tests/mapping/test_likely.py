"""What a challenge probably takes: proposed with the reason, from data that fits the vocabulary; a person decides."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.areas.models import Challenge
from medspil.catalogue.models import Case
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.datafiles import DataError, package_text
from medspil.mapping.likely import MOST, SOURCE, Because, likely, parse_rules

THEMES, GROUPS = sorted(vocabulary().themes), sorted(vocabulary().target_groups)


def kinds(challenge: Challenge, *cases: Case) -> dict[str, list[Because]]:
    return {one.kind: [reason.because for reason in one.reasons] for one in likely(challenge, cases=cases)}


def case(name: str = "Galleri", **facts: list[str]) -> Case:
    return Case(name_da=name, name_en=f"{name} (en)", **facts)


def test_every_theme_proposes_something_with_its_reason_in_both_languages() -> None:
    for theme in THEMES:
        found = likely(Challenge(title="x", theme=theme))
        assert len(found) >= 2, theme
        assert all(
            reason.why("da") and reason.why("en") and reason.about("da") for one in found for reason in one.reasons
        )


def test_a_challenge_that_says_nothing_gets_no_proposal() -> None:
    assert likely(Challenge(title="Noget andet"), cases=[case(themes=["image"], resource_kinds=["photo_film"])]) == []


def test_its_own_words_count_most_and_are_found_in_any_form() -> None:
    found = kinds(Challenge(title="Ingen lærepladser til de unge", theme="image"))
    assert next(iter(found)) == "apprenticeship"
    assert found["apprenticeship"] == [Because.WORDS]
    assert "journalism" in found


def test_a_part_of_a_compound_is_not_its_word() -> None:
    assert "sports" not in kinds(Challenge(title="Legepladsen er slidt"))
    assert "club_leader" not in kinds(Challenge(title="Legepladsen er slidt"))


def test_cases_of_the_same_theme_tell_what_they_took_once() -> None:
    same = case(themes=["image"], resource_kinds=["premises", "photo_film", "unknown_kind"])
    other = case("Anden", themes=["health"], resource_kinds=["sports"])
    found = kinds(Challenge(title="x", theme="image"), same, same, other)
    assert found["premises"] == [Because.CASE]
    assert found["photo_film"] == [Because.THEME, Because.CASE]
    assert not {"sports", "unknown_kind"} & set(found)


def test_whom_it_touches_counts_as_much_as_the_theme() -> None:
    found = kinds(Challenge(title="x", theme="crime_prevention", target_groups=["boys", "girls"]))
    assert next(iter(found)) == "club_leader"
    assert found["club_leader"] == [Because.THEME, Because.GROUP]


@given(st.text(), st.text(), st.sampled_from(["", "gone", *THEMES]), st.lists(st.sampled_from(GROUPS), max_size=4))
def test_any_text_gets_few_proposals_in_a_fixed_order(title: str, seen: str, theme: str, groups: list[str]) -> None:
    challenge = Challenge(title=title, seen=seen, theme=theme, target_groups=groups)
    found = likely(challenge)
    assert found == likely(challenge)
    assert len(found) <= MOST
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert {one.kind for one in found} <= set(vocabulary().resource_kinds)
    assert all(one.reasons for one in found)


TEXT = package_text("medspil.mapping", SOURCE)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code = "image"', 'code = "picture"', "code"),
        ('code = "image"', 'code = "safety"', "code"),
        ('kind = "journalism"', 'kind = "magic"', "kind"),
        ('kind = "journalism", why_da', 'kind = "journalism", why_sv', "kinds"),
    ],
)
def test_a_fault_in_the_rules_names_the_line_of_its_heading(old: str, new: str, field: str) -> None:
    with pytest.raises(DataError) as told:
        parse_rules(TEXT.replace(old, new, 1))
    assert told.value.field == field
    assert re.match(r"\[\[\w+\]\]", TEXT.splitlines()[told.value.line - 1])
