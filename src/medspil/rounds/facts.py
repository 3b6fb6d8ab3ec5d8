"""How a fact of a row is read from what people write, kept as plain JSON, and written for people again.

Times of the week are kept as [weekday, from, to] with Monday 0 and minutes of the day.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medspil.rounds.programmes import Fact, FactKind

HIGHEST_GRADE = 10
MOST_NUMBER = 1_000_000
LONGEST_TEXT = 160
_DAYS = {
    name: day
    for day, names in enumerate(
        (
            ("mandag", "man", "ma", "monday", "mon"),
            ("tirsdag", "tirs", "tir", "ti", "tuesday", "tues", "tue"),
            ("onsdag", "ons", "on", "wednesday", "wed"),
            ("torsdag", "tors", "tor", "to", "thursday", "thurs", "thur", "thu"),
            ("fredag", "fre", "fr", "friday", "fri"),
            ("lørdag", "loerdag", "lør", "lø", "saturday", "sat"),
            ("søndag", "soendag", "søn", "sø", "sunday", "sun"),
        )
    )
    for name in names
}
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_TIME = re.compile(rf"([a-zæøå]+)\.?\s*(?:kl\.?\s*)?{_CLOCK}\s*[-–—]\s*{_CLOCK}")
_GRADE_PART = re.compile(r"(\d{1,2})\.?(?:\s*[-–—]\s*(\d{1,2})\.?)?")
_DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


class FactUnreadable(ValueError):
    """What stands there cannot be read as the fact; the sentence says how it is written."""


def read_fact(fact: Fact, text: str) -> Any:
    """Return a fact as it is kept; an empty text is None. Raises `FactUnreadable`."""
    text = " ".join(text.split())
    return _READ[fact.kind](text) if text else None


def shown_fact(kind: FactKind, value: Any) -> str:
    """Return a kept fact for people, in a form that `read_fact` takes back."""
    return "" if value in (None, "", []) else _SHOWN[kind](value)


def shown_facts(facts: tuple[Fact, ...], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (label, value) of what a row states."""
    told = [(str(fact.label), shown_fact(fact.kind, values.get(fact.code))) for fact in facts]
    return [(label, value) for label, value in told if value]


def times_in_words(values: list[list[int]]) -> str:
    """Return times of the week with whole names of days, as a sentence has them."""
    return "; ".join(f"{WEEKDAYS[day]} {_clock(start)}-{_clock(end)}" for day, start, end in values)


def overlapping(one: list[int], other: list[int]) -> int:
    """Return how many minutes two times of the week have in common."""
    return max(0, min(one[2], other[2]) - max(one[1], other[1])) if one[0] == other[0] else 0


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise FactUnreadable(_("is longer than {number} signs").format(number=LONGEST_TEXT))
    return text


def read_number(text: str, *, least: int = 0, most: int = MOST_NUMBER) -> int:
    """Return a whole number; 1.200 and 1 200 are read as people mean them."""
    plain = re.sub(r"(?<=\d)[. ](?=\d{3}(?!\d))", "", text)
    if (
        not re.fullmatch(r"\d{1,7}(?:[.,]0+)?", plain)
        or not least <= (number := int(re.split("[.,]", plain)[0])) <= most
    ):
        raise FactUnreadable(_("is not a whole number from {least} to {most}").format(least=least, most=most))
    return number


def _grade(text: str) -> int:
    found = _grades(text)
    if len(found) != 1:
        raise FactUnreadable(_("is not one grade from 0 to 10"))
    return found[0]


def _grades(text: str) -> list[int]:
    found: set[int] = set()
    for piece in re.split(r"[,;]|\bog\b|\band\b", re.sub(r"(?:klasse|klassetrin|grades?)", "", text.lower())):
        if not piece.strip():
            continue
        part = _GRADE_PART.fullmatch(piece.strip())
        first, last = (int(part[1]), int(part[2] or part[1])) if part else (1, 0)
        if not first <= last <= HIGHEST_GRADE:
            raise FactUnreadable(_("is not written as grades, such as 7-9"))
        found |= set(range(first, last + 1))
    if not found:
        raise FactUnreadable(_("is not written as grades, such as 7-9"))
    return sorted(found)


def _words(text: str) -> list[str]:
    words = [word.strip().lower() for word in re.split(r"[,;/]|\bog\b|\band\b", text)]
    return list(dict.fromkeys(_text(word) for word in words if word))


def _day(text: str) -> str:
    for form in _DATES:
        try:
            return datetime.strptime(text[:10], form).date().isoformat()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise FactUnreadable(_("is not a date, such as 24-12-2026"))


def _times(text: str) -> list[list[int]]:
    found = []
    for piece in re.split(r"[;,/]|\bog\b|\band\b", text.lower()):
        if not piece.strip():
            continue
        part = _TIME.fullmatch(piece.strip())
        day = _DAYS.get(part[1]) if part else None
        start, end = (_minutes(part[2], part[3]), _minutes(part[4], part[5])) if part else (0, 0)
        if day is None or not 0 <= start < end <= 24 * 60:
            raise FactUnreadable(_("is not written as times, such as Thu 15-17"))
        found.append([day, start, end])
    if not found:
        raise FactUnreadable(_("is not written as times, such as Thu 15-17"))
    return sorted(found)


def _minutes(hours: str, minutes: str | None) -> int:
    return int(hours) * 60 + int(minutes or 0) if int(minutes or 0) < 60 else -1


def _shown_grades(values: list[int]) -> str:
    runs: list[list[int]] = []
    for value in sorted(values):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _shown_times(values: list[list[int]]) -> str:
    return "; ".join(f"{str(WEEKDAYS[day])[:3].lower()} {_clock(start)}-{_clock(end)}" for day, start, end in values)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}" if minutes % 60 == 0 else f"{minutes // 60}.{minutes % 60:02}"


_READ: Mapping[FactKind, Callable[[str], Any]] = {
    FactKind.TEXT: _text,
    FactKind.NUMBER: read_number,
    FactKind.GRADE: _grade,
    FactKind.GRADES: _grades,
    FactKind.WORDS: _words,
    FactKind.DAY: _day,
    FactKind.TIMES: _times,
}
_SHOWN: Mapping[FactKind, Callable[[Any], str]] = {
    FactKind.TEXT: str,
    FactKind.NUMBER: str,
    FactKind.GRADE: str,
    FactKind.GRADES: _shown_grades,
    FactKind.WORDS: ", ".join,
    FactKind.DAY: lambda value: date_format(date.fromisoformat(value), "d.m.Y"),
    FactKind.TIMES: _shown_times,
}
