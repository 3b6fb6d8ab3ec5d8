"""The file of an invitation is read as calendars write it, and a meeting that is agreed upon is planned until held."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Link
from medspil.partnerships.conversations import Said, edit_conversation, note_conversation
from medspil.partnerships.invitations import (
    LARGEST,
    Attendee,
    NotAnInvitation,
    SeveralMeetings,
    read_invitation,
)
from medspil.partnerships.models import Channel, Conversation
from tests.factories import companies, links
from tests.factories.people import NOW
from tests.factories.pitches import company

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ORGANISER = 'ORGANIZER;CN="Smed, Per":mailto:Per@Smedjen.example'


def calendar(*lines: str, method: str = "REQUEST") -> bytes:
    inside = ("BEGIN:VEVENT", "UID:moede-1@smedjen.example", "DTSTAMP:20260101T080000Z", *lines, "END:VEVENT")
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Smedjen//DA", f"METHOD:{method}")
    return "\r\n".join((*head, *inside, "END:VCALENDAR", "")).encode()


def test_time_place_and_people_are_read() -> None:
    found = read_invitation(
        calendar(
            "DTSTART;TZID=Europe/Copenhagen:20260120T093000",
            "DTEND;TZID=Europe/Copenhagen:20260120T103000",
            "SUMMARY:Møde om\\, fotoskole",
            "LOCATION:Smedjen",
            ORGANISER,
            "ATTENDEE;CN=Anna:mailto:anna@vejle.example",
            "ATTENDEE;CUTYPE=ROOM;CN=Lokale 2:mailto:l2@x.example",
        ),
        zone=COPENHAGEN,
    )
    assert (found.uid, found.summary, found.place) == ("moede-1@smedjen.example", "Møde om, fotoskole", "Smedjen")
    assert found.starts == datetime(2026, 1, 20, 9, 30, tzinfo=COPENHAGEN)
    assert found.people == (Attendee("Smed, Per", "per@smedjen.example"), Attendee("Anna", "anna@vejle.example"))
    assert not found.cancelled
    assert found.minutes == 60


@pytest.mark.parametrize(
    ("line", "utc"),
    [
        ("DTSTART:20260329T003000Z", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        ("DTSTART;TZID=Europe/Copenhagen:20260328T100000", datetime(2026, 3, 28, 9, tzinfo=UTC)),
        ("DTSTART;TZID=Europe/Copenhagen:20260330T100000", datetime(2026, 3, 30, 8, tzinfo=UTC)),
        ("DTSTART;TZID=Romance Standard Time:20260330T100000", datetime(2026, 3, 30, 8, tzinfo=UTC)),
        ("DTSTART:20260330T100000", datetime(2026, 3, 30, 8, tzinfo=UTC)),
        ("DTSTART;VALUE=DATE:20260330", datetime(2026, 3, 29, 22, tzinfo=UTC)),
    ],
)
def test_the_hour_is_right_across_zones_and_daylight_saving(line: str, utc: datetime) -> None:
    assert read_invitation(calendar(line), zone=COPENHAGEN).starts.astimezone(UTC) == utc


@pytest.mark.parametrize("body", [calendar("DTSTART:20260120T093000Z", method="CANCEL"),
                                  calendar("DTSTART:20260120T093000Z", "STATUS:CANCELLED")])  # fmt: skip
def test_a_cancelled_meeting_says_so(body: bytes) -> None:
    assert read_invitation(body, zone=COPENHAGEN).cancelled


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff\xfe\x00", b"PK\x03\x04", b"/etc/passwd", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        calendar("SUMMARY:Uden tid"), calendar("DTSTART:i morgen"), b"x" * (LARGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_invitation_gets_one_sentence(body: bytes) -> None:
    with pytest.raises(NotAnInvitation):
        read_invitation(body, zone=COPENHAGEN)


def test_a_whole_calendar_is_asked_for_one_meeting() -> None:
    two = calendar("DTSTART:20260120T093000Z", "END:VEVENT", "BEGIN:VEVENT", "UID:andet", "DTSTART:20260121T093000Z")
    with pytest.raises(SeveralMeetings):
        read_invitation(two, zone=COPENHAGEN)


@pytest.mark.django_db
def test_a_meeting_to_come_is_planned_once_until_somebody_notes_what_was_said(need: Need, anna: User) -> None:
    link: Link = links.link(need, companies.unit(), by=anna)
    later = NOW + timedelta(days=9)
    said = Said(channel=Channel.MEETING, at=later, invitation="moede-1")
    for _hand in range(2):
        note_conversation(link=link, party=company(link), said=said, creation_key=uuid4(), by=anna, now=NOW)
    (entry,) = Conversation.objects.planned()
    assert not Conversation.objects.held().exists()
    after = later + timedelta(hours=3)
    told = Said(channel=Channel.MEETING, at=later, their_people="Per", text="De vil gerne.")
    edit_conversation(conversation=entry, said=told, expected_version=1, by=anna, now=after)
    (held,) = Conversation.objects.held()
    assert (held.text, held.invitation) == ("De vil gerne.", "moede-1")
