"""Finds units by name, number, industry or place, also when a word is misspelt or not yet written to its end.

The index searches, so it is as fast on SQLite as on PostgreSQL. Without an index the names are looked through in the
database, and the answer says so.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from medspil import language
from medspil.matching import Index
from medspil.register.index import PLACE_SIGN, RegisterNotReady, open_index, terms_of
from medspil.register.models import Unit, UnitQuerySet, UnitStatus

LONGEST_QUERY, MOST_WORDS = 200, 12
_LOOKED_AT = 200  # found by the index and put in order by name
_LOOKED_AT_FILTERED = (2_000, 100_000)  # the second only where the first leaves too few of the municipality
_ENOUGH = 20
_PREFIX_WORDS = 40
_PREFIX_WEIGHT, _NEAR_WEIGHT, _PLACE_WEIGHT = 0.7, 0.5, 0.8
_NEAR_WORDS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The units found, best first; what was read for a misspelt word; and a sentence when the index is missing."""

    units: list[Unit]
    read_as: dict[str, list[str]] = field(default_factory=dict)
    notice: str = ""


def search_units(
    *, text: str, municipality: str = "", active_only: bool = True, limit: int = 20, units: UnitQuerySet | None = None
) -> Found:
    """Return the units that fit a text best.

    A number finds P-numbers and CVR numbers that are or begin so. `units` narrows what may be found at all.
    """
    allowed = Unit.objects.all() if units is None else units
    if active_only:
        allowed = allowed.filter(status=UnitStatus.ACTIVE)
    if municipality:
        allowed = allowed.filter(municipality=municipality)
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST_QUERY]
    if not text:
        return Found([])
    digits = _as_number(text)
    if digits:
        by_number = _by_number(allowed, digits, limit)
        if by_number or len(digits) != 4:
            return Found(by_number)
    try:
        index = open_index()
    except RegisterNotReady as problem:
        notice = _("%(problem)s Until then only names are searched.") % {"problem": str(problem)}
        return Found(_by_name(allowed, text, limit), notice=notice)
    words, read_as = _query_words(index, text)
    numbers = _from_index(index, _together(words), municipality=municipality, active_only=active_only)
    return Found(_in_order(allowed, numbers, text, words)[:limit], read_as=read_as)


