"""The front page for everybody, and the first page of each role."""

import html
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Candidate
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Role
from medspil.web.home.work import work_of
from tests.factories import companies, people, places, rounds
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def first_page(person: User) -> str:
    response = people.signed_in(person).get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def kept(need: Need, **fields: object) -> Candidate:
    facts: dict[str, object] = {"decision": "kept", "created_at": places.NOW, "updated_at": places.NOW} | fields
    return Candidate.objects.create(need=need, unit=companies.unit(), **facts)


def test_everybody_sees_what_medspil_is_and_where_to_sign_in(client: Client) -> None:
    page = client.get(reverse("home"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert reverse("account_login") in page
    assert reverse("catalogue:list") in page
    assert [step for step in ("Map", "Link", "Mobilise") if f"<h3>{step}</h3>" not in page] == []


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_of_every_role_keeps_the_rules_of_the_house(vejle: Organisation, role: Role) -> None:
    area = places.area(vejle)
    kept(places.need(area), next_step="Ring", next_step_on=TODAY)
    assert troubles(first_page(people.member(vejle, role))) == []


def test_somebody_without_an_organisation_is_told_what_to_do(db: None) -> None:
    page = first_page(people.user("Nobody"))
    assert troubles(page) == []
    assert reverse("organisations:list") in page


def test_a_coordinator_sees_her_areas_with_their_next_step(anna: User, vejle: Organisation) -> None:
    told = {"kind": "social_housing", "description": "Blokke omkring en plads"}
    empty, described, ready = (places.area(vejle, name, **told) for name in ("A", "B", "C"))
    places.challenge(described)
    places.challenge(ready)
    places.need(ready)
    work = work_of(anna, abilities_anywhere(anna), today=TODAY)
    assert work.areas
    assert [card.area for card in work.areas] == [empty, described, ready]
    assert len({card.advice.text for card in work.areas if card.advice}) == 3


def test_an_area_has_the_same_next_step_on_the_first_page_as_on_its_own(anna: User, vejle: Organisation) -> None:
    area = places.area(vejle)
    with translation.override("da"):  # whatever language a page before was asked in
        cards = work_of(anna, abilities_anywhere(anna), today=TODAY).areas
    assert cards
    assert cards[0].advice
    page = people.signed_in(anna).get(reverse("areas:detail", args=[area.pk])).content.decode()
    assert cards[0].advice.text in html.unescape(page)


def test_a_need_nobody_ranked_waits_and_a_strangers_does_not(anna: User, carl: User, vejle: Organisation) -> None:
    need = places.need(places.area(vejle))
    places.need(places.area(Organisation.objects.of(carl).get(), "Fremmed"))
    work = work_of(anna, abilities_anywhere(anna), today=TODAY)
    assert [line.need for line in work.without_ranking] == [need]


def test_steps_that_are_late_or_due_soon_are_shown_and_only_ones_own(anna: User, vejle: Organisation) -> None:
    need = places.need(places.area(vejle))
    other = people.member(vejle, Role.CASE_WORKER, name="Bo")
    late = kept(need, owner=anna, next_step="Ring", next_step_on=TODAY - timedelta(days=40))
    free = kept(need, next_step="Skriv", next_step_on=TODAY)
    kept(need, owner=other, next_step="Besøg", next_step_on=TODAY)
    kept(need, owner=anna, next_step="Senere", next_step_on=TODAY + timedelta(days=60))
    kept(need, owner=anna, decision="set_aside", reason="too_far", next_step_on=TODAY)
    work = work_of(anna, abilities_anywhere(anna), today=TODAY)
    assert [line.step for line in work.due] == [late, free]


def test_a_company_contact_sees_what_the_register_says_of_her_company(vejle: Organisation) -> None:
    company = people.organisation("Havnens Smedje ApS", "company")
    Organisation.objects.filter(pk=company.pk).update(cvr="12345678")
    companies.unit(cvr="12345678", address="Havnegade 1")
    companies.unit("En anden", cvr="87654321")
    page = first_page(people.member(company, Role.COMPANY_CONTACT, name="Bo"))
    assert "Havnegade 1" in page
    assert "En anden" not in page


def test_a_reader_is_offered_nothing_she_may_not_do(vejle: Organisation) -> None:
    area = places.area(vejle)
    kept(places.need(area), next_step="Ring", next_step_on=TODAY)
    reader = people.member(vejle, Role.READER, name="Lis")
    work = work_of(reader, abilities_anywhere(reader), today=TODAY)
    assert work.areas
    assert (work.due, work.without_ranking, work.shortlists, work.people) == ([], [], [], [])
    assert not work.sees_imports


def test_a_broker_sees_the_allocations_she_runs_and_a_stranger_does_not(vejle: Organisation, carl: User) -> None:
    broker = people.member(vejle, Role.BROKER)
    round_ = rounds.begin(vejle, broker)
    board = reverse("rounds:board", args=[round_.pk])
    assert board in first_page(broker)
    assert board not in first_page(carl)


def test_an_administrator_looks_after_people_and_register(vejle: Organisation) -> None:
    admin = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    page = first_page(admin)
    assert reverse("organisations:add_person", args=[vejle.pk]) in page
    assert work_of(admin, abilities_anywhere(admin), today=TODAY).sees_imports
