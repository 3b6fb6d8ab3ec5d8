"""Every page that can be reached by links: accessible, no wider than the screen, usable with the keyboard.

The pages are found by following links, so that a new page is looked at without being put on a list.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from medspil.linking.services import rank_need
from medspil.linking.shortlist import keep, set_aside
from medspil.organisations.models import Membership
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.browser.conftest import Axe
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.conftest import NOW
from tests.factories import places
from tests.factories.changes import applied_run, change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
LEAST_PAGES = 30
NOT_PAGES = (
    "account_logout", "set_language", "linking:export", "linking:shortlist_export", "register:rejected",
    "areas:news_export", "register:status_export",
)  # fmt: skip


@pytest.fixture
def anna_email(live_server: object, settings: Any, tmp_path: Path) -> str:
    """Return the address of Anna, who has an area, a need, a ranking and a shortlist, and manages people too."""
    settings.INDEX_DIR = tmp_path / "index"
    anna = settle()
    own = Membership.objects.get(user=anna).organisation
    Membership.objects.create(user=anna, organisation=own, role=Role.ADMINISTRATOR, started_on=NOW.date())
    area = places.area(own, x=533_600.0, y=6_175_800.0)
    challenge = places.challenge(area, theme="image")
    need = places.need(area, "Fotograf til fotohold", kinds=("photo_film",), challenge=challenge, reach_km=15)
    run = rank_need(need=need, by=anna, now=NOW)
    first, second = (row["number"] for row in run.answer["units"][:2])
    keep(need=need, number=first, expected_version=0, by=anna, now=NOW)
    set_aside(need=need, number=second, reason="too_far", note="", expected_version=0, by=anna, now=NOW)
    _tell_news(first)
    return anna.email


def _tell_news(kept: int) -> None:
    """Let an import bring news near the area, and protect a company that was kept."""
    run, units = applied_run(), list(Unit.objects.order_by("number")[:8])
    for unit, kind in zip(units, ("new", "ceased", "gone", "protected", "lifted", "renamed", "back"), strict=False):
        change(run, kind, unit, before="Hed noget andet" if kind == "renamed" else "")
    change(run, "moved", units[7], old_x=700_000.0, old_y=6_170_000.0, before="Gågaden 1, 8000 Aarhus C")
    Unit.objects.filter(number=kept).update(protected=True)


def links(page: Page, address: str) -> list[str]:
    """Return the addresses on this site that a page links to, without their queries."""
    # The map's links are SVG, whose `href` is an object: the attribute is read and completed instead.
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map(link => new URL(link.getAttribute('href'), location).href)"
    )
    return [urlsplit(link).path for link in found if link.startswith(address) and not link.endswith("#")]


def name_of(path: str) -> str:
    """Return the name of the page behind an address, or nothing for files and the like."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def test_every_page_is_accessible_and_fits_the_screen(
    open_page: Open, axe: Axe, anna_email: str, live_server: Any
) -> None:
    page = open_page()
    sign_in(page, anna_email)
    waiting, seen = ["/"], {"", *NOT_PAGES}
    while waiting:
        path = waiting.pop()
        if name_of(path) in seen:
            continue
        seen.add(name_of(path))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        axe(page)
        headings = page.locator("h1").count()
        assert headings == 1, f"{path} has {headings} main headings"
        waiting += links(page, live_server.url)
    assert len(seen) - len(NOT_PAGES) > LEAST_PAGES, sorted(seen)


def test_public_pages_are_accessible_in_english_too(open_page: Open, axe: Axe, anna_email: str) -> None:
    page = open_page(language="en-GB")
    for path in ("/", "/katalog/", "/katalog/kerneydelser/", "/konto/log-ind/", "/tilgaengelighed/", "/privatliv/"):
        page.goto(path)
        axe(page)
        assert page.locator("html").get_attribute("lang") == "en", path


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(open_page: Open, anna_email: str) -> None:
    page = open_page()
    sign_in(page, anna_email)
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
