"""The journey the product is for: from an empty area to a shortlist of companies with reasons, in one sitting.

It is walked on a phone with scripts, and on a wide screen without.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from medspil.areas.models import Area, Need
from medspil.linking.models import Candidate, Decision
from tests.browser.conftest import PHONE, WIDE, Axe
from tests.browser.town import PASSWORD, settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def anna_email(live_server: object, settings: Any, tmp_path: Path) -> str:
    """Return the address with which Anna signs in to a town of sixty companies."""
    settings.INDEX_DIR = tmp_path / "index"
    return settle().email


def sign_in(page: Page, email: str) -> None:
    """Sign in as the form does, but without drawing it and the first page: the journey below does it by hand."""
    visitor = page.context.request
    visitor.get("/konto/log-ind/")
    (token,) = (cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, "login": email, "password": PASSWORD}
    answer = visitor.post("/konto/log-ind/", form=form, max_redirects=0)
    assert answer.status == 302, f"{email} was not let in"


def sign_in_by_hand(page: Page, email: str) -> None:
    page.goto("/konto/log-ind/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")


def save(page: Page) -> None:
    """Send the form of the page and wait for what comes."""
    send(page, page.locator("main form button:not([type=button])").last)


def send(page: Page, button: Locator) -> None:
    """Press the button of a form and wait for what comes: a new page, or an answer to a script."""
    by_script = "button => 'htmx' in window && button.form.matches('[hx-post]:not([data-autosave])')"
    if button.evaluate(by_script):
        with page.expect_response(lambda response: response.request.method == "POST"):
            button.click()
    else:
        with page.expect_navigation():
            button.click()


@pytest.mark.parametrize(
    ("viewport", "javascript"), [(PHONE, True), (WIDE, False)], ids=["with scripts", "without scripts"]
)
def test_from_an_empty_area_to_a_shortlist_with_reasons(
    open_page: Open, axe: Axe, anna_email: str, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    look = axe if javascript else lambda _page: None
    sign_in_by_hand(page, anna_email)
    look(page)
    describe_area(page, look)
    describe_need(page, look)
    keep_and_set_aside(page, look)
    plan_next_step(page, look)

    kept = Candidate.objects.get(decision=Decision.KEPT)
    assert (kept.next_step, kept.unit.industry) == ("Ring til fotografen", "742000")
    assert kept.grounds
    assert Candidate.objects.get(decision=Decision.SET_ASIDE).reason == "too_far"


def describe_area(page: Page, look: Axe) -> None:
    page.goto("/omraader/nyt/")
    page.fill("input[name=name]", "Nørremarken")
    save(page)
    area = Area.objects.get()
    page.goto(f"/omraader/{area.pk}/om/")
    page.select_option("select[name=municipality]", "0630")
    page.fill("textarea[name=description]", "Boligområde i det nordlige Vejle")
    save(page)
    page.goto(f"/omraader/{area.pk}/kort/")
    page.check("input[name=how][value=circle]")
    page.fill("input[name=centre]", "55.7262, 9.5350")
    page.fill("input[name=radius_m]", "600")
    save(page)
    page.goto(f"/omraader/{area.pk}/udfordringer/ny/")
    page.fill("input[name=title]", "Kvarteret kendes mest fra dårlige nyheder")
    page.select_option("select[name=theme]", "image")
    look(page)
    save(page)
    page.goto(f"/omraader/{area.pk}/")
    expect(page.locator("h1")).to_contain_text("Nørremarken")
    look(page)


def describe_need(page: Page, look: Axe) -> None:
    page.goto(f"/omraader/{Area.objects.get().pk}/behov/nyt/")
    page.fill("input[name=title]", "Fotograf til fotohold for børn")
    page.locator("input[name=challenge]").first.check()
    save(page)
    need = Need.objects.get()
    page.goto(f"/behov/{need.pk}/hvad/")
    page.fill("textarea[name=text]", "Børn skal lære at fotografere deres kvarter")
    save(page)
    page.goto(f"/behov/{need.pk}/ressourcer/")
    page.locator("input[value=photo_film]").check()
    look(page)
    save(page)
    page.goto(f"/behov/{need.pk}/hvor-langt/")
    page.check("input[name=reach][value=km]")
    page.fill("input[name=reach_km]", "15")
    save(page)
    page.goto(f"/behov/{need.pk}/")
    look(page)
    page.locator("main form[action$=find] button").first.click()
    page.wait_for_url("**/virksomheder/")


def keep_and_set_aside(page: Page, look: Axe) -> None:
    rows = page.locator("main li.ms-rank")
    expect(rows.first).to_contain_text("Fotografisk virksomhed")
    rows.first.locator("details.ms-rank__details > summary").click()
    expect(rows.first).to_contain_text("Foto og film")
    look(page)
    rows.first.locator("form[action$=behold] button").click()
    expect(page.locator("main li.ms-rank").first.locator("form[action$=fortryd]")).to_have_count(1)
    second = page.locator("main li.ms-rank").nth(1)
    second.locator("details.ms-aside > summary").click()
    second.locator("select[name=reason]").select_option("too_far")
    send(page, second.locator("form[action$=laeg-til-side] button"))
    expect(page.locator("main form[action$=fortryd]")).not_to_have_count(0)


def plan_next_step(page: Page, look: Axe) -> None:
    page.goto(f"/behov/{Need.objects.get().pk}/liste/")
    look(page)
    page.goto(f"/kandidater/{Candidate.objects.get(decision=Decision.KEPT).pk}/")
    page.fill("input[name=next_step]", "Ring til fotografen")
    save(page)
    page.goto(f"/behov/{Need.objects.get().pk}/liste/")
    expect(page.locator("main")).to_contain_text("Ring til fotografen")
