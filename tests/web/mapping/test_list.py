"""Map and list of what an area has: one filter for both, totals that follow it, complete without JavaScript."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import Scope
from tests.factories import places, resources
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import read, troubles


def page(client: Client, area: Area, query: str = "") -> str:
    response = client.get(reverse("mapping:list", args=[area.pk]) + query, headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def on_map(html: str) -> set[str]:
    data = next(each.text for each in read(html) if each.attributes.get("type") == "application/json")
    return {point["label"] for point in json.loads(data)["points"]}


def in_list(html: str) -> set[str]:
    return {each.text.strip() for each in read(html) if each.attributes.get("class") == "ms-asset__name"}


def total(html: str) -> int:
    found = re.search(r"<strong>(\d+)</strong> resources?<?", html)
    assert found
    return int(found[1])


def test_map_and_list_show_the_same_and_keep_the_rules_of_the_house(as_anna: Client, mapped: Mapped) -> None:
    html = page(as_anna, mapped.area)
    assert troubles(html) == []
    assert in_list(html) == on_map(html) == {"Nordklubben", "Nørremarksskolen", "Fatima Nielsen"}
    assert total(html) == 3
    drawn = [
        each for each in read(html) if each.tag == "a" and each.attributes.get("data-point", "").startswith("resource-")
    ]
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?kind=association", {"Nordklubben"}),
        ("?theme=health", {"Nordklubben"}),
        ("?competence=sports", {"Nordklubben"}),
        ("?state=never", {"Nordklubben", "Fatima Nielsen"}),
        ("?state=stale", set()),
        ("?state=unplaced", set()),
        ("?q=fodbold+piger", {"Nordklubben"}),
        ("?q=FATIMA", {"Fatima Nielsen"}),
        ("?kind=nonsense&state=nonsense", {"Nordklubben", "Nørremarksskolen", "Fatima Nielsen"}),
    ],
)
def test_the_same_filter_narrows_map_list_and_total(
    as_anna: Client, mapped: Mapped, query: str, left: set[str]
) -> None:
    html = page(as_anna, mapped.area, query)
    assert in_list(html) == on_map(html) == left
    assert total(html) == len(left)


def test_kinds_differ_in_form_and_the_switch_colours_by_theme(as_anna: Client, mapped: Mapped) -> None:
    by_kind, by_theme = (page(as_anna, mapped.area, query) for query in ("", "?colour=theme"))
    key = ["".join(each.text.split()) for each in read(by_kind) if "ms-map__legend" in each.attributes.get("class", "")]
    assert key == ["PersonAssociationInstitution"]
    assert "no theme yet" in by_theme
    sign = re.search(rf'<li class="ms-asset" id="resource-{mapped.club.pk}".*?(<(?:path|circle)[^>]*>)', by_theme, re.S)
    assert sign is not None
    assert sign[1] in by_theme.split('aria-label="Themes"')[1].split("</nav>")[0]  # chip and list have one sign
    assert "<svg" not in by_theme.split('aria-label="Kinds"')[1].split("ms-kind--register")[0]
    corners = {point["label"]: len(point["corners"]) for point in _points(by_kind)}
    assert corners == {"Nordklubben": 3, "Nørremarksskolen": 4, "Fatima Nielsen": 0}


def test_people_who_did_not_agree_to_the_map_are_on_none(
    as_anna: Client, as_broker: Client, mapped: Mapped, anna: User
) -> None:
    quiet = resources.person(
        mapped.area, anna, "Bent Olsen", consent=resources.consent(Scope.BY_CONTACT), position=(55.7139, 9.5350)
    )
    hers, brokers = page(as_anna, mapped.area), page(as_broker, mapped.area)
    assert quiet.name in in_list(hers)
    assert quiet.name not in on_map(hers)
    assert quiet.name not in brokers


def test_who_may_only_look_sees_nothing_to_add_with(as_reader: Client, mapped: Mapped) -> None:
    html = page(as_reader, mapped.area)
    assert reverse("mapping:create", args=[mapped.area.pk]) not in html
    assert reverse("mapping:walk", args=[mapped.area.pk]) not in html


def test_an_empty_map_teaches(as_anna: Client, area: Area) -> None:
    html = page(as_anna, area)
    assert "Nothing is mapped yet" in html
    assert troubles(html) == []


def test_the_number_of_queries_does_not_grow(
    as_anna: Client, mapped: Mapped, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        resources.resource(mapped.area, anna, f"Forening {number}")
        resources.person(mapped.area, anna, f"Person {number}")
    with django_assert_max_num_queries(12):
        page(as_anna, mapped.area)


def test_the_page_of_the_area_leads_here(as_anna: Client, mapped: Mapped) -> None:
    html = as_anna.get(reverse("areas:detail", args=[mapped.area.pk]), headers=ENGLISH).content.decode()
    assert f'href="{reverse("mapping:list", args=[mapped.area.pk])}"' in html


def test_a_part_alone_is_given_to_a_page_that_narrows(as_anna: Client, mapped: Mapped) -> None:
    address = reverse("mapping:list", args=[mapped.area.pk])
    part = as_anna.get(address, {"kind": "person"}, headers=ENGLISH | {"HX-Request": "true"}).content.decode()
    assert "<h1" not in part
    assert in_list(part) == {"Fatima Nielsen"}


def test_a_name_cannot_break_out_of_the_map(as_anna: Client, area: Area, anna: User) -> None:
    evil = "</script><b>x"
    resources.resource(area, anna, evil, position=(55.7139, 9.5350))
    html = page(as_anna, area)
    assert evil not in html
    assert escape(evil) in html


def test_an_area_without_a_place_has_a_list_and_no_map(as_anna: Client, anna: User, area: Area) -> None:
    bare = places.area(area.owner, "Nyt sted", x=None, y=None, radius_m=None)
    resources.resource(bare, anna, "Klubben")
    html = page(as_anna, bare)
    assert in_list(html) == {"Klubben"}
    assert "ms-map__drawing" not in html


def _points(html: str) -> list[dict[str, Any]]:
    data = next(each.text for each in read(html) if each.attributes.get("type") == "application/json")
    found: list[dict[str, Any]] = json.loads(data)["points"]
    return found
