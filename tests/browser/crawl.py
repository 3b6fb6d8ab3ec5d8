"""Follows the links of the site from page to page and looks at one page of each kind.

The pages are found by following links, so that a new page is looked at without being put on a list.
"""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.conftest import Axe

NOT_PAGES = (
    "account_logout", "set_language", "linking:export", "linking:shortlist_export", "register:rejected",
    "areas:news_export", "register:status_export", "mapping:coverage_export", "mapping:export", "mapping:profile",
    "linking:links_export", "linking:asked_export", "offers:area_export", "rounds:export",
)  # fmt: skip
FILES = (".csv", ".xlsx", ".pdf", ".docx", ".ics")


def crawl(page: Page, axe: Axe, *, start: Iterable[str] = ("/",), without: Collection[str] = ()) -> set[str]:
    """Look at every page that can be reached; return the names of those that were looked at.

    All of them are looked at before the first trouble is told, so that one walk tells everything.
    """
    waiting, seen = list(start), {"", *NOT_PAGES, *without}
    looked_at: set[str] = set()
    troubles: list[str] = []
    while waiting:
        path = waiting.pop()
        name = name_of(path)
        if name in seen:
            continue
        seen.add(name)
        looked_at.add(name)
        try:
            look_at(page, axe, path)
        except AssertionError as trouble:
            troubles.append(str(trouble))
        waiting += links(page)
    assert not troubles, "\n\n".join(troubles)
    return looked_at


def look_at(page: Page, axe: Axe, path: str) -> None:
    """Open a page; it is accessible, no wider than the screen, and has one main heading."""
    page.goto(path)
    # Where a part of the page comes by itself, it is waited for; elsewhere that would cost half a second a page.
    if page.locator("[hx-trigger=load], [hx-trigger^=every]").count():
        page.wait_for_load_state("networkidle")
    axe(page)
    headings = page.locator("h1").count()
    assert headings == 1, f"{path} has {headings} main headings"


def links(page: Page) -> list[str]:
    """Return the addresses on this site that a page links to, without their queries."""
    # The map's links are SVG, whose `href` is an object: the attribute is read and completed instead.
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map(link => new URL(link.getAttribute('href'), location))"
        ".filter(url => url.origin === location.origin).map(url => url.href)"
    )
    paths = [urlsplit(link).path for link in found if not link.endswith("#")]
    return [path for path in paths if not path.endswith(FILES)]


def name_of(path: str) -> str:
    """Return the name of the page behind an address, or nothing for files and the like."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
