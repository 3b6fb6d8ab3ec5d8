"""A credit institution gives 153 used computers to seven projects that applied: lots whole and split, links, a change.

The number of computers and of projects is that of the story; which project wants how many is made up.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.linking.models import Link, Origin
from medspil.offers.models import Offer, OfferState
from medspil.organisations.roles import Role
from medspil.rounds.models import Demand, Round, Supply
from tests.browser.conftest import Axe
from tests.browser.test_journey import sign_in
from tests.factories import offering, people, places, rounds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
LOTS = {"Hovedkontoret": 40, "Kundecentret": 30, "Filialen i Aarhus": 25, "Filialen i Odense": 24, "Kursuslokalet": 18,
        "Receptionerne": 16}  # fmt: skip
TAKEN_BACK = "Filialen i Odense"


@dataclass(frozen=True, slots=True)
class Giving:
    """Who takes part."""

    berit: User  # broker, who shares out
    bodil: User  # speaks for the giver


def in_seven_areas(text: str) -> str:
    """Return the list of projects with the area of each."""
    heading, *rows = text.splitlines()
    return "\n".join([f"{heading};Område", *(f"{row};Ved {row.partition(';')[0]}" for row in rows)])


@pytest.fixture
def viewport() -> dict[str, int]:
    """Walk on a wide screen: the board is looked at on a phone elsewhere."""
    return {"width": 1280, "height": 900}


@pytest.fixture
def giving(live_server: object) -> Giving:
    """Return seven areas with a need each, a giver with six lots, and a broker who works in all of them."""
    network = people.organisation("Virksomhedsnetværket", "network")
    for row in rounds.PROJECTS.splitlines()[1:]:
        name = row.partition(";")[0]
        area = places.area(people.organisation(f"Boligforeningen ved {name}", "housing_association"), f"Ved {name}")
        area.partners.add(network)
        challenge = places.challenge(area, "Mange hjem er uden computer", theme="learning")
        places.need(area, f"Computere til {name}", ("computers_equipment",), challenge=challenge)
    giver = offering.company("BRFkredit")
    for title, number in LOTS.items():
        offering.offer(giver, kind="computers_equipment", title=title, quantity=number, unit="computere")
    return Giving(people.member(network, Role.BROKER, "Berit"), offering.contact(giver, "Bodil"))


def test_153_computers_reach_seven_projects_and_a_withdrawn_lot_is_flagged(
    open_page: Open, axe: Axe, giving: Giving
) -> None:
    page = open_page()
    sign_in(page, giving.berit.email)
    round_ = begin(page, axe)
    split = propose(page, round_)
    assert sum(split.values()) == sum(LOTS.values()) == 153
    assert len({asker for asker, _giver in split}) == 7
    assert len(split) > 7, "no project gets from two lots, so no lot was split to fit"
    whole = propose(page, round_, whole_lots=True)
    assert len({giver for _asker, giver in whole}) == len(whole) == 6, "a lot was split, or left over"
    expect(page.locator(".ms-ask--none .ms-ask__why")).not_to_be_empty()  # six whole lots leave one of seven without
    make_links(page, round_)
    expect(page.locator(".ms-pair a[href^='/koblinger/']")).to_have_count(6)
    ask_the_giver(page)
    page.context.clear_cookies()
    sign_in(page, giving.bodil.email)
    withdraw(page, axe)
    page.context.clear_cookies()
    sign_in(page, giving.berit.email)
    is_flagged(page, axe, round_)


def begin(page: Page, axe: Axe) -> Round:
    """The lots are chosen among open offers, the projects that applied are pasted as the list they came in."""
    page.goto("/fordelinger/ny/?slags=computers")
    page.fill("[name=title]", "Computere 2009")
    for box in page.locator("input[name=areas]").all():
        box.check()
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url("**/fordelinger/*/")
    round_ = Round.objects.get()
    page.goto(f"/fordelinger/{round_.pk}/udbud/vaelg/")
    expect(page.locator("input[name=chosen]:checked")).to_have_count(len(LOTS))
    with page.expect_navigation():
        page.locator("main form button.button-primary").click()
    page.goto(f"/fordelinger/{round_.pk}/oensker/indsaet/")
    page.fill("[name=text]", in_seven_areas(rounds.PROJECTS).replace(";30;10;", ";mange;10;"))
    page.locator("form.ms-form button.button-primary").click()
    expect(page.locator("main .alert-error")).to_contain_text("mange")
    assert not Demand.objects.exists()
    axe(page)
    page.fill("[name=text]", in_seven_areas(rounds.PROJECTS))
    page.locator("form.ms-form button.button-primary").click()
    expect(page.locator("button[name=add]")).to_be_visible()
    axe(page)
    page.locator("button[name=add]").click()
    page.wait_for_url(f"**/fordelinger/{round_.pk}/oensker/")
    assert Supply.objects.filter(round=round_, offer__isnull=False).count() == len(LOTS)
    return round_


def propose(page: Page, round_: Round, *, whole_lots: bool | None = None) -> dict[tuple[str, str], int]:
    """Run the round, after a change of its rules if asked for, and return what the board proposes."""
    if whole_lots is not None:
        page.goto(f"/fordelinger/{round_.pk}/ret/")
        page.locator("input[name=whole_lots]").set_checked(whole_lots)
        page.locator("form.ms-form button.button-primary").click()
        page.wait_for_url(f"**/fordelinger/{round_.pk}/")
    page.goto(f"/fordelinger/{round_.pk}/")
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("form[action$='/udregn/'] button").click()
    round_.refresh_from_db()
    assert round_.proposal
    found = {(one["asker"], one["giver"]): one["amount"] for one in round_.proposal.answer["pairs"]}
    expect(page.locator(".ms-pair")).to_have_count(len(found))
    return found


def make_links(page: Page, round_: Round) -> None:
    """What the projects of each area stand for is said; then the links are made."""
    page.goto(f"/fordelinger/{round_.pk}/koblinger/")
    while page.locator("form[action$='/staar-for/']").count():
        with page.expect_navigation():
            page.locator("form[action$='/staar-for/'] button").first.click()
    page.goto(f"/fordelinger/{round_.pk}/")
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("form[action$='/udregn/'] button").click()
    page.goto(f"/fordelinger/{round_.pk}/koblinger/")
    page.locator("form:has([name=number]) button").click()
    page.wait_for_url(f"**/fordelinger/{round_.pk}/")
    assert Link.objects.filter(origin=Origin.ROUND, offers__isnull=False).count() == 6


def ask_the_giver(page: Page) -> None:
    """The giver hears of the link it is in; before that it is the broker's idea only."""
    link = Link.objects.get(offers__title=TAKEN_BACK)
    party = link.parties.get(organisation__name="BRFkredit")
    page.goto(f"/koblinger/{link.pk}/")
    with page.expect_navigation():
        page.locator(f"form[action$='/part/{party.pk}/spurgt'] button").click()


