"""The adopted classes and the 153 computers of the seeds, from two lists to links, on a wide screen and on a phone."""

from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Link, Origin
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.rounds.models import PairRule, Round
from tests.browser.conftest import Axe
from tests.browser.test_journey import sign_in
from tests.factories import people, places, rounds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
_cvr = (str(number) for number in count(10_000_001))


@pytest.fixture
def area(live_server: object) -> Area:
    """Return the area whose classes and projects ask, with the challenge they stand for."""
    home = people.organisation("Vejle Kommune")
    made = places.area(home)
    places.challenge(made, "Børn ved for lidt om arbejde")
    return made


@pytest.fixture
def anna(area: Area) -> User:
    """Return Anna, who shares out."""
    return people.member(area.owner, Role.COORDINATOR)


def with_companies(text: str) -> str:
    """Make an organisation of each row that gives, and return the list with their CVR numbers."""
    heading, *rows = text.splitlines()
    lines = [f"{heading};CVR"]
    for row in rows:
        made, number = people.organisation(f"{row.partition(';')[0]} A/S", "company"), next(_cvr)
        Organisation.objects.filter(pk=made.pk).update(cvr=number)
        lines.append(f"{row};{number}")
    return "\n".join(lines)


def begin(page: Page, kind: str) -> Round:
    """Begin an allocation through its form."""
    page.goto(f"/fordelinger/ny/?slags={kind}")
    page.fill("[name=title]", "Prøven")
    page.locator("input[name=areas]").check(force=True)
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url("**/fordelinger/*/")
    return Round.objects.get()


def paste(page: Page, round_: Round, side: str, text: str) -> None:
    """Paste a list, look at how it was understood, and add it."""
    page.goto(f"/fordelinger/{round_.pk}/{side}/indsaet/")
    page.fill("[name=text]", text)
    page.locator("form.ms-form button.button-primary").click()
    page.locator("button[name=add]").click()
    page.wait_for_url(f"**/fordelinger/{round_.pk}/{side}/")


def make_links(page: Page, round_: Round, axe: Axe) -> None:
    """Say what the rows stand for, then make the links."""
    page.goto(f"/fordelinger/{round_.pk}/koblinger/")
    axe(page)
    page.locator("form[action$='/staar-for/'] button").click()
    page.goto(f"/fordelinger/{round_.pk}/")
    page.locator("form[action$='/udregn/'] button").click()
    page.goto(f"/fordelinger/{round_.pk}/koblinger/")
    page.locator("form:has([name=number]) button").click()
    page.wait_for_url(f"**/fordelinger/{round_.pk}/")


@pytest.mark.parametrize("viewport", ["phone"], indirect=True)  # wide: the projects of the seeds
def test_ten_classes_become_links(open_page: Open, axe: Axe, area: Area, anna: User) -> None:
    page = open_page()
    sign_in(page, anna.email)
    round_ = begin(page, "classes")
    axe(page)
    paste(page, round_, "oensker", rounds.CLASSES)
    paste(page, round_, "udbud", with_companies(rounds.COMPANIES))
    axe(page)
    page.goto(f"/fordelinger/{round_.pk}/")
    page.locator("form[action$='/udregn/'] button").click()
    page.wait_for_selector(".ms-ask")
    axe(page)
    # The price of a ban comes into the panel; it is said, shown, and taken back.
    page.locator(".ms-ask a[href$='hvad=ban']").first.click()
    page.wait_for_selector("#panel .ms-price")
    axe(page)
    assert not PairRule.objects.exists()
    page.locator("#panel form.ms-form button").click()
    page.wait_for_selector("#rules-heading")
    assert PairRule.objects.count() == 1
    with page.expect_navigation():
        page.locator("form[action$='/fortryd/'] button").click()
    assert not PairRule.objects.exists()
    make_links(page, round_, axe)
    axe(page)
    assert Link.objects.filter(origin=Origin.ROUND, area=area).count() == 10
    expect(page.locator(".ms-pair a[href^='/koblinger/']")).to_have_count(10)


@pytest.mark.parametrize("viewport", ["phone"], indirect=True)  # wide: the projects of the seeds
def test_153_computers_become_links_without_scripts(open_page: Open, anna: User) -> None:
    page = open_page(javascript=False)
    sign_in(page, anna.email)
    round_ = begin(page, "computers")
    paste(page, round_, "oensker", rounds.PROJECTS)
    paste(page, round_, "udbud", with_companies(rounds.LOTS))
    page.goto(f"/fordelinger/{round_.pk}/")
    page.locator("form[action$='/udregn/'] button").click()
    page.wait_for_selector(".ms-ask")
    round_.refresh_from_db()
    assert round_.proposal
    assert round_.proposal.answer["figures"]["given"] == 153
    page.locator(".ms-ask a[href*='/flyt/']").first.click()
    page.locator(".ms-other a").first.click()
    page.wait_for_selector(".ms-price")
    page.locator("form.ms-form button").click()
    page.wait_for_selector("#rules-heading")
    assert PairRule.objects.exists()
    make_links(page, round_, lambda _page: None)
    assert Link.objects.filter(origin=Origin.ROUND).exists()
