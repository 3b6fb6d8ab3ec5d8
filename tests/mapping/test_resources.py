"""What an area has: added with one line, changed without losing anybody's text, seen by those who work there."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.mapping.facts import ResourceRefused, review_on
from medspil.mapping.models import Consent, PlaceQuality, Resource, Scope
from medspil.mapping.places import PositionRefused
from medspil.mapping.services import (
    ConsentMissing,
    ConsentRefused,
    add_resource,
    bring_back,
    confirm,
    edit_resource,
    put_away,
)
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import companies, people, places
from tests.factories.resources import NOW, TODAY, consent, person, resource


def test_one_line_is_enough_and_the_same_form_sent_twice_makes_one(anna: User, area: Area) -> None:
    key = uuid4()
    facts: dict[str, Any] = {
        "area": area,
        "kind": "place",
        "name": "  Beboerhuset  ",
        "place": "7100 Vejle",
        "creation_key": key,
    }
    made = add_resource(by=anna, now=NOW, **facts)
    again = add_resource(by=anna, now=NOW, **facts)
    assert made.pk == again.pk
    assert (made.name, made.address, made.place_quality) == ("Beboerhuset", "7100 Vejle", PlaceQuality.POSTCODE)
    assert made.confirmed_on is None
    assert made.review_on == date(2027, 11, 22)
    assert [entry.action for entry in HistoryEntry.objects.of(made)] == ["created"]


def test_all_facts_can_be_told_and_changed_and_the_history_says_what_was_before(anna: User, area: Area) -> None:
    made = resource(area, anna, can_do="Fodbold for piger", kinds=["sports"], themes=["health"], when="tirsdage")
    changed = edit_resource(
        resource=made, expected_version=1, by=anna, now=NOW, can_do="Fodbold for alle", target_groups=["children"],
        review_months=6, place="Vejle",
    )  # fmt: skip
    assert (changed.version, changed.can_do, changed.target_groups) == (2, "Fodbold for alle", ["children"])
    assert changed.review_on == date(2027, 5, 22)
    told = HistoryEntry.objects.of(made)[0].changes
    assert told["can_do"] == ["Fodbold for piger", "Fodbold for alle"]
    assert told["address"] == ["", "Vejle"]


def test_two_who_change_the_same_field_do_not_lose_each_others_text(
    anna: User, area: Area, vejle: Organisation
) -> None:
    bo = people.member(vejle, Role.CASE_WORKER, name="Bo")
    made = resource(area, anna)
    edit_resource(resource=made, expected_version=1, by=bo, now=NOW, can_do="Bos ord")
    with pytest.raises(EditConflict):
        edit_resource(resource=made, expected_version=1, by=anna, now=NOW, can_do="Annas ord")
    edit_resource(resource=made, expected_version=1, by=anna, now=NOW, when="om aftenen")
    made.refresh_from_db()
    assert (made.can_do, made.when) == ("Bos ord", "om aftenen")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "aktiv"}, "kind"),
        ({"name": " \x00 "}, "name"),
        ({"kinds": ["magic"]}, "kinds"),
        ({"themes": ["magic"]}, "themes"),
        ({"target_groups": ["magic"]}, "target_groups"),
        ({"gifts": ["hand"]}, "gifts"),
        ({"ambassador": True}, "ambassador"),
    ],
)
def test_what_nobody_knows_is_refused_with_the_field_named(
    anna: User, area: Area, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(ResourceRefused) as refused:
        resource(area, anna, **({"name": "Klubben"} | facts))
    assert refused.value.field == field
    assert not Resource.objects.exists()


def test_numbers_of_persons_are_refused_in_every_text(anna: User, area: Area) -> None:
    texts: list[dict[str, Any]] = [
        {"name": "Ole 010190-1234"},
        {"can_do": "0101901234"},
        {"place": "0101901234"},
        {"when": "010190-1234"},
    ]
    for facts in texts:
        with pytest.raises(CprNumberFound):
            resource(area, anna, **facts)
    made = resource(area, anna)
    with pytest.raises(CprNumberFound):
        edit_resource(resource=made, expected_version=1, by=anna, now=NOW, place="010190-1234")
    with pytest.raises(CprNumberFound):
        put_away(resource=made, reason="010190-1234", by=anna, now=NOW)


def test_a_person_cannot_be_stored_without_consent_not_even_past_the_service(anna: User, area: Area) -> None:
    with pytest.raises(ConsentMissing):
        resource(area, anna, "Fatima", "person")
    with pytest.raises(ConsentRefused):
        person(area, anna, consent=consent(given_on=TODAY + timedelta(days=1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.create(area=area, kind="person", name="F", review_on=TODAY, created_at=NOW, updated_at=NOW)
    assert not Resource.objects.exists()


def test_a_person_comes_with_head_hand_and_heart_and_what_she_said_yes_to(anna: User, area: Area) -> None:
    made = person(area, anna, gifts=["hand", "heart"], ambassador=True, consent=consent(Scope.ON_MAP))
    said = Consent.objects.get(resource=made)
    assert (said.scope, said.said_to, said.given_on) == ([Scope.ON_MAP], anna, TODAY)
    assert list(Resource.objects.visible_to(anna).ambassadors()) == [made]
    with pytest.raises(ResourceRefused):
        edit_resource(resource=made, expected_version=1, by=anna, now=NOW, kind="association")


def test_nothing_becomes_a_person_afterwards(anna: User, area: Area) -> None:
    with pytest.raises(ResourceRefused):
        edit_resource(resource=resource(area, anna), expected_version=1, by=anna, now=NOW, kind="person")


def test_the_position_of_a_phone_is_more_exact_than_words(anna: User, area: Area) -> None:
    made = resource(area, anna, place="ved søen", position=(55.7113, 9.5364))
    assert made.place_quality == PlaceQuality.POINT
    assert made.address == "ved søen"
    assert made.x == pytest.approx(533_700, abs=500)
    with pytest.raises(PositionRefused):
        resource(area, anna, "Paris", position=(48.86, 2.35))


def test_who_may_see_the_area_sees_its_resources_and_strangers_do_not(anna: User, carl: User, area: Area) -> None:
    bo = people.organisation(name="Boligforeningen", kind="housing_association")
    area.partners.add(bo)
    reader, broker = (people.member(bo, role, name="Bo") for role in (Role.READER, Role.BROKER))
    made = resource(area, anna)
    for user in (anna, reader, broker):
        assert list(Resource.objects.visible_to(user)) == [made]
    assert not Resource.objects.visible_to(carl).exists()


def test_who_said_yes_to_no_map_is_seen_only_by_those_who_may_reach_people(
    anna: User, area: Area, vejle: Organisation
) -> None:
    reader = people.member(vejle, Role.READER, name="Bo")
    shy = person(area, anna, consent=consent(Scope.BY_CONTACT))
    seen = person(area, anna, "Bent", consent=consent(Scope.ON_MAP))
    assert set(Resource.objects.visible_to(anna)) == {shy, seen}
    assert set(Resource.objects.visible_to(reader)) == {seen}
    assert set(Resource.objects.visible_to(anna).for_map()) == {seen}
    assert not Resource.objects.visible_to(anna).for_print().exists()


def test_what_nobody_has_confirmed_for_long_is_stale_until_somebody_does(anna: User, area: Area) -> None:
    old = resource(area, anna, confirmed_on=date(2025, 11, 22))
    fresh = resource(area, anna, "Skolen", "institution", confirmed_on=date(2025, 11, 23))
    stale = Resource.objects.visible_to(anna).stale(TODAY)
    assert list(stale) == [old]
    assert old.is_stale(TODAY)
    assert not fresh.is_stale(TODAY)
    confirmed = confirm(resource=old, by=anna, now=NOW)
    assert (confirmed.confirmed_on, confirmed.review_on) == (TODAY, date(2027, 11, 22))
    assert not stale.all().exists()
    assert confirm(resource=confirmed, by=anna, now=NOW, on=date(2024, 1, 1)).confirmed_on == TODAY


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 11, 22), 60, date(2031, 11, 22)),
    ],
)
def test_months_are_counted_to_the_end_of_shorter_ones(day: date, months: int, then: date) -> None:
    assert review_on(day, months) == then


def test_a_resource_is_put_away_with_a_reason_and_comes_back(anna: User, area: Area) -> None:
    made = resource(area, anna)
    assert put_away(resource=made, reason="lukket", by=anna, now=NOW)
    assert not put_away(resource=made, reason="igen", by=anna, now=NOW)
    assert not Resource.objects.visible_to(anna).current().exists()
    assert Resource.objects.visible_to(anna).archived().get().archive_reason == "lukket"
    assert bring_back(resource=made, by=anna, now=NOW)
    assert not bring_back(resource=made, by=anna, now=NOW)
    assert Resource.objects.visible_to(anna).current().get().archive_reason == ""


def test_a_company_of_the_register_is_there_once_per_area(anna: User, area: Area, vejle: Organisation) -> None:
    smith = companies.unit()
    first = resource(area, anna, "Smedjen", "company", unit=smith)
    with pytest.raises((ResourceRefused, ValidationError)):
        resource(area, anna, "Smedjen igen", "company", unit=smith)
    put_away(resource=first, reason="", by=anna, now=NOW)
    resource(area, anna, "Smedjen", "company", unit=smith)
    with pytest.raises(ResourceRefused):
        bring_back(resource=first, by=anna, now=NOW)
    resource(places.area(vejle, name="Løget"), anna, "Smedjen", "company", unit=smith)
