"""Links in a real browser: from a shortlist to a partnership, the network by keyboard, and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medspil.linking import asking
from medspil.linking.models import Candidate, Link, LinkState
from medspil.register.models import Unit
from tests.browser.conftest import Axe, on_phone
from tests.browser.furnished import Town, furnish
from tests.browser.test_journey import sign_in
from tests.conftest import NOW
from tests.factories import links
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
SENTENCE = "Fotografen viser ti unge, hvordan man holder et kamera."


@pytest.fixture
def town(live_server: object, settings: Any, tmp_path: Path) -> Town:
    """Return a town with a kept company that may be approached again, and a link with a club."""
    use_folder(settings, tmp_path / "data")
    found = furnish(tmp_path)
    Unit.objects.filter(pk=found.kept.pk).update(protected=False)
    club = links.resource(found.need, "Fotoklubben")
    made = links.link(found.need, club, by=found.anna, sentence="Klubben holder fotoaftener.")
    party = made.parties.get(resource=club)
    asking.ask(link=made, party=party, on=NOW.date(), expected_version=1, by=found.anna, now=NOW)
    return found


@on_phone
def test_from_the_shortlist_to_a_partnership(open_page: Open, axe: Axe, town: Town) -> None:
    page = open_page()
    sign_in(page, town.anna.email)
    page.goto(f"/behov/{town.need.pk}/liste/")
    kept = Candidate.objects.get(need=town.need, unit=town.kept)
    page.locator(f"a[href='/koblinger/ny/?candidate={kept.pk}']").click()
    page.get_by_label("sentence").or_(page.locator("textarea[name=sentence]")).fill(SENTENCE)
    page.locator("input[name=q]").press_sequentially("fotoklub")
    box = page.locator("#parties").get_by_label("Fotoklubben")
    expect(box).to_be_visible()
    axe(page)
    page.locator("form.ms-form .button-primary").click()
    expect(page.locator("#sides")).to_be_visible()
    axe(page)
    link = Link.objects.get(sentence=SENTENCE)
    expect(page.locator("form[action$='/partnerskab']")).to_have_count(0)  # not before all have said yes
    for party in link.parties.exclude(answer="yes").order_by("pk"):
        if page.locator(f"form[action$='/part/{party.pk}/spurgt'] button").count():
            page.locator(f"form[action$='/part/{party.pk}/spurgt'] button").click()
        yes = page.locator(f"form[action$='/part/{party.pk}/ja'] button")
        yes.click()
        expect(yes).to_have_count(0)
    page.locator("form[action$='/partnerskab'] button").click()
    page.wait_for_url("**/partnerskaber/*/")
    page.goto(f"/koblinger/{link.pk}/")
    expect(page.locator("form[action$='/ikke-partnerskab']")).to_be_visible()
    assert Link.objects.get(pk=link.pk).state == LinkState.PARTNERSHIP


@on_phone
def test_a_no_with_its_consequence_without_scripts(open_page: Open, town: Town) -> None:
    page = open_page(javascript=False)
    sign_in(page, town.anna.email)
    link = Link.objects.get()
    party = link.parties.latest("pk")
    page.goto(f"/koblinger/{link.pk}/part/{party.pk}/nej/")
    page.locator("input[name=reason][value=other]").check()
    page.locator("textarea[name=words]").fill("De har nok at se til.")
    page.locator("form.ms-refuse .button-primary").click()
    page.wait_for_url(f"**/koblinger/{link.pk}/")
    assert Link.objects.get().state == LinkState.TURNED_DOWN
    with page.expect_navigation():
        page.locator("form[action^='/afslag/'] button").click()
    assert Link.objects.get().state == LinkState.ASKED


def test_a_link_is_made_without_scripts(open_page: Open, town: Town) -> None:
    page = open_page(javascript=False)
    sign_in(page, town.anna.email)
    page.goto(f"/koblinger/ny/?need={town.need.pk}")
    page.locator("input[name=q]").fill("bakkebyens foto")
    page.locator("button[name=find]").click()
    page.locator("#parties input[name=party]:not(:checked)").first.check()
    page.locator("textarea[name=sentence]").fill(SENTENCE)
    page.locator("form.ms-form .button-primary").click()
    expect(page.locator("#sides")).to_be_visible()
    assert Link.objects.filter(sentence=SENTENCE).exists()


def test_the_network_is_walked_with_the_keyboard(open_page: Open, town: Town) -> None:
    page = open_page()
    sign_in(page, town.anna.email)
    page.goto(f"/omraader/{town.area.pk}/netvaerk/")
    first = page.locator(".ms-net__node[tabindex='0']")
    expect(first).to_have_count(1)
    first.focus()
    told = page.locator("[data-network-told]")
    expect(told).to_contain_text("Fotoklubben")
    before = told.text_content()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        if told.text_content() != before:
            break
    expect(told).to_contain_text("Vejle Kommune")
    assert page.evaluate("document.activeElement.classList.contains('ms-net__node')")
    assert page.locator(".ms-net__node[tabindex='0']").count() == 1