def withdraw(page: Page, axe: Axe) -> None:
    """The giver takes a lot back that is in use: she is told what it is used in, and may all the same."""
    page.goto("/tilbud/")
    page.get_by_role("link", name=TAKEN_BACK).click()
    page.locator("a[href$='/traek-tilbage/']").click()
    expect(page.locator("main .ms-list")).to_be_visible()
    axe(page)
    page.fill("[name=reason]", "Vi bruger dem selv et år endnu.")
    with page.expect_navigation():
        page.locator("main form.ms-form button").last.click()
    assert Offer.objects.get(title=TAKEN_BACK).state == OfferState.WITHDRAWN


def is_flagged(page: Page, axe: Axe, round_: Round) -> None:
    """The board and the link of those who work with it say so, with the next step."""
    page.goto(f"/fordelinger/{round_.pk}/")
    expect(page.locator(".ms-ask .ms-row-flag").first).to_contain_text("trukket tilbage")
    link = Link.objects.get(offers__title=TAKEN_BACK)
    page.goto(f"/koblinger/{link.pk}/")
    expect(page.locator(".ms-flag")).to_contain_text("Vi bruger dem selv")
    axe(page)
    page.goto(f"/omraader/{link.area_id}/koblinger/")
    expect(page.locator(f"#link-{link.pk} .badge-error")).to_be_visible()
