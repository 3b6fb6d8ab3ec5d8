"""Who sees an offer, and who may change it: the giver, who noted it down, areas it was made to, everybody if public."""

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.offers.models import Offer
from medspil.offers.permissions import areas_to_offer_to, givers, offer_rights, recorders
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from tests.factories import companies, offering, people, places

TODAY = offering.TODAY


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(db: None) -> Organisation:
    return offering.company()


@pytest.fixture
def bo(studio: Organisation) -> User:
    return offering.contact(studio)


def seen(user: User) -> set[int]:
    return set(Offer.objects.visible_to(user).values_list("pk", flat=True))


def test_an_offer_to_an_area_is_seen_by_that_area_and_the_giver_alone(
    studio: Organisation, area: Area, anna: User, bo: User, carl: User
) -> None:
    offer = offering.offer(studio, area)
    assert seen(anna) == seen(bo) == {offer.pk}
    assert seen(carl) == set()


def test_a_public_offer_is_seen_by_whoever_works_with_areas_or_makes_offers(
    studio: Organisation, anna: User, bo: User, carl: User
) -> None:
    offer = offering.offer(studio)
    other_company = offering.contact(offering.company("Andre ApS"), name="Dorte")
    nobody = people.user("Ny")
    assert [seen(user) for user in (anna, bo, carl, other_company)] == [{offer.pk}] * 4
    assert seen(nobody) == set()


def test_what_was_noted_down_is_seen_by_who_noted_it(
    studio: Organisation, vejle: Organisation, carl: User, anna: User
) -> None:
    elsewhere = places.area(people.organisation("Et andet sted"), name="Andetsteds")
    offer = offering.noted_down(studio, vejle, elsewhere)
    assert seen(anna) == {offer.pk}
    assert seen(carl) == set()


def test_open_offers_are_those_that_stand_and_are_not_over(studio: Organisation) -> None:
    stands = offering.offer(studio, ends_on=TODAY)
    offering.offer(studio, ends_on=TODAY.replace(day=21))
    offering.offer(studio, state="withdrawn", closed_on=TODAY)
    archived = offering.company("Lukket ApS", archived_at=offering.NOW)
    gone = offering.offer(archived)
    assert list(Offer.objects.open(TODAY)) == [stands]
    assert stands.is_open(TODAY)
    assert not gone.is_open(TODAY)


def test_giver_and_recorder_may_change_until_the_giver_takes_over(
    studio: Organisation, vejle: Organisation, anna: User, bo: User, carl: User
) -> None:
    offer = offering.noted_down(studio, vejle)
    rights = {name: offer_rights(user, offer) for name, user in (("anna", anna), ("bo", bo), ("carl", carl))}
    assert {name: (may.change, may.take_over) for name, may in rights.items()} == {
        "anna": (True, False),
        "bo": (True, True),
        "carl": (False, False),
    }
    offer.taken_over_on = TODAY
    assert not offer_rights(anna, offer).change
    assert offer_rights(bo, offer).change


@pytest.mark.parametrize(
    ("role", "gives", "records"),
    [
        (Role.COORDINATOR, True, True),
        (Role.CASE_WORKER, False, True),
        (Role.BROKER, False, True),
        (Role.COMPANY_CONTACT, True, False),
        (Role.ASSOCIATION_CONTACT, True, False),
        (Role.READER, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_each_role_gives_or_notes_down_as_the_table_says(
    vejle: Organisation, role: Role, *, gives: bool, records: bool
) -> None:
    user = people.member(vejle, role, name="Rolle")
    assert (givers(user).exists(), recorders(user).exists()) == (gives, records)


def test_nobody_gives_for_an_organisation_that_her_other_one_made(vejle: Organisation, anna: User) -> None:
    made = offering.company("Opfundet ApS", created_by_organisation=vejle)
    Membership.objects.create(user=anna, organisation=made, role=Role.COMPANY_CONTACT, started_on=offering.TODAY)
    assert list(givers(anna)) == [vejle]
    assert not offer_rights(anna, offering.offer(made)).change


def test_a_company_offers_to_areas_that_opened_a_need_or_let_it_take_part(
    vejle: Organisation, area: Area, anna: User
) -> None:
    companies.unit("Lysets", cvr="12345674")
    studio = offering.company(cvr="12345674")
    bo = offering.contact(studio)
    opened, partner, closed = (places.area(vejle, name=name) for name in ("Åben", "Medspiller", "Lukket"))
    places.need(opened, open_to_companies=True)
    partner.partners.add(studio)
    assert set(areas_to_offer_to(bo, None, TODAY)) == {opened, partner}
    assert closed in areas_to_offer_to(anna, None, TODAY)
    assert set(areas_to_offer_to(bo, offering.offer(studio, area), TODAY)) == {opened, partner, area}
