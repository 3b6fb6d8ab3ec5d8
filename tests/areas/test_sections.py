"""Sections, progress and the next best step, as tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from medspil.areas.models import Area, Figure, Need, NeededResource
from medspil.areas.next_step import StepKind, need_step, next_step
from medspil.areas.sections import AREA_SECTIONS, NEED_SECTIONS, State, asked_of, progress
from medspil.organisations.models import Organisation
from tests.factories import people, places

T, I, D = State.TODO, State.DOING, State.DONE  # noqa: E741  (the table reads best so)
DAY = date(2026, 1, 1)
HOSTED: dict[str, Any] = {
    "host_name": "Drengeklubben", "host_capacity": 2, "good_day": "Vi bygger noget sammen", "hosted_on": DAY,
}  # fmt: skip


def loaded(area: Area) -> Area:
    return Area.objects.for_overview().get(pk=area.pk)


@pytest.mark.parametrize(
    ("code", "fields", "state"),
    [
        ("about", {"municipality": ""}, T),
        ("about", {"municipality": "0630"}, I),
        ("about", {"kind": "social_housing", "description": "Tre afdelinger"}, D),
        ("border", {"x": None, "y": None}, T),
        ("border", {}, D),
        ("programme", {}, T),
        ("programme", {"programme": "area_renewal"}, I),
        ("programme", {"programme": "area_renewal", "programme_from": DAY, "programme_to": DAY}, D),
        ("figures", {}, T),
        ("statuses", {}, T),
        ("partners", {}, T),
    ],
)
def test_the_state_of_each_section_of_an_area(
    vejle: Organisation, code: str, fields: dict[str, Any], state: State
) -> None:
    section = next(one for one in AREA_SECTIONS if one.code == code)
    area = loaded(places.area(vejle, **fields))
    assert section.state(area) is state
    assert bool(section.missing(area)) is (state is not D)


@pytest.mark.parametrize(
    ("measures", "state"),
    [([], T), (["under_18"], I), (["residents"], I), (["residents", "households"], D)],
)
def test_figures_are_done_with_residents_and_households(vejle: Organisation, measures: list[str], state: State) -> None:
    area = places.area(vejle)
    Figure.objects.bulk_create(Figure(area=area, measure=one, value=10, counted_on=DAY) for one in measures)
    section = next(one for one in AREA_SECTIONS if one.code == "figures")
    assert section.state(loaded(area)) is state


@pytest.mark.parametrize(
    ("code", "fields", "kinds", "state"),
    [
        ("what", {}, {}, T),
        ("what", {"text": "Mentorer"}, {}, I),
        ("resources", {}, {}, T),
        ("resources", {}, {"transport": {}}, D),
        ("amounts", {}, {}, T),
        ("amounts", {}, {"transport": {}}, T),
        ("amounts", {}, {"transport": {"quantity": 1}, "mentoring": {}}, I),
        ("amounts", {}, {"transport": {"quantity": 0}, "mentoring": {"rhythm": "once"}}, D),
        ("who", {}, {}, T),
        ("who", {"age_from": 13}, {}, I),
        ("who", {"target_group": "teenagers", "people": 12}, {}, D),
        ("when", {}, {}, T),
        ("when", {"helpers": 2}, {}, I),
        ("when", {"place": "Skolen", "starts_on": DAY}, {}, D),
        ("what", {"text": "Mentorer", "no_challenge_reason": "Beboerne bad om det"}, {}, D),
        ("host", {}, {"mentoring": {}}, T),
        ("host", {"host_capacity": 2}, {"mentoring": {}}, I),
        ("host", HOSTED, {"mentoring": {}}, D),
        ("reach", {}, {}, T),
        ("reach", {"own_municipality_only": True}, {}, D),
        ("reach", {"reach_km": 20}, {}, D),
        ("reach", {"whole_country": True}, {}, D),
        ("companies", {}, {}, T),
        ("companies", {"open_to_companies": True}, {}, D),
    ],
)
def test_the_state_of_each_section_of_a_need(
    vejle: Organisation, code: str, fields: dict[str, Any], kinds: dict[str, dict[str, Any]], state: State
) -> None:
    need = places.need(places.area(vejle), **fields)
    NeededResource.objects.bulk_create(NeededResource(need=need, kind=kind, **how) for kind, how in kinds.items())
    section = next(one for one in NEED_SECTIONS if one.code == code)
    assert section.state(Need.objects.for_page().get(pk=need.pk)) is state


def test_a_need_that_answers_a_challenge_in_words_has_its_first_section_done(vejle: Organisation) -> None:
    area = places.area(vejle)
    need = places.need(area, text="Mentorer", challenge=places.challenge(area))
    assert NEED_SECTIONS[0].state(need) is D


def test_optional_sections_do_not_count_in_the_progress(vejle: Organisation) -> None:
    area = places.area(vejle, kind="village", description="En by")
    area.partners.add(people.organisation("Skolen", "school"))
    found = progress(loaded(area), AREA_SECTIONS)
    assert (found.done, found.total, found.complete) == (2, 4, False)


def test_who_receives_volunteers_is_asked_only_of_needs_that_want_people_s_time(vejle: Organisation) -> None:
    area = places.area(vejle)
    things, people_s_time = places.need(area, kinds=("transport",)), places.need(area, kinds=("club_leader",))
    asked = [{section.code for section in asked_of(one, NEED_SECTIONS)} for one in (things, people_s_time)]
    assert asked[1] - asked[0] == {"host"}
    totals = [progress(one, NEED_SECTIONS).total for one in (things, people_s_time)]
    assert totals[1] == totals[0] + 1


DONE: dict[str, Any] = {
    "text": "Mentorer", "target_group": "teenagers", "people": 12, "place": "Skolen", "starts_on": DAY,
    "whole_country": True,
}  # fmt: skip
DESCRIBED = {"kind": "social_housing", "description": "Tre afdelinger"}


def test_the_next_step_walks_through_the_method_in_order(vejle: Organisation) -> None:
    area = places.area(vejle, x=None, y=None)

    def step(*served: int) -> tuple[StepKind, str]:
        found = next_step(loaded(area), served=served)
        return found.kind, found.section

    assert step() == (StepKind.AREA_SECTION, "about")
    Area.objects.filter(pk=area.pk).update(**DESCRIBED)
    assert step() == (StepKind.AREA_SECTION, "border")
    Area.objects.filter(pk=area.pk).update(x=1.0, y=1.0)
    assert step() == (StepKind.FIRST_CHALLENGE, "")
    challenge = places.challenge(area)
    assert step() == (StepKind.FIRST_NEED, "")
    need = places.need(area, challenge=challenge, **DONE)
    assert step() == (StepKind.NEED_SECTION, "resources")
    NeededResource.objects.create(need=need, kind="mentoring")
    assert step() == (StepKind.FIND_COMPANIES, "")
    assert step(need.pk) == (StepKind.NEED_SECTION, "amounts")
    NeededResource.objects.update(rhythm="weekly")
    assert step(need.pk) == (StepKind.NEED_SECTION, "host")
    Need.objects.update(**HOSTED)
    assert step(need.pk) == (StepKind.AREA_SECTION, "figures")
    for measure in ("residents", "households"):
        Figure.objects.create(area=area, measure=measure, value=1200, counted_on=DAY)
    assert step(need.pk) == (StepKind.AREA_SECTION, "programme")
    Area.objects.filter(pk=area.pk).update(programme="area_renewal", programme_from=DAY, programme_to=DAY)
    assert step(need.pk) == (StepKind.NOTHING, "")


@dataclass
class Known:
    """What is known of the competences of one challenge."""

    takes: dict[int, list[str]]
    lacks: dict[int, list[str]]
    mapped: int = 3


@pytest.mark.parametrize(
    ("takes", "lacks", "mapped", "expected"),
    [
        ([], [], 3, StepKind.COMPETENCES),
        ([], [], 0, StepKind.COMPETENCES),
        (["sports"], [], 0, StepKind.FIRST_NEED),
        (["sports", "transport"], ["transport"], 3, StepKind.NOBODY_HAS),
        (["sports"], [], 3, StepKind.AREA_SECTION),
    ],
)
def test_a_challenge_leads_to_its_need_by_what_nobody_has(
    vejle: Organisation, takes: list[str], lacks: list[str], mapped: int, expected: StepKind
) -> None:
    area = places.area(vejle, **DESCRIBED)
    challenge = places.challenge(area)
    known = Known({challenge.pk: takes}, {challenge.pk: lacks}, mapped)
    found = next_step(loaded(area), gaps=known)
    assert found.kind is expected
    assert found.kind_of_resource == ("transport" if lacks else "")
    if expected is not StepKind.AREA_SECTION:
        assert found.challenge == challenge


def test_what_else_a_challenge_lacks_comes_after_the_need_it_has(vejle: Organisation) -> None:
    area = places.area(vejle, **DESCRIBED)
    challenge = places.challenge(area)
    need = places.need(area, kinds=("sports",), challenge=challenge, **DONE)
    NeededResource.objects.update(quantity=4)
    known = Known({challenge.pk: ["sports", "transport"]}, {challenge.pk: ["transport"]})

    def kind(served: set[int]) -> StepKind:
        return next_step(loaded(area), served=served, gaps=known).kind

    assert (kind(set()), kind({need.pk})) == (StepKind.FIND_COMPANIES, StepKind.NOBODY_HAS)


def test_archived_challenges_and_needs_are_no_next_step(vejle: Organisation) -> None:
    area = places.area(vejle, **DESCRIBED)
    places.challenge(area, archived_at=people.NOW)
    places.need(area, archived_at=people.NOW)
    assert next_step(loaded(area)).kind is StepKind.FIRST_CHALLENGE


def test_the_next_step_of_a_need_is_its_first_unfinished_section(vejle: Organisation) -> None:
    area = places.area(vejle)
    need = places.need(area, kinds=("mentoring",), challenge=places.challenge(area), **DONE, **HOSTED)
    assert need_step(need).section == "amounts"
    NeededResource.objects.update(quantity=4)
    assert need_step(Need.objects.get(pk=need.pk)).kind is StepKind.FIND_COMPANIES
    assert need_step(Need.objects.get(pk=need.pk), served=True).kind is StepKind.NOTHING
