"""Keep, set aside, undo: with and without HTMX, twice, and when somebody else was first."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medspil.areas.models import Need
from medspil.linking.models import Candidate, Decision
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import people

ENGLISH = {"accept-language": "en"}
HTMX = {**ENGLISH, "HX-Request": "true"}


@pytest.fixture
def as_bo(vejle: Organisation) -> Client:
    """Return a browser in which Bo, Anna's colleague, is signed in."""
    return people.signed_in(people.member(vejle, Role.CASE_WORKER, name="Bo"))


def keep(client: Client, need: Need, unit: Unit, version: int = 0, headers: dict[str, str] = ENGLISH) -> Any:
    url = reverse("linking:keep", args=[need.pk, unit.number])
    return client.post(url, {"version": version}, headers=headers)


def aside(client: Client, need: Need, unit: Unit, version: int = 0, **data: str) -> Any:
    url = reverse("linking:set_aside", args=[need.pk, unit.number])
    return client.post(url, {"version": version, "reason": "too_far", **data}, headers=ENGLISH)


def test_keeping_puts_the_company_on_the_list_once(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    for _click in range(2):
        response = keep(as_anna, need, units["photo"])
        assert response["Location"].endswith(f"#unit-{units['photo'].number}")
    assert Candidate.objects.kept().count() == 1
    html = as_anna.get(reverse("linking:shortlist", args=[need.pk]), headers=ENGLISH).content.decode()
    assert "Lysets Fotostudie ApS" in html
    assert "Photography" in html


def test_htmx_gets_the_row_as_it_now_stands_and_the_new_count(
    units: dict[str, Unit], need: Need, as_anna: Client
) -> None:
    html = keep(as_anna, need, units["photo"], headers=HTMX).content.decode()
    assert html.strip().startswith(f'<li class="ms-rank ms-rank--kept" id="row-{units["photo"].number}"')
    assert '<span id="kept-count" hx-swap-oob="true">1</span>' in html
    assert "<html" not in html


def test_filters_stay_in_the_address(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    url = reverse("linking:keep", args=[need.pk, units["photo"].number]) + "?distance=5"
    assert "?distance=5#unit-" in as_anna.post(url, {"version": 0})["Location"]


def test_setting_aside_takes_a_reason_and_removes_the_row(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    assert aside(as_anna, need, units["bank"], reason="").status_code == 422
    assert not Candidate.objects.exists()
    for _click in range(2):
        aside(as_anna, need, units["bank"], note="De flytter")
    html = as_anna.get(reverse("linking:ranking", args=[need.pk]), headers=ENGLISH).content.decode()
    assert f'id="unit-{units["bank"].number}"' not in html
    assert "1 company was set aside for this need, or has said no." in html
    assert Candidate.objects.get().note == "De flytter"


def test_htmx_gets_a_line_with_undo_for_a_company_that_left(
    units: dict[str, Unit], need: Need, as_anna: Client
) -> None:
    url = reverse("linking:set_aside", args=[need.pk, units["bank"].number])
    html = as_anna.post(url, {"version": 0, "reason": "too_far"}, headers=HTMX).content.decode()
    assert "Fjordbanken is set aside: too far away." in html
    undo = re.search(r'hx-post="([^"]+fortryd)"', html)
    assert undo
    back = as_anna.post(undo[1], {"version": 1, "to": "open", "back": "ranking"}, headers=HTMX).content.decode()
    assert f'id="unit-{units["bank"].number}"' in back


def test_htmx_is_told_above_the_list_why_nothing_was_done(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    url = reverse("linking:set_aside", args=[need.pk, units["bank"].number])
    response = as_anna.post(url, {"version": 0, "reason": "other", "note": ""}, headers=HTMX)
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#told"
    assert "Say why the company is set aside." in response.content.decode()


@pytest.mark.parametrize("headers", [ENGLISH, HTMX])
def test_two_who_decide_differently_see_both_decisions(
    units: dict[str, Unit], need: Need, as_anna: Client, as_bo: Client, headers: dict[str, str]
) -> None:
    aside(as_bo, need, units["photo"], note="Lukker til nytår")
    url = reverse("linking:keep", args=[need.pk, units["photo"].number])
    response = as_anna.post(url, {"version": 0}, headers=headers)
    html = response.content.decode()
    assert response.status_code == 409
    assert ("<html" in html) is (headers is ENGLISH)
    assert "Lukker til nytår" in html
    assert "Bo" in html
    assert Candidate.objects.get().decision == Decision.SET_ASIDE
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    keep(as_anna, need, units["photo"], int(version[1]))
    assert Candidate.objects.get().decision == Decision.KEPT


def test_undo_returns_to_the_list_and_can_be_sent_twice(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    keep(as_anna, need, units["photo"])
    candidate = Candidate.objects.get()
    for _click in range(2):
        response = as_anna.post(
            reverse("linking:undo", args=[candidate.pk]), {"version": 1, "to": "open", "back": "shortlist"}
        )
        assert response["Location"] == reverse("linking:shortlist", args=[need.pk])
    assert Candidate.objects.get().decision == Decision.OPEN


def test_a_protected_company_is_refused_in_words(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    url = reverse("linking:keep", args=[need.pk, units["protected"].number])
    html = as_anna.post(url, {"version": 0}, follow=True, headers=ENGLISH).content.decode()
    assert "protected from advertising and may not be approached" in html
    assert not Candidate.objects.exists()


def test_a_company_nobody_knows_is_not_found(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    assert as_anna.post(reverse("linking:keep", args=[need.pk, 42]), {"version": 0}).status_code == 404


def test_a_form_without_its_version_changes_nothing(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    as_anna.post(reverse("linking:keep", args=[need.pk, units["photo"].number]), {})
    assert not Candidate.objects.exists()


def test_strangers_and_readers_decide_nothing(
    units: dict[str, Unit], need: Need, as_anna: Client, as_carl: Client, vejle: Organisation
) -> None:
    keep(as_anna, need, units["photo"])
    candidate = Candidate.objects.get()
    reader = people.signed_in(people.member(vejle, Role.READER, name="Bo"))
    for client, code in ((as_carl, 404), (reader, 403)):
        assert keep(client, need, units["bank"]).status_code == code
        assert aside(client, need, units["bank"]).status_code == code
        undo = client.post(reverse("linking:undo", args=[candidate.pk]), {"version": 1, "to": "open"})
        assert undo.status_code == code
    assert Candidate.objects.get().decision == Decision.KEPT


def test_decisions_are_sent_not_looked_at(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    for name in ("keep", "set_aside"):
        assert as_anna.get(reverse(f"linking:{name}", args=[need.pk, units["photo"].number])).status_code == 405


def test_a_long_note_is_told_so_and_comes_back_without_scripts(
    units: dict[str, Unit], need: Need, as_anna: Client
) -> None:
    long = "De har travlt. " * 150
    response = aside(as_anna, need, units["photo"], note=long)
    html = response.content.decode()
    assert response.status_code == 422
    assert "That is 2249 characters, and there is room for 2000." in html
    assert long in html
    assert "Lysets Fotostudie ApS" in html
    assert '<option value="too_far" selected' in html
    assert not Candidate.objects.exists()
