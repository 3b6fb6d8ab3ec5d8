"""A printed page has the type of the screen, and leaves out what nobody can click on paper."""

from typing import Any

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_print_has_the_type_of_the_page(browser: Browser, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/idekatalog/")
    fonts = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        fonts.append(page.evaluate("getComputedStyle(document.querySelector('main h1')).fontFamily.split(',')[0]"))
    assert fonts == ['"IBM Plex Sans"', '"IBM Plex Sans"']
    assert page.locator(".ms-nav").is_hidden()
    page.close()
