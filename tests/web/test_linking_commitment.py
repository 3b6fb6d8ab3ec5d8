"""The ranking says what is known of a company's commitment: the answer, its source, its day and who looked."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Run
from medspil.organisations.forgetting import forget_person
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_unit
from medspil.register.models import Unit
from medspil.web.linking.reasons import fairness
from tests.factories import people, rankings
from tests.factories.people import NOW
from tests.factories.profiles import answer, partnership, themes

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(db: None, settings: Settings, tmp_path: Path) -> dict[str, Unit]:
    return rankings.register(settings, tmp_path)


@pytest.fixture
def need(vejle: Organisation) -> Need:
    return rankings.photo_need(vejle)


def page(client: Client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def ranking(client: Client, need: Need) -> str:
    return page(client, reverse("linking:ranking", args=[need.pk]))


def test_each_fact_says_where_it_comes_from(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User, vejle: Organisation
) -> None:
    company = of_unit(units["photo"])
    answer(company, vejle, Topic.CSR, anna, "yes", text="KANARIE i teksten")
    answer(company, vejle, Topic.THEMES, anna, details=themes(education="Skoler"))
    answer(company, vejle, Topic.VOLUNTEERING, anna, "unknown")
    answer(company, vejle, Topic.PARTNERSHIPS, anna, details={"partnerships": [partnership()]})
    html = ranking(as_anna, need)
    for said in (
        "CSR strategy: yes (the annual report, 3 May 2026, Anna).",
        "Education and life chances (the annual report, 3 May 2026, Anna).",
        "Employee volunteering: could not find out (the annual report, 3 May 2026, Anna).",
        "1 earlier partnership (the annual report, 3 May 2026, Anna).",
    ):
        assert said in html
    assert "KANARIE" not in html
    assert "We know nothing of its social commitment yet" in html  # of the others


def test_a_fact_older_than_a_year_asks_to_be_looked_at_again(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User, vejle: Organisation
) -> None:
    answer(of_unit(units["photo"]), vejle, Topic.CSR, anna, "yes", checked_on=date(2020, 5, 3))
    assert "CSR strategy: yes (the annual report, 3 May 2020, Anna; check again)." in ranking(as_anna, need)


def test_own_words_are_named_without_the_person_who_wrote_them(
    units: dict[str, Unit], need: Need, as_anna: Client, vejle: Organisation
) -> None:
    studio = people.organisation(name="Lysets Fotostudie ApS", kind="company")
    Organisation.objects.filter(pk=studio.pk).update(cvr=units["photo"].cvr)
    studio.refresh_from_db()
    bo = people.member(studio, Role.COMPANY_CONTACT, name="Bodil")
    answer(of_unit(units["photo"]), studio, Topic.CSR, bo, "yes", source="company")
    html = ranking(as_anna, need)
    assert "CSR strategy: yes (the company itself, 3 May 2026)." in html
    assert "Bodil" not in html


def test_a_saved_ranking_and_the_shortlist_say_it_too_and_forget_a_name(
    units: dict[str, Unit], need: Need, as_anna: Client, vejle: Organisation
) -> None:
    lone = people.member(vejle, Role.CASE_WORKER, name="Lone Kollega")
    answer(of_unit(units["photo"]), vejle, Topic.CSR, lone, "yes")
    as_anna.post(reverse("linking:keep", args=[need.pk, units["photo"].number]), {"version": 0})
    ways = [reverse("linking:run", args=[Run.objects.get().pk]), reverse("linking:shortlist", args=[need.pk])]
    assert ["3 May 2026, Lone Kollega" in page(as_anna, way) for way in ways] == [True, True]
    assert "Lone" not in str(Run.objects.get().answer)
    forget_person(user=lone, by=None, now=NOW)
    assert ["Lone" in page(as_anna, way) for way in ways] == [False, False]


def test_the_queries_of_the_ranking_do_not_grow(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User, vejle: Organisation
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            ranking(as_anna, need)
        return len(asked)

    answer(of_unit(units["photo"]), vejle, Topic.CSR, anna, "yes")
    few = queries()
    for name in ("bank", "film", "smith", "club"):
        answer(of_unit(units[name]), vejle, Topic.CSR, anna, "yes")
    assert queries() == few


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Has not been approached in the last year."),
        ({"recent_approaches": 1}, "Has been approached 1 time in the last year."),
        (
            {"recent_approaches": 3, "open_offers": 2},
            "Has been approached 3 times in the last year. Has 2 open offers.",
        ),
    ],
)
def test_fairness_says_how_often_a_company_was_approached_and_what_it_offers(
    facts: dict[str, int], sentence: str
) -> None:
    with translation.override("en"):
        assert fairness({"profile": facts}) == sentence
