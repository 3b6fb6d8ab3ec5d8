"""A partnership runs on a phone: a contact person is named and answers by a link, and its side says what it gains."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.partnerships.models import Partnership
from tests.browser.conftest import Axe, on_phone
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories import companies, places
from tests.factories.partnerships import partnership
from tests.factories.post import deliver

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
PRIMARY = "main form.ms-form .button-primary"


@pytest.fixture
def anna(live_server: object, settings: Any, tmp_path: Path) -> User:
    """Return Anna in a town with a register."""
    settings.INDEX_DIR = tmp_path / "index"
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", "django.core.mail.backends.locmem.EmailBackend"
    return settle()


@pytest.fixture
def together(anna: User) -> Partnership:
    """Return a partnership of Anna's organisation and a company without an account."""
    area = places.area(Organisation.objects.of(anna).get())
    return partnership(places.need(area), companies.unit("Havnens Smedje ApS"), by=anna)


@on_phone
def test_a_company_without_an_account_is_asked_and_answers(
    open_page: Open, axe: Axe, together: Partnership, anna: User
) -> None:
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/partnerskaber/{together.pk}/")
    axe(page)
    opened(page, "about").locator("a[href$='/ret/']").click()
    page.locator("input[name=name]").fill("Gennem Ild og Vand")
    axe(page)
    page.locator(PRIMARY).click()
    expect(page.locator("h1")).to_have_text("Gennem Ild og Vand")
    its_side(page, axe, together)
    asked(page, axe)
    by_link(open_page(javascript=False), link_in_mail("spoergsmaal"), "Ja, klokken ti")
    page.goto(f"/partnerskaber/{together.pk}/")
    opened(page, "questions").locator("a[href^='/spoergsmaal/']").first.click()
    expect(page.locator("main")).to_contain_text("Ja, klokken ti")
    axe(page)
    says_what_it_gains(page, open_page(), axe, together)
    reads_it_folded(open_page(javascript=False), together, anna)
    pauses(page, axe, together)


def opened(page: Page, part: str) -> Locator:
    """Go to a part of the page by the menu, which opens it where it is folded."""
    page.locator(f".ms-onpage a[href='#{part}']").click()
    expect(page.locator(f"#{part}")).to_be_visible()
    return page.locator(f"#{part}")


def reads_it_folded(page: Page, together: Partnership, anna: User) -> None:
    """Read it on a phone without scripts: the next step first, links open what is folded, and paper shows all."""
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, anna.email)
    page.goto(f"/partnerskaber/{together.pk}/")
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= 3_000, height
    expect(page.locator("#next-step")).to_be_in_viewport()
    expect(page.locator("#partners")).not_to_be_visible()
    page.locator("section[aria-labelledby=partners-name] summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#partners")).to_be_visible()
    page.goto("about:blank")
    page.goto(f"/partnerskaber/{together.pk}/#moments")
    expect(page.locator("#moments")).to_be_in_viewport()
    expect(page.locator("#partners")).not_to_be_visible()
    page.emulate_media(media="print")
    for part in ("about", "partners", "advice", "marks"):
        expect(page.locator(f"#{part}")).to_be_visible()


def its_side(page: Page, axe: Axe, together: Partnership) -> None:
    """Name the company's contact person on the page of its side."""
    company = together.partners.latest("pk")
    opened(page, "partners").locator(f"a[href$='/part/{company.pk}/']").click()
    axe(page)
    page.locator("a[href$='/person/contact/ny/']").click()
    axe(page)
    page.locator(PRIMARY).click()
    expect(page.locator(".error-summary, .alert-error").first).to_be_visible()
    told = {"name": "Per Smed", "email": "per@smedje.example", "source": "ham selv", "purpose": "partnerskabet"}
    for name, value in (told | {"may_decide_kroner": "5000"}).items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator(PRIMARY).click()
    expect(page.locator("main")).to_contain_text("Per Smed")


def asked(page: Page, axe: Axe) -> None:
    """Put a question to the company."""
    page.locator(".breadcrumbs a[href^='/partnerskaber/']:visible").last.click()
    opened(page, "questions").locator("a[href$='/spoergsmaal/ny/']").click()
    axe(page)
    page.locator("textarea[name=text]").fill("Kan I tage imod to hold?")
    page.locator(PRIMARY).click()
    expect(page.locator("main .ms-card").first).to_contain_text("Kan I tage imod to hold?")
    expect(page.get_by_role("region", name="Hvem har det nu")).to_contain_text("Per Smed")


def link_in_mail(about: str) -> str:
    """Return the path of the one-time link in the last mail."""
    deliver()
    found = re.search(rf"/svar/{about}/\S+", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[0]


def by_link(page: Page, path: str, words: str) -> None:
    """Answer by the link, without an account and without scripts."""
    page.goto(path)
    page.locator("textarea[name=text]").fill(words)
    page.locator("main form .button-primary").click()
    expect(page.locator("main textarea")).to_have_count(0)


def says_what_it_gains(page: Page, elsewhere: Page, axe: Axe, together: Partnership) -> None:
    """Ask the company what it gains, and let it tick and write by the link."""
    company = together.partners.latest("pk")
    page.goto(f"/partnerskaber/{together.pk}/part/{company.pk}/")
    page.locator("form[action$='/udbytte/spoerg'] button").click()
    elsewhere.goto(link_in_mail("udbytte"))
    axe(elsewhere)
    elsewhere.locator("main details summary").click()
    elsewhere.locator("label[for=code-recruitment]").click()
    elsewhere.locator("textarea[name=hoped]").fill("Flere, der vil i lære")
    elsewhere.locator("main form .ms-asked__yes").click()
    axe(elsewhere)
    page.goto(f"/partnerskaber/{together.pk}/")
    expect(page.locator(f"#partner-{company.pk}")).to_contain_text("Flere, der vil i lære")
    axe(page)


def pauses(page: Page, axe: Axe, together: Partnership) -> None:
    """Let it pause, and look at the other pages that lead on from here."""
    page.locator("main a[href$='/pause/']").click()
    page.locator("input[name=why]").fill("Sommerferie")
    axe(page)
    page.locator(PRIMARY).click()
    expect(page.locator("main")).to_contain_text("Sommerferie")
    for path in ("slut/", "part/ny/", ""):
        page.goto(f"/partnerskaber/{together.pk}/{path}")
        axe(page)
    page.goto("/partnerskaber/")
    axe(page)
