"""The page that tells which of one's needs fit a company: the rankings' own reasons, and nothing of strangers."""

import html
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import shortlist
from medspil.linking.models import Candidate
from medspil.linking.services import ask
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_unit
from medspil.register.models import Unit
from medspil.web.linking.rows import shown
from tests.factories import people, places, rankings
from tests.factories.people import NOW
from tests.factories.profiles import answer
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db


def address(unit: Unit) -> str:
    return reverse("linking:company_needs", args=[unit.number])


def page_of(person: User, unit: Unit) -> str:
    response = people.signed_in(person).get(address(unit))
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_the_reasons_are_those_of_the_needs_own_ranking(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    answer(of_unit(units["photo"]), vejle, Topic.GLOBAL_COMPACT, anna, "yes")
    with translation.override("da"):
        row = shown(ask(need=need, by=None, now=NOW).answer["units"][0])
    page = page_of(anna, units["photo"])
    assert troubles(page) == []
    for reason in row.reasons:
        if reason.criterion != "commitment":  # that one names who looked, which a stored row does not
            assert reason.text in page
    assert row.points in page
    assert anna.name in page
    assert reverse("linking:ranking", args=[need.pk]) in page


def test_needs_of_strangers_are_neither_shown_nor_counted(units: dict[str, Unit], need: Need, carl: User) -> None:
    own = Organisation.objects.of(carl).get()
    page = page_of(carl, units["photo"])
    assert need.title not in page
    assert reverse("areas:list") in page
    places.need(places.area(own, "Vest", x=rankings.CENTRE[0], y=rankings.CENTRE[1]), title="Carls behov")
    page = page_of(carl, units["photo"])
    assert "Carls behov" in page
    assert need.title not in page


def test_somebody_who_may_not_rank_there_sees_no_need_of_that_area(
    units: dict[str, Unit], need: Need, vejle: Organisation, carl: User
) -> None:
    people.member(vejle, Role.READER, name="Rikke")
    reader = User.objects.get(name="Rikke")
    assert people.signed_in(reader).get(address(units["photo"])).status_code == 403
    own = Organisation.objects.of(carl).get()
    both = people.member(own, Role.COORDINATOR, name="Birk")
    vejle.memberships.create(user=both, role=Role.READER, started_on=NOW.date())
    assert need.title not in page_of(both, units["photo"])


def test_keeping_from_here_comes_back_here(units: dict[str, Unit], need: Need, anna: User) -> None:
    browser = people.signed_in(anna)
    keep = reverse("linking:keep", args=[need.pk, units["photo"].number])
    assert f'action="{keep}"' in page_of(anna, units["photo"])
    response = browser.post(keep, {"version": 0, "back": "company"})
    assert response["Location"] == address(units["photo"])
    kept = Candidate.objects.get()
    page = page_of(anna, units["photo"])
    assert f'action="{keep}"' not in page
    assert reverse("linking:change", args=[kept.pk]) in page


def test_a_protected_company_has_no_needs_and_the_page_says_why(units: dict[str, Unit], need: Need, anna: User) -> None:
    response = people.signed_in(anna).get(address(units["protected"]), headers={"accept-language": "en"})
    page = response.content.decode()
    assert need.title not in page
    assert "1 need: the company is protected from advertising." in page


def test_a_need_that_set_the_company_aside_is_counted_and_not_shown(
    units: dict[str, Unit], need: Need, anna: User
) -> None:
    number = units["photo"].number
    shortlist.set_aside(need=need, number=number, reason="too_far", note="", expected_version=0, by=anna, now=NOW)
    page = people.signed_in(anna).get(address(units["photo"]), headers={"accept-language": "en"}).content.decode()
    assert need.title not in page
    assert "1 need: you set the company aside for it." in page


def test_without_an_index_the_page_says_so(
    units: dict[str, Unit], need: Need, anna: User, settings: Settings, tmp_path: Path
) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    assert "medspil register index" in page_of(anna, units["photo"])


def test_the_pages_of_the_company_lead_here(units: dict[str, Unit], need: Need, anna: User) -> None:
    browser, unit = people.signed_in(anna), units["photo"]
    for start in (
        reverse("register:detail", args=[unit.number]),
        reverse("profiles:detail", args=[of_unit(unit).ref]),
    ):
        assert address(unit) in browser.get(start).content.decode()


def test_more_needs_cost_no_more_queries(units: dict[str, Unit], need: Need, anna: User, vejle: Organisation) -> None:
    answer(of_unit(units["photo"]), vejle, Topic.GLOBAL_COMPACT, anna, "yes")
    browser = people.signed_in(anna)
    browser.get(address(units["photo"]))
    with CaptureQueriesContext(connection) as few:
        browser.get(address(units["photo"]))
    for number in range(8):
        area = places.area(vejle, f"Område {number}", x=rankings.CENTRE[0], y=rankings.CENTRE[1])
        places.need(area, title=f"Fotoskole {number}", kinds=("photo_film",))
    browser.get(address(units["photo"]))
    with CaptureQueriesContext(connection) as many:
        assert browser.get(address(units["photo"])).content.decode().count("ms-rank__head") >= 9
    assert len(many) == len(few)
