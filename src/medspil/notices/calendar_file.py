"""The file by which a calendar takes in a meeting, moves it and takes it out (RFC 5545): one and the same by its UID.

Times stand in UTC, so that no calendar has to know when the clocks change here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from medspil.notices.letters import sender


class Method(StrEnum):
    """What a calendar does with the file."""

    PUBLISH = "PUBLISH"  # downloaded: takes it in, answers nobody
    REQUEST = "REQUEST"  # an invitation, or a change of one
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Words:
    """What is read in the calendar, in somebody's language."""

    summary: str
    description: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """What people come to: `key` stays the same for ever, `sequence` counts how often it was changed."""

    key: str
    sequence: int
    starts_at: datetime
    minutes: int
    place: str


def calendar_file(
    gathering: Gathering, words: Words, *, method: Method, organiser: str = "", to: str = "", now: datetime
) -> str:
    """Return the file. Nobody else's address stands in it than that of who invites and of who gets it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Medspil//Medspil//DA")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    event = Event()
    event.add("uid", f"{gathering.key}@{sender().rpartition('@')[2] or 'medspil'}")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    starts = gathering.starts_at.astimezone(UTC)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=gathering.minutes))
    event.add("summary", words.summary)
    event.add("location", gathering.place)
    event.add("description", words.description)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    if organiser:
        event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    if to:
        attendee = vCalAddress(f"mailto:{to}")
        attendee.params["RSVP"] = vText("TRUE")
        event.add("attendee", attendee)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())
