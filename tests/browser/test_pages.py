"""Every page that can be reached by links: accessible, no wider than the screen, usable with the keyboard.

Anna sees nearly all there is; what only a company's own contact person sees, Carl walks through. The Danish pages are
all looked at; of the English ones those that anybody can open and those about companies and the register.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import rich
from tests.browser.conftest import Axe, on_phone
from tests.browser.crawl import crawl, look_at
from tests.browser.furnished import Town, furnish
from tests.browser.test_journey import sign_in
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
LEAST_PAGES = 100
NEVER_MISSED = {
    "areas:news", "register:status", "profiles:detail", "organisations:merge", "register:columns", "mapping:list",
    "mapping:detail", "mapping:coverage", "mapping:competences", "mapping:merge", "offers:area", "offers:detail",
    "linking:links", "linking:link", "linking:link_no", "linking:network", "linking:asked", "rounds:board",
    "mapping:walk", "mapping:paste", "mapping:upload", "mapping:review", "linking:link_edit", "linking:link_add",
    "rounds:rows", "rounds:pair", "rounds:move", "rounds:apply", "rounds:paste",
}  # fmt: skip
PUBLIC = ("/", "/katalog/", "/katalog/kerneydelser/", "/konto/log-ind/", "/tilgaengelighed/", "/privatliv/")


@pytest.fixture
def town(live_server: object, settings: Any, tmp_path: Path) -> Town:
    """Return a town with everything in it."""
    use_folder(settings, tmp_path / "data")
    return furnish(tmp_path)


def test_every_page_is_accessible_and_fits_the_screen(open_page: Open, axe: Axe, town: Town) -> None:
    rich.fill(town.anna, town.area, town.need)
    page = open_page()
    for address in rich.mailed(town.anna):
        look_at(page, axe, address)
    sign_in(page, town.anna.email)
    for address in rich.other_sides(town.area):
        look_at(page, axe, address)
    looked_at = crawl(page, axe, start=("/", *town.hidden(), *rich.hidden()))
    assert len(looked_at) > LEAST_PAGES, sorted(looked_at)
    assert looked_at >= NEVER_MISSED, sorted(NEVER_MISSED - looked_at)


@on_phone
def test_no_page_has_anything_dead_or_too_wide_without_scripts(open_page: Open, town: Town) -> None:
    rich.fill(town.anna, town.area, town.need)
    page = open_page(javascript=False)
    sign_in(page, town.anna.email)
    looked_at = crawl(page, works_without_scripts, start=("/", *town.hidden(), *rich.hidden()))
    assert looked_at >= NEVER_MISSED, sorted(NEVER_MISSED - looked_at)


def works_without_scripts(page: Page) -> None:
    """Nothing is wider than the screen, and what can be pressed leads somewhere: a form, a link, or a fold."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the screen"
    dead = page.locator("button:visible:not(form *):not([form]), [hx-get]:visible:not(a, form, form *, [id])").all()
    assert not dead, f"{page.url}: {[one.evaluate('one => one.outerHTML')[:200] for one in dead]}"


def test_every_page_of_a_company_is_accessible_and_fits_the_screen(open_page: Open, axe: Axe, town: Town) -> None:
    page = open_page()
    sign_in(page, town.carl.email)
    # What is the same for all has been looked at with Anna's eyes.
    common = ("catalogue:list", "catalogue:case", "catalogue:affinity", "accessibility", "privacy", "mfa_index",
              "account_email", "account_change_password", "accounts:name", "accounts:me")  # fmt: skip
    looked_at = crawl(page, axe, without=common)
    assert {"home", "profiles:detail", "profiles:answer", "linking:open_need"} <= looked_at
    assert {"offers:list", "offers:detail", "offers:create", "offers:edit", "offers:withdraw"} <= looked_at


def test_pages_about_companies_are_accessible_in_english_too(open_page: Open, axe: Axe, town: Town) -> None:
    page = open_page(language="en-GB")
    sign_in(page, town.anna.email)
    for path in town.new():
        look_at(page, axe, path)
        assert page.locator("html").get_attribute("lang") == "en", path
    page.context.clear_cookies()
    sign_in(page, town.carl.email)
    look_at(page, axe, "/")
    look_at(page, axe, f"/aabne-behov/{town.need.pk}/")


def test_public_pages_are_accessible_in_english_too(open_page: Open, axe: Axe, live_server: object) -> None:
    page = open_page(language="en-GB")
    for path in PUBLIC:
        look_at(page, axe, path)
        assert page.locator("html").get_attribute("lang") == "en", path


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(open_page: Open, town: Town) -> None:
    page = open_page()
    sign_in(page, town.anna.email)
    for path in ("/", "/omraader/", "/virksomheder/"):
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = "document.querySelector('main').contains(document.activeElement)"
        assert page.evaluate(inside), f"{path}: the skip link does not lead into the page"
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none", f"{path}: the focus cannot be seen"
