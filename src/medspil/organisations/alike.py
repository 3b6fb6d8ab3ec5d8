"""Names that are nearly the same: another spelling, another order, with or without ApS, the sort or the town.

One measure for organisations and for what areas have. Letters are compared first; then what keeps two names apart all
the same: another number, another sort, another place, or a word for which the other name has quite another.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from medspil.organisations.models import Organisation
from medspil.organisations.naming import Name, bare, places_of, read, without_asides

__all__ = [
    "LIKE_FROM",
    "alike_among",
    "bare",
    "like_first",
    "likeness",
    "organisations_alike",
    "places_of",
    "similar_names",
]

LIKE_FROM = 88.0
"""Of 100: one letter wrong in a name of ten is alike, another first word is not."""

APART = 80.0
"""The most that two names get which something keeps apart: likely enough to be shown lower down, never a warning."""

ALMOST = 99.0
"""The most that two names get which are not written the same: those come first."""

_WORDS_FROM = 80.0
"""So alike a word must be to the word that the other name has instead of it."""


def likeness(one: str, other: str, *, near: frozenset[str] | None = None) -> float:
    """Return from 0 to 100 how alike two names are, in whatever order their words stand.

    `near` are the words of places that say nothing between the two, see `places_of`; None when that is not known.
    Where only one of them has something in parentheses, they are compared without it too.
    """
    found = _likeness(one, other, near)
    if ("(" in one) is ("(" in other):
        return found
    return max(found, min(ALMOST, _likeness(without_asides(one, near), without_asides(other, near), near)))


def _likeness(one: str, other: str, near: frozenset[str] | None) -> float:
    whole = bare(one), bare(other)
    if not all(whole):
        return 0.0
    if whole[0] == whole[1]:
        return 100.0
    first, second = read(one, near), read(other, near)
    found = max(
        _of_words(whole[0].split(), whole[1].split()),
        _of_words(first.stems.split(), second.stems.split()),
        _of_cores(first, second),
    )
    apart = _apart(first, second) or _elsewhere(first, second, near)
    return round(min(found, APART if apart else ALMOST), 1)


def alike_among(
    names: Sequence[str], others: Sequence[str], *, near: frozenset[str] | None = None
) -> list[tuple[int, int, float]]:
    """Return (place in `names`, place in `others`, likeness) of names so alike that they may be one.

    Thousands of names at once: only those whose letters are alike are looked at one by one.
    """
    if not names or not others:
        return []
    ours, theirs = [read(one, near) for one in names], [read(one, near) for one in others]
    scores = np.maximum.reduce(
        [
            _scores([one.core for one in ours], [one.core for one in theirs]),
            _scores([one.joined for one in ours], [one.joined for one in theirs]),
            _scores([bare(one) for one in names], [bare(one) for one in others]),
            _scores([one.stems for one in ours], [one.stems for one in theirs]),
            _scores([_plain(one, near) for one in names], [_plain(one, near) for one in others]),
        ]
    )
    scores[_of_other_numbers(ours, theirs)] = 0
    found = []
    for first, second in np.argwhere(scores >= LIKE_FROM).tolist():
        like = likeness(names[first], others[second], near=near)
        if like >= LIKE_FROM:
            found.append((first, second, like))
    return found


def _plain(name: str, near: frozenset[str] | None) -> str:
    return bare(without_asides(name, near) if "(" in name else name)


def like_first(name: str, organisations: Iterable[Organisation], *, municipality: str = "") -> list[Organisation]:
    """Return organisations with those whose names are most like a name first."""
    return [one for one, _like in _ranked(name, organisations, municipality)]


def similar_names(name: str, organisations: Iterable[Organisation], *, municipality: str = "") -> list[Organisation]:
    """Return those whose names are so alike that they may be the same organisation, the likest first."""
    return [one for one, like in _ranked(name, organisations, municipality) if like >= LIKE_FROM]


def organisations_alike(one: Organisation, other: Organisation) -> float:
    """Return how alike the names of two organisations are, knowing where both are at home."""
    return likeness(one.name, other.name, near=_near(one.municipality, other.municipality))


def _ranked(name: str, organisations: Iterable[Organisation], municipality: str) -> list[tuple[Organisation, float]]:
    found = [
        (one, likeness(name, one.name, near=_near(municipality or one.municipality, one.municipality)))
        for one in organisations
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].name, pair[0].pk))


def _near(one: str, other: str) -> frozenset[str] | None:
    """Return the places that say nothing between two municipalities: their own names, if both are known."""
    return places_of(codes=(one, other)) if one and other else None


def _apart(one: Name, other: Name) -> bool:
    """Return whether something keeps two names apart, however alike their letters are."""
    if bool(one.words) != bool(other.words) or one.numbers != other.numbers:
        return True
    if one.years and other.years and one.years != other.years:
        return True
    return one.is_of_another_sort(other)


def _elsewhere(one: Name, other: Name, near: frozenset[str] | None) -> bool:
    """Return whether two names name different places. Where it is not known what is near, a name without a place may be
    anywhere."""
    return one.places != other.places and (near is not None or bool(one.places and other.places))


def _of_cores(one: Name, other: Name) -> float:
    """Return how alike what tells two names is: word by word, or grown together where one of them writes it so."""
    if not one.core or not other.core:
        return 0.0
    if len(one.words) != len(other.words) and (grown := float(fuzz.ratio(one.joined, other.joined))) >= LIKE_FROM:
        return grown
    return _of_words(one.core.split(), other.core.split())


def _of_words(ours: list[str], theirs: list[str]) -> float:
    """Return how alike two names are word by word, in any order; with quite another word in them they are apart."""
    found = float(fuzz.ratio(" ".join(sorted(ours)), " ".join(sorted(theirs))))
    return min(found, APART) if _have_another_word(ours, theirs) else found


def _have_another_word(ours: list[str], theirs: list[str]) -> bool:
    """Return whether both have a word left for which the other has quite another one."""
    left = [word for word in ours if word not in theirs]
    right = [word for word in theirs if word not in ours]
    if len(left) > len(right):
        left, right = right, left
    return any(max(fuzz.ratio(word, each) for each in right) < _WORDS_FROM for word in left)


def _of_other_numbers(ours: list[Name], theirs: list[Name]) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Return which pairs another number keeps apart: of a list of a thousand numbered ones nearly all."""
    places = {numbers: at for at, numbers in enumerate({one.numbers for one in (*ours, *theirs)})}
    codes = [np.array([places[one.numbers] for one in side]) for side in (ours, theirs)]
    apart: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = codes[0][:, None] != codes[1][None, :]
    return apart


def _scores(names: list[str], others: list[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    scores = process.cdist(names, others, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_FROM, dtype=np.float32)
    # Nothing is like nothing: a name of which no word is left tells nothing.
    scores[[not one for one in names], :] = 0
    scores[:, [not one for one in others]] = 0
    found: np.ndarray[tuple[int, int], np.dtype[np.float32]] = scores
    return found
