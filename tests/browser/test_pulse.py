"""How it goes, in a browser: a company without an account says on a phone that it got worse; somebody is to call."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.notices.models import Message
from medspil.organisations.models import Organisation
from medspil.partnerships.models import Partnership, Question
from medspil.pulses import rounds
from medspil.pulses.models import PulseAnswer
from tests.browser.conftest import Axe, on_phone
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories import companies, places
from tests.factories.partnerships import partnership
from tests.factories.sides import named
from tests.web.pulses.test_pages import begun, given, link_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def anna(live_server: object, settings: Any, tmp_path: Path) -> User:
    """Return Anna in a town with a register."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    return settle()


@pytest.fixture
def together(anna: User) -> Partnership:
    """Return a partnership with a company that had said a month ago that it goes very well."""
    area = places.area(Organisation.objects.of(anna).get())
    made = partnership(places.need(area), companies.unit("Havnens Smedje ApS"), by=anna)
    ours, harbour = made.partners.all()
    today = timezone.localdate()
    named(harbour, by=anna, from_on=today)
    named(ours, user=anna, by=anna, from_on=today)
    rounds.choose_rhythm(partnership=made, rhythm="month", expected_version=0, by=anna, now=timezone.now())
    before = begun(made, days_ago=30)
    for side, step in ((ours, 4), (harbour, 5)):
        given(before, side, step)
    return made


@on_phone
def test_a_fall_that_a_company_tells_without_an_account_is_drawn_and_leads_to_a_call(
    open_page: Open, axe: Axe, together: Partnership, anna: User
) -> None:
    harbour = together.partners.latest("pk")
    asked = link_to(begun(together), harbour).partition("?")[0]
    phone = open_page(javascript=False)
    phone.goto(asked)
    phone.locator("input[name=step][value='2']").check()
    phone.locator("textarea[name=words]").fill("Ingen ringer tilbage")
    phone.locator("main form.ms-form .button-primary").click()
    expect(phone.locator(".alert-success")).to_be_visible()
    assert PulseAnswer.objects.get(round__ends_on__gte=timezone.localdate()).step == 2
    asks_something(open_page(), axe, asked)
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/partnerskaber/{together.pk}/puls/")
    expect(page.locator(".alert-warning")).to_contain_text("Havnens Smedje ApS")
    page.locator("main form.ms-form input[name=step][value='3']").first.check()
    page.locator("main form.ms-form .button-primary").first.click()
    expect(page.locator(".ms-trend polyline")).to_have_count(2)
    expect(page.locator("main table")).to_contain_text("Ingen ringer tilbage")
    axe(page)
    page.goto("/konto/venter/")
    page.locator("main a[href$='/ring/']").click()
    expect(page.locator("main")).to_contain_text("Ingen ringer tilbage")
    axe(page)


def asks_something(page: Page, axe: Axe, asked: str) -> None:
    """Ask the area's side a question from the page of the pulse, and be told by when it is answered."""
    page.goto(asked)
    axe(page)
    page.locator("a[href*='/svar/skriv/']").click()
    axe(page)
    page.locator("main form.ms-form .button-primary").click()
    expect(page.locator(".error-summary, .alert-error").first).to_be_visible()
    page.locator("input[name=to]").first.check()
    page.locator("textarea[name=text]").fill("Hvem ringer vi til?")
    page.locator("main form.ms-form .button-primary").click()
    axe(page)
    assert Question.objects.get().text == "Hvem ringer vi til?"
    assert Message.objects.filter(purpose="partnership_question").count() == 1
