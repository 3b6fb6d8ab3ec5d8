"""Who takes her consent back is forgotten in letters and conversations about her links too, at once and for good."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.mentions import settle, texts_of
from medspil.linking.models import Link, Mention
from medspil.mapping.models import Consent, HowEnded, Resource
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.models import Message, MessageState
from medspil.partnerships.conversations import NewPledge, Said, edit_conversation, note_conversation
from medspil.partnerships.forgetting import KEPT_FOR, forget_old_letters
from medspil.partnerships.models import Channel, Conversation, Pitch
from medspil.partnerships.pitching import send_pitch
from tests.factories import companies, links
from tests.factories.people import NOW
from tests.factories.pitches import addressed, company, draft

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def ida(need: Need, anna: User) -> Resource:
    """Return a person on the map."""
    made = links.resource(need, "Ida Hansen", "person", consented_on=TODAY, kinds=["photo_film"])
    Consent.objects.create(resource=made, given_on=TODAY, how="said", said_to=anna, on_map=True)
    return made


def note(link: Link, by: User) -> Conversation:
    pledge = NewPledge(ours=True, who="Ida", what="Ida viser billeder", due_on=TODAY)
    said = Said(channel=Channel.CALL, at=NOW - timedelta(hours=1), their_people="Per", text="Ida kan komme mandag")
    return note_conversation(
        link=link, party=company(link), said=said, pledges=[pledge], creation_key=uuid4(), by=by, now=NOW
    )


def send(pitch: Pitch, by: User) -> Pitch:
    return send_pitch(
        pitch=pitch, counts_as_asked=False, link_version=1, expected_version=pitch.version, by=by, now=NOW
    )


def everything() -> str:
    """Return every text of letters, conversations and mails, and the whole history."""
    rows: list[Any] = list(HistoryEntry.objects.values())
    for room in ("partnerships", "notices"):
        for model in apps.get_app_config(room).get_models():
            rows += list(model._default_manager.values())
    return str(rows)


def test_letters_waiting_mails_and_conversations_of_her_links_are_forgotten_with_her(
    need: Need, ida: Resource, anna: User
) -> None:
    link = links.link(need, links.party(ida), companies.unit(), by=anna)
    send(addressed(draft(link, by=anna), by=anna, text="Ida Hansen holder fotoskole"), anna)
    addressed(draft(link, by=anna), by=anna, text="Ida igen")
    entry = note(link, anna)
    assert "Ida" in everything()
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW)
    assert "Ida" not in everything()
    assert Message.objects.get().state == MessageState.STOPPED
    assert Conversation.objects.get(pk=entry.pk).forgotten_at == NOW


def test_links_without_her_keep_their_letters_and_conversations(need: Need, ida: Resource, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    draft(link, by=anna)
    note(link, anna)
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW)
    assert Pitch.objects.get().text
    assert Conversation.objects.get().text


def test_what_names_her_in_other_links_is_told_to_people_and_deleted_when_they_say_so(
    need: Need, ida: Resource, anna: User
) -> None:
    link = links.link(need, companies.unit(), by=anna)
    send(addressed(draft(link, by=anna), by=anna, subject="Ida", text="Ida Hansen holder fotoskole"), anna)
    note(link, anna)
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW)
    found = Mention.objects.visible_to(anna, on=TODAY).waiting()
    assert sorted(found.values_list("where", flat=True)) == ["heading", "letter", "promise", "promiser", "said"]
    assert set(texts_of(found).values()) == {
        "Ida", "Ida Hansen holder fotoskole", "Ida kan komme mandag", "Ida viser billeder"
    }  # fmt: skip
    for where, others in (("letter", ["promise", "promiser", "said"]), ("promise", ["said"]), ("said", [])):
        settle(mention=found.get(where=where), how="delete", by=anna, now=NOW)
        assert sorted(found.values_list("where", flat=True)) == others  # what went with it is not looked at
    assert "Ida" not in everything()
    assert Message.objects.get().state == MessageState.STOPPED


def test_of_her_own_links_nothing_is_left_to_look_at(need: Need, ida: Resource, anna: User) -> None:
    link = links.link(need, links.party(ida), companies.unit(), by=anna)
    draft(link, by=anna)
    note(link, anna)
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW)
    assert not Mention.objects.exists()


def test_whoever_has_it_open_while_it_is_forgotten_brings_nothing_back(need: Need, anna: User, ida: Resource) -> None:
    link = links.link(need, links.party(ida), companies.unit(), by=anna)
    letter, entry = addressed(draft(link, by=anna), by=anna), note(link, anna)
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW)
    assert forget_old_letters(now=NOW + KEPT_FOR * 2) == 0
    with pytest.raises(EditConflict):
        send(letter, anna)
    again = Said(channel=Channel.CALL, at=NOW, text="Ida kan komme mandag")
    with pytest.raises(EditConflict):
        edit_conversation(conversation=entry, said=again, expected_version=entry.version, by=anna, now=NOW)
    assert not Message.objects.exists()
