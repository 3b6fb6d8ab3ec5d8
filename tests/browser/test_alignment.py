"""A company's decision-maker, on a phone and without an account: from the mail to everything settled."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from medspil.alignment.models import Edition, Sheet
from medspil.alignment.readiness import ready
from tests.browser.conftest import Axe, on_phone
from tests.browser.furnished import Town, furnish
from tests.browser.test_journey import sign_in
from tests.factories.alignment import AREA, COMPANY, ask, of_area, of_company, say, token_of
from tests.factories.partnerships import partnership
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(live_server: object, settings: Any, tmp_path: Path) -> Town:
    """Return a town; mails stay in the house."""
    use_folder(settings, tmp_path / "data")
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    return furnish(tmp_path)


@on_phone
def test_a_company_says_what_it_wants_and_settles_what_differs(
    open_page: Callable[..., Page], axe: Axe, town: Town
) -> None:
    made = partnership(town.need, town.kept, by=town.anna)
    say(of_area(made), AREA, by=town.anna)
    page = open_page()
    page.goto(f"/svar/afstemning/{token_of(ask(of_company(made), town.anna, now=timezone.now()))}/")
    axe(page)
    for code in ("focus", "resources", "never", "success"):
        page.locator(f"textarea[name={code}]").fill(COMPANY[code])
    page.locator("input[name=horizon][value=year]").check()
    expect(page.locator("#autosaved")).not_to_be_empty()
    assert Sheet.objects.get(partner=of_company(made)).answers["never"] == COMPANY["never"]
    page.locator("button[value=hand_in]").click()
    expect(page.locator("body")).to_contain_text(AREA["success"])
    axe(page)
    page.locator("#open-1 textarea").fill("Et år, og så taler vi sammen.")
    page.locator("#open-1 button[value^='settle:']").click()
    expect(page.locator("#open-1 blockquote")).to_have_text("Et år, og så taler vi sammen.")
    while page.locator("#open-2").count():
        page.locator("#open-2 button[value^='aside:']").first.click()
        page.wait_for_load_state()
    assert Edition.objects.filter(partner=of_company(made)).count() == 1
    area = open_page(javascript=False)
    sign_in(area, town.anna.email)
    area.goto(f"/partnerskaber/{made.pk}/afstemning/")
    area.locator("#open-1 button[value^='agree:']").click()
    expect(area.locator("#settled-1")).to_contain_text("Et år, og så taler vi sammen.")
    assert ready(made) == []
