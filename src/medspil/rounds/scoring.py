"""How well one row suits another: a sum of parts that can be shown, or the reason why the pair cannot be.

What nobody has stated is neither good nor bad: it counts as half, and leaves nobody out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import exp, hypot
from typing import Any

from medspil.language import fold
from medspil.rounds.facts import overlapping
from medspil.rounds.programmes import Part, Rule
from medspil.rounds.sheet import Asker, Giver, Sheet

NOT_STATED = 0.5
# The worst a whole row of facts can be is still better than nothing: the solver prefers a pair to none.
LOWEST = 0.01


class Bar(StrEnum):
    """Why a pair cannot be. The first that holds is told."""

    TOO_FAR = "too_far"
    GRADE = "grade"
    TIME = "time"
    LANGUAGE = "language"
    EQUIPMENT = "equipment"
    PERSON = "person"
    SAID_NO = "said_no"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class PartOfScore:
    """One part: how much it can count, how well it fits (None: not stated), and the points that gives."""

    part: Part
    share: float
    value: float | None

    @property
    def points(self) -> float:
        """Return what it adds to the score."""
        return self.share * (NOT_STATED if self.value is None else self.value)


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair that could be: its parts, and how far apart both lie (None: not known)."""

    parts: tuple[PartOfScore, ...]
    metres: float | None

    @property
    def score(self) -> float:
        """Return the sum of the parts, within 0 and 1."""
        return min(1.0, max(LOWEST, round(sum(part.points for part in self.parts), 6)))

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return {
            "score": self.score,
            "metres": None if self.metres is None else round(self.metres),
            "parts": [
                [one.part.value, one.share, None if one.value is None else round(one.value, 4)] for one in self.parts
            ],
        }


class Scorer:
    """Judges pairs of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._fit_only = bool(sheet.rule(Rule.FIT_ONLY))
        self._max_km = sheet.rule(Rule.MAX_KM)
        self._scale = sheet.kind.scale_km * 1000
        self._shares = tuple(sheet.kind.score.items())

    def judge(self, asker: Asker, giver: Giver) -> "Scored | Bar":
        """Return the parts of a pair's score, or why it cannot be."""
        return self.bar(asker, giver) or self.scored(asker, giver)

    def bar(self, asker: Asker, giver: Giver) -> Bar | None:
        """Return why a pair cannot be."""
        limit = self.limit_km(giver)
        metres = distance(asker, giver)
        if limit is not None and metres is not None and metres > limit * 1000:
            return Bar.TOO_FAR
        if self._fit_only:
            return next(
                (bar for part, bar in _BARS if part in self.sheet.kind.score and self._unfit(part, asker, giver)), None
            )
        if self.sheet.kind.weekly and self._unfit(Part.TIME, asker, giver):
            return Bar.TIME  # nobody can come when she cannot, whatever the rules say
        return None

    def limit_km(self, giver: Giver) -> int | None:
        """Return how far a giver may lie from whom it gives to: the round's limit or its own, the shorter."""
        limits = [km for km in (self._max_km, giver.reach_km) if km is not None]
        return min(limits) if limits else None

    def scored(self, asker: Asker, giver: Giver) -> Scored:
        """Return the parts of a pair's score, whether or not it may be."""
        metres = distance(asker, giver)
        parts = tuple(PartOfScore(part, share, self._value(part, asker, giver, metres)) for part, share in self._shares)
        return Scored(parts, metres)

    def _unfit(self, part: Part, asker: Asker, giver: Giver) -> bool:
        return _FITS[part](asker.facts, giver.facts) == 0.0

    def _value(self, part: Part, asker: Asker, giver: Giver, metres: float | None) -> float | None:
        if part is Part.NEARNESS:
            return None if metres is None else exp(-metres / self._scale)
        if part is Part.EARLIER:
            return 1.0 if (asker.ident, giver.ident) in self.sheet.earlier else 0.0
        if part is Part.RELATION:
            return 1.0 if (asker.ident, giver.ident) in self.sheet.related else 0.0
        if part is Part.WAITING:
            return self._waited.get(asker.ident)
        if part is Part.SIZE:
            return _size(asker, giver)
        return _FITS[part](asker.facts, giver.facts)

    @cached_property
    def _waited(self) -> dict[str, float]:
        """Return how long each has waited: 1 for the first who applied, 0 for the last."""
        days = {
            one.ident: date.fromisoformat(one.facts["applied_on"]).toordinal()
            for one in self.sheet.askers
            if one.facts.get("applied_on")
        }
        first, last = min(days.values(), default=0), max(days.values(), default=0)
        return {ident: 1.0 if first == last else (last - day) / (last - first) for ident, day in days.items()}


def distance(asker: Asker, giver: Giver) -> float | None:
    """Return how far apart two rows lie in metres; None when one of them has no place."""
    one, other = asker.point, giver.point
    return hypot(one[0] - other[0], one[1] - other[1]) if one and other else None


def _size(asker: Asker, giver: Giver) -> float | None:
    """Return whether a class finds room, or how near a lot is to what a project wants."""
    if "room" in giver.facts or "pupils" in asker.facts:
        room, pupils = giver.facts.get("room"), asker.facts.get("pupils")
        return None if not room or not pupils else min(1.0, room / pupils)
    if asker.wanted == giver.capacity == 1:
        return None
    return min(giver.capacity, asker.wanted) / max(giver.capacity, asker.wanted)


def _grade(asked: Mapping[str, Any], given: Mapping[str, Any]) -> float | None:
    grade, grades = asked.get("grade"), given.get("grades")
    return None if grade is None or not grades else float(grade in grades)


def _common_words(code: str) -> Callable[[Mapping[str, Any], Mapping[str, Any]], float | None]:
    def fits(asked: Mapping[str, Any], given: Mapping[str, Any]) -> float | None:
        wanted, there = asked.get(code), given.get(code)
        return None if not wanted or not there else float(bool(set(map(fold, wanted)) & set(map(fold, there))))

    return fits


def _time(asked: Mapping[str, Any], given: Mapping[str, Any]) -> float | None:
    slots, free = asked.get("times"), given.get("times")
    if not slots or not free:
        return None
    return float(all(any(overlapping(slot, one) == slot[2] - slot[1] for one in free) for slot in slots))


# 1 fits, 0 does not, None: not stated on one of the sides.
_FITS: Mapping[Part, Callable[[Mapping[str, Any], Mapping[str, Any]], float | None]] = {
    Part.GRADE: _grade,
    Part.TIME: _time,
    Part.LANGUAGE: _common_words("languages"),
    Part.EQUIPMENT: _common_words("equipment"),
}
_BARS = (
    (Part.GRADE, Bar.GRADE),
    (Part.TIME, Bar.TIME),
    (Part.LANGUAGE, Bar.LANGUAGE),
    (Part.EQUIPMENT, Bar.EQUIPMENT),
)
