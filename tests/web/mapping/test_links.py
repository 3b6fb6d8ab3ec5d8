"""Links on the map: the more a resource has, the larger its sign; those of one resource stand on its page."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import User
from medspil.linking.models import Link, LinkState
from medspil.linking.reach import reach_of
from medspil.mapping.models import Resource
from medspil.web.mapping.links import MOST, listed_links, size
from tests.factories import links, places, resources
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import read, troubles

MOST_QUERIES = {"profile": 22}


@pytest.fixture
def linked(mapped: Mapped, anna: User) -> Link:
    """Return a link of the club with the need of the area."""
    return links.link(
        places.need(mapped.area, "Plads til piger"), mapped.club, by=anna, sentence="De kan træne sammen."
    )


def links_of(*resources: Resource) -> list[int]:
    return [one.links for one in reach_of(resources).values()]


def radius_of(client: Client, mapped: Mapped) -> dict[str, float]:
    html = client.get(reverse("mapping:list", args=[mapped.area.pk])).content.decode()
    data: dict[str, Any] = json.loads(next(each.text for each in read(html) if each.tag == "script" and each.text))
    return {point["label"]: point["radius"] for point in data["points"]}


def test_who_has_a_link_is_larger_on_the_map_and_counted_as_linked(
    as_anna: Client, mapped: Mapped, linked: Link
) -> None:
    found = radius_of(as_anna, mapped)
    assert found["Nordklubben"] > found["Nørremarksskolen"]
    html = as_anna.get(reverse("mapping:list", args=[mapped.area.pk]), headers=ENGLISH).content.decode()
    assert "<strong>1</strong> linked" in html
    alone = as_anna.get(reverse("mapping:list", args=[mapped.area.pk]) + "?state=unlinked", headers=ENGLISH)
    assert "Nordklubben" not in alone.content.decode()


def test_a_resource_says_how_far_it_got_on_list_and_page(as_anna: Client, mapped: Mapped, linked: Link) -> None:
    def told() -> tuple[str, str]:
        alone = reverse("mapping:list", args=[mapped.area.pk]) + "?state=mobilised"
        page = reverse("mapping:detail", args=[mapped.club.pk])
        return tuple(as_anna.get(one, headers=ENGLISH).content.decode() for one in (alone, page))  # type: ignore[return-value]

    found, page = told()
    assert "Nordklubben" not in found.split('id="results"')[1]
    assert ">linked</" in page
    Link.objects.filter(pk=linked.pk).update(state=LinkState.PARTNERSHIP, partnership_on=timezone.localdate())
    found, page = told()
    assert "Nordklubben" in found.split('id="results"')[1]
    assert ">mobilised</" in found
    assert ">mobilised</" in page


def test_a_link_that_was_turned_down_does_not_count(mapped: Mapped, linked: Link) -> None:
    assert links_of(mapped.club, mapped.school) == [1, 0]
    Link.objects.filter(pk=linked.pk).update(state=LinkState.TURNED_DOWN)
    assert links_of(mapped.club, mapped.school) == [0, 0]


def test_a_resource_counts_the_links_of_its_organisation_once(mapped: Mapped, linked: Link) -> None:
    Resource.objects.filter(pk=mapped.club.pk).update(organisation=mapped.area.owner)
    mapped.club.refresh_from_db()
    assert links_of(mapped.club) == [1]


def test_the_page_of_a_resource_shows_its_links_to_those_who_see_them(
    as_anna: Client, mapped: Mapped, linked: Link, anna: User, carl: User
) -> None:
    html = as_anna.get(reverse("mapping:detail", args=[mapped.club.pk]), headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert "De kan træne sammen." in html
    today = timezone.localdate()
    assert [one.pk for one in listed_links(mapped.club, anna, today)] == [linked.pk]
    assert listed_links(mapped.club, carl, today) == []


def test_a_sign_grows_with_links_and_stops() -> None:
    sizes = [size(number) for number in range(MOST + 3)]
    assert sizes == sorted(sizes)
    assert sizes[MOST] == sizes[MOST + 2] == 1.0


@pytest.mark.parametrize("name", ["review", "export", "profile", "walk"])
def test_the_number_of_queries_does_not_grow(
    as_anna: Client, mapped: Mapped, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    for number in range(12):
        one = resources.resource(mapped.area, anna, f"Forening {number}", confirmed_on=date(2020, 1, 1))
        resources.contact(one, anna, name=f"Formand {number}", email=f"formand-{number}@example.org")
    args = [mapped.area.pk, "csv"] if name == "export" else [mapped.area.pk]
    with django_assert_max_num_queries(MOST_QUERIES.get(name, 12)):
        assert as_anna.get(reverse(f"mapping:{name}", args=args)).status_code == 200
