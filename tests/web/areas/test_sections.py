"""Sections: saved by button or by themselves, drafts, two people at once, faults told where they are."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from medspil.areas.models import Area, Challenge, Need

SQUARE = [[9.52, 55.71], [9.53, 55.71], [9.53, 55.715], [9.52, 55.715], [9.52, 55.71]]
POLYGON = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})
HTMX = {"HX-Request": "true"}


def of_area(section: str, area: Area) -> str:
    return reverse(f"areas:edit_{section}", args=[area.pk])


def of_need(section: str, need: Need) -> str:
    return reverse(f"areas:need_edit_{section}", args=[need.pk])


@pytest.mark.parametrize(
    ("section", "data", "stored"),
    [
        (
            "about",
            {"name": "Nord", "municipality": "0630", "kind": "village", "description": "Smukt"},
            {"name": "Nord", "municipality": "0630", "kind": "village", "description": "Smukt"},
        ),
        ("about", {"name": "Nord"}, {"name": "Nord", "kind": "", "description": ""}),
        ("programme", {"programme": "area_renewal", "programme_from": "2026-01-01"}, {"programme": "area_renewal"}),
        ("border", {"how": "circle", "centre": "7100", "radius_m": "1.200"}, {"radius_m": 1200, "border": None}),
        ("border", {"how": "border", "geojson": POLYGON}, {"radius_m": None}),
        # Who only draws means the border, whatever the button above it says.
        ("border", {"how": "circle", "centre": "55.71617, 9.53488", "radius_m": "600", "geojson": POLYGON},
         {"radius_m": None}),
    ],
)  # fmt: skip
def test_a_section_of_an_area_is_saved_and_leads_back(
    as_anna: Client, area: Area, section: str, data: dict[str, Any], stored: dict[str, Any]
) -> None:
    if "centre" in data and "," in data["centre"]:
        page = as_anna.get(of_area("border", area))
        data = data | {"centre": page.context["form"]["centre"].value()}
    response = as_anna.post(of_area(section, area), data | {"version": 1})
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == reverse("areas:detail", args=[area.pk])
    area.refresh_from_db()
    assert {name: getattr(area, name) for name in stored} == stored
    assert area.version == 2


@pytest.mark.parametrize(
    ("section", "data", "check"),
    [
        ("what", {"title": "Ny", "text": "Tekst", "challenge": "0", "no_challenge_reason": "Beboerne bad om det"},
         lambda need: (need.title, need.challenge, need.no_challenge_reason) == ("Ny", None, "Beboerne bad om det")),
        ("resources", {"kinds": ["transport", "sports"]}, lambda need: need.resources.count() == 2),
        ("resources", {}, lambda need: need.resources.count() == 0),
        ("amounts", {"mentoring-quantity": "4", "mentoring-unit": "mentorer", "mentoring-rhythm": "weekly"},
         lambda need: need.resources.get().quantity == 4),
        ("who", {"target_group": "teenagers", "age_from": "13", "age_to": "16", "people": "1.200"},
         lambda need: (need.age_from, need.people) == (13, 1200)),
        ("who", {"age_from": "13"}, lambda need: (need.age_from, need.target_group) == (13, "")),
        ("when", {"place": "Skolen", "starts_on": "2026-01-01", "helpers": "2"}, lambda need: need.helpers == 2),
        ("reach", {"reach": "km", "reach_km": "25"}, lambda need: need.reach_km == 25),
        ("reach", {"reach": "municipality", "reach_km": "25"}, lambda need: need.own_municipality_only
         and need.reach_km is None),
        ("reach", {"reach": "country"}, lambda need: need.whole_country),
    ],
)  # fmt: skip
def test_a_section_of_a_need_is_saved(
    as_anna: Client, need: Need, section: str, data: dict[str, Any], check: Callable[[Need], bool]
) -> None:
    response = as_anna.post(of_need(section, need), data | {"version": 1})
    assert response.status_code == 302, response.content.decode()
    assert check(Need.objects.get(pk=need.pk))


def test_what_is_still_missing_is_said_and_the_section_stays_in_progress(as_anna: Client, need: Need) -> None:
    page = as_anna.post(of_need("who", need), {"age_from": "13", "version": 1}, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert len(said) == 1
    assert page.context["tasks"][3].state == "doing"


@pytest.mark.parametrize(
    ("section", "data", "field"),
    [
        ("who", {"age_from": "16", "age_to": "13"}, "age_to"),
        ("who", {"people": "mange"}, "people"),
        ("who", {"target_group": "martians"}, "target_group"),
        ("when", {"starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "ends_on"),
        ("when", {"starts_on": "snart"}, "starts_on"),
        ("when", {"place": "Hos 010190-1234"}, "place"),
        ("when", {"helpers": "0"}, "helpers"),
        ("reach", {"reach": "km"}, "reach_km"),
        ("reach", {"reach": "km", "reach_km": "501"}, "reach_km"),
        ("what", {"title": ""}, "title"),
        ("what", {"title": "Ny", "challenge": "987654"}, "challenge"),
        ("what", {"title": "Ny", "challenge": "0"}, "no_challenge_reason"),
        ("host", {"host": "987654"}, "host"),
        ("host", {"host": "0"}, "host_name"),
        ("host", {"host_capacity": "0"}, "host_capacity"),
        ("host", {"good_day": "Ring 010190-1234"}, "good_day"),
        ("resources", {"kinds": ["magic"]}, "kinds"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_saved(
    as_anna: Client, need: Need, section: str, data: dict[str, Any], field: str
) -> None:
    response = as_anna.post(of_need(section, need), data | {"version": 1})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    need.refresh_from_db()
    assert need.version == 1
    for value in data.values():
        if isinstance(value, str):
            assert value in response.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"how": "border", "geojson": ""}, "geojson"),
        ({"how": "border", "geojson": "her"}, "geojson"),
        ({"how": "border", "geojson": json.dumps({"type": "Point", "coordinates": [9, 55]})}, "geojson"),
        ({"how": "border", "geojson": json.dumps({"type": "Polygon", "coordinates": [SQUARE[:4]]})}, "geojson"),
        ({"how": "circle", "centre": "Atlantis", "radius_m": "600"}, "centre"),
        ({"how": "circle", "centre": "7100"}, "radius_m"),
        ({"how": "circle", "centre": "7100", "radius_m": "10"}, "radius_m"),
    ],
)
def test_a_border_that_cannot_be_used_is_told_and_the_text_is_kept(
    as_anna: Client, area: Area, data: dict[str, str], field: str
) -> None:
    response = as_anna.post(of_area("border", area), data | {"version": 1})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"][field].value() == data.get(field)
    area.refresh_from_db()
    assert area.version == 1


def test_a_border_comes_from_a_file_too(as_anna: Client, area: Area) -> None:
    file = SimpleUploadedFile("graense.geojson", POLYGON.encode())
    response = as_anna.post(of_area("border", area), {"how": "border", "file": file, "version": 1})
    assert response.status_code == 302
    area.refresh_from_db()
    assert area.border == json.loads(POLYGON)
    for bad in (b"\xff\xfe\x00", b"{}", b"x" * 1_000_001):
        wrong = SimpleUploadedFile("graense.geojson", bad)
        response = as_anna.post(of_area("border", area), {"how": "border", "file": wrong, "version": 2})
        assert "file" in response.context["form"].errors


def test_two_people_who_change_one_section_see_both_texts_and_lose_none(
    as_anna: Client, as_bo: Client, need: Need
) -> None:
    theirs = {"title": "Bos titel", "text": "Bos tekst", "challenge": "", "no_challenge_reason": "Uden", "version": 1}
    assert as_bo.post(of_need("what", need), theirs).status_code == 302
    mine = {"title": "Annas titel", "text": "Annas tekst", "challenge": "", "no_challenge_reason": "Uden", "version": 1}
    response = as_anna.post(of_need("what", need), mine)
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Bos titel", "Bos tekst", "Annas titel", "Annas tekst"):
        assert text in page
    assert response.context["conflict_by"].name == "Bo"
    assert response.context["form"]["version"].value() == "2"
    assert Need.objects.get().title == "Bos titel"
    assert as_anna.post(of_need("what", need), mine | {"version": 2}).status_code == 302
    assert Need.objects.get().title == "Annas titel"


@pytest.mark.parametrize(
    ("section", "first_and_second"),
    [
        ("resources", ({"kinds": ["transport"]}, {"kinds": ["sports"]})),
        ("amounts", ({"mentoring-quantity": "2"}, {"mentoring-quantity": "3"})),
        ("reach", ({"reach": "country"}, {"reach": "km", "reach_km": "20"})),
        ("when", ({"place": "Skolen"}, {"place": "Klubben"})),
        ("host", ({"host_capacity": "2"}, {"host_capacity": "3"})),
    ],
)
def test_every_section_of_a_need_shows_both_versions(
    as_anna: Client, as_bo: Client, need: Need, section: str, first_and_second: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    first, second = first_and_second
    assert as_bo.post(of_need(section, need), first | {"version": 1}).status_code == 302
    response = as_anna.post(of_need(section, need), second | {"version": 1})
    assert response.status_code == 409
    assert response.context["differences"]
    assert all(one.theirs != one.mine for one in response.context["differences"])


def test_two_people_in_different_sections_do_not_disturb_each_other(as_anna: Client, as_bo: Client, need: Need) -> None:
    assert as_bo.post(of_need("when", need), {"place": "Skolen", "version": 1}).status_code == 302
    assert as_anna.post(of_need("who", need), {"people": "12", "version": 1}).status_code == 302
    need.refresh_from_db()
    assert (need.place, need.people) == ("Skolen", 12)


def test_a_draft_saves_itself_and_answers_in_a_few_words(as_anna: Client, need: Need) -> None:
    said = {"title": "En", "text": "Halv", "challenge": need.challenge_id, "version": 1}
    response = as_anna.post(of_need("what", need), said, headers=HTMX)
    assert response.status_code == 200
    assert b"<" not in response.content
    assert Need.objects.values_list("title", "text").get() == ("En", "Halv")
    # The page still carries version 1: its own drafts are no conflict.
    again = as_anna.post(of_need("what", need), said | {"text": "Hel"})
    assert again.status_code == 302


def test_a_draft_without_a_challenge_keeps_the_one_there_was_and_says_so(as_anna: Client, need: Need) -> None:
    said = {"title": "En", "text": "Halv", "challenge": "0", "version": 1}
    response = as_anna.post(of_need("what", need), said, headers=HTMX)
    assert response.status_code == 200
    assert len(response.content.decode()) > len("Gemt kl. 10.03")
    need.refresh_from_db()
    assert (need.text, need.challenge_id is None) == ("Halv", False)


def test_a_draft_keeps_what_is_right_and_names_what_is_not(as_anna: Client, need: Need) -> None:
    data = {"people": "mange", "age_from": "13", "version": 1}
    response = as_anna.post(of_need("who", need), data, headers=HTMX)
    need.refresh_from_db()
    assert (need.age_from, need.people) == (13, None)
    assert b"<" not in response.content
    assert len(response.content.decode()) > len("Saved 10:00")


@pytest.mark.parametrize(
    ("section", "data", "status"),
    [
        ("reach", {"reach": "km", "version": 1}, 422),
        ("who", {"people": "2"}, 422),
        ("resources", {"kinds": ["magic"], "version": 1}, 422),
    ],
)
def test_a_draft_that_cannot_be_saved_says_so(
    as_anna: Client, need: Need, section: str, data: dict[str, Any], status: int
) -> None:
    assert as_anna.post(of_need(section, need), data, headers=HTMX).status_code == status
    need.refresh_from_db()
    assert need.version == 1


def test_a_draft_that_meets_another_person_s_text_overwrites_nothing(
    as_anna: Client, as_bo: Client, need: Need
) -> None:
    as_bo.post(of_need("when", need), {"place": "Skolen", "version": 1})
    response = as_anna.post(of_need("when", need), {"place": "Klubben", "version": 1}, headers=HTMX)
    assert response.status_code == 409
    assert "Bo" in response.content.decode()
    need.refresh_from_db()
    assert need.place == "Skolen"


def test_a_challenge_is_changed_the_same_way(as_anna: Client, as_bo: Client, challenge: Challenge) -> None:
    address = reverse("areas:challenge_edit", args=[challenge.pk])
    data = {"title": "Bos", "theme": "safety", "target_groups": ["boys"], "seen": "Uro", "version": 1}
    assert as_bo.post(address, data).status_code == 302
    assert as_anna.post(address, data | {"title": "Annas"}).status_code == 409
    challenge.refresh_from_db()
    assert (challenge.title, challenge.target_groups) == ("Bos", ["boys"])
