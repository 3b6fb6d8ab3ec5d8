"""Offers and needs meet in both directions: the same sum, the right of whoever looks, what is left out is counted."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.offers import hooks
from medspil.offers.fit import Much, Place, Side, barrier
from medspil.offers.hooks import Refusal
from medspil.offers.meeting import Barrier, Meetings, meet, needs_for, offered, offers_for
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from tests.factories import companies, offering, people, places

TODAY = offering.TODAY


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(db: None) -> Organisation:
    companies.unit("Lysets", cvr="12345674")
    return offering.company(cvr="12345674")


@pytest.fixture
def bo(studio: Organisation) -> User:
    return offering.contact(studio)


def fresh(need: Need) -> Need:
    return Need.objects.for_page().get(pk=need.pk)


def numbers(found: Meetings, what: str) -> list[int]:
    return [getattr(meeting, what).pk for meeting in found]


def test_both_directions_give_a_pair_the_same_score_and_reasons(area: Area, studio: Organisation, anna: User) -> None:
    need = places.need(area, "Fotoskole for børn", ("photo_film", "venue"), reach_km=20)
    offer = offering.offer(studio, text="Vi viser børn et fotostudie")
    (there,), (back,) = offers_for(fresh(need), user=anna, on=TODAY), needs_for(offer, user=anna, on=TODAY)
    assert there.score == back.score == sum(reason.points for reason in there.reasons)
    assert there.reasons == back.reasons


def test_the_best_comes_first_and_other_kinds_do_not_meet(area: Area, studio: Organisation, anna: User) -> None:
    need = places.need(area, "Fotoskole for børn", ("photo_film",))
    far = offering.offer(studio, x=area.x, y=(area.y or 0) + 15_000.0)
    near = offering.offer(studio, x=area.x, y=area.y)
    offering.offer(studio, kind="legal_advice")
    assert numbers(offers_for(fresh(need), user=anna, on=TODAY), "offer") == [near.pk, far.pk]
    assert numbers(offers_for(fresh(need), user=anna, on=TODAY, most=1), "offer") == [near.pk]


def test_an_area_meets_public_offers_and_those_made_to_it(
    vejle: Organisation, area: Area, studio: Organisation, anna: User
) -> None:
    other = places.area(vejle, name="Søndermarken")
    need, elsewhere = (places.need(place, "Fotoskole", ("photo_film",)) for place in (area, other))
    made = offering.offer(studio, area)
    assert numbers(offers_for(fresh(need), user=anna, on=TODAY), "offer") == [made.pk]
    assert numbers(offers_for(fresh(elsewhere), user=anna, on=TODAY), "offer") == []
    assert numbers(needs_for(made, user=anna, on=TODAY), "need") == [need.pk]


def test_a_company_meets_only_needs_that_were_opened_to_companies(
    area: Area, studio: Organisation, bo: User, carl: User
) -> None:
    opened = places.need(area, "Fotoskole", ("photo_film",), open_to_companies=True)
    places.need(area, "Lukket", ("photo_film",))
    places.need(area, "Slut", ("photo_film",), open_to_companies=True, ends_on=date(2026, 1, 1))
    offer = offering.offer(studio, area)
    assert numbers(needs_for(offer, user=bo, on=TODAY), "need") == [opened.pk]
    assert numbers(needs_for(offer, user=carl, on=TODAY), "need") == []


def test_what_is_left_out_is_counted_with_its_reason(area: Area, studio: Organisation, anna: User) -> None:
    need = places.need(area, "Fotoskole", ("photo_film",), reach_km=5, starts_on=date(2026, 12, 1))
    offering.offer(studio, ends_on=date(2026, 11, 30))
    offering.offer(studio, y=(area.y or 0) + 6_000.0)
    offering.offer(studio, y=(area.y or 0) + 7_000.0)
    found = offers_for(fresh(need), user=anna, on=TODAY)
    assert len(found) == 0
    assert found.left_out == {Barrier.PERIOD: 1, Barrier.OUT_OF_REACH: 2}


@pytest.mark.parametrize(
    ("km", "kind", "facts", "reached"),
    [
        (200, "photo_film", {}, False),
        (90, "photo_film", {}, True),
        (40, "photo_film", {"rhythm": "weekly"}, False),
        (40, "photo_film", {"rhythm": "monthly"}, True),
        (40, "photo_film", {"rhythm": "weekly", "reach_km": 50}, True),
        (40, "photo_film", {"rhythm": "weekly", "text": "Vi mødes online"}, True),
        (200, "photo_film", {"whole_country": True}, True),
        (200, "money_sponsorship", {}, True),
    ],
)
def test_an_offer_that_does_not_say_how_far_it_reaches_goes_as_far_as_people_usually_do(
    km: int, kind: str, facts: dict[str, Any], *, reached: bool
) -> None:
    need = Side(amounts={kind: Much()}, place=Place(500_000.0, 6_200_000.0))
    offer = Offer(kind=kind, x=500_000.0, y=6_200_000.0 + km * 1000, **facts)
    why = barrier(offered(offer), need, on=TODAY)
    assert why is (None if reached else Barrier.TOO_FAR)


def test_what_was_noted_down_for_chosen_areas_meets_no_need_elsewhere_even_for_who_noted_it(
    vejle: Organisation, area: Area, studio: Organisation, anna: User, bo: User
) -> None:
    other = places.area(vejle, name="Søndermarken")
    need, elsewhere = (
        places.need(place, "Fotoskole", ("photo_film",), open_to_companies=True) for place in (area, other)
    )
    noted = offering.noted_down(studio, vejle, area)
    assert numbers(offers_for(fresh(elsewhere), user=anna, on=TODAY), "offer") == []
    assert numbers(needs_for(noted, user=anna, on=TODAY), "need") == [need.pk]
    assert set(numbers(needs_for(noted, user=bo, on=TODAY), "need")) == {need.pk, elsewhere.pk}


def test_peoples_time_waits_until_somebody_receives_it(area: Area, studio: Organisation, anna: User) -> None:
    need = places.need(area, "Læsevenner", ("volunteer_time",))
    offering.offer(studio, kind="volunteer_time")
    found = offers_for(fresh(need), user=anna, on=TODAY)
    assert (len(found), found.left_out) == (0, {Barrier.NO_HOST: 1})
    Need.objects.filter(pk=need.pk).update(
        host_name="Klubben", host_capacity=2, good_day="Vi læser sammen", hosted_on=TODAY
    )
    assert len(offers_for(fresh(need), user=anna, on=TODAY)) == 1


@pytest.mark.parametrize(
    ("refusal", "kept"),
    [
        (Refusal(), True),
        (Refusal(kinds=frozenset({"photo_film"})), True),
        (Refusal(kinds=frozenset({"venue"})), False),
        (Refusal(themes=frozenset({"learning"})), True),
        (Refusal(themes=frozenset({"health"})), False),
        (Refusal(beyond_m=2_000.0), False),
        (Refusal(beyond_m=500.0), True),
        (Refusal(until=TODAY), False),  # the first day to ask again
        (Refusal(until=date(2026, 11, 23)), True),
        (Refusal(areas=frozenset({0})), False),
        (Refusal(needs=frozenset({0})), False),
    ],
)
def test_what_a_giver_turned_down_keeps_the_needs_it_speaks_of_away(
    area: Area, studio: Organisation, anna: User, refusal: Refusal, *, kept: bool
) -> None:
    challenge = places.challenge(area, theme="learning")
    need = places.need(area, "Fotoskole", ("photo_film",), challenge=challenge)
    offering.offer(studio, x=(area.x or 0) + 1_000.0, y=area.y)
    offering.offer(offering.company("Andre ApS"))

    def told(organisations: Collection[int]) -> Mapping[int, list[Refusal]]:
        return {studio.pk: [refusal]}

    with hooks.alone(refusals={"linking": told}):
        found = offers_for(fresh(need), user=anna, on=TODAY)
    assert found.left_out == ({Barrier.REFUSED: 1} if kept else {})
    assert len(found) == (1 if kept else 2)


def test_many_offers_and_needs_meet_in_few_queries(
    area: Area, studio: Organisation, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    need = places.need(area, "Fotoskole", ("photo_film",))
    offers = [offering.offer(studio) for _number in range(30)]
    for number in range(20):
        places.need(area, f"Fotoskole {number}", ("photo_film", "venue"))
    need = fresh(need)
    with hooks.alone(), django_assert_max_num_queries(4):
        assert len(offers_for(need, user=anna, on=TODAY)) == 30
    with hooks.alone(), django_assert_max_num_queries(8):
        assert len(needs_for(offers[0], user=anna, on=TODAY)) == 21
    assert len(meet([], [need], on=TODAY)) == 0


def test_an_offer_that_does_not_stand_meets_nothing(area: Area, studio: Organisation, anna: User) -> None:
    places.need(area, "Fotoskole", ("photo_film",))
    offer = offering.offer(studio, state="withdrawn", closed_on=TODAY)
    assert len(needs_for(offer, user=anna, on=TODAY)) == 0


def test_a_stranger_meets_nothing(area: Area, studio: Organisation) -> None:
    need = places.need(area, "Fotoskole", ("photo_film",), open_to_companies=True)
    offer = offering.offer(studio)
    nobody = people.user("Ny")
    assert len(offers_for(fresh(need), user=nobody, on=TODAY)) == 0
    assert len(needs_for(offer, user=nobody, on=TODAY)) == 0
