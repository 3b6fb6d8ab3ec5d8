"""The map hears from links who came to a challenge, and links forget with it when a person withdraws."""

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Challenge, Need
from medspil.linking import notes
from medspil.linking.asking import answer_yes, ask
from medspil.linking.brokers import come, plan_leaving
from medspil.linking.links import edit_link
from medspil.linking.models import Link, LinkParty, Refusal
from medspil.linking.parties import names_for
from medspil.linking.refusals import refuse
from medspil.mapping.hooks import reached
from medspil.mapping.models import Consent, HowEnded, Resource
from medspil.mapping.withdrawal import withdraw_consent
from tests.factories import companies, links, offering, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def challenge(need: Need) -> Challenge:
    need.challenge = places.challenge(need.area)
    need.save(update_fields=["challenge"])
    return need.challenge


@pytest.fixture
def ida(need: Need, anna: User) -> Resource:
    """Return a person on the map."""
    made = links.resource(need, "Ida Hansen", "person", consented_on=TODAY, kinds=["photo_film", "sports"])
    Consent.objects.create(resource=made, given_on=TODAY, how="said", said_to=anna, on_map=True)
    return made


def who_came(challenge: Challenge, user: User) -> list[tuple[str, str, bool]]:
    return [(one.name, one.kind, one.agreed) for one in reached([challenge.pk], user=user, on=TODAY)]


def test_the_map_is_told_who_was_linked_with_which_kind_and_whether_they_agreed(
    need: Need, challenge: Challenge, ida: Resource, anna: User, carl: User
) -> None:
    unit = companies.unit("Fotograf Per")
    first = links.link(need, unit, ida, by=anna)
    name = unit.name
    assert who_came(challenge, anna) == sorted([(name, "photo_film", False), ("Ida Hansen", "photo_film", False)])
    side = first.parties.get(unit=unit)
    answer_yes(link=first, party=side, on=TODAY, expected_version=1, by=anna, now=NOW)
    assert (name, "photo_film", True) in who_came(challenge, anna)
    assert who_came(challenge, carl) == []


def test_an_offer_brings_its_own_kind_and_who_said_no_brings_nothing(
    need: Need, challenge: Challenge, anna: User
) -> None:
    giver = offering.company()
    link = links.link(need, giver, by=anna, offers=[offering.offer(giver, kind="premises")])
    assert who_came(challenge, anna) == [(giver.name, "premises", False)]
    refuse(
        link=link, party=link.parties.get(organisation=giver), reason="never", on=TODAY, expected_version=1, by=anna,
        now=NOW,
    )  # fmt: skip
    assert who_came(challenge, anna) == []


def test_links_forget_a_person_with_the_map(need: Need, ida: Resource, anna: User) -> None:
    link = links.link(need, links.party(ida, brings="Ida kan fotografere"), companies.unit(), by=anna)
    edit_link(link=link, sentence="Ida Hansen holder fotoskole", expected_version=1, by=anna, now=NOW)
    now = Link.objects.get()
    side = now.parties.get(resource=ida)
    ask(link=now, party=side, on=TODAY, note="Ida vil høre mere", expected_version=2, by=anna, now=NOW)
    notes.write_note(
        link=now, organisation=need.area.owner, text="Ida er genert", creation_key=uuid4(), by=anna, now=NOW
    )
    brokerage = come(link=now, user=anna, organisation=need.area.owner, by=anna, now=NOW)
    plan_leaving(
        brokerage=brokerage, leaves_on=TODAY, to_the_parties=True, handover="Ring til Ida", expected_version=1, by=anna,
        now=NOW,
    )  # fmt: skip
    now = Link.objects.get()
    refuse(
        link=now, party=side, reason="other", words="Ida er flyttet", on=TODAY, expected_version=now.version, by=anna,
        now=NOW,
    )  # fmt: skip
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW)
    assert "Ida" not in everything()
    assert "Ida" not in str(names_for(anna, LinkParty.objects.for_page()))
    assert Link.objects.get().sentence
    assert Refusal.objects.get().words


def everything() -> str:
    """Return every text of this room, and the whole history."""
    rows: list[Any] = list(HistoryEntry.objects.values())
    for model in apps.get_app_config("linking").get_models():
        rows += list(model._default_manager.values())
    return str(rows)
