"""A coordinator brings a download of the business register in on the page, and sees what that changed near her area."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from medspil.areas.models import Area
from medspil.organisations.models import Organisation
from medspil.register.models import ImportRun, ImportState
from medspil.register.services import apply, compare
from tests.browser.conftest import Axe
from tests.browser.test_journey import save, sign_in
from tests.browser.town import settle
from tests.factories import places
from tests.factories.datafordeler import Download, received
from tests.factories.jobs import work
from tests.factories.registers import use_folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
SOURCE = "Erhvervsregistret"
UNITS, FIRST = 8, 1_500_000_001


@pytest.fixture
def area(live_server: object, settings: Any, tmp_path: Path) -> Area:
    """Return Anna's area in a town whose register has been brought in once."""
    use_folder(settings, tmp_path / "data")
    anna = settle()
    run = received(download(UNITS).write(tmp_path / "first", packing="zip").values(), source=SOURCE)
    apply(run=compare(run=run, clock=long_ago), clock=long_ago)
    return places.area(Organisation.objects.of(anna).get())


def download(units: int) -> Download:
    """Return a download of some companies in Havnegade in Vejle."""
    made = Download()
    for nth in range(units):
        cvr = str(20_000_000 + nth)
        made.company(cvr, name=f"Firma {nth} ApS")
        house = UUID(int=FIRST + nth)
        made.unit(FIRST + nth, cvr, name=f"Sted {nth}, Vejle", address={"Adresse": str(house)})
        made.door(house, 533_600 + 100 * nth, 6_174_000)
    return made


def long_ago() -> datetime:
    """Return a moment before the one at which the page brings the second download in."""
    return datetime(2026, 1, 1, 10, 0, tzinfo=UTC)


def a_week_later() -> Download:
    """Return a download in which one company is new, one is protected now, and one has ceased."""
    later = download(UNITS + 1)
    protected = [row for row in later.rows["Reklamebeskyttelse"] if row["CVREnhedsId"] == f"4{FIRST + 1}"]
    ceased = [row for row in later.rows["Produktionsenhed"] if row["pNummer"] == str(FIRST + 2)]
    protected[0]["vaerdi"] = "true"
    ceased[0]["produktionsenhedOphoersdato"] = "2026-11-10"
    return later


def test_from_the_zipped_files_of_a_download_to_the_news_of_an_area(
    open_page: Open, axe: Axe, area: Area, tmp_path: Path
) -> None:
    page = open_page()
    sign_in(page, area.owner.memberships.get().user.email)
    page.goto("/virksomheder/register/")
    page.locator("main a[href$='/import/ny/']").first.click()
    page.set_input_files("input[name=file]", list(a_week_later().write(tmp_path / "later", packing="zip").values()))
    page.fill("input[name=source]", SOURCE)
    page.fill("input[name=source_date]", "2026-11-15")
    page.check("input[name=complete]")
    save(page)
    run = ImportRun.objects.get(state=ImportState.UPLOADED)
    import_page = reverse("register:import", args=[run.pk])

    while_away(page, import_page)
    axe(page)
    expect(page.locator(".ms-lead")).to_be_visible()
    with page.expect_navigation():
        page.locator("form.ms-apply button.button-primary").click()
    while_away(page, import_page)
    axe(page)
    run.refresh_from_db()
    assert (run.state, run.added, run.changed, run.rejected) == (ImportState.APPLIED, 1, 2, 0)

    page.goto("/virksomheder/register/")
    expect(page.locator("main")).to_contain_text(SOURCE)
    axe(page)
    page.goto(f"/omraader/{area.pk}/")
    page.locator(f"main a[href^='/omraader/{area.pk}/virksomheder/']").first.click()
    for name in (f"Sted {UNITS}, Vejle", "Sted 1, Vejle", "Sted 2, Vejle"):
        expect(page.locator("main table")).to_contain_text(name)
    axe(page)


def while_away(page: Page, back: str) -> None:
    """Let the worker do its jobs while nobody looks: here it shares one database connection with the site."""
    page.goto("about:blank")
    work()
    page.goto(back)
