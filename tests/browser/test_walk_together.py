"""A walk with a company in a browser, on a phone: what is typed at a stop survives a bad net and becomes a link."""

from collections.abc import Callable
from math import dist
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from medspil.linking.models import Origin
from medspil.register.models import Unit
from medspil.walks.attending import add_ours
from medspil.walks.inviting import invite
from medspil.walks.models import Attendee, Coming, StopNote, Walk, WalkStop
from medspil.walks.stops import pick_stops
from tests.browser.conftest import Axe, on_phone
from tests.browser.furnished import furnish
from tests.browser.test_journey import sign_in
from tests.factories import links, places, walks
from tests.factories.people import NOW
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def put_on_the_map(page: Page, walk: Walk) -> None:
    """A stop is put on the map by a click, then moved with the keyboard; what is undone stays where it was."""
    page.goto(f"/gaature/{walk.pk}/stop/skriv/")
    page.locator("input[name=title]").fill("Springvandet")
    place = page.locator("[data-map-place] .ms-map__live")
    place.click(position={"x": 60, "y": 80})
    expect(page.locator("[data-place=said]")).not_to_be_empty()
    page.locator("form.ms-form .button-primary").click()
    stop = WalkStop.objects.get(title="Springvandet")
    assert stop.point
    assert walk.point
    assert 1 < dist(stop.point, walk.point) < 3_000
    page.goto(f"/gaatur-stop/{stop.pk}/")
    page.locator("[data-place=here]").press("Enter")
    page.locator("[data-place=undo]").press("Enter")
    expect(page.locator("input[name=latitude]")).to_have_value("")
    place.focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.locator("[data-place=here]").press("Enter")
    page.locator("form.ms-form .button-primary").click()
    moved = WalkStop.objects.get(pk=stop.pk)
    assert moved.point
    assert moved.point[0] > stop.point[0]


@on_phone
def test_what_is_typed_at_a_stop_survives_a_bad_net_and_becomes_a_link(
    open_page: Callable[..., Page], axe: Axe, live_server: object, settings: Any, tmp_path: Path
) -> None:
    use_folder(settings, tmp_path / "data")
    town = furnish(tmp_path)
    Unit.objects.filter(pk=town.kept.pk).update(protected=False)
    link = links.link(town.need, Unit.objects.get(pk=town.kept.pk), by=town.anna)
    walk = walks.walk(link, by=town.anna)
    pick_stops(walk=walk, challenges=[places.challenge(link.area)], by=town.anna, now=NOW)
    walks.stop(walk, "Torvet", 150, 0, by=town.anna, shower="En beboer")
    walks.per(walk, link.parties.get(unit=town.kept), by=town.anna)
    tokens: list[str] = []

    def keep(token: str) -> str:
        tokens.append(token)
        return token

    invite(walk=walk, by=town.anna, now=timezone.now(), address=keep)
    invited = open_page(javascript=False)
    invited.goto(f"/svar/gaatur/{tokens[0]}/")
    expect(invited.locator("main")).to_contain_text("Torvet")
    add_ours(walk=walk, person=town.anna, by=town.anna, now=NOW)
    page = open_page()
    page.goto(f"/svar/gaatur/{tokens[0]}/")
    axe(page)
    invited.locator("button[value=yes]").click()
    sign_in(page, town.anna.email)
    page.goto(f"/koblinger/{link.pk}/")
    page.locator("a[href$='/gaatur/']").click()
    axe(page)
    page.locator(".ms-walks a").click()
    axe(page)
    for part in ("stop/vaelg/", "stop/skriv/", "deltagere/", "ret/"):
        page.goto(f"/gaature/{walk.pk}/{part}")
        axe(page)
    page.goto(f"/gaature/{walk.pk}/undervejs/")
    axe(page)
    page.get_by_role("link", name="Unge mangler forbilleder").click()
    page.locator("textarea[name=text]").fill("De viser gerne to unge rundt.")
    page.locator("select[name=kind]").select_option("company_visit")
    page.reload()  # as after a page that did not come
    expect(page.locator("textarea[name=text]")).to_have_value("De viser gerne to unge rundt.")
    expect(page.locator("[data-kept-said]")).to_be_visible()
    axe(page)
    page.locator("form[data-kept] .button-primary").click()
    expect(page.locator(".ms-note")).to_contain_text("De viser gerne to unge rundt.")
    expect(page.locator("textarea[name=text]")).to_have_value("")
    made = StopNote.objects.get().made
    assert made
    assert made.origin == Origin.WALK
    assert Attendee.objects.get(user=None).answer == Coming.YES
    put_on_the_map(page, walk)
