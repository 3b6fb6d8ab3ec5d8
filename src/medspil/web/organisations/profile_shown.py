"""How a profile is shown: question by question what is known, from whom and of which day; and the company's places."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.accounts.models import HistoryEntry
from medspil.organisations.answers import PARENT, PARTNERSHIPS, THEMES
from medspil.organisations.models import Known, Profile, ProfileAnswer, Topic
from medspil.organisations.profiles import counted, happened
from medspil.register.models import Unit, UnitStatus
from medspil.web.history import ACTIONS, Event
from medspil.web.maps import Map, Point, build
from medspil.web.organisations.profile_loading import ProfilePage
from medspil.web.organisations.profile_words import (
    Words,
    answer_line,
    came_from,
    group_line,
    known_word,
    source_word,
    theme_name,
)

MOST_UNITS, MOST_EVENTS = 20, 40
KEPT_SEPARATE = {Topic.THEMES, Topic.PARTNERSHIPS}  # yes and no are said by what stands there


@dataclass(frozen=True, slots=True)
class Line:
    """One part of an answer: a theme with what is said, a partnership with what was done and where it is known from."""

    head: str
    text: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words: what, whose words, where from; `old` when somebody should look again."""

    known: str
    text: str
    lines: list[Line]
    who: str
    came_from: str
    link: str
    old: bool
    own: bool


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """One question: the answer that counts, those of others beneath it, and the way to one's own."""

    title: Words
    first: Said | None
    others: list[Said]
    change_url: str
    answered: bool  # by her own organisation


def topics(page: ProfilePage) -> list[ShownTopic]:
    """Return all questions with all answers that the person may read."""
    today = timezone.localdate()
    answers = [(answer, profile) for profile in page.profiles for answer in profile.answers.all()]
    for answer, profile in answers:
        answer.profile = profile  # loaded with it; spares a query for each
    found = []
    for topic in Topic:
        said = [_said(one, today) for one in counted(one for one, _profile in answers if one.topic == topic)]
        mine = page.answer(topic)
        found.append(
            ShownTopic(
                title=topic.label,
                first=said[0] if said else None,
                others=said[1:],
                change_url=page.address("answer", topic.value) if page.writer else "",
                answered=bool(mine and mine.told),
            )
        )
    return found


def _said(answer: ProfileAnswer, today: date) -> Said:
    topic, profile = Topic(answer.topic), answer.profile
    text = group_line(answer.text, str(answer.details.get(PARENT, ""))) if topic is Topic.GROUP else answer.text
    known = known_word(answer.known) if topic not in KEPT_SEPARATE else ""
    if topic in KEPT_SEPARATE and answer.known == Known.NO:
        text = _("Looked, and found none")
    return Said(
        known=known,
        text=text,
        lines=_lines(answer),
        who=_("The company's own words") if profile.own else _("Checked for %(name)s") % {"name": profile.said_by.name},
        came_from=came_from(source=answer.source, on=answer.checked_on, by=str(answer.checked_by or "")),
        link=answer.link,
        old=answer.old(today),
        own=profile.own,
    )


def _lines(answer: ProfileAnswer) -> list[Line]:
    themes = [Line(theme_name(code), text) for code, text in answer.details.get(THEMES, {}).items()]
    rows: list[dict[str, str]] = answer.details.get(PARTNERSHIPS, [])
    return themes + [
        Line(
            row["with_whom"],
            " · ".join(part for part in (row.get("what"), row.get("when")) if part),
            "" if row["source"] == answer.source else source_word(row["source"]),
            row.get("link", ""),
        )
        for row in rows
    ]


def questions_left(page: ProfilePage, after: Topic | None = None) -> Topic | None:
    """Return the next question that her organisation has not answered, after one, else from the beginning."""
    order = list(Topic)
    start = order.index(after) + 1 if after else 0
    left = [topic for topic in order[start:] + order[:start] if not ((one := page.answer(topic)) and one.told)]
    return next((topic for topic in left if topic != after), None)


def places(page: ProfilePage) -> tuple[list[Unit], int]:
    """Return the company's places of work that are in business, and how many there are. Two queries."""
    units = page.subject.units().filter(status=UnitStatus.ACTIVE)
    return list(units.order_by("municipality", "name", "number")[:MOST_UNITS]), units.count()


def places_map(page: ProfilePage, units: list[Unit]) -> Map | None:
    """Return a map of the places around the main one; None where no place is known."""
    main = page.unit
    if main is None or main.x is None or main.y is None:
        return None
    points = [
        Point(ident=f"unit-{unit.number}", x=unit.x, y=unit.y, label=unit.name)
        for unit in (units or [main])
        if unit.x is not None and unit.y is not None
    ]
    caption = _("Where %(name)s lies") % {"name": page.name}
    return build(centre=(main.x, main.y), rings_km=(1, 2, 5, 10), points=points, caption=caption)


def events(profiles: list[Profile]) -> list[Event]:
    """Return what happened to the profiles she may read, newest first. One query."""
    keys = {str(profile.pk): profile for profile in profiles}
    return [
        Event(at=entry.at, by=entry.by, what=_what(entry, keys[entry.record_id]), changes=_changes(entry))
        for entry in happened(profiles, most=MOST_EVENTS)
    ]


def _what(entry: HistoryEntry, profile: Profile) -> str:
    words = {"answered": _("answered"), "note_changed": _("changed the private note")}
    what = words.get(entry.action) or str(ACTIONS.get(entry.action, entry.action))
    whose = _("The company's own words") if profile.own else profile.said_by.name
    return f"{what} · {whose}"


def _changes(entry: HistoryEntry) -> list[str]:
    found = []
    for name, value in entry.changes.items():
        if name not in Topic or not isinstance(value, list):
            continue  # what a note said stays on its own page
        old, new = (answer_line(name, one) if isinstance(one, dict) else "" for one in value)
        words = {"label": Topic(name).label, "old": old, "new": new or _("taken back")}
        found.append(_("%(label)s: from %(old)s to %(new)s") % words if old else f"{words['label']}: {words['new']}")
    return found
