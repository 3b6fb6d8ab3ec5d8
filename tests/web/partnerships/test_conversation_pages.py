"""Noting a call on pages: who, what caught interest, what was promised; changed, done, and taken away."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Link
from medspil.partnerships.models import Conversation, Pledge
from tests.factories import companies, links
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company."""
    return links.link(need, companies.unit(), by=anna)


def words(anna: User, **fields: Any) -> dict[str, Any]:
    return {
        "channel": "call", "day": "2026-01-05", "time": "09:30", "from_us": [anna.pk], "their_people": "Per Smed",
        "caught": ["recruitment"], "text": "De vil gerne høre mere.", "creation_key": KEY,
    } | fields  # fmt: skip


def send(client: Client, name: str, pk: int, *args: int, **data: Any) -> Any:
    return client.post(reverse(f"partnerships:{name}", args=[pk, *args]), data, headers=ENGLISH)


def page(client: Client, name: str, *args: int) -> str:
    response = client.get(reverse(f"partnerships:{name}", args=args), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_a_call_is_noted_and_stands_on_the_page_of_the_side(as_anna: Client, anna: User, link: Link) -> None:
    side = company(link)
    promise = {"our_what": "Sender forslag", "our_who": "Anna", "our_due": "2026-01-12"}
    answer = send(as_anna, "conversation_new", link.pk, side.pk, **words(anna, **promise))
    assert answer.status_code == 302, answer.content.decode()
    entry = Conversation.objects.get()
    assert timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M") == "2026-01-05 09:30"
    html = page(as_anna, "pitch", link.pk, side.pk)
    for told in ("Per Smed", "De vil gerne høre mere.", "Easier to find and keep staff", "Sender forslag", "late"):
        assert told in html, told


def test_a_promise_without_a_day_and_a_day_that_has_not_come_are_asked_about(
    as_anna: Client, anna: User, link: Link
) -> None:
    side = company(link)
    for fields, sentence in (
        ({"their_what": "Ringer"}, "Say until when."),
        ({"our_due": "2026-01-12"}, "Say what was promised."),
        ({"day": "2100-01-05"}, "That is more than a year ahead. Is the year right?"),
        ({"text": "", "their_people": ""}, "Write what was said, or who was there."),
        ({"day": "2025-03-30", "time": "02:30"}, "That time does not exist on that day"),
    ):
        answer = send(as_anna, "conversation_new", link.pk, side.pk, **words(anna, **fields))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Conversation.objects.exists()


def test_an_entry_is_changed_gets_a_promise_that_is_done_and_is_taken_away(
    as_anna: Client, anna: User, link: Link
) -> None:
    side = company(link)
    send(as_anna, "conversation_new", link.pk, side.pk, **words(anna))
    entry = Conversation.objects.get()
    assert "De vil gerne høre mere." in page(as_anna, "conversation", entry.pk)
    send(as_anna, "conversation", entry.pk, **words(anna, version=1, text="De ringer selv."))
    assert Conversation.objects.get().text == "De ringer selv."
    stale = send(as_anna, "conversation", entry.pk, **words(anna, version=1, text="Noget tredje."))
    assert stale.status_code == 409
    assert "De ringer selv." in stale.content.decode()
    more = {"promise-version": 2, "promise-whose": "theirs", "promise-what": "Ringer", "promise-due_on": "2026-01-20"}
    send(as_anna, "promise", entry.pk, **more)
    pledge = Pledge.objects.get()
    assert not pledge.ours
    again = send(as_anna, "promise", entry.pk, **more)
    assert again.status_code == 409
    for name, kept in (("promise_kept", True), ("promise_open", False)):
        send(as_anna, name, pledge.pk)
        assert (Pledge.objects.get().kept_at is not None) is kept
    assert send(as_anna, "conversation_remove", entry.pk, version=1).status_code == 409
    send(as_anna, "conversation_remove", entry.pk, version=3)
    assert not Conversation.objects.exists()


def test_the_card_for_the_call_leads_to_the_note(as_anna: Client, link: Link) -> None:
    side = company(link)
    way = reverse("partnerships:conversation_new", args=[link.pk, side.pk])
    assert f"{way}?hvordan=call" in page(as_anna, "call", link.pk, side.pk)
    assert 'value="call"' in page(as_anna, "conversation_new", link.pk, side.pk)


def test_the_note_is_asked_for_on_the_page_with_the_gains_that_were_named_first(as_anna: Client, link: Link) -> None:
    html = page(as_anna, "conversation_new", link.pk, company(link).pk)
    named = [html.index(f'value="{code}"') for code in ("new_thinking", "policy_access")]
    assert named == sorted(named)


def test_the_file_of_an_invitation_is_a_draft_then_a_meeting_that_is_known_again(
    as_anna: Client, anna: User, link: Link
) -> None:
    side, day = company(link), timezone.localdate() + timedelta(days=20)
    answer = bring(as_anna, link, side.pk, invitation(day))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not Conversation.objects.exists()
    for told in (day.isoformat(), "10:15", "Per Smed", "Møde om fotoskole", "moede-7", 'value="45"'):
        assert told in html, told
    fields = words(anna, channel="meeting", day=day.isoformat(), time="10:15", invitation="moede-7")
    send(as_anna, "conversation_new", link.pk, side.pk, **fields)
    entry = Conversation.objects.planned().get()
    assert "agreed upon" in page(as_anna, "pitch", link.pk, side.pk)
    moved = bring(as_anna, link, side.pk, invitation(day + timedelta(days=1))).content.decode()
    assert "The invitation is here already" in moved
    assert (day + timedelta(days=1)).isoformat() in moved
    off = bring(as_anna, link, side.pk, invitation(day, "METHOD:CANCEL")).content.decode()
    assert "The invitation says that the meeting is cancelled." in off
    send(as_anna, "conversation_remove", entry.pk, version=1)
    unknown = bring(as_anna, link, side.pk, invitation(day, "METHOD:CANCEL"))
    assert (unknown.status_code, Conversation.objects.count()) == (422, 0)
    bad = bring(as_anna, link, side.pk, b"ikke en kalender")
    assert "This is no invitation that can be read." in bad.content.decode()


def bring(client: Client, link: Link, side: int, body: bytes) -> Any:
    file = SimpleUploadedFile("moede.ics", body, content_type="text/calendar")
    return client.post(reverse("partnerships:invitation", args=[link.pk, side]), {"file": file}, headers=ENGLISH)


def invitation(day: date, method: str = "METHOD:REQUEST") -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", method, "BEGIN:VEVENT", "UID:moede-7", "DTSTAMP:20260101T080000Z",
        f"DTSTART;TZID=Europe/Copenhagen:{day:%Y%m%d}T101500", "DURATION:PT45M", "SUMMARY:Møde om fotoskole",
        "ORGANIZER;CN=Per Smed:mailto:per@smedjen.example", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()
