"""What waits in an area: the plot, both tables with one button a row, and the files."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from medspil.areas.models import Area
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.web.offers.ages import SPANS, ages
from tests.factories import companies, offering, people, places

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(db: None) -> Organisation:
    return offering.company()


def page(client: Client, area: Area) -> str:
    answer = client.get(reverse("offers:area", args=[area.pk]), headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_row_has_the_button_that_moves_it_on(area: Area, studio: Organisation, as_anna: Client) -> None:
    met, jura = (
        places.need(area, title, (kind,)) for title, kind in (("Foto", "photo_film"), ("Jura", "legal_advice"))
    )
    offer = offering.offer(studio, area)
    noted = offering.noted_down(studio, area.owner, area, renewed_on=date(2025, 1, 1), kind="transport")
    lone = offering.offer(studio, area, kind="stage_music")
    shown = page(as_anna, area)
    assert f"/koblinger/ny/?need={met.pk}&amp;offer={offer.pk}" in shown
    assert reverse("linking:find", args=[jura.pk]) in shown
    assert reverse("offers:renew", args=[noted.pk]) in shown
    assert reverse("areas:need_create", args=[area.pk]) in shown
    assert reverse("offers:detail", args=[lone.pk]) in shown


def test_a_reader_sees_what_waits_and_no_button_she_may_not_press(
    area: Area, vejle: Organisation, studio: Organisation
) -> None:
    places.need(area, "Foto", ("photo_film",))
    offering.offer(studio, area)
    shown = page(people.signed_in(people.member(vejle, Role.READER, name="Lis")), area)
    assert "/koblinger/ny/" not in shown
    assert "See the offer" in shown
    assert "See the need" in shown


def test_the_files_hold_both_lists_and_tell_of_protection(area: Area, as_anna: Client) -> None:
    places.need(area, "=Foto", ("photo_film",))
    shielded = offering.company("Fredet Foto", unit=companies.unit("Fredet Foto", protected=True))
    offering.noted_down(shielded, area.owner, area, title="Et studie")
    address = reverse("offers:area_export", args=[area.pk, "csv"])
    text = as_anna.get(address, headers=ENGLISH).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["What waits"], row["In one line"], row["Advertising protection"]) for row in rows] == [
        ("offer", "Et studie", "yes"),
        ("need", "'=Foto", ""),
    ]
    assert "Ejeren, på telefon" in rows[0]["Who said it"]
    book = as_anna.get(reverse("offers:area_export", args=[area.pk, "xlsx"]))
    assert load_workbook(io.BytesIO(book.content)).worksheets[0].max_row == 3
    assert as_anna.get(reverse("offers:area_export", args=[area.pk, "exe"])).status_code == 404


def test_an_empty_area_says_what_belongs_there(area: Area, as_anna: Client) -> None:
    shown = page(as_anna, area)
    assert "Nothing waits here yet" in shown
    assert "For example" in shown
    assert reverse("offers:choose") in shown


def test_the_plot_counts_every_wait_once() -> None:
    days = [0, 30, 31, 91, 92, 182, 183, 365, 366, 4_000]
    with translation.override("en"):
        drawn = ages(days, [])
    assert [span.offers for span in drawn.spans] == [2] * len(SPANS)
    assert "2 offers, 0 needs" in drawn.text
