"""A link knows every offer it rests on and which project or class it is for; found again, it takes in what came."""

from typing import Any

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.linking.asking import ask
from medspil.linking.models import Link, Origin
from medspil.linking.parties import Party
from medspil.linking.same_links import same_link
from medspil.linking.sides import add_party
from medspil.offers.hooks import in_use
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from tests.factories import companies, links, offering
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(db: None) -> Organisation:
    return offering.company("BRFkredit")


@pytest.fixture
def lots(giver: Organisation) -> list[Offer]:
    return [offering.offer(giver, title=title, kind="computers_equipment") for title in ("Stationære", "Bærbare")]


def of_round(number: int, proposal: int = 1) -> dict[str, Any]:
    """Return what a link carries that an allocation brought about."""
    told = {"number": number, "title": f"Fordeling {number}", "programme": "computers", "proposal": proposal}
    return {"origin": Origin.ROUND, "grounds": {"round": told, "pairs": [{"asker_label": "Netcaféen", "amount": 2}]}}


def test_projects_of_one_need_have_links_of_their_own(need: Need, giver: Organisation, anna: User) -> None:
    made = [links.link(need, giver, by=anna, subject=name) for name in ("Netcaféen", "Væresteder", "")]
    assert len({link.pk for link in made}) == 3
    assert links.link(need, giver, by=anna, subject=" netcaféen ") == made[0]
    assert [one.subject for one in Link.objects.order_by("pk")] == ["Netcaféen", "Væresteder", ""]
    sides = [Party(organisation=need.area.owner), Party(organisation=giver)]
    assert same_link(area=need.area, need=need, challenge=None, subject="Væresteder", parties=sides) == made[1]
    with pytest.raises(CprNumberFound):
        links.link(need, giver, by=anna, subject="Ida 010203-1234")


def test_a_party_may_come_to_each_of_the_links_of_a_need(need: Need, giver: Organisation, anna: User) -> None:
    first, second = (links.link(need, giver, by=anna, subject=name) for name in ("7.A", "7.B"))
    third = Party(unit=companies.unit())
    for link in (first, second):
        add_party(link=link, party=third, expected_version=1, by=anna, now=NOW)
    assert [link.parties.count() for link in (first, second)] == [3, 3]


def test_every_offer_a_link_rests_on_is_in_use(need: Need, giver: Organisation, lots: list[Offer], anna: User) -> None:
    link = links.link(need, giver, by=anna, offers=lots)
    assert [[use.record_id for use in in_use(lot, user=anna)] for lot in lots] == [[link.pk], [link.pk]]


def test_a_protected_company_is_asked_as_long_as_one_of_its_offers_stands(need: Need, anna: User) -> None:
    unit = companies.unit("Vestjysk Bank", protected=True)
    giver = offering.company("Vestjysk Bank", unit=unit)
    lots = [offering.offer(giver, need.area, title=title) for title in ("Stationære", "Bærbare")]
    link = links.link(need, giver, by=anna, offers=lots)
    Offer.objects.filter(pk=lots[0].pk).update(state="withdrawn", closed_on=NOW.date())
    side = link.parties.get(organisation=giver)
    assert ask(link=link, party=side, on=NOW.date(), expected_version=1, by=anna, now=NOW).asked_on


def test_a_link_that_is_found_again_takes_in_new_offers_and_the_allocation(
    need: Need, giver: Organisation, lots: list[Offer], anna: User
) -> None:
    first = links.link(need, giver, by=anna, offers=lots[:1], sentence="Fem computere.")
    again = links.link(need, giver, by=anna, offers=lots, sentence="Ti computere.", **of_round(4))
    now = Link.objects.get()
    assert (again, now.sentence, now.origin) == (first, "Fem computere.", Origin.PERSON)
    assert set(now.offers.all()) == set(lots)
    assert [each["round"]["title"] for each in now.grounds["also"]] == ["Fordeling 4"]
    told = HistoryEntry.objects.of(now).filter(action="found_again").get()
    assert told.changes == {"offers": ["", ["Bærbare"]]}


def test_the_same_proposal_twice_changes_nothing_and_another_one_is_noted(
    need: Need, giver: Organisation, anna: User
) -> None:
    made = links.link(need, giver, by=anna, **of_round(4))
    key = made.creation_key
    links.link(need, giver, by=anna, creation_key=key, **of_round(4))
    assert Link.objects.get().version == 1
    links.link(need, giver, by=anna, creation_key=key, **of_round(4, proposal=2))
    for _twice in range(2):
        links.link(need, giver, by=anna, **of_round(5))
    now = Link.objects.get()
    assert [(each["round"]["number"], each["round"]["proposal"]) for each in now.grounds["also"]] == [(4, 2), (5, 1)]
    assert HistoryEntry.objects.of(now).filter(action="found_again").count() == 2
