"""Read the file of an invitation to a meeting (.ics) as calendars write it: when, where, who, and whether it is off."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Component

LARGEST = 512 * 1024
MOST_MINUTES = 1_440
_LONGEST_UID = 255
_MAILTO = "mailto:"


class NotAnInvitation(Exception):
    """The file holds no meeting that can be read."""

    def __init__(self) -> None:
        super().__init__(
            _("This is no invitation that can be read. Save the meeting from your calendar as a file (.ics).")
        )


class SeveralMeetings(Exception):
    """The file holds a whole calendar."""

    def __init__(self) -> None:
        super().__init__(_("The file holds several meetings. Save the one meeting from your calendar as a file."))


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is invited or invites, as the file names them; the name may be blank."""

    name: str
    email: str

    def __str__(self) -> str:
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting: its number in calendars, begin with time zone, length, what it is called, where, and who comes."""

    uid: str
    starts: datetime
    minutes: int | None
    summary: str
    place: str
    people: tuple[Attendee, ...]
    cancelled: bool


def read_invitation(body: bytes, *, zone: tzinfo) -> Invitation:
    """Return the meeting in a file; a time without a zone is meant as in `zone`, a whole day begins at its midnight.

    Of a meeting that comes again and again the first time counts. Raises `NotAnInvitation`, `SeveralMeetings`.
    """
    if len(body) > LARGEST:
        raise NotAnInvitation
    try:
        return _read(Calendar.from_ical(body, multiple=True), zone)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as trouble:
        # The library tells of bad files in all of these ways; what they say is nothing for whoever brings the file.
        raise NotAnInvitation from trouble


def _read(calendars: list[Calendar], zone: tzinfo) -> Invitation:
    calendar = calendars[0]
    events = {str(one.get("UID", "")): one for each in calendars for one in reversed(each.walk("VEVENT"))}
    if len(events) > 1:
        raise SeveralMeetings
    if not events:
        raise NotAnInvitation
    ((uid, event),) = events.items()
    off = "CANCELLED" in str(event.get("STATUS", "")).upper() or str(calendar.get("METHOD", "")).upper() == "CANCEL"
    return Invitation(
        uid=_line(uid, _LONGEST_UID),
        starts=_moment(event.decoded("DTSTART"), zone),
        minutes=_minutes(event, zone),
        summary=_line(event.get("SUMMARY", ""), 200),
        place=_line(event.get("LOCATION", ""), 200),
        people=tuple(_people(event)),
        cancelled=off,
    )


def _moment(told: date, zone: tzinfo) -> datetime:
    """Return when a meeting begins, with its time zone."""
    if not isinstance(told, datetime):
        return datetime.combine(told, time(0), tzinfo=zone)
    return told if told.tzinfo else told.replace(tzinfo=zone)


def _minutes(event: Component, zone: tzinfo) -> int | None:
    """Return how long a meeting lasts; None for whole days and where the file does not say."""
    begins = event.decoded("DTSTART")
    if not isinstance(begins, datetime):
        return None
    if "DTEND" in event:
        lasts = _moment(event.decoded("DTEND"), zone) - _moment(begins, zone)
    elif "DURATION" in event:
        lasts = event.decoded("DURATION")
    else:
        return None
    minutes = int(lasts.total_seconds() // 60)
    return minutes if 0 < minutes <= MOST_MINUTES else None


def _people(event: Component) -> list[Attendee]:
    """Return who invites and who is invited, each once; rooms and things are nobody."""
    told = [event.get("ORGANIZER"), *_many(event.get("ATTENDEE"))]
    found: dict[str, Attendee] = {}
    for one in told:
        kind = str(getattr(one, "params", {}).get("CUTYPE", "INDIVIDUAL")).upper()
        if one is None or kind in ("ROOM", "RESOURCE"):
            continue
        address = str(one).strip()
        email = address[len(_MAILTO) :].lower() if address.lower().startswith(_MAILTO) else ""
        person = Attendee(_line(one.params.get("CN", ""), 120), email)
        if str(person):
            found.setdefault(email or person.name, person)
    return list(found.values())


def _many(told: object) -> list[object]:
    """Return a value that may stand once or several times."""
    return told if isinstance(told, list) else [told]


def _line(told: object, most: int) -> str:
    """Return a text on one line, of a length that can be kept."""
    return " ".join(str(told).split())[:most]
