"""With the keyboard alone: the map, what is missing, an offer that meets a need, the boards of links and of pairs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkState
from medspil.mapping.models import Competence, Resource
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.rounds import services
from medspil.rounds.models import PairRule, Round
from tests.browser.test_journey import sign_in
from tests.conftest import NOW
from tests.factories import links, offering, people, places, rounds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
MOST_STEPS = 160


@pytest.fixture
def area(live_server: object, settings: Any, tmp_path: Path) -> Area:
    """Return an area with something missing, a link that is an idea, and an allocation on the board."""
    settings.INDEX_DIR = tmp_path / "index"
    return places.area(people.organisation("Vejle Kommune"))


@pytest.fixture
def anna(area: Area) -> User:
    """Return the coordinator."""
    return people.member(area.owner, Role.COORDINATOR)


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until the focus is on the first that is meant; it must be seen where it is."""
    wanted = page.locator(selector).first
    expect(wanted).to_be_visible()
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    else:
        pytest.fail(f"{selector} is not reached with {MOST_STEPS} steps of the keyboard")
    assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"


def press(page: Page, selector: str) -> None:
    """Reach a button with the keyboard, press it, and wait for the page that follows."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_what_is_missing_becomes_a_need(open_page: Open, area: Area, anna: User) -> None:
    challenge = places.challenge(area, theme="image")
    Competence.objects.create(challenge=challenge, kind="journalism")
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/omraader/{area.pk}/")
    press(page, f"a.ms-door[href='/omraader/{area.pk}/mangler/']")
    press(page, "form[action$='/journalism/behov'] button")
    page.wait_for_url("**/hvad/")
    tab_to(page, "input[name=title]")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("En avis, der lytter")
    press(page, "main form button.button-primary")
    assert Need.objects.get().title == "En avis, der lytter"


def test_a_club_is_put_on_the_map(open_page: Open, area: Area, anna: User) -> None:
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/omraader/{area.pk}/ressourcer/")
    tab_to(page, "form.ms-quick input[name=name]")
    page.keyboard.type("Nordklubben")
    tab_to(page, "form.ms-quick select[name=kind]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "form.ms-quick input[name=address]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Resource.objects.get().name == "Nordklubben"


def test_an_offer_is_linked_with_the_need_it_meets(open_page: Open, area: Area, anna: User) -> None:
    need = places.need(area, "Fotograf til fotohold", ("photo_film",))
    offer = offering.offer(offering.company(), area, title="Et studie om lørdagen")
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/tilbud/{offer.pk}/")
    tab_to(page, ".ms-meeting .ms-fold > summary")
    page.keyboard.press("Enter")
    expect(page.locator(".ms-meeting .ms-why__list")).to_be_visible()
    press(page, ".ms-meeting a[href^='/koblinger/ny/']")
    tab_to(page, "textarea[name=sentence]")
    page.keyboard.type("Ti unge lærer at tage billeder.")
    press(page, "form.ms-form .button-primary")
    assert Link.objects.get().need == need


def test_a_link_is_moved_on_its_board(open_page: Open, area: Area, anna: User) -> None:
    need = places.need(area, "Fotograf til fotohold", ("photo_film",))
    link = links.link(need, links.resource(need, "Fotoklubben"), by=anna)
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/omraader/{area.pk}/koblinger/")
    for state in (LinkState.ASKED, LinkState.INTERESTED):
        press(page, f"#link-{link.pk} form button")
        assert Link.objects.get().state == state
    # The focus is not lost on the way: the moved card says that it has moved.
    expect(page.locator(f"#link-{link.pk}")).to_be_visible()


def test_a_pair_is_locked_and_let_go(open_page: Open, area: Area, anna: User) -> None:
    need = places.need(area, "Virksomheder, der adopterer en klasse", ("company_visit",))
    round_: Round = rounds.adoption(Organisation.objects.of(anna).get(), anna, area=area, need=need)
    services.run(round_=round_, by=anna, now=NOW)
    page = open_page()
    sign_in(page, anna.email)
    page.goto(f"/fordelinger/{round_.pk}/")
    card = page.locator(".ms-ask").nth(1)
    ident = card.get_attribute("id")
    press(page, f"#{ident} .ms-pair__do form button")
    # The focus comes back to the card, so that the next step of the keyboard is within it.
    expect(page.locator(f"#{ident}")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(f"#{ident} .ms-pair a").first).to_be_focused()
    assert PairRule.objects.count() == 1
    press(page, "#steps form button")
    expect(page.locator("#steps")).to_be_focused()
    page.locator(f"#{ident}").focus()
    tab_to(page, f"#{ident} .ms-pair__do a[href$='hvad=free']")
    page.keyboard.press("Enter")
    heading = page.locator("#panel #pair-heading")
    expect(heading).to_be_focused()  # what opens is where the keyboard goes on
    press(page, "#panel form.ms-form button.button-primary")
    assert not PairRule.objects.exists()
    expect(page.locator(f"#{ident}")).to_be_focused()
    tab_to(page, f"#{ident} .ms-pair__do a[href*='/flyt/']")
    page.keyboard.press("Enter")
    expect(page.locator("#panel #move-heading")).to_be_focused()
    tab_to(page, "#panel .ms-others a")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .ms-price")).to_be_visible()
    expect(page.locator("#panel #move-heading")).to_be_focused()
    press(page, "#panel form.ms-form button.button-primary")
    expect(page.locator(f"#{ident}")).to_be_focused()
    assert PairRule.objects.count() == 2
