"""Offers hear from links where they are in use, which needs are answered, and what their givers turned down."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import ask
from medspil.linking.gate import CompanyClosedToUs
from medspil.linking.links import create_link
from medspil.linking.models import Link, Origin
from medspil.linking.parties import Party
from medspil.linking.refusals import note_refusal, refuse, undo
from medspil.offers.hooks import answered, in_use
from medspil.offers.meeting import needs_for, offers_for
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from tests.factories import companies, links, offering, people, places, rankings
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def giver(db: None) -> Organisation:
    return offering.company(unit=companies.unit("Lysets Fotostudie ApS", cvr="12345674"), cvr="12345674")


@pytest.fixture
def offer(giver: Organisation, need: Need) -> Offer:
    return offering.offer(giver)


def linked(offer: Offer, need: Need, by: User) -> Link:
    parties = [Party(organisation=need.area.owner), Party(organisation=offer.organisation, brings=offer.title)]
    return create_link(
        area=need.area, need=need, parties=parties, sentence="Et studie til fotoskolen", offers=[offer],
        origin=Origin.OFFER, grounds={"score": 0.7}, creation_key=uuid4(), by=by, now=NOW,
    )  # fmt: skip


def meets(offer: Offer, need: Need, user: User) -> tuple[bool, bool]:
    """Return whether the two meet, from the need's side and from the offer's."""
    back = [one.need.pk for one in needs_for(offer, user=user, on=TODAY).found]
    return (offer.pk in [one.offer.pk for one in offers_for(need, user=user, on=TODAY).found], need.pk in back)


def test_a_link_of_an_offer_holds_it_with_its_reasons(offer: Offer, need: Need, anna: User, carl: User) -> None:
    link = linked(offer, need, anna)
    assert (link.offers.get(), link.origin, link.grounds, link.seen_by) == (offer, Origin.OFFER, {"score": 0.7}, None)
    assert [(use.record_id, use.name) for use in in_use(offer, user=anna)] == [(link.pk, "Et studie til fotoskolen")]
    assert [use.name for use in in_use(offer, user=carl)] == [""]
    Link.objects.update(archived_at=NOW)
    assert in_use(offer, user=anna) == []


def test_a_need_is_answered_once_somebody_was_asked_and_until_they_say_no(
    offer: Offer, need: Need, giver: Organisation, anna: User
) -> None:
    link = linked(offer, need, anna)
    side = link.parties.get(organisation=giver)
    assert answered([need.pk]) == set()
    ask(link=link, party=side, on=TODAY, expected_version=1, by=anna, now=NOW)
    assert answered([need.pk]) == {need.pk}
    refuse(link=link, party=side, reason="never", on=TODAY, expected_version=2, by=anna, now=NOW)
    assert answered([need.pk]) == set()


def test_a_protected_giver_may_be_asked_for_what_it_offers_and_for_nothing_else(
    offer: Offer, need: Need, giver: Organisation, anna: User
) -> None:
    Unit.objects.update(protected=True)
    giver.refresh_from_db()
    link = linked(Offer.objects.get(), need, anna)
    ask(link=link, party=link.parties.get(organisation=giver), on=TODAY, expected_version=1, by=anna, now=NOW)
    with pytest.raises(CompanyClosedToUs):
        links.link(places.need(need.area), giver, by=anna)


REASONS: dict[str, dict[str, Any]] = {
    "wrong_time": {"until": TODAY + timedelta(days=1)},
    "wrong_kind": {"kind": "photo_film"},
    "too_far": {"beyond_km": 0},
    "wrong_theme": {"theme": "education"},
    "never": {},
    "other": {"words": "Nej tak"},
}


@pytest.mark.parametrize("reason", list(REASONS))
@pytest.mark.parametrize("named", ["organisation", "unit"])
def test_what_the_giver_turned_down_meets_no_more_until_it_is_taken_back(
    offer: Offer, need: Need, anna: User, reason: str, named: str
) -> None:
    need.challenge = places.challenge(need.area, theme="education")
    need.save(update_fields=["challenge"])
    Offer.objects.update(x=rankings.CENTRE[0] + 900)
    offer.refresh_from_db()
    elsewhere = rankings.photo_need(people.organisation("Esbjerg Kommune"), open_to_companies=True)
    party = Party(organisation=offer.organisation) if named == "organisation" else Party(unit=offer.organisation.unit)
    assert meets(offer, need, anna) == (True, True)
    said = note_refusal(
        party=party, need=need, reason=reason, on=TODAY, creation_key=uuid4(), by=anna, now=NOW,
        **REASONS[reason],
    )  # fmt: skip
    assert meets(offer, need, anna) == (False, False)
    bo = offering.contact(offer.organisation)
    assert meets(offer, elsewhere, bo)[1]
    undo(refusal=said, by=anna, now=NOW)
    assert meets(offer, need, anna) == (True, True)


def test_many_refusals_cost_no_more_queries_than_one(offer: Offer, need: Need, anna: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            offers_for(Need.objects.for_page().get(pk=need.pk), user=anna, on=TODAY)
        return len(asked)

    def said(number: int) -> None:
        giver = offering.company(f"Firma {number}")
        offering.offer(giver)
        note_refusal(
            need=need, party=Party(organisation=giver), reason="never", on=TODAY, creation_key=uuid4(), by=anna,
            now=NOW,
        )  # fmt: skip

    said(0)
    one = queries()
    for number in range(1, 8):
        said(number)
    assert queries() == one
