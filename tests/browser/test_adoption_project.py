"""The adoption project as it is told: companies adopt school classes in Vejle and Esbjerg, from a challenge to links.

The toy maker takes three classes and the newspaper one, as in the story; all other numbers and people are made up.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkState, Origin
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from medspil.rounds.models import Round
from tests.browser.conftest import Axe
from tests.browser.test_journey import save, sign_in
from tests.browser.town import settle
from tests.factories import companies, offering, people, places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
CLASSES = """Klasse;Skole;Område;Klassetrin;Elever;Adresse
2.A;Nørremarksskolen;Nørremarken;2;22;7100 Vejle
2.B;Nørremarksskolen;Nørremarken;2;24;7100 Vejle
3.A;Nørremarksskolen;Nørremarken;3;21;7100 Vejle
2.X;Bakkeskolen;Østbyen;2;23;6705 Esbjerg Ø
2.Y;Bakkeskolen;Østbyen;2;20;6705 Esbjerg Ø"""


@dataclass(frozen=True, slots=True)
class Project:
    """Who takes part."""

    anna: User  # coordinator in Vejle
    berit: User  # broker of the companies' network
    lise: User  # speaks for the toy maker
    area: Area
    far: Area  # the area in Esbjerg


@pytest.fixture
def viewport() -> dict[str, int]:
    """Walk on a wide screen: the board is looked at on a phone elsewhere."""
    return {"width": 1280, "height": 900}


@pytest.fixture
def project(live_server: object, settings: Any, tmp_path: Path) -> Project:
    """Return two areas with their municipalities, three companies, and the network that brings them together."""
    settings.INDEX_DIR = tmp_path / "index"
    anna = settle()
    network = people.organisation("Virksomhedsnetværket", "network")
    esbjerg = people.organisation("Esbjerg Kommune")
    area = places.area(Organisation.objects.of(anna).get(), "Nørremarken", x=533_600.0, y=6_175_800.0)
    far = places.area(esbjerg, "Østbyen", municipality="0561", x=468_800.0, y=6_149_800.0)
    for one in (area, far):
        one.partners.add(network)
    challenge = places.challenge(far, "Børn ser for få fag", theme="employment")
    places.need(far, "Virksomheder, der adopterer en klasse", ("company_visit",), challenge=challenge)
    lego = company("LEGO", x=505_900.0, y=6_175_600.0, municipality="0530", postcode="7190", city="Billund")
    company("JydskeVestkysten", x=464_900.0, y=6_147_300.0, municipality="0561", postcode="6700")
    company("Vejle Brandvæsen", of=Unit.objects.get(name="Havnebyens Brandstation"))
    return Project(
        anna=anna,
        berit=people.member(network, Role.BROKER, "Berit"),
        lise=people.member(lego, Role.COMPANY_CONTACT, "Lise"),
        area=area,
        far=far,
    )


def company(name: str, *, of: Unit | None = None, **facts: Any) -> Organisation:
    """Make a company with its place of work in the register."""
    return offering.company(name, unit=of or companies.unit(name, **facts))


def test_the_adoption_project_from_a_challenge_to_a_no_taken_back(open_page: Open, axe: Axe, project: Project) -> None:
    page = open_page()
    sign_in(page, project.anna.email)
    say_what_is_missing(page, project.area)
    others_offer_one_class_each()
    as_next(page, project.lise)
    offer_three_classes(page, axe)
    as_next(page, project.berit)
    round_ = share_out(page, axe, project)
    lock_move_and_see_the_price(page, axe, round_)
    make_links(page, round_)
    yes_from_one(page, axe, project)
    no_from_another(page, axe)
    the_next_round_hears_the_no(page, round_)
    as_next(page, project.anna)
    the_ranking_hears_it_until_it_is_taken_back(page, axe, project)


def as_next(page: Page, person: User) -> None:
    page.context.clear_cookies()
    sign_in(page, person.email)


def say_what_is_missing(page: Page, area: Area) -> None:
    """From a challenge to what it takes, what nobody has, and a need of it."""
    page.goto(f"/omraader/{area.pk}/udfordringer/ny/")
    page.fill("input[name=title]", "Børn ser for få slags arbejde")
    page.select_option("select[name=theme]", "employment")
    save(page)
    page.goto(f"/omraader/{area.pk}/mangler/")
    page.locator("#unsaid ~ ul a").click()
    page.locator("input[value=company_visit]").check()
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url("**/mangler/*")
    page.locator("form[action$='/company_visit/behov'] button").click()
    page.wait_for_url("**/hvad/")
    page.fill("input[name=title]", "Virksomheder, der følger en klasse")
    save(page)
    assert Need.objects.get(area=area).challenge


def others_offer_one_class_each() -> None:
    for name in ("JydskeVestkysten", "Vejle Brandvæsen"):
        giver = Organisation.objects.get(name=name)
        offering.offer(giver, kind="company_visit", title="En klasse fra 2. til 9.", quantity=1, x=None, y=None)


def offer_three_classes(page: Page, axe: Axe) -> None:
    """The company itself says what it can give."""
    page.goto("/tilbud/nyt/")
    page.select_option("select[name=kind]", "company_visit")
    page.fill("input[name=title]", "Tre klasser fra 2. til 9.")
    page.fill("input[name=quantity]", "3")
    page.fill("input[name=unit]", "klasser")
    page.locator("input[name=audience][value=everybody]").check()
    axe(page)
    page.locator("form.ms-form button.button-primary").click()
    expect(page.locator("h1")).to_contain_text("Tre klasser fra 2. til 9.")
    assert Offer.objects.get(title="Tre klasser fra 2. til 9.").quantity == 3


def share_out(page: Page, axe: Axe, project: Project) -> Round:
    """The broker brings both sides together; what is short is explained."""
    page.goto("/fordelinger/")
    page.locator("a[href='/fordelinger/ny/?slags=classes']").click()
    page.fill("[name=title]", "Klasser 2010")
    for area in (project.area, project.far):
        page.locator(f"input[name=areas][value='{area.pk}']").check()
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url("**/fordelinger/*/")
    round_ = Round.objects.get()
    page.goto(f"/fordelinger/{round_.pk}/udbud/")
    page.locator("a[href$='/udbud/vaelg/']").click()
    expect(page.locator("input[name=chosen]:checked")).to_have_count(3)
    page.locator("main form button.button-primary").click()
    page.goto(f"/fordelinger/{round_.pk}/oensker/indsaet/")
    page.fill("[name=text]", CLASSES)
    page.locator("form.ms-form button.button-primary").click()
    page.locator("button[name=add]").click()
    page.goto(f"/fordelinger/{round_.pk}/")
    run(page, round_)
    short = page.locator(".ms-ask--none")  # the newspaper takes one of the two in Esbjerg; the others are too far away
    expect(short).to_have_count(1)
    expect(short.locator("h3")).to_have_text(re.compile("2.[XY]"))
    expect(short.locator(".ms-ask__why li").first).to_contain_text("JydskeVestkysten")
    axe(page)
    return round_


def run(page: Page, round_: Round) -> None:
    page.goto(f"/fordelinger/{round_.pk}/")
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("form[action$='/udregn/'] button").click()


def card_of(page: Page, name: str) -> Any:
    return page.locator(".ms-ask", has=page.locator("h3", has_text=name))


def giver_of(page: Page, name: str) -> Any:
    return card_of(page, name).locator(".ms-pair__who > strong:not(.badge)")


def lock_move_and_see_the_price(page: Page, axe: Axe, round_: Round) -> None:
    """A pair is locked, another is moved after a look at the price, and the lock holds."""
    # Plans that are equally good give LEGO the one class or the other: one that it has is locked.
    held = next(name for name in ("2.A", "3.A") if giver_of(page, name).inner_text().startswith("LEGO"))
    giver = giver_of(page, held).inner_text()
    card_of(page, held).locator(".ms-pair__do form button").click()
    expect(card_of(page, held).locator(".badge")).to_have_count(1)
    second = card_of(page, "2.B")
    before = giver_of(page, "2.B").inner_text()
    second.locator(".ms-pair__do a[href*='/flyt/']").click()
    page.locator("#panel .ms-other a").first.click()
    expect(page.locator("#panel .ms-price")).to_contain_text("2.B")
    axe(page)
    target = "Vejle Brandvæsen" if before.startswith("LEGO") else "LEGO"
    page.locator("#panel form.ms-form button").click()
    page.wait_for_url("**#asker-*")
    page.wait_for_load_state("networkidle")
    expect(giver_of(page, "2.B")).to_contain_text(target)
    run(page, round_)
    expect(giver_of(page, held)).to_have_text(giver)
    expect(giver_of(page, "2.B")).to_contain_text(target)


def make_links(page: Page, round_: Round) -> None:
    """What the classes stand for is said once for each area; then the links are made."""
    page.goto(f"/fordelinger/{round_.pk}/koblinger/")
    while page.locator("form[action$='/staar-for/']").count():
        with page.expect_navigation():
            page.locator("form[action$='/staar-for/'] button").first.click()
    run(page, round_)
    page.goto(f"/fordelinger/{round_.pk}/koblinger/")
    page.locator("form:has([name=number]) button").click()
    page.wait_for_url(f"**/fordelinger/{round_.pk}/")
    assert Link.objects.filter(origin=Origin.ROUND).count() == 4  # one for each class, two of them with LEGO


def link_with(name: str) -> Link:
    return Link.objects.filter(parties__organisation__name=name, origin=Origin.ROUND).order_by("pk")[0]


def yes_from_one(page: Page, axe: Axe, project: Project) -> None:
    """The toy maker is asked and says yes; where the link comes from stands on it."""
    link = link_with("LEGO")
    page.goto(f"/omraader/{project.area.pk}/koblinger/")
    page.locator(f"#link-{link.pk} .ms-board__sentence a").click()
    why = page.locator("section[aria-labelledby=why]")
    expect(why).to_contain_text("Den kom af en fordeling")
    why.locator("summary").click()
    expect(why.locator(".ms-why__line")).not_to_have_count(0)
    party = link.parties.get(organisation__name="LEGO")
    page.locator(f"form[action$='/part/{party.pk}/spurgt'] button").click()
    page.locator(f"form[action$='/part/{party.pk}/ja'] button").click()
    expect(page.locator(f"#party-{party.pk} .badge-success")).to_be_visible()
    axe(page)
    assert Link.objects.get(pk=link.pk).state == LinkState.INTERESTED


def no_from_another(page: Page, axe: Axe) -> None:
    """The fire brigade cannot take classes at all: not for this kind of resource."""
    link = link_with("Vejle Brandvæsen")
    party = link.parties.get(organisation__name="Vejle Brandvæsen")
    page.goto(f"/koblinger/{link.pk}/")
    page.locator(f"form[action$='/part/{party.pk}/spurgt'] button").click()
    expect(page.locator(f"form[action$='/part/{party.pk}/ja']")).to_be_visible()
    page.locator(f"a[href$='/part/{party.pk}/nej/']").click()
    page.locator("input[name=reason][value=wrong_kind]").check()
    page.select_option("select[name=kind]", "company_visit")
    page.fill("textarea[name=words]", "Vi har besøg nok på stationen i år.")
    axe(page)
    page.locator("form.ms-refuse .button-primary").click()
    page.wait_for_url(f"**/koblinger/{link.pk}/")
    expect(page.locator("section[aria-labelledby=refusals]")).to_contain_text("Vi har besøg nok")
    assert Link.objects.get(pk=link.pk).state == LinkState.TURNED_DOWN


def the_next_round_hears_the_no(page: Page, round_: Round) -> None:
    """What is begun after this round does not propose the fire brigade, and says why."""
    page.goto(f"/fordelinger/{round_.pk}/")
    page.locator(f"a[href='/fordelinger/ny/?efter={round_.pk}']").click()
    page.fill("[name=title]", "Klasser 2011")
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url(lambda url: f"/{round_.pk}/" not in url and "/ny/" not in url)
    following = Round.objects.latest("pk")
    run(page, following)
    pairs = page.locator(".ms-ask .ms-pair__who > strong:not(.badge)").all_inner_texts()
    assert {name.partition(":")[0] for name in pairs} == {"LEGO", "JydskeVestkysten"}
    page.goto(page.locator(".ms-ask a[href*='/flyt/']").first.get_attribute("href") or "")
    expect(page.locator(".ms-other--not", has_text="Vejle Brandvæsen")).to_have_count(1)


def the_ranking_hears_it_until_it_is_taken_back(page: Page, axe: Axe, project: Project) -> None:
    """The coordinator sees who said no to her need's kind, takes it back, and the company is proposed again."""
    need = Need.objects.get(area=project.area)
    page.goto(f"/behov/{need.pk}/")
    page.locator("main form[action$=find] button").first.click()
    page.wait_for_url("**/virksomheder/")
    names = page.locator("main li.ms-rank")
    expect(names.filter(has_text="Havnebyens Brandstation")).to_have_count(0)
    refused = page.locator("details.ms-refused")
    refused.locator("summary").click()
    expect(refused).to_contain_text("Vejle Brandvæsen")
    axe(page)
    with page.expect_navigation():
        refused.locator("form button").click()
    expect(page.locator("details.ms-refused")).to_have_count(0)
    page.goto(f"/behov/{need.pk}/virksomheder/?all=1")
    expect(page.locator("main li.ms-rank", has_text="Havnebyens Brandstation")).to_have_count(1)
    assert link_with("Vejle Brandvæsen").state == LinkState.ASKED
