"""From a company to the needs: the coordinator's page and the company's own, accessible on every screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.browser.conftest import Axe, on_phone
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories import people, places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def town(live_server: object, settings: Any, tmp_path: Path) -> tuple[User, User, Unit]:
    """Return Anna with open needs, Bo who speaks for a photographer, and its unit."""
    settings.INDEX_DIR = tmp_path / "index"
    anna = settle()
    area = places.area(Organisation.objects.of(anna).get(), x=533_600.0, y=6_175_800.0)
    text = "Børn fra området lærer at fotografere deres by sammen med en fotograf."
    for title, kinds in (("Fotograf til fotohold", ("photo_film",)), ("Lokaler til fotohold", ("premises",))):
        places.need(area, title, kinds=kinds, text=text, open_to_companies=True)
    unit = Unit.objects.filter(industry="742000", protected=False).earliest("number")
    Unit.objects.filter(pk=unit.pk).update(cvr="12345674")
    studio = people.organisation("Fotografen", "company")
    Organisation.objects.filter(pk=studio.pk).update(cvr="12345674")
    return anna, people.member(studio, Role.COMPANY_CONTACT, name="Bo"), unit


def test_a_coordinator_keeps_a_company_from_its_own_page(
    open_page: Open, axe: Axe, town: tuple[User, User, Unit]
) -> None:
    anna, _bo, unit = town
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/virksomheder/{unit.number}/")
    page.locator(f"a[href='/virksomheder/{unit.number}/behov/']").click()
    page.locator("summary.ms-rank__head").first.click()
    axe(page)
    page.locator("form[action*='/behold'] button").first.click()
    expect(page.locator("a[href^='/kandidater/']")).to_have_count(1)


@on_phone
def test_a_company_finds_a_need_and_reads_whom_to_ask(open_page: Open, axe: Axe, town: tuple[User, User, Unit]) -> None:
    _anna, bo, _unit = town
    page = open_page()
    sign_in(page, bo.email)
    page.goto("/")
    axe(page)
    need = Need.objects.get(title="Fotograf til fotohold")
    page.locator(f"a[href='/aabne-behov/{need.pk}/']").click()
    page.wait_for_url(f"**/aabne-behov/{need.pk}/")
    axe(page)
    assert "Vejle Kommune" in page.locator("main").inner_text()


def test_a_need_is_opened_by_its_button(open_page: Open, axe: Axe, town: tuple[User, User, Unit]) -> None:
    anna, _bo, _unit = town
    need = Need.objects.get(title="Lokaler til fotohold")
    Need.objects.filter(pk=need.pk).update(open_to_companies=False)
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/behov/{need.pk}/vis-til-virksomheder/")
    axe(page)
    page.locator("input[name=open_to_companies]").check()
    page.locator("main form.ms-form button").click()
    page.wait_for_url(f"**/behov/{need.pk}/")
    axe(page)
    assert Need.objects.get(pk=need.pk).open_to_companies
