"""What waits in an area: idle offers and unanswered needs by age, each with the one step that would move it on."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.offers import hooks
from medspil.offers.hooks import Use
from medspil.offers.idle import NextStep, waiting
from medspil.offers.meeting import needs_for
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from tests.factories import offering, places

TODAY = offering.TODAY


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(db: None) -> Organisation:
    return offering.company()


def old(record: Offer | Need, days: int) -> None:
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=days)
    type(record)._default_manager.filter(pk=record.pk).update(created_at=moment)


def test_the_longest_wait_comes_first(area: Area, studio: Organisation, anna: User) -> None:
    young, aged = offering.offer(studio, area), offering.offer(studio, area)
    old(young, 3)
    old(aged, 90)
    said = offering.noted_down(studio, area.owner, area, said_on=TODAY - timedelta(days=30))
    first, second = places.need(area, "Ung"), places.need(area, "Gammel")
    old(first, 1)
    old(second, 8)
    found = waiting(area, user=anna, on=TODAY)
    assert [(row.offer.pk, row.days) for row in found.offers] == [(aged.pk, 90), (said.pk, 30), (young.pk, 3)]
    assert [(row.need.title, row.days) for row in found.needs] == [("Gammel", 8), ("Ung", 1)]


def test_what_is_in_use_or_answered_does_not_wait(area: Area, studio: Organisation, anna: User) -> None:
    used, free = offering.offer(studio, area), offering.offer(studio, area)
    served, alone = places.need(area, "Besvaret"), places.need(area, "Alene")

    def uses_of(offers: Collection[int], /, *, user: User | None) -> list[Use]:
        return [Use(used.pk, "link", "linking.link", 1, "Et samarbejde")] if used.pk in offers else []

    def answered_of(needs: Collection[int], /) -> set[int]:
        return {served.pk} & set(needs)

    with hooks.alone(uses={"linking": uses_of}, answers={"linking": answered_of}):
        found = waiting(area, user=anna, on=TODAY)
        assert [use.name for use in hooks.in_use(used)] == ["Et samarbejde"]
        assert hooks.in_use(free) == []
    assert [row.offer.pk for row in found.offers] == [free.pk]
    assert [row.need.pk for row in found.needs] == [alone.pk]


def test_each_offer_has_the_one_step_that_moves_it_on(area: Area, studio: Organisation, anna: User) -> None:
    places.need(area, "Fotoskole", ("photo_film",))
    places.need(area, "Frugt", ("catering", "venue"), starts_on=TODAY, ends_on=TODAY)
    steps = {
        offering.offer(studio, area).pk: NextStep.LINK,
        offering.offer(studio, area, renewed_on=date(2026, 1, 1)).pk: NextStep.ASK_AGAIN,
        offering.offer(studio, area, kind="legal_advice").pk: NextStep.DESCRIBE_NEED,
        offering.offer(studio, area, kind="venue", starts_on=TODAY + timedelta(days=9)).pk: NextStep.LOOK,
    }
    assert {row.offer.pk: row.step for row in waiting(area, user=anna, on=TODAY).offers} == steps


def test_each_need_has_the_one_step_that_moves_it_on(area: Area, studio: Organisation, anna: User) -> None:
    offering.offer(studio, area)
    steps = {
        places.need(area, "Fotoskole", ("photo_film",)).pk: NextStep.LINK,
        places.need(area, "Læsevenner", ("volunteer_time",)).pk: NextStep.SAY_HOST,
        places.need(area, "Jura", ("legal_advice",)).pk: NextStep.FIND_COMPANIES,
        places.need(area, "Uden").pk: NextStep.SAY_KINDS,
    }
    assert {row.need.pk: row.step for row in waiting(area, user=anna, on=TODAY).needs} == steps


def test_public_offers_are_an_areas_business_where_they_reach_it(area: Area, studio: Organisation, anna: User) -> None:
    x, y = area.x or 0.0, area.y or 0.0
    elsewhere = {"municipality": "0101"}
    here = {
        offering.offer(studio).pk,
        offering.offer(studio, whole_country=True, y=y + 90_000.0, **elsewhere).pk,
        offering.offer(studio, reach_km=50, y=y + 49_000.0, **elsewhere).pk,
        offering.offer(studio, y=y + 24_000.0, **elsewhere).pk,
        offering.offer(studio, x=None, y=None).pk,
    }
    offering.offer(studio, reach_km=1, x=x, y=y + 2_000.0)
    offering.offer(studio, y=y + 26_000.0, **elsewhere)
    offering.offer(studio, x=None, y=None, **elsewhere)
    offering.offer(studio, places.area(area.owner, name="Søndermarken"))
    assert {row.offer.pk for row in waiting(area, user=anna, on=TODAY).offers} == here


def test_a_full_area_is_read_in_a_fixed_number_of_queries(
    area: Area, studio: Organisation, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        offering.offer(studio, area, title=f"Studie {number}")
        places.need(area, f"Fotoskole {number}", ("photo_film",), challenge=places.challenge(area))
    with hooks.alone(), django_assert_max_num_queries(10):
        found = waiting(area, user=anna, on=TODAY)
    assert [row.meets for row in found.offers] == [12] * 12


def test_a_stranger_sees_nothing_waiting(area: Area, studio: Organisation, carl: User) -> None:
    offering.offer(studio, area)
    places.need(area, "Fotoskole", ("photo_film",))
    found = waiting(area, user=carl, on=TODAY)
    assert (found.offers, found.needs) == ((), ())


def test_what_an_offer_meets_is_what_its_own_page_says(area: Area, studio: Organisation, anna: User) -> None:
    there = places.area(area.owner, name="Søndermarken")
    offer = offering.offer(studio, area, there)
    hidden = offering.offer(studio, area)
    served, far = places.need(area, "Besvaret", ("photo_film",)), places.need(there, "Fotoskole", ("photo_film",))

    def answered_of(needs: Collection[int], /) -> set[int]:
        return {served.pk} & set(needs)

    with hooks.alone(answers={"linking": answered_of}):
        rows = {row.offer.pk: row for row in waiting(area, user=anna, on=TODAY).offers}
        page = {one.pk: [met.need.pk for met in needs_for(one, user=anna, on=TODAY)] for one in (offer, hidden)}
    assert {pk: row.meets for pk, row in rows.items()} == {pk: len(needs) for pk, needs in page.items()}
    assert set(page[offer.pk]) == {served.pk, far.pk}
    assert page[hidden.pk] == [served.pk]
    assert {row.step for row in rows.values()} == {NextStep.LINK}
