"""A company that the register lacks, fetched from the search field: while typing, by one click, in the real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe, on_phone
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories.cvrapi_answers import answer
from tests.factories.net import service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@on_phone
def test_a_number_that_finds_nothing_while_typing_is_fetched_by_one_click(
    open_page: Open, axe: Axe, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    settings.INDEX_DIR = tmp_path / "index"
    anna = settle()
    with service(lambda question: (200, answer())) as running:
        settings.LOOKUP, settings.LOOKUP_URL, settings.LOOKUP_AGENT = "cvrapi", running.address, "Medspil Vejle"
        page = open_page()
        sign_in(page, anna.email)
        page.goto("/virksomheder/")
        page.locator("input[name=q]").press_sequentially("12345674")
        button = page.locator(".ms-lookup-offer button")
        expect(button).to_be_visible()
        axe(page)
        button.click()
        expect(page.get_by_text("Filialen").first).to_be_visible()
        axe(page)
        assert [question.query["vat"] for question in running.asked] == ["12345674"]
