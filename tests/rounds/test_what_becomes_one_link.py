"""What a round applies: one link for each thing that was asked for, with all it rests on, found from the board."""

from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.links import create_link
from medspil.linking.models import Link, Origin
from medspil.linking.parties import Party
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Round
from tests.conftest import NOW
from tests.factories import people, places, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def need(area: Area) -> Need:
    """Return the one need that all rows stand for."""
    return places.need(area, "Maskiner til projekterne", ("computers_equipment",))


def applied(round_: Round, anna: User) -> services.Applied:
    """Run a round and make links of it."""
    round_.refresh_from_db()
    number = services.run(round_=round_, by=anna, now=NOW).number
    done = services.apply(round_=round_, number=number, by=anna, now=NOW)
    assert not done.refused
    return done


def given_by(round_: Round, company: Organisation) -> None:
    """Let all rows that give be of one company."""
    round_.supplies.update(organisation=company)


def test_projects_of_one_need_and_one_owner_are_a_link_each(
    vejle: Organisation, anna: User, area: Area, need: Need
) -> None:
    round_ = rounds.computers(vejle, anna, area=area, need=need)
    given_by(round_, people.organisation("Banken", "company"))
    done = applied(round_, anna)
    assert {link.subject for link in done.made} == set(round_.demands.values_list("label", flat=True))
    assert len(done.made) == 7
    made = services.links_made(round_)
    for pair, pk in made.items():
        asker = round_.demands.get(pk=pair.partition("-")[0])
        assert Link.objects.get(pk=pk).subject == asker.label


def test_rows_of_one_name_are_told_apart_by_what_differs(
    vejle: Organisation, anna: User, area: Area, need: Need
) -> None:
    round_ = rounds.begin(vejle, anna, kind="volunteers", areas=[area])
    slots = "hold;antal;tid\nLektiecafé;1;ma 15-17\nLektiecafé;1;to 15-17\nSprogcafé;1;fr 10-12"
    rounds.fill(round_, anna, asks=True, text=slots, area=area, need=need)
    rounds.fill(round_, anna, asks=False, text="frivillig;antal;tid\nFatima A.;3;ma 8-20, to 8-20\nOle B.;3;fr 8-20")
    given_by(round_, people.organisation("Røde Kors", "association"))
    done = applied(round_, anna)
    assert {link.subject for link in done.made} == {"Lektiecafé (man 15-17)", "Lektiecafé (tor 15-17)", "Sprogcafé"}


def test_a_link_of_several_lots_says_all_that_is_brought_and_rests_on_all_offers(
    vejle: Organisation, anna: User, area: Area, need: Need
) -> None:
    bank = people.organisation("Banken", "company")
    offers = [
        Offer.objects.create(
            organisation=bank, kind="computers_equipment", title=title, quantity=10, public=True, renewed_on=NOW.date(),
            created_at=NOW, updated_at=NOW,
        )
        for title in ("Bærbare", "Stationære")
    ]  # fmt: skip
    round_ = rounds.begin(vejle, anna, kind="computers", areas=[area])
    rounds.fill(round_, anna, asks=True, text="projekt;antal\nNetcaféen;20", area=area, need=need)
    services.choose_offers(round_=round_, offers=offers, by=anna, now=NOW)
    (link,) = applied(round_, anna).made
    assert set(link.offers.all()) == set(offers)
    assert set(link.parties.get(organisation=bank).brings.split("; ")) == {"Bærbare", "Stationære"}
    assert sum(pair["amount"] for pair in link.grounds["pairs"]) == 20


def test_no_name_of_a_volunteer_comes_into_a_link(vejle: Organisation, anna: User, area: Area, need: Need) -> None:
    round_ = rounds.begin(vejle, anna, kind="volunteers", areas=[area])
    rounds.fill(round_, anna, asks=True, text="hold;antal\nLektiecafé;1", area=area, need=need)
    rounds.fill(round_, anna, asks=False, text="frivillig;antal\nFatima Andersen;1")
    given_by(round_, people.organisation("Røde Kors", "association"))
    (link,) = applied(round_, anna).made
    told = [link.sentence, link.subject, str(link.grounds), *link.parties.values_list("brings", flat=True)]
    assert not any("Fatima" in text for text in told)


def test_a_link_that_was_there_is_found_from_the_board_too(
    vejle: Organisation, anna: User, area: Area, need: Need
) -> None:
    bank = people.organisation("Banken", "company")
    there = create_link(
        area=area, sentence="Banken hjælper", parties=[Party(organisation=vejle), Party(organisation=bank)], need=need,
        subject="Netcaféen", origin=Origin.PERSON, creation_key=uuid4(), by=anna, now=NOW,
    )  # fmt: skip
    round_ = rounds.begin(vejle, anna, kind="computers", areas=[area])
    rounds.fill(round_, anna, asks=True, text="projekt;antal\nNetcaféen;20", area=area, need=need)
    rounds.fill(round_, anna, asks=False, text="parti;antal\nKælderen;20")
    given_by(round_, bank)
    done = applied(round_, anna)
    assert (done.made, done.there) == ((), (there,))
    assert set(services.links_made(round_).values()) == {there.pk}
