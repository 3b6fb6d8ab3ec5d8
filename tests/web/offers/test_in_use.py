"""A company withdraws an offer in use: nobody is asked, nothing breaks, and what counts on it says so."""

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from tests.factories import companies, links, offering, people, places

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def photo_school(vejle: Organisation) -> Need:
    return places.need(places.area(vejle), "Fotoskole for børn", ("photo_film",))


@pytest.fixture
def offer(photo_school: Need) -> Offer:
    return offering.offer(offering.company(), photo_school.area, title="Et studie om lørdagen")


def page(client: Client, name: str, pk: int) -> str:
    answer = client.get(reverse(name, args=[pk]), headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_link_shows_a_flag_with_the_next_step_and_still_opens(
    photo_school: Need, offer: Offer, anna: User, as_anna: Client
) -> None:
    link = links.link(photo_school, offer.organisation, by=anna, offers=[offer])
    as_bo = people.signed_in(offering.contact(offer.organisation))
    assert "look for another offer" not in page(as_anna, "linking:link", link.pk)
    asked = page(as_bo, "offers:withdraw", offer.pk)
    assert "It is in use here" in asked
    assert "De kan holde fotoskole sammen" not in asked  # the company has not been asked yet
    as_bo.post(reverse("offers:withdraw", args=[offer.pk]), {"reason": "Vi flytter"})
    shown = page(as_anna, "linking:link", link.pk)
    assert "The offer was withdrawn on" in shown
    assert "Vi flytter" in shown
    assert "look for another offer" in shown
    assert reverse("offers:detail", args=[offer.pk]) in shown
    assert "It is still in use below" in page(as_anna, "offers:detail", offer.pk)


def test_a_need_whose_party_was_asked_waits_no_longer(
    photo_school: Need, offer: Offer, anna: User, as_anna: Client
) -> None:
    before = page(as_anna, "offers:area", photo_school.area.pk)
    assert "1 offer that nobody has taken up" in before
    assert "1 need that nobody has answered" in before
    links.link(photo_school, offer.organisation, by=anna, offers=[offer])
    after = page(as_anna, "offers:area", photo_school.area.pk)
    assert "0 offers that nobody has taken up" in after
    assert "1 need that nobody has answered" in after  # an idea alone is no answer


def test_an_offer_of_a_company_that_ceased_says_so_and_is_not_linked(photo_school: Need, as_anna: Client) -> None:
    giver = offering.company("Lukket Foto", unit=companies.unit("Lukket Foto", status="ceased"))
    offer = offering.offer(giver, photo_school.area)
    way = f"/koblinger/ny/?need={photo_school.pk}&amp;offer={offer.pk}"
    for name, pk in (
        ("areas:need", photo_school.pk),
        ("offers:area", photo_school.area.pk),
        ("offers:detail", offer.pk),
    ):
        assert "The company has ceased" in page(as_anna, name, pk)
    assert way not in page(as_anna, "areas:need", photo_school.pk)
    assert "See the offer" in page(as_anna, "offers:area", photo_school.area.pk)
