"""How well one offer meets one need: a sum whose parts are its explanation, and what keeps the two apart altogether.

Plain values, no database: `meeting` reads the records. What is not known is neither yes nor no and gets the middle.
Nothing here looks at residents; it compares what two sides wrote of themselves.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from math import exp, hypot
from typing import Any

from medspil.areas.models import Rhythm
from medspil.language import WHOLE_WEIGHT, analyse, fold, terms

NOT_KNOWN = 0.5
HORIZON = timedelta(days=365)
"""How far ahead one looks where a side names no end."""

DEFAULT_SCALE_M, SHORTEST_SCALE_M, LONGEST_SCALE_M = 10_000.0, 1_000.0, 25_000.0
HALF_WORDS = 2.0
"""So many words in common give half of what words can give."""

MOST_WORDS = 5
SAYS_NOTHING = "vi kan tilbyde tilbud behov brug hjælp virksomhed firma medarbejder ansat område kommune beboer år gang"
"""Words that offers and needs are written with, and that tell none of them from another."""

TIMES_A_YEAR: Mapping[str, int] = {
    Rhythm.ONCE: 1,
    Rhythm.YEARLY: 1,
    Rhythm.TWICE_A_YEAR: 2,
    Rhythm.MONTHLY: 12,
    Rhythm.WEEKLY: 52,
    Rhythm.LASTING: 365,
}


USUAL_M, OFTEN_M, VERY_OFTEN_M = 100_000.0, 60_000.0, 30_000.0
"""How far people go where nobody says it: for something now and then, every month, every week or more often."""

SENT = frozenset({"computers_equipment", "materials_goods", "money_sponsorship", "press_visibility"})
"""Kinds that reach anywhere: they are sent, or nobody has to come."""

_FROM_AFAR = re.compile(r"\b(?:online|virtuel\w*|webinar\w*|videomøde\w*)\b", re.IGNORECASE)


class Part(StrEnum):
    """What a meeting is judged by, in the order in which points are added up."""

    KIND = "kind"
    AMOUNT = "amount"
    PERIOD = "period"
    NEARNESS = "nearness"
    THEME = "theme"
    WORDS = "words"


class Barrier(StrEnum):
    """What keeps an offer and a need of the same kind apart: counted and shown, never silent."""

    PERIOD = "period"
    OUT_OF_REACH = "out_of_reach"
    TOO_FAR = "too_far"  # neither side says how far it goes, and it is farther than people usually do
    REFUSED = "refused"
    NO_HOST = "no_host"


WEIGHTS: Mapping[Part, float] = {
    Part.KIND: 0.30,
    Part.AMOUNT: 0.15,
    Part.PERIOD: 0.15,
    Part.NEARNESS: 0.15,
    Part.THEME: 0.10,
    Part.WORDS: 0.15,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a side is, and how far it goes: to a distance, not over the border of its municipality, or anywhere."""

    x: float | None = None
    y: float | None = None
    reach_m: float | None = None
    municipality: str = ""
    own_municipality_only: bool = False
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Much:
    """How much of what how often."""

    quantity: int | None = None
    unit: str = ""
    rhythm: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """An offer or a need as this sum sees it. An offer has one kind; a need's theme is that of its challenge."""

    amounts: Mapping[str, Much]
    place: Place
    starts_on: date | None = None
    ends_on: date | None = None
    themes: Collection[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: its value from 0 to 1, the points it gives, and the facts to say it with."""

    part: Part
    value: float
    points: float
    facts: Mapping[str, Any] = field(default_factory=dict)


def distance_m(offer: Place, need: Place) -> float | None:
    """Return metres as the crow flies; None if one of the places is not known."""
    if offer.x is None or offer.y is None or need.x is None or need.y is None:
        return None
    return hypot(offer.x - need.x, offer.y - need.y)


def barrier(offer: Side, need: Side, *, on: date) -> Barrier | None:
    """Return what keeps two sides apart by what they wrote themselves."""
    if not overlap(offer, need, on=on)[1]:
        return Barrier.PERIOD
    away = distance_m(offer.place, need.place)
    if away is not None and any(reach is not None and away > reach for reach in _reaches(offer, need)):
        return Barrier.OUT_OF_REACH
    if away is not None and (usual := usual_reach_m(offer, need)) is not None and away > usual:
        return Barrier.TOO_FAR
    towns = offer.place.municipality, need.place.municipality
    if need.place.own_municipality_only and all(towns) and towns[0] != towns[1]:
        return Barrier.OUT_OF_REACH
    return None


def usual_reach_m(offer: Side, need: Side) -> float | None:
    """Return how far an offer goes where neither side says it; None where one does, or where distance is nothing."""
    if any(_reaches(offer, need)) or offer.place.anywhere or _FROM_AFAR.search(offer.text):
        return None
    kinds = [kind for kind in offer.amounts if kind not in SENT]
    if not kinds:
        return None
    rhythms = [side.amounts[kind].rhythm for side in (offer, need) for kind in kinds if kind in side.amounts]
    often = max((TIMES_A_YEAR.get(rhythm, 0) for rhythm in rhythms), default=0)
    if often >= TIMES_A_YEAR[Rhythm.WEEKLY]:
        return VERY_OFTEN_M
    return OFTEN_M if often >= TIMES_A_YEAR[Rhythm.MONTHLY] else USUAL_M


def reasons(offer: Side, need: Side, kind: str, *, on: date) -> tuple[Reason, ...]:
    """Return the parts of the score in their order; the score is the sum of their points, and nothing else."""
    found = (
        _kind(need),
        _amount(offer.amounts[kind], need.amounts[kind]),
        _period(offer, need, on),
        _nearness(offer, need),
        _theme(offer, need),
        _words(offer.text, need.text),
    )
    return tuple(Reason(part, value, WEIGHTS[part] * value, facts) for part, value, facts in found)


def overlap(offer: Side, need: Side, *, on: date) -> tuple[int, int]:
    """Return how many days the need lasts from a day on, and on how many of them the offer stands."""
    start = max(need.starts_on or on, on)
    end = need.ends_on or max(start, offer.starts_on or start) + HORIZON
    first, last = max(start, offer.starts_on or start), min(end, offer.ends_on or end)
    return max((end - start).days + 1, 0), max((last - first).days + 1, 0)


_Found = tuple[Part, float, dict[str, Any]]


def _kind(need: Side) -> _Found:
    """One kind of the few that a need asks for counts a little more than one of many."""
    return Part.KIND, 0.8 + 0.2 / len(need.amounts), {"of": len(need.amounts)}


def _amount(offered: Much, needed: Much) -> _Found:
    """The share of what is needed that the offer gives, and how its rhythm compares."""
    same_unit = not (offered.unit and needed.unit) or bool(_units(offered.unit) & _units(needed.unit))
    facts: dict[str, Any] = {"offered": offered, "needed": needed, "same_unit": same_unit}
    share = NOT_KNOWN
    if offered.quantity and needed.quantity and same_unit:
        share = min(1.0, offered.quantity / needed.quantity)
        facts["share"] = share
    if offered.rhythm and needed.rhythm:
        often = min(1.0, TIMES_A_YEAR[offered.rhythm] / TIMES_A_YEAR[needed.rhythm])
        facts["often_enough"] = often >= 1.0
        share *= often**0.5
    return Part.AMOUNT, share, facts


def _period(offer: Side, need: Side, on: date) -> _Found:
    needed, given = overlap(offer, need, on=on)
    open_end = need.starts_on is None and need.ends_on is None
    return Part.PERIOD, 1.0 if open_end else given / needed, {"needed": needed, "given": given, "any_time": open_end}


def _nearness(offer: Side, need: Side) -> _Found:
    away = distance_m(offer.place, need.place)
    if away is None:
        return Part.NEARNESS, NOT_KNOWN, {"distance_m": None}
    reach = min((each for each in _reaches(offer, need) if each is not None), default=None)
    scale = min(max(reach / 2, SHORTEST_SCALE_M), LONGEST_SCALE_M) if reach else DEFAULT_SCALE_M
    return Part.NEARNESS, exp(-away / scale), {"distance_m": away}


def _theme(offer: Side, need: Side) -> _Found:
    shared = sorted(set(offer.themes) & set(need.themes))
    if not offer.themes or not need.themes:
        return Part.THEME, NOT_KNOWN, {"shared": [], "known": False}
    return Part.THEME, float(bool(shared)), {"shared": shared, "known": True}


def _words(offered: str, needed: str) -> _Found:
    """Words in common, as the analyser cuts them; a word that one side repeats counts as often as the other has it."""
    ours, theirs = _terms(offered), _terms(needed)
    common = ours.keys() & theirs.keys()
    if not common:
        return Part.WORDS, 0.0, {"words": []}
    shared = {term: min(ours[term], theirs[term]) for term in sorted(common)}
    total = sum(shared.values())
    first = sorted(shared, key=lambda term: (-shared[term], term))[:MOST_WORDS]
    return Part.WORDS, total / (total + HALF_WORDS), {"words": first}


def _reaches(offer: Side, need: Side) -> tuple[float | None, float | None]:
    return offer.place.reach_m, need.place.reach_m


@lru_cache(maxsize=32_768)
def _terms(text: str) -> dict[str, float]:
    """Return the words of a text without those that say nothing. Kept: the same offers meet many needs."""
    silent = _silent()
    return {term: weight for term, weight in terms(text).items() if term not in silent}


@lru_cache(maxsize=4_096)
def _units(text: str) -> frozenset[str]:
    """Return what things are counted in, whatever the form of the word: computer and computere are one."""
    whole = {token.term for token in analyse(text) if token.weight == WHOLE_WEIGHT}
    return frozenset(whole or {fold(text)})


@cache
def _silent() -> frozenset[str]:
    return frozenset(token.term for token in analyse(SAYS_NOTHING) if token.weight == WHOLE_WEIGHT)
