"""The first page of somebody who only reads, and the lists that the first page of a coordinator leads to."""

from datetime import date

import pytest
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import brokers
from medspil.linking.models import Link, LinkState
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Role
from medspil.web.home.links import MOST, links_of
from medspil.web.home.overview import Overview, overview_of
from tests.conftest import NOW
from tests.factories import links, offering, people, places
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def lis(vejle: Organisation) -> User:
    """Return a reader of the municipality."""
    return people.member(vejle, Role.READER, name="Lis")


@pytest.fixture
def need(vejle: Organisation) -> Need:
    """Return a need that companies see, in an area with a place."""
    area = places.area(vejle, "Nørremarken", x=533_600.0, y=6_175_800.0)
    return places.need(area, "Fotograf til fotohold", ("photo_film",), open_to_companies=True)


def overview(person: User) -> Overview:
    found = overview_of(person, abilities_anywhere(person), today=TODAY)
    assert found
    return found


def test_a_reader_sees_what_came_of_it(need: Need, anna: User, lis: User) -> None:
    club = links.resource(need)
    links.resource(need, "Beboerhuset", "place")
    made = links.link(need, club, by=anna, sentence="Klubben holder fotoaftener.")
    Link.objects.filter(pk=made.pk).update(state=LinkState.PARTNERSHIP, partnership_on=date(2026, 10, 1))
    places.need(need.area, "Lokaler", ("premises",))
    found = overview(lis)
    assert [one.number for one in found.figures] == [1, 0, 2, 1]
    assert [stage.count for stage in found.funnel.stages] == [2, 1, 1]
    assert [one.link.sentence for one in found.linked] == ["Klubben holder fotoaftener."]
    assert found.needs == [need]
    assert found.map


def test_a_reader_sees_offers_made_to_everybody_and_no_others(need: Need, lis: User) -> None:
    company = offering.company("Fjordbanken")
    public = offering.offer(company, title="En aften om budget", public=True)
    offering.offer(company, title="Kun til andre", public=False)
    assert overview(lis).offers == [public]


def test_a_reader_sees_nothing_of_a_strangers_area(need: Need, carl: User) -> None:
    far = people.member(Organisation.objects.of(carl).get(), Role.READER, name="Bo")
    assert overview_of(far, abilities_anywhere(far), today=TODAY) is None
    places.area(Organisation.objects.of(carl).get(), "Fremmed")
    found = overview(far)
    assert [one.number for one in found.figures] == [0, 0, 0, 0]
    assert found.needs == []


def test_the_first_page_of_a_reader_keeps_the_rules_of_the_house(need: Need, lis: User) -> None:
    page = people.signed_in(lis).get(reverse("home"), headers={"accept-language": "en"}).content.decode()
    assert troubles(page) == []
    assert reverse("areas:need", args=[need.pk]) in page
    assert reverse("linking:network", args=[need.area_id]) in page


def test_who_works_with_areas_gets_her_work_instead(need: Need, anna: User) -> None:
    assert overview_of(anna, abilities_anywhere(anna), today=TODAY) is None


def test_the_first_page_leads_to_all_that_waits(need: Need, anna: User) -> None:
    for number in range(MOST + 1):
        made = links.link(need, links.resource(need, f"Klub {number}"), by=anna, sentence=f"Aften nr. {number}")
        if number < MOST:
            Link.objects.filter(pk=made.pk).update(state=LinkState.ASKED)
    may = abilities_anywhere(anna)
    assert links_of(anna, may, today=TODAY).waiting_in == []  # all of it is on the first page itself
    Link.objects.update(state=LinkState.ASKED)
    (waits,) = links_of(anna, may, today=TODAY).waiting_in
    assert (waits.area, waits.number) == ("Nørremarken", MOST + 1)
    listed = people.signed_in(anna).get(waits.url).content.decode()
    assert [number for number in range(MOST + 1) if f"Aften nr. {number}" not in listed] == []


def test_the_first_page_of_a_broker_names_every_link_she_cares_for(need: Need, anna: User) -> None:
    eva = people.member(need.area.owner, Role.BROKER, name="Eva")
    many = 20
    for number in range(many):
        made = links.link(need, links.resource(need, f"Klub {number}"), by=anna, sentence=f"Aften nr. {number}.")
        brokers.come(link=made, user=eva, organisation=need.area.owner, by=anna, now=NOW)
    page = people.signed_in(eva).get(reverse("home")).content.decode()
    assert [number for number in range(many) if f"Aften nr. {number}." not in page] == []
