"""An offer knows the allocations in the making that hold it, by name only for those who may see them."""

from typing import Any

import pytest

from medspil.accounts.models import User
from medspil.linking.models import Link, LinkState
from medspil.offers.hooks import in_use
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Round, RoundState, Supply
from tests.factories import offering, places, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(db: None) -> Offer:
    return offering.offer(offering.company(), kind="computers_equipment")


@pytest.fixture
def held(offer: Offer, vejle: Organisation, anna: User) -> Round:
    found = rounds.computers(vejle, anna)
    Supply.objects.create(round=found, label="Firmaet", capacity=1, offer=offer, organisation=offer.organisation)
    return found


def test_who_shares_out_sees_the_name_and_others_that_there_is_one(
    offer: Offer, held: Round, anna: User, carl: User
) -> None:
    (own,), (others,), (unknown,) = in_use(offer, user=anna), in_use(offer, user=carl), in_use(offer)
    assert (own.record_type, own.record_id, own.name) == ("rounds.round", held.pk, held.title)
    assert (others.record_id, others.name, unknown.name) == (held.pk, "", "")


@pytest.mark.parametrize("change", [{"state": RoundState.APPLIED}, {"archived_at": offering.NOW}])
def test_one_that_became_links_or_was_put_away_holds_nothing(
    offer: Offer, held: Round, anna: User, change: dict[str, object]
) -> None:
    Round.objects.filter(pk=held.pk).update(**change)
    assert in_use(offer, user=anna) == []


def test_a_row_that_was_taken_out_holds_nothing(offer: Offer, held: Round, anna: User) -> None:
    Supply.objects.filter(offer=offer).update(archived_at=offering.NOW)
    assert in_use(offer, user=anna) == []


def test_lots_that_went_into_one_link_together_are_in_use_by_it_until_it_is_turned_down(
    vejle: Organisation, anna: User
) -> None:
    giver = offering.company("BRFkredit")
    kind: dict[str, Any] = {"kind": "computers_equipment", "quantity": 5}
    lots = [offering.offer(giver, title=title, **kind) for title in ("Stationære", "Bærbare", "Uden brug")]
    area = places.area(vejle)
    need = places.need(area, "Computere til netcaféen", ("computers_equipment",))
    round_ = rounds.begin(vejle, anna, kind="computers", areas=[area])
    services.choose_offers(round_=round_, offers=lots[:2], by=anna, now=offering.NOW)
    rounds.fill(round_, anna, asks=True, text="Netcaféen;10", area=area, need=need)
    round_.refresh_from_db()
    proposal = services.run(round_=round_, by=anna, now=offering.NOW)
    services.apply(round_=round_, number=proposal.number, by=anna, now=offering.NOW)
    link = Link.objects.get()
    assert set(link.offers.all()) == set(lots[:2])
    assert [[use.name for use in in_use(lot, user=anna)] for lot in lots] == [[link.sentence], [link.sentence], []]
    Link.objects.update(state=LinkState.TURNED_DOWN)
    assert [in_use(lot, user=anna) for lot in lots] == [[], [], []]
