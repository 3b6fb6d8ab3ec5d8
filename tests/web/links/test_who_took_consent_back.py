"""A person who took her consent back is only taken off a link; and what no longer stands is worded for who reads it."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import refusals
from medspil.linking.asking import answer_yes, ask, take_back_asking
from medspil.linking.gate import ConsentTakenBack
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.models import Link, LinkState
from medspil.linking.parties import Party
from medspil.linking.sides import add_party, write_brings
from medspil.mapping.models import Resource
from medspil.offers.models import Offer
from medspil.partnerships.models import Partner
from medspil.register.models import Unit
from tests.factories import links, offering, people
from tests.web.links.conftest import ENGLISH, page, send, side

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(need: Need, smith: Unit, anna: User) -> Link:
    """Return a link with a company and a person who was asked and then took her consent back."""
    today = timezone.localdate()
    ida = links.resource(need, "Ida Hansen", "person", consented_on=today)
    made = links.link(need, smith, ida, by=anna)
    ask(link=made, party=side(made, "Ida"), on=today, expected_version=1, by=anna, now=timezone.now())
    Resource.objects.filter(pk=ida.pk).update(withdrawn_on=today, name="", consented_on=None)
    return Link.objects.get(pk=made.pk)


def test_nothing_is_noted_of_a_person_who_took_her_consent_back(left: Link, as_anna: Client, anna: User) -> None:
    party, now = left.parties.get(resource__isnull=False), timezone.now()
    day = timezone.localdate().replace(year=2025)
    with pytest.raises(ConsentTakenBack):
        ask(link=left, party=party, on=day, expected_version=left.version, by=anna, now=now)
    with pytest.raises(ConsentTakenBack):
        answer_yes(link=left, party=party, on=day, expected_version=left.version, by=anna, now=now)
    with pytest.raises(ConsentTakenBack):
        take_back_asking(link=left, party=party, expected_version=left.version, by=anna, now=now)
    with pytest.raises(ConsentTakenBack):
        refusals.refuse(link=left, party=party, reason="never", on=day, expected_version=left.version, by=anna, now=now)
    with pytest.raises(ConsentTakenBack):
        write_brings(link=left, party=party, brings="En cykel", expected_version=left.version, by=anna, now=now)
    said = {"version": str(left.version), "reason": "never", "creation_key": str(uuid4())}
    for name in ("link_yes", "link_no"):
        late = as_anna.post(reverse(f"linking:{name}", args=[left.pk, party.pk]), said, headers=ENGLISH)
        assert late.status_code == 422
        assert "took the consent back" in late.content.decode()


def test_her_side_has_one_step_left_and_that_is_taking_it_off(left: Link, as_anna: Client) -> None:
    party = left.parties.get(resource__isnull=False)
    html = page(as_anna, "link", left.pk)
    for step in ("spurgt", "ja", "nej", "bidrag"):
        assert f"/part/{party.pk}/{step}" not in html, step
    card = html.split(f'id="party-{party.pk}"')[1].split("</article>")[0]
    assert card.count("<form") == 1
    assert "Take off" in card
    assert send(as_anna, "link_remove", left.pk, party.pk, version=left.version).status_code == 302
    now = Link.objects.get(pk=left.pk)
    assert (now.parties.count(), now.state) == (2, LinkState.IDEA)


def test_who_said_never_is_not_offered_to_be_asked_again(link: Link, smith: Unit, as_anna: Client) -> None:
    party = side(link, smith.name)
    send(as_anna, "link_no", link.pk, party.pk, version=link.version, reason="never", creation_key=str(uuid4()))
    assert "Asked again today" not in page(as_anna, "link", link.pk)


def test_who_withdrew_its_offer_is_not_told_to_speak_with_itself(need: Need, anna: User, as_anna: Client) -> None:
    giver = offering.company("Fjordens Banken A/S")
    made = offering.offer(giver, need.area)
    today = timezone.localdate()
    found = links.link(need, giver, by=anna, offers=[made])
    party = found.parties.get(organisation=giver)
    ask(link=found, party=party, on=today, expected_version=1, by=anna, now=timezone.now())
    Offer.objects.filter(pk=made.pk).update(state="withdrawn", closed_on=today)
    theirs = page(people.signed_in(offering.contact(giver)), "link", found.pk)
    assert "It is your offer." in theirs
    assert "Speak with the giver" not in theirs
    assert "Speak with the giver" in page(as_anna, "link", found.pk)


def test_a_link_that_only_one_other_side_is_left_of_is_put_away_with_the_reason_or_gets_somebody_else(
    need: Need, club: Resource, as_anna: Client, anna: User
) -> None:
    ida = links.resource(need, "Ida Hansen", "person", consented_on=timezone.localdate())
    made = links.link(need, ida, by=anna)
    Resource.objects.filter(pk=ida.pk).update(withdrawn_on=timezone.localdate(), name="", consented_on=None)
    party = made.parties.get(resource=ida)
    card = page(as_anna, "link", made.pk).split(f'id="party-{party.pk}"')[1].split("</article>")[0]
    assert "let somebody else take part first" in card
    assert reverse("linking:link_add", args=[made.pk]) in card
    send(as_anna, "link_archive", made.pk)
    html = page(as_anna, "link", made.pk)
    assert "A person took the consent back, so the link was put away." in html
    assert "let somebody else take part first" not in html
    send(as_anna, "link_restore", made.pk)
    add_party(link=made, party=Party(resource=club), expected_version=1, by=anna, now=timezone.now())
    assert send(as_anna, "link_remove", made.pk, party.pk, version=2).status_code == 302
    assert [str(one) for one in made.parties.for_page()] == ["Vejle Kommune", "Fotoklubben"]


def test_a_partnership_of_old_shows_who_never_said_yes_and_takes_their_yes(
    link: Link, club: Resource, as_anna: Client, anna: User
) -> None:
    link = add_party(link=link, party=Party(resource=club), expected_version=1, by=anna, now=timezone.now())
    own = link.parties.get(organisation=link.area.owner)
    own.answer = "yes"
    own.save()
    Link.objects.update(state="partnership", partnership_on=timezone.localdate())
    migration = import_module("medspil.partnerships.migrations.0003_partnership")
    migration.begin_old_ones(apps, None)
    smith, photo = side(link, "Havnens"), side(link, "Fotoklubben")
    assert "Still to say yes: Havnens Smedje ApS, Fotoklubben." in page(as_anna, "link", link.pk)
    assert send(as_anna, "link_yes", link.pk, smith.pk, version=2).status_code == 302
    assert send(as_anna, "link_remove", link.pk, photo.pk, version=3).status_code == 302
    assert "Still to say yes" not in page(as_anna, "link", link.pk)
    assert Link.objects.get().state == LinkState.PARTNERSHIP
    assert {one.side for one in Partner.objects.all()} == {own, smith}
    with pytest.raises(StepNotAllowed):
        add_party(link=Link.objects.get(), party=Party(resource=club), expected_version=4, by=anna, now=timezone.now())