def _as_number(text: str) -> str:
    """Return the digits of a text that is a number ("CVR 25 05 29 43", "P 1003388394"), else nothing."""
    bare = re.sub(r"^(cvr|dk|p)[-. ]?(nr|nummer)?[.: -]*(?=\d)", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[ .-]", "", bare)
    return digits if re.fullmatch(r"\d{4,10}", digits, re.ASCII) else ""


def _by_number(units: UnitQuerySet, digits: str, limit: int) -> list[Unit]:
    """Units whose P-number or CVR number is, or begins with, these digits: two look-ups in an index of the database."""
    if len(digits) == 4:
        return []  # a postal code: places are words of the index
    room = 10 ** (10 - len(digits))
    first = int(digits) * room
    found = list(units.filter(number__gte=first, number__lt=first + room).order_by("number")[:limit])
    if len(digits) <= 8:
        after = str(int(digits) + 1).zfill(len(digits))
        company = units.filter(cvr__gte=digits)
        company = company.filter(cvr__lt=after) if len(after) == len(digits) else company
        found = list(company.order_by("cvr", "number")[:limit]) + found
    return found[:limit]


def _by_name(units: UnitQuerySet, text: str, limit: int) -> list[Unit]:
    for word in text.split()[:MOST_WORDS]:
        units = units.filter(name__icontains=word)
    return list(units.order_by("name", "number")[:limit])


def _query_words(index: Index, text: str) -> tuple[list[dict[str, float]], dict[str, list[str]]]:
    """Return the terms to ask the index for, word by word, and which misspelt words were read as what."""
    found: list[dict[str, float]] = []
    read_as: dict[str, list[str]] = {}
    words = text.split()[:MOST_WORDS]
    for at, word in enumerate(words):
        known = {term: weight for term, weight in _both(word).items() if index.vocabulary.find(term) is not None}
        # While the last word is written, its beginning is enough, even when it happens to be a word already.
        begun = _beginning_with(index, language.fold(word)) if at == len(words) - 1 else {}
        near = {} if known or begun else _nearest(index, language.fold(word))
        if near:
            read_as[word] = [term.removeprefix(PLACE_SIGN) for term in near]
        found.append(begun | near | known)
    return [terms for terms in found if terms], read_as


def _together(words: list[dict[str, float]]) -> dict[str, float]:
    """Return the terms of all words; a term that stands in two of them counts by its larger weight."""
    terms: dict[str, float] = {}
    for word in words:
        for term, weight in word.items():
            terms[term] = max(weight, terms.get(term, 0.0))
    return terms


def _both(word: str) -> dict[str, float]:
    """Return the terms of a word, each as a word and as a place."""
    found = language.terms(word)
    return found | {PLACE_SIGN + term: weight * _PLACE_WEIGHT for term, weight in found.items()}


def _beginning_with(index: Index, start: str) -> dict[str, float]:
    """Return the commonest terms that begin so, as words and as places."""
    if len(start) < 2:
        return {}
    found: dict[str, float] = {}
    for sign, weight in (("", _PREFIX_WEIGHT), (PLACE_SIGN, _PREFIX_WEIGHT * _PLACE_WEIGHT)):
        low, high = _range(index, sign + start)
        # Where very many words begin so, the person has only begun to write: the first of them will do.
        places = range(low, min(high, low + 2_000))
        common = sorted(places, key=lambda place: -len(index.postings(place)[0]))[:_PREFIX_WORDS]
        found |= {index.vocabulary[place]: weight for place in common}
    return found


def _nearest(index: Index, word: str) -> dict[str, float]:
    """Return the terms a misspelt word most probably means, among those that begin with its first or second letter."""
    if len(word) < 4:
        return {}
    most = 1 if len(word) < 6 else 2
    found: dict[str, float] = {}
    for sign in ("", PLACE_SIGN):
        for letter in dict.fromkeys(word[:2]):
            low, high = _range(index, sign + letter)
            candidates = [term for term in index.vocabulary[low:high] if abs(len(term) - len(sign) - len(word)) <= most]
            close = process.extract(
                sign + word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=_NEAR_WORDS
            )
            found |= {term: _NEAR_WEIGHT / distance for term, distance, _at in close if distance}
    best = sorted(found, key=lambda term: (-found[term], term))[:_NEAR_WORDS]
    return {term: found[term] for term in best}


def _range(index: Index, start: str) -> tuple[int, int]:
    """Return where the terms that begin so stand in the sorted vocabulary."""
    low = bisect_left(index.vocabulary, start)
    return low, bisect_left(index.vocabulary, start + "\U0010ffff", lo=low)


def _from_index(index: Index, terms: dict[str, float], *, municipality: str, active_only: bool) -> dict[int, float]:
    """Return {number: score} of the best, of one municipality if asked for."""
    if not municipality:
        return dict(index.search(terms, limit=_LOOKED_AT, active_only=active_only))
    inside: dict[int, float] = {}
    for limit in _LOOKED_AT_FILTERED:
        found = dict(index.search(terms, limit=limit, active_only=active_only))
        slots = index.rows_of(np.fromiter(found, np.int64, len(found)))
        here = (index.column("municipality")[slots] == int(municipality)).tolist()
        inside = dict(list(compress(found.items(), here))[:_LOOKED_AT])
        if len(inside) >= _ENOUGH or len(found) < limit:
            break
    return inside


def _in_order(units: UnitQuerySet, scores: dict[int, float], text: str, words: list[dict[str, float]]) -> list[Unit]:
    """Return the units themselves: those that say most of the words first, then names that begin as written."""
    wanted = language.fold(text)

    def place(unit: Unit) -> tuple[int, int, float, int]:
        said = terms_of(unit.name, unit.industry_text, unit.purpose, unit.city, unit.postcode).keys()
        missing = sum(1 for word in words if said.isdisjoint(word))
        name = language.fold(unit.name)
        begins = 0 if name == wanted else 1 if name.startswith(wanted) else 2
        return missing, begins, -scores[unit.number], unit.number

    return sorted(units.filter(number__in=scores), key=place)
