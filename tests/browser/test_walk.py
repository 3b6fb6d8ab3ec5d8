"""The map of an area grows on a phone: one line, a list, a walk, a person who says yes, is asked, and takes it back."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Geolocation, Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from tests.browser.conftest import Axe, on_phone
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories import places, post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
HERE: Geolocation = {"latitude": 55.7139, "longitude": 9.5350, "accuracy": 12.0}
NAME = "Fatima Nielsen"
LIST = """Nordklubben; forening; Skolegade 4, 7100 Vejle
Foreningen Nordklubben; forening
Beboerhuset – sted"""


@pytest.fixture
def anna(live_server: object, settings: Any, tmp_path: Path) -> User:
    """Return Anna in a town with a register."""
    settings.INDEX_DIR = tmp_path / "index"
    return settle()


@pytest.fixture
def area(anna: User) -> Area:
    """Return Anna's area, with nothing on its map."""
    made = places.area(Organisation.objects.of(anna).get(), x=533_600.0, y=6_175_800.0)
    challenge = places.challenge(made, "Familier mangler overblik", theme="household_money")
    places.need(made, "En, der kan hjælpe med budget", ("money_advice",), challenge=challenge)
    return made


@on_phone
def test_the_map_grows_and_a_person_takes_her_yes_back(open_page: Open, axe: Axe, area: Area, anna: User) -> None:
    page = open_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)
    sign_in(page, anna.email)
    one_line(page, axe, area)
    a_list(page, axe, area)
    on_a_walk(page, area)
    fatima = a_person(page, axe, area)
    linked(page, area, fatima)
    address = asked_by_mail(page, fatima)
    page.context.clear_cookies()
    takes_it_back(page, axe, address)
    assert page.request.get(address).status == 410  # a link works once
    sign_in(page, anna.email)
    is_gone(page, area)


def one_line(page: Page, axe: Axe, area: Area) -> None:
    page.goto(f"/omraader/{area.pk}/")
    page.locator(f"a.ms-door[href='/omraader/{area.pk}/ressourcer/']").click()
    axe(page)
    expect(page.locator(".leaflet-tooltip").first).to_be_attached()
    expect(page.locator(".leaflet-tooltip[role=tooltip]")).to_have_count(0)  # words on a map are no tips of tools
    quick = page.locator("form.ms-quick")
    quick.locator("input[name=name]").fill("Bageren på hjørnet")
    quick.locator("select[name=kind]").select_option("company")
    quick.locator("input[name=address]").fill("7100 Vejle")
    with page.expect_navigation():
        quick.locator("button").click()
    assert Resource.objects.get().name == "Bageren på hjørnet"


def a_list(page: Page, axe: Axe, area: Area) -> None:
    """The same club under two names is pointed out; the person says that it is one."""
    page.goto(f"/omraader/{area.pk}/ressourcer/")
    page.locator(f"a[href='/omraader/{area.pk}/ressourcer/liste/']").click()
    page.fill("textarea[name=text]", LIST)
    page.locator("button[name=look]").click()
    expect(page.locator(".ms-preview .ms-asset")).to_have_count(3)
    axe(page)
    page.locator(".ms-same input:not([value=''])").first.check()
    with page.expect_navigation():
        page.locator("button[name=look]").click()
    with page.expect_navigation():
        page.locator("button[name=bring]").click()
    expect(page.locator(".ms-asset:not(.ms-asset--register) .ms-asset__name")).to_have_text(
        ["Bageren på hjørnet", "Beboerhuset", "Nordklubben"]
    )


def on_a_walk(page: Page, area: Area) -> None:
    page.goto(f"/omraader/{area.pk}/ressourcer/gaatur/")
    page.locator(".ms-tile input[value=place]").check()
    page.fill("input[name=name]", "Legepladsen")
    page.locator("button[data-locate=button]").click()
    expect(page.locator("input[name=latitude]")).not_to_have_value("")
    page.locator(".ms-walk__save button.button-primary").click()
    expect(page.locator(".ms-walked")).to_contain_text("Legepladsen")
    assert Resource.objects.get(name="Legepladsen").x


def a_person(page: Page, axe: Axe, area: Area) -> Resource:
    """Nothing is kept before the yes is ticked; then she is on the map, with an address for mails."""
    page.goto(f"/omraader/{area.pk}/ressourcer/person/")
    page.fill("input[name=name]", NAME)
    page.fill("textarea[name=can_do]", "Hjælper gerne andre med budget og breve.")
    page.fill("input[name=address]", "7100 Vejle")
    page.locator("form.ms-form button.button-primary").click()
    expect(page.locator(".alert-error, .error-summary").first).to_be_visible()
    assert not Resource.objects.filter(kind="person").exists()
    page.locator("input[name=agreed]").check()
    for box in page.locator("input[name=scope]").all():
        box.check()
    axe(page)
    with page.expect_navigation():
        page.locator("form.ms-form button.button-primary").click()
    fatima = Resource.objects.get(kind="person")
    page.goto(f"/ressourcer/{fatima.pk}/kontakter/ny/")
    for name, value in (("name", NAME), ("email", "fatima@example.org"), ("source", "sagt"), ("purpose", "aftaler")):
        page.fill(f"input[name={name}]", value)
    with page.expect_navigation():
        page.locator("form.ms-form button.button-primary").click()
    return fatima


def linked(page: Page, area: Area, fatima: Resource) -> None:
    """She takes part in a link, as everybody else."""
    page.goto(f"/koblinger/ny/?resource={fatima.pk}")
    expect(page.locator("#parties").get_by_label(NAME)).to_be_checked()
    page.locator("textarea[name=sentence]").fill("Budgethjælp i beboerhuset hver torsdag.")
    page.select_option("select[name=need]", label="En, der kan hjælpe med budget")
    with page.expect_navigation():
        page.locator("form.ms-form .button-primary").click()
    expect(page.locator("article.ms-party", has_text=NAME)).to_have_count(1)


def asked_by_mail(page: Page, fatima: Resource) -> str:
    page.goto(f"/ressourcer/{fatima.pk}/")
    with page.expect_navigation():
        page.locator("form[action$='/spoerg/'] button").click()
    found = re.search(r"/svar/[\w-]+/", str(post.sent()[-1].body))
    assert found
    return found[0]


def takes_it_back(page: Page, axe: Axe, address: str) -> None:
    """She opens the link without an account, sees what is noted, and lets it all be deleted."""
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Hjælper gerne andre")
    axe(page)
    page.locator("main details").last.locator("summary").click()
    with page.expect_navigation():
        page.locator("main button.button-warning").click()
    expect(page.locator("main form")).to_have_count(0)


def is_gone(page: Page, area: Area) -> None:
    """Her name is on no page and in no file any more; a row without a name is left for the count."""
    for path in (
        "ressourcer/",
        "ressourcer/?q=Fatima",
        "ressourcer/gennemgang/",
        "mangler/",
        "koblinger/",
        "netvaerk/",
        "",
    ):
        page.goto(f"/omraader/{area.pk}/{path}")
        assert NAME not in page.content(), path
    for path in ("ressourcer/hent.csv", "koblinger/hent.csv", "mangler/hent.csv"):
        told = page.request.get(f"/omraader/{area.pk}/{path}")
        assert told.ok, path
        assert NAME not in told.text(), path
    assert not Resource.objects.filter(name__contains="Fatima").exists()
