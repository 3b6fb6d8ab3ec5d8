"""The map of an area as people use it: on a walk with the phone, by those who are asked, with and without scripts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Geolocation, Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import PlaceQuality, Resource
from medspil.organisations.models import Organisation
from tests.browser.conftest import PHONE, WIDE, Axe, on_phone
from tests.browser.crawl import look_at
from tests.browser.test_journey import save, sign_in
from tests.browser.town import settle
from tests.factories import places, post, resources

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
HERE: Geolocation = {"latitude": 55.7139, "longitude": 9.5350, "accuracy": 12.0}


@pytest.fixture
def anna(live_server: object, settings: Any, tmp_path: Path) -> User:
    """Return Anna in a town with a register."""
    settings.INDEX_DIR = tmp_path / "index"
    return settle()


@pytest.fixture
def area(anna: User) -> Area:
    """Return Anna's area with a club and a person on the map."""
    made = places.area(Organisation.objects.of(anna).get(), x=533_600.0, y=6_175_800.0)
    here = (HERE["latitude"], HERE["longitude"])
    club = resources.resource(made, anna, "Nordklubben", position=here, can_do="Fodbold for piger", kinds=["sports"])
    resources.contact(club, anna, name="Karen", email="karen@example.org")
    resources.contact(resources.person(made, anna, "Fatima Nielsen", position=here), anna)
    return made


def test_the_pages_of_a_person_and_of_a_narrowed_map_are_accessible(
    open_page: Open, axe: Axe, area: Area, anna: User
) -> None:
    """All other pages of the map are looked at by the crawl of test_pages.py."""
    page = open_page()
    sign_in(page, anna.email)
    for query in ("?kind=register", "?q=ingenting"):
        look_at(page, axe, reverse("mapping:list", args=[area.pk]) + query)
    for name in ("person", "create"):
        look_at(page, axe, reverse(f"mapping:{name}", args=[area.pk]))
    person = Resource.objects.get(name="Fatima Nielsen")
    for name in ("detail", "edit_what", "edit_brings", "edit_where", "consent", "withdraw", "archive", "add_contact"):
        look_at(page, axe, reverse(f"mapping:{name}", args=[person.pk]))


@on_phone
def test_on_a_walk_the_position_of_the_phone_is_kept(open_page: Open, axe: Axe, area: Area, anna: User) -> None:
    page = open_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)
    sign_in(page, anna.email)
    page.goto(reverse("mapping:walk", args=[area.pk]))
    page.locator(".ms-tile", has_text="Sted").locator("input").check()
    page.fill("input[name=name]", "Legepladsen")
    page.locator("button[data-locate=button]").click()
    expect(page.locator("[data-locate=said]")).not_to_be_empty()
    expect(page.locator("input[name=latitude]")).not_to_have_value("")
    axe(page)
    save(page)
    expect(page.locator(".ms-walked")).to_contain_text("Legepladsen")
    assert Resource.objects.get(name="Legepladsen").place_quality == PlaceQuality.POINT


@on_phone
def test_a_walk_works_without_scripts_by_an_address(open_page: Open, area: Area, anna: User) -> None:
    page = open_page(javascript=False)
    sign_in(page, anna.email)
    page.goto(reverse("mapping:walk", args=[area.pk]))
    expect(page.locator("button[data-locate=button]")).to_be_hidden()
    page.locator(".ms-tile", has_text="Forening").locator("input").check()
    page.fill("input[name=name]", "Koret")
    page.fill("input[name=address]", "7100 Vejle")
    page.locator(".ms-walk__save button.button-primary").click()
    expect(page.locator(".ms-walked")).to_contain_text("Koret")


@pytest.mark.parametrize(("viewport", "javascript"), [(PHONE, True), (WIDE, False)], ids=["scripts", "no scripts"])
def test_map_and_list_are_narrowed_together(open_page: Open, area: Area, anna: User, *, javascript: bool) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, anna.email)
    page.goto(reverse("mapping:list", args=[area.pk]))
    page.locator(".ms-kinds a", has_text="Forening").click()
    page.wait_for_url("**kind=association**")
    expect(page.locator(".ms-asset__name")).to_have_text(["Nordklubben"])
    if not javascript:
        expect(page.locator("svg a[data-point]")).to_have_count(1)


@on_phone
def test_who_is_asked_answers_in_two_taps(open_page: Open, axe: Axe, area: Area, anna: User) -> None:
    page = open_page()
    sign_in(page, anna.email)
    club = Resource.objects.get(name="Nordklubben")
    page.goto(reverse("mapping:detail", args=[club.pk]))
    with page.expect_navigation():
        page.locator("button", has_text="Karen").first.click()
    found = re.search(r"/svar/[\w-]+/", str(post.sent()[-1].body))
    assert found
    page.context.clear_cookies()
    with page.expect_response("**/aabnet/**"):  # the page notes by itself that it was opened
        page.goto(found[0])
    axe(page)
    expect(page.locator(".ms-language")).to_be_hidden()  # the page itself offers its other language, once
    page.locator("main button.ms-asked__yes").click()
    expect(page.locator("main button")).to_have_count(0)
    axe(page)
    club.refresh_from_db()
    assert club.confirmed_on is not None
