"""A link says where it comes from: the allocations by name, its offers and each that stands no more, its reasons."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import ask
from medspil.linking.models import Link, Origin
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation
from medspil.rounds.models import Demand, Round, Supply
from tests.factories import links, offering, people, places, rounds
from tests.web.links.conftest import ENGLISH, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db: None) -> Organisation:
    return offering.company("BRFkredit")


@pytest.fixture
def round_(need: Need, vejle: Organisation, anna: User) -> Round:
    return rounds.begin(vejle, anna, kind="computers", areas=[need.area])


def of(round_: Round, *askers: str) -> dict[str, Any]:
    """Return what a link carries that an allocation brought about."""
    pairs = []
    for nth, name in enumerate(askers):
        asker = Demand.objects.create(round=round_, label=name)
        giver = Supply.objects.create(round=round_, label=f"Parti {nth}")
        labels = {"asker_label": asker.label, "giver_label": giver.label}
        pairs.append({"asker": str(asker.pk), "giver": str(giver.pk), "amount": nth, **labels})
    told = {"number": round_.pk, "title": "Som den hed", "programme": "computers", "proposal": 1}
    reasons = [{"part": "nearness", "points": 0.4}, {"part": "equipment", "points": 0.2}]
    return {"origin": Origin.ROUND, "grounds": {"round": told, "pairs": pairs, "reasons": reasons}}


def test_a_link_of_an_allocation_names_it_and_leads_there_whoever_may_see_it(
    need: Need, bank: Organisation, round_: Round, anna: User, as_anna: Client
) -> None:
    link = links.link(need, bank, by=anna, subject="Netcaféen", **of(round_, "Netcaféen"))
    html = page(as_anna, "link", link.pk)
    assert f'<a href="/fordelinger/{round_.pk}/">{round_.title}</a>' in html
    assert f"{need.title} – Netcaféen" in html
    ask(
        link=link, party=link.parties.get(organisation=bank), on=timezone.localdate(), expected_version=1, by=anna,
        now=timezone.now(),
    )  # fmt: skip
    theirs = page(people.signed_in(offering.contact(bank)), "link", link.pk)
    assert "Som den hed" in theirs
    assert f"/fordelinger/{round_.pk}/" not in theirs


def test_a_link_says_all_that_it_stands_for(
    need: Need, bank: Organisation, round_: Round, anna: User, as_anna: Client
) -> None:
    link = links.link(need, bank, by=anna, **of(round_, "Netcaféen", "Væresteder", "Lektiecaféen"))
    html = page(as_anna, "link", link.pk)
    for words in ("Netcaféen: 0 (Parti 0)", "Væresteder: 1 (Parti 1)", "Lektiecaféen: 2 (Parti 2)"):
        assert words in html


def test_the_reasons_are_headed_by_what_there_is_and_begin_with_capitals(
    need: Need, bank: Organisation, round_: Round, anna: User, as_anna: Client
) -> None:
    html = page(as_anna, "link", links.link(need, bank, by=anna, **of(round_, "Netcaféen")).pk)
    assert "Why the allocation brought them together" in html
    assert "Why offer and need fit" not in html
    assert "<dt>Near</dt>" in html
    assert "<dt>The right kind</dt>" in html
    grounds = {"reasons": [{"part": "nearness", "points": 0.4}]}
    other = places.need(need.area, title="Noget andet")
    alone = links.link(other, bank, by=anna, origin=Origin.OFFER, grounds=grounds)
    assert "Why they fit together" in page(as_anna, "link", alone.pk)


def test_each_offer_that_is_withdrawn_is_flagged_on_its_link(
    need: Need, bank: Organisation, anna: User, as_anna: Client
) -> None:
    lots = [offering.offer(bank, need.area, title=title) for title in ("Stationære", "Bærbare", "Skærme")]
    link = links.link(need, bank, by=anna, offers=lots)
    assert "ms-flag" not in page(as_anna, "link", link.pk)
    gone = {"state": OfferState.WITHDRAWN, "closed_on": timezone.localdate()}
    for number in (1, 2):
        Offer.objects.filter(pk=lots[number - 1].pk).update(**gone)
        assert page(as_anna, "link", link.pk).count("The offer was withdrawn on") == number
        assert "the offer stands no more" in page(as_anna, "links", need.area_id)
        assert link.sentence in as_anna.get("/", headers=ENGLISH).content.decode()
    Link.objects.update(state="partnership", partnership_on=timezone.localdate())
    assert "the offer stands no more" in page(as_anna, "links", need.area_id)


def test_nobody_is_offered_dashes_as_a_broker(need: Need, bank: Organisation, anna: User, as_anna: Client) -> None:
    html = page(as_anna, "link", links.link(need, bank, by=anna).pk)
    assert "---------" not in html
    assert "choose a person" in html
