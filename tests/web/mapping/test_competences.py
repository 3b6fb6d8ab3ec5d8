"""The page that says what a challenge takes: proposals with reasons, notes, and nobody's text lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medspil.areas.models import Challenge
from medspil.catalogue.services import load_cases
from medspil.mapping.models import Competence
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places
from tests.factories.resources import TODAY
from tests.web.pages import troubles

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def challenge(vejle: Organisation) -> Challenge:
    """Return a challenge of Anna's area."""
    load_cases(published_on=TODAY)
    return places.challenge(places.area(vejle), "Ingen skriver godt om os", theme="image", seen="Unge vil lave film")


def address(challenge: Challenge) -> str:
    return reverse("mapping:competences", args=[challenge.pk])


def stored() -> dict[str, str]:
    return dict(Competence.objects.values_list("kind", "note"))


def test_likely_kinds_come_first_with_their_reason_and_none_is_ticked(as_anna: Client, challenge: Challenge) -> None:
    response = as_anna.get(address(challenge), headers=ENGLISH)
    text = response.content.decode()
    form = response.context["form"]
    assert troubles(text) == []
    assert form.proposed[0].tick.data["value"] == "photo_film"
    assert "The challenge speaks of “film”." in text
    assert "“Galleri Hamlet” had the same theme and took it." in text
    assert "checked" not in text
    ticks = [*form.said, *form.proposed, *(choice for _heading, choices in form.others for choice in choices)]
    assert len({choice.tick.data["value"] for choice in ticks}) == len(ticks) == 32


def test_what_is_ticked_is_kept_with_its_note(as_anna: Client, challenge: Challenge) -> None:
    said = {"kinds": ["photo_film", "sports"], "note-photo_film": "En, der underviser", "note-journalism": "uden kryds"}
    response = as_anna.post(address(challenge), said | {"version": 1})
    assert response["Location"] == reverse("mapping:coverage", args=[challenge.area_id])
    assert stored() == {"photo_film": "En, der underviser", "sports": ""}
    form = as_anna.get(address(challenge)).context["form"]
    assert [choice.tick.data["value"] for choice in form.said] == ["sports", "photo_film"]
    as_anna.post(address(challenge), {"kinds": ["sports"], "note-sports": "Bold", "version": 2})
    assert stored() == {"sports": "Bold"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kinds": ["magic"]}, "kinds"),
        ({"kinds": ["photo_film"], "note-photo_film": "Ring 010190-1234"}, "note-photo_film"),
        ({"kinds": ["photo_film"], "note-photo_film": "x" * 301}, "note-photo_film"),
    ],
)
def test_a_fault_is_told_at_its_field_and_the_ticks_are_kept(
    as_anna: Client, challenge: Challenge, said: dict[str, Any], field: str
) -> None:
    response = as_anna.post(address(challenge), said | {"version": 1})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    text = response.content.decode()
    assert troubles(text) == []
    assert ("checked" in text) is (field != "kinds")
    assert stored() == {}


def test_two_people_see_both_answers_and_lose_none(as_anna: Client, challenge: Challenge, vejle: Organisation) -> None:
    as_bo = people.signed_in(people.member(vejle, Role.CASE_WORKER, name="Bo"))
    as_bo.post(address(challenge), {"kinds": ["sports"], "version": 1})
    response = as_anna.post(address(challenge), {"kinds": ["photo_film"], "version": 1}, headers=ENGLISH)
    text = response.content.decode()
    assert response.status_code == 409
    assert troubles(text) == []
    assert all(name in text for name in ("Bo", "Sports and exercise", "Photography and film"))
    assert stored() == {"sports": ""}
    as_anna.post(address(challenge), {"kinds": ["photo_film"], "version": 2})
    assert stored() == {"photo_film": ""}


def test_a_kind_that_is_no_longer_in_the_vocabulary_can_be_kept(as_anna: Client, challenge: Challenge) -> None:
    Competence.objects.create(challenge=challenge, kind="gone", note="gammel")
    assert as_anna.get(address(challenge)).context["form"].said[0].tick.choice_label == "gone"
    as_anna.post(address(challenge), {"kinds": ["gone"], "note-gone": "gammel", "version": 1})
    assert stored() == {"gone": "gammel"}


def test_the_history_of_the_area_tells_what_was_said(as_anna: Client, challenge: Challenge) -> None:
    as_anna.post(address(challenge), {"kinds": ["photo_film"], "note-photo_film": "En fotograf", "version": 1})
    text = as_anna.get(reverse("areas:detail", args=[challenge.area_id]), headers=ENGLISH).content.decode()
    assert "Photography and film" in text
    assert "En fotograf" in text
