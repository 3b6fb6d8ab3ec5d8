"""The board of a partnership on a phone: founded, somebody seated who leaves again, rules written, money set aside."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.partnerships.models import Partnership
from tests.browser.conftest import Axe, on_phone
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories import companies, places
from tests.factories.partnerships import partnership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
SAVE = "main form.ms-form .button-primary"


@pytest.fixture
def anna(live_server: object, settings: Any, tmp_path: Path) -> User:
    """Return Anna in a town with a register."""
    settings.INDEX_DIR = tmp_path / "index"
    return settle()


@pytest.fixture
def together(anna: User) -> Partnership:
    """Return a partnership with a company."""
    area = places.area(Organisation.objects.of(anna).get())
    return partnership(places.need(area), companies.unit("Havnens Smedje ApS"), by=anna)


@on_phone
def test_a_board_is_founded_filled_and_given_rules_and_money(
    open_page: Open, axe: Axe, together: Partnership, anna: User
) -> None:
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/partnerskaber/{together.pk}/")
    page.locator(".ms-onpage a[href='#work']").click()
    page.locator("main a[href$='/bestyrelse/opret/']").first.click()
    axe(page)
    page.locator(SAVE).click()
    expect(page.locator(".ms-seat--vacant")).to_have_count(15)  # fourteen seats, and one in the legend
    fill(page, axe, "main a[href$='/plads/']", {"name": "Karen Krogh", "organisation_name": "Byrådet"})
    expect(page.locator(".ms-sitting")).to_contain_text("Karen Krogh")
    fill(page, axe, "main a[href$='/forretningsorden/ny/']", {"text": "Vi mødes fire gange om året."})
    fill(
        page, axe, "main a[href$='/beloeb/nyt/']", {"amount_kroner": "13500000", "giver": "Staten", "purpose": "Torvet"}
    )
    axe(page)
    fill(page, axe, "main a[href$='/udtraeder/']", {})
    page.locator("form[action$='/bliver'] button").click()
    expect(page.locator("form[action$='/bliver']")).to_have_count(0)
    page.locator("main a[href*='/forretningsorden/1/']").click()
    expect(page.locator("main")).to_contain_text("Vi mødes fire gange om året.")
    axe(page)


def fill(page: Page, axe: Axe, link: str, said: dict[str, str]) -> None:
    """Follow a link of the board's page to a form, fill it in and save it."""
    page.locator(link).first.click()
    axe(page)
    for name, value in said.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator(SAVE).click()
    expect(page.locator("main .ms-benches").first).to_be_visible()
