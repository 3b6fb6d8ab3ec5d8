"""A link is made from a kept company, an offer, a need, a resource or nothing; parties are found by search."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkParty, Origin
from medspil.linking.shortlist import keep
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies, links, offering, people, places
from tests.web.links.conftest import ENGLISH, HTMX, page, send

pytestmark = pytest.mark.django_db
SENTENCE = "Smedjen bygger rammer med fotoholdet."


def values(html: str, *, ticked: bool = False) -> list[str]:
    """Return what the boxes of parties would send."""
    boxes = re.findall(r'<input[^>]*name="party"[^>]*>', html)
    return [
        match.group(1)
        for box in boxes
        if (match := re.search(r'value="([^"]+)"', box)) and (not ticked or "checked" in box)
    ]


def found(client: Client, text: str, **data: Any) -> str:
    """Search for parties and return the answer."""
    response = send(client, "link_create", find="1", q=text, headers=HTMX, **data)
    assert response.status_code == 200
    return str(response.content.decode())


def made(client: Client, parties: list[str], **data: Any) -> Link:
    """Send the form with parties and return the link that was made."""
    response = send(client, "link_create", creation_key=str(uuid4()), party=parties, sentence=SENTENCE, **data)
    assert response.status_code == 302, response.content.decode()
    return Link.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])


def test_from_scratch_with_a_company_an_organisation_and_a_resource(
    units: dict[str, Unit], need: Need, club: Resource, as_anna: Client
) -> None:
    start = page(as_anna, "link_create", query=f"?area={need.area_id}")
    parties = values(start, ticked=True)
    for word in ("fotoklub", "smedje"):
        parties += values(found(as_anna, word, area=need.area_id))[:1]
    link = made(as_anna, parties, area=need.area_id, need=need.pk, **{f"brings-r-{club.pk}": "Et mørkekammer"})
    sides = {str(one).partition(" (P")[0]: one.brings for one in link.parties.for_page()}
    assert sides == {"Vejle Kommune": "", "Fotoklubben": "Et mørkekammer", "Havnens Smedje ApS": ""}
    assert (link.origin, link.need, str(link.seen_by)) == (Origin.PERSON, need, "Anna")


def test_what_a_side_brings_is_told_to_be_too_long_and_stands_in_its_box(
    units: dict[str, Unit], need: Need, club: Resource, as_anna: Client
) -> None:
    start = page(as_anna, "link_create", query=f"?area={need.area_id}")
    parties = values(start, ticked=True) + values(found(as_anna, "fotoklub", area=need.area_id))[:1]
    long = "x" * 301
    said: dict[str, Any] = {"area": need.area_id, "need": need.pk, "party": parties, "sentence": SENTENCE}
    said[f"brings-r-{club.pk}"] = long
    refused = send(as_anna, "link_create", creation_key=str(uuid4()), **said)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert f'value="{long}" aria-describedby="brings-r-{club.pk}-error"' in html
    assert html.count("That is 301 characters, and there is room for 300.") >= 2
    assert not Link.objects.exists()


def test_a_search_writes_nothing_and_keeps_what_was_chosen(
    units: dict[str, Unit], need: Need, club: Resource, as_anna: Client
) -> None:
    first = values(found(as_anna, "fotoklub", area=need.area_id))[0]
    html = found(as_anna, "smedje", area=need.area_id, party=first)
    assert values(html, ticked=True) == [first]
    assert "Havnens Smedje" in html
    assert not Link.objects.exists()
    plain = send(as_anna, "link_create", find="1", q="smedje", area=need.area_id, sentence=SENTENCE, party=first)
    assert SENTENCE in plain.content.decode()
    assert plain.status_code == 200


def test_a_party_that_was_never_offered_cannot_be_named(need: Need, as_anna: Client) -> None:
    secret = people.organisation("Hemmelig Fond", "fund")
    answer = send(
        as_anna, "link_create", area=need.area_id, need=need.pk, sentence=SENTENCE, party=[f"o-{secret.pk}", "o-1:x"],
        creation_key=str(uuid4()),
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Hemmelig" not in answer.content.decode()


def test_an_organisation_one_does_not_know_is_found_by_its_whole_name_only(need: Need, as_anna: Client) -> None:
    people.organisation("Hemmelig Fond", "fund")
    assert "Hemmelig" not in found(as_anna, "Hemmelig", area=need.area_id).replace('value="Hemmelig"', "")
    assert "Hemmelig Fond" in found(as_anna, "hemmelig fond", area=need.area_id)


def test_from_a_kept_company_the_reasons_of_the_ranking_come_along(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User
) -> None:
    kept = keep(need=need, number=units["photo"].number, expected_version=0, by=anna, now=NOW)
    assert f"?candidate={kept.pk}" in page(as_anna, "shortlist", need.pk)
    assert f"?candidate={kept.pk}" in page(as_anna, "change", kept.pk)
    start = page(as_anna, "link_create", query=f"?candidate={kept.pk}")
    link = made(as_anna, values(start, ticked=True), candidate=kept.pk, need=need.pk)
    assert (link.origin, link.run, link.grounds) == (Origin.RANKING, kept.run, kept.grounds)
    html = page(as_anna, "link", link.pk)
    assert "The reasons of the ranking as they were" in html
    assert "A ranking suggested it" in html


def test_from_an_offer_and_a_need_the_reasons_of_the_meeting_come_along(need: Need, as_anna: Client) -> None:
    giver = offering.company("Lysets Fotostudie ApS")
    offer = offering.offer(giver, need.area)
    start = page(as_anna, "link_create", query=f"?offer={offer.pk}&need={need.pk}")
    assert f'value="{offer.title}"' in start
    brings = {f"brings-o-{giver.pk}": offer.title}
    link = made(as_anna, values(start, ticked=True), offer=offer.pk, need=need.pk, **brings)
    assert (link.origin, link.offers.get()) == (Origin.OFFER, offer)
    assert {one["part"] for one in link.grounds["reasons"]} >= {"kind", "words"}
    assert LinkParty.objects.get(link=link, organisation=giver).brings == offer.title
    assert "Why offer and need fit" in page(as_anna, "link", link.pk)


def test_from_a_resource_and_for_a_challenge(club: Resource, need: Need, as_anna: Client) -> None:
    challenge = places.challenge(need.area)
    start = page(as_anna, "link_create", query=f"?resource={club.pk}")
    link = made(as_anna, values(start, ticked=True), resource=club.pk, challenge=challenge.pk)
    assert (link.challenge, link.need) == (challenge, None)
    assert {str(one) for one in link.parties.for_page()} == {"Vejle Kommune", "Fotoklubben"}


def test_a_double_click_makes_one_link(link: Link, need: Need, smith: Unit, as_anna: Client) -> None:
    start = page(as_anna, "link_create", query=f"?need={need.pk}")
    parties = [*values(start, ticked=True), *values(found(as_anna, str(smith.number), need=need.pk))]
    assert made(as_anna, parties, need=need.pk) == link
    assert Link.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"sentence": ""}, "Write in one sentence"),
        ({"need": ""}, "Choose a need or a challenge"),
        ({"party": []}, "at least two parties"),
        ({"sentence": "Ring til 010190-1234"}, "CPR"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    club: Resource, need: Need, as_anna: Client, data: dict[str, Any], sentence: str
) -> None:
    parties = values(page(as_anna, "link_create", query=f"?resource={club.pk}"), ticked=True)
    form: dict[str, Any] = {"resource": club.pk, "need": need.pk, "sentence": SENTENCE, "party": parties} | data
    answer = send(as_anna, "link_create", creation_key=str(uuid4()), **form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Link.objects.exists()


def test_a_protected_company_is_taken_in_only_with_its_own_word(need: Need, as_anna: Client) -> None:
    unit = companies.unit("Fredet Foto", protected=True)
    start = page(as_anna, "link_create", query=f"?need={need.pk}")
    parties = [*values(start, ticked=True), *values(found(as_anna, str(unit.number), need=need.pk))]
    form: dict[str, Any] = {"need": need.pk, "sentence": SENTENCE, "party": parties}
    refused = send(as_anna, "link_create", creation_key=str(uuid4()), **form)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Fredet Foto is protected from advertising and may not be approached" in html
    assert f'href="#consent-how-p-{unit.number}"' in html
    consent = {
        f"consent-how-p-{unit.number}": "Ejeren, på telefon",
        f"consent-on-p-{unit.number}": "2026-11-01",
    }
    link = made(as_anna, parties, need=need.pk, **consent)
    assert link.parties.get(unit=unit).consent_how == "Ejeren, på telefon"


def test_who_works_in_several_areas_is_asked_which(area: Area, vejle: Organisation, as_anna: Client) -> None:
    other = places.area(vejle, "Løget By")
    html = page(as_anna, "link_create")
    assert f"?area={area.pk}" in html
    assert f"?area={other.pk}" in html


def test_strangers_find_nothing_to_begin_with(need: Need, club: Resource, as_carl: Client) -> None:
    for query in (f"?need={need.pk}", f"?resource={club.pk}", f"?area={need.area_id}"):
        address = reverse("linking:link_create") + query
        assert as_carl.get(address, headers=ENGLISH).status_code == 404


def test_a_person_is_not_quoted_into_what_she_brings(need: Need, as_anna: Client) -> None:
    person = links.resource(need, "Fatima", "person", consented_on=NOW.date(), can_do="Strikker")
    assert "Strikker" not in page(as_anna, "link_create", query=f"?resource={person.pk}")


def test_an_offer_made_to_one_area_is_taken_up_there_only(need: Need, as_anna: Client) -> None:
    other = places.area(need.area.owner, name="Et andet sted")
    offer = offering.offer(offering.company(), need.area)
    assert page(as_anna, "link_create", query=f"?offer={offer.pk}")  # the one area it was made to needs no choice
    for query in (f"?offer={offer.pk}&area={other.pk}", f"?offer={offer.pk}&need={places.need(other).pk}"):
        assert as_anna.get(reverse("linking:link_create") + query).status_code == 404


def test_an_offer_is_not_in_use_by_a_link_without_its_giver(need: Need, club: Resource, as_anna: Client) -> None:
    offer = offering.offer(offering.company(), need.area)
    parties = values(page(as_anna, "link_create", query=f"?resource={club.pk}"), ticked=True)
    about = {"area": need.area_id, "challenge": places.challenge(need.area).pk}
    assert not made(as_anna, parties, offer=offer.pk, **about).offers.exists()
