"""From a challenge to what it takes, what nobody has, and a need with its host: accessible on every screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.catalogue.services import load_cases
from medspil.mapping.models import Competence
from medspil.organisations.models import Organisation
from tests.browser.conftest import Axe, on_phone
from tests.browser.crawl import look_at
from tests.browser.test_journey import sign_in
from tests.browser.town import settle
from tests.factories import offering, places
from tests.factories.resources import TODAY, person, resource

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
TAKES = {
    "Kvarteret omtales kun for det dårlige": ("image", ("photo_film", "journalism", "press_visibility", "premises")),
    "Unge kender få fag og har ingen fritidsjob": ("employment", ("after_school_job", "company_visit", "mentoring")),
    "Familier mangler overblik over økonomien": ("household_money", ("money_advice", "premises", "business_advice")),
    "Uro omkring torvet om aftenen": ("safety", ("club_leader", "first_aid_safety", "architecture_urban")),
}


@pytest.fixture
def town(live_server: object, settings: Any, tmp_path: Path) -> tuple[User, Area]:
    """Return Anna and her area, where some of what its challenges take is there and some is not."""
    settings.INDEX_DIR = tmp_path / "index"
    anna = settle()
    load_cases(published_on=TODAY)
    home = Organisation.objects.of(anna).get()
    area = places.area(home, x=533_600.0, y=6_175_800.0, kind="social_housing", description="Tre afdelinger")
    for title, (theme, kinds) in TAKES.items():
        challenge = places.challenge(area, title, theme=theme)
        for kind in kinds:
            note = "En, der kan undervise børn" if kind == "photo_film" else ""
            Competence.objects.create(challenge=challenge, kind=kind, note=note)
        if theme == "safety":
            places.need(area, "Voksne til drengeklubben", kinds=("club_leader",), challenge=challenge)
    places.challenge(area, "Ensomme ældre på Løget", theme="health")
    resource(area, anna, "Fotoklubben Skarpt og Klart", kinds=["photo_film"], confirmed_on=TODAY)
    resource(area, anna, "Beboerhuset", "place", kinds=["premises"])
    resource(area, anna, "Boldklubben Nord", kinds=[])
    person(area, anna, "Fatima Nielsen", kinds=["mentoring", "money_advice"], confirmed_on=TODAY)
    offering.offer(offering.company("Fjordbanken"), area, kind="money_advice", title="Rådgivere en aften om ugen")
    return anna, area


def test_what_is_missing_is_seen_and_made_a_need(open_page: Open, axe: Axe, town: tuple[User, Area]) -> None:
    anna, area = town
    page = open_page()
    sign_in(page, anna.email)
    look_at(page, axe, f"/omraader/{area.pk}/")
    look_at(page, axe, f"/omraader/{area.pk}/mangler/")
    assert page.locator(".ms-matrix:visible").count() == 1
    page.locator("a.ms-chip[href*='cover=nobody']").click()
    page.wait_for_url("**cover=nobody**")
    missing = sum(len(kinds) for _theme, kinds in TAKES.values()) - 6  # what town() put there, asked for, or offered
    expect(page.locator("table tbody tr")).to_have_count(missing)
    expect(page.locator("form[action$='/behov']")).to_have_count(missing)
    axe(page)
    page.locator("form[action*='/journalism/behov'] button").click()
    page.wait_for_url("**/hvad/")
    axe(page)
    need = Need.objects.get(resources__kind="journalism")
    assert page.locator("textarea[name=text]").input_value().replace("\r\n", "\n") == need.text
    folds_on_a_phone(page, axe, area, need)


def folds_on_a_phone(page: Page, axe: Axe, area: Area, need: Need) -> None:
    """See area and need on a phone: folded to what is inside, and a map that has its size when it is opened."""
    page.set_viewport_size({"width": 360, "height": 740})
    for path, part in ((f"/omraader/{area.pk}/", "map"), (f"/behov/{need.pk}/", "answers")):
        page.goto(path)
        expect(page.locator(f"#{part}")).not_to_be_visible()
        page.locator(f".ms-onpage a[href='#{part}']").click()
        expect(page.locator(f"#{part}")).to_be_visible()
        if part == "map":
            expect(page.locator("#map .leaflet-container path").first).to_be_visible()
        axe(page)


def test_a_challenge_is_told_what_it_takes_with_the_help_of_proposals(
    open_page: Open, axe: Axe, town: tuple[User, Area]
) -> None:
    anna, _area = town
    challenge = Challenge.objects.get(theme="health")
    page = open_page(javascript=False)
    sign_in(page, anna.email)
    page.goto(f"/udfordringer/{challenge.pk}/kompetencer/")
    page.locator("input[value=health_guidance]").check()
    page.locator("input[name=note-health_guidance]").fill("En sygeplejerske, der kommer hjem")
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url("**/mangler/*")
    assert Competence.objects.get(challenge=challenge).note.startswith("En sygeplejerske")


@on_phone
def test_a_need_for_volunteers_asks_who_receives_them(open_page: Open, axe: Axe, town: tuple[User, Area]) -> None:
    anna, area = town
    need = Need.objects.get(title="Voksne til drengeklubben")
    page = open_page()
    sign_in(page, anna.email)
    for path in (f"/omraader/{area.pk}/behov/nyt/", f"/behov/{need.pk}/vis-til-virksomheder/"):
        look_at(page, axe, path)
    challenge = Challenge.objects.get(theme="image")
    look_at(page, axe, f"/udfordringer/{challenge.pk}/kompetencer/")
    look_at(page, axe, f"/behov/{need.pk}/modtager/")
    page.locator("input[name=host][value='0']").check()
    page.locator("input[name=host_name]").fill("Drengeklubben i kælderen")
    page.locator("input[name=host_capacity]").fill("3")
    page.locator("textarea[name=good_day]").fill("Vi bygger sæbekasser fra tre til fem og spiser sammen.")
    page.locator("input[name=hosted_on]").fill("2026-11-01")
    page.locator("form.ms-form button.button-primary").click()
    page.wait_for_url(f"**/behov/{need.pk}/")
    axe(page)
    page.locator(".ms-onpage a[href='#answers']").click()
    expect(page.locator("#answers")).to_contain_text("Drengeklubben i kælderen")
    expect(page.locator("#answers")).to_be_visible()
