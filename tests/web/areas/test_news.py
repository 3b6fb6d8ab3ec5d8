"""The pages of news near an area: notices, tabs and distances, the file, and a mark that only a POST moves."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, NewsRead
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import companies, people, places
from tests.factories.changes import applied_run, change
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
X, Y = 533_600.0, 6_174_800.0


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return an area with news around it: two new companies, one that moved here, one that ceased, far and near."""
    place, run = places.area(vejle), applied_run()
    change(run, "new", companies.unit("Bageren på Torvet", industry_text="Bagerforretninger", x=X + 900, y=Y))
    change(run, "new", companies.unit("Langt Væk ApS", x=X + 7_000, y=Y))
    moved = companies.unit("Flyttefirmaet", address="Torvet 9", protected=True, x=X, y=Y)
    change(run, "moved", moved, old_x=X + 90_000, old_y=Y, before="Havnegade 1, 7400 Herning")
    change(run, "ceased", companies.unit("Lukket Kiosk", status="ceased", x=X, y=Y + 1_000))
    return place


def page(client: Client, area: Area, query: str = "") -> str:
    response = client.get(reverse("areas:news", args=[area.pk]) + query, headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_what_happened_with_place_distance_and_protection(as_anna: Client, area: Area) -> None:
    html = page(as_anna, area)
    assert troubles(html) == []
    for text in ("Bageren på Torvet", "Bagerforretninger", "moved here", "from Havnegade 1, 7400 Herning"):
        assert text in html
    for text in ("in the area", "Protected from advertising", "300 m", "Since the last import"):
        assert text in html
    assert "Langt Væk" not in html


def test_distance_and_kind_are_chosen_in_the_address_and_nonsense_chooses_nothing(as_anna: Client, area: Area) -> None:
    assert "Langt Væk" in page(as_anna, area, "?km=10")
    closed = page(as_anna, area, "?kind=closed")
    assert "Lukket Kiosk" in closed
    assert "Bageren" not in closed
    assert page(as_anna, area, "?km=999&kind=x&page=-4&sort=name").count("<tr") == page(as_anna, area).count("<tr")


def test_looking_marks_nothing_and_the_button_does(as_anna: Client, anna: User, area: Area) -> None:
    html = page(as_anna, area)
    assert not NewsRead.objects.exists()
    upto = html.split('name="upto" value="')[1].split('"')[0]
    change(applied_run("later"), "new", companies.unit("Kom Siden ApS", x=X, y=Y))
    response = as_anna.post(reverse("areas:news_read", args=[area.pk]), {"upto": upto}, headers=ENGLISH, follow=True)
    html = response.content.decode()
    assert "Bageren" not in html
    assert "Kom Siden ApS" in html
    assert "Since you marked them as read" in html
    assert "Bageren" in page(as_anna, area, "?all=1")


@pytest.mark.parametrize("upto", ["", "x", "-1", "9" * 30, "1.5", "٣"])
def test_a_mark_that_is_no_number_moves_nothing(as_anna: Client, area: Area, upto: str) -> None:
    assert as_anna.post(reverse("areas:news_read", args=[area.pk]), {"upto": upto}).status_code == 302
    assert not NewsRead.objects.exists()


def test_the_file_holds_all_of_the_list_with_protection_and_source(as_anna: Client, area: Area) -> None:
    response = as_anna.get(reverse("areas:news_export", args=[area.pk]) + "?km=10", headers=ENGLISH)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["Company"]: (row["What"], row["Advertising protection"]) for row in rows} == {
        "Bageren på Torvet": ("new", "no"),
        "Langt Væk ApS": ("new", "no"),
        "Flyttefirmaet": ("moved here", "yes"),
        "Lukket Kiosk": ("ceased", "no"),
    }
    assert {row["Source"] for row in rows} == {"prøve"}
    assert response["Content-Disposition"].isascii()


def test_the_first_page_and_the_area_tell_of_the_news_in_one_line(as_anna: Client, area: Area) -> None:
    told = {
        reverse("home"): "3 changes among companies within 3 km",
        reverse("areas:detail", args=[area.pk]): "1 new, 1 moved here and 1 ceased or closing within 3 km.",
    }
    for address, words in told.items():
        html = as_anna.get(address, headers=ENGLISH).content.decode()
        assert words in html
        assert reverse("areas:news", args=[area.pk]) in html
    as_anna.post(reverse("areas:news_read", args=[area.pk]), {"upto": "999999"})
    assert "within 3 km" not in as_anna.get(reverse("home"), headers=ENGLISH).content.decode()


def test_who_may_not_look_companies_up_hears_nothing(area: Area, vejle: Organisation) -> None:
    friend = people.signed_in(people.member(vejle, Role.ASSOCIATION_CONTACT, name="Bo"))
    assert friend.get(reverse("areas:news", args=[area.pk])).status_code == 403
    for address in (reverse("home"), reverse("areas:detail", args=[area.pk])):
        assert reverse("areas:news", args=[area.pk]) not in friend.get(address).content.decode()


def test_a_stranger_finds_no_such_page(as_carl: Client, area: Area) -> None:
    assert as_carl.get(reverse("areas:news", args=[area.pk])).status_code == 404
    assert as_carl.post(reverse("areas:news_read", args=[area.pk]), {"upto": "1"}).status_code == 404


def test_empty_pages_teach(as_anna: Client, vejle: Organisation) -> None:
    for facts in ({}, {"x": None, "y": None, "municipality": ""}, {"x": None, "y": None}):
        assert troubles(page(as_anna, places.area(vejle, **facts))) == []


def test_a_long_list_has_pages_and_takes_no_more_queries(as_anna: Client, area: Area) -> None:
    def queries(query: str = "") -> int:
        with CaptureQueriesContext(connection) as asked:
            page(as_anna, area, query)
        return len(asked)

    few = queries()
    run = applied_run("another")
    for nth in range(60):
        change(run, "new", companies.unit(f"Nr. {nth}", x=X, y=Y))
    assert queries() == few
    assert page(as_anna, area, "?page=2&sort=-date").count("<tr") == 26
