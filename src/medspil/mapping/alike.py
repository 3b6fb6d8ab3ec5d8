"""Resources that may be the same: named alike, in one area, on the map or on its way there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from medspil.language import fold
from medspil.mapping.models import Resource
from medspil.organisations.alike import LIKE_FROM, bare

# What says that it is an association or a club, but not which.
_SORTS = frozenset(
    "den det de i og for af på ved the of and if bk fk gf sk ik forening foreningen foreninger klub klubben "
    "idrætsforening idrætsforeningen boldklub boldklubben sportsklub sportsklubben gymnastikforening "
    "gymnastikforeningen beboerforening beboerforeningen gruppen gruppe".split()
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two resources that may be the same, and how alike their names are, of 100."""

    one: Resource
    other: Resource
    likeness: float


@cache
def core(name: str) -> str:
    """Return what tells a name from others: without company form and words that only say the sort."""
    return " ".join(word for word in bare(name).split() if word not in _SORTS)


def alike(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 100; names with other numbers in them are not."""
    found = alike_among([one], [other])
    return found[0][2] if found else 0.0


def alike_among(names: Sequence[str], others: Sequence[str]) -> list[tuple[int, int, float]]:
    """Return (place in `names`, place in `others`, likeness) of names so alike that they may be one."""
    if not names or not others:
        return []
    whole = _scores([bare(one) for one in names], [bare(one) for one in others])
    short = _scores([core(one) for one in names], [core(one) for one in others])
    scores = np.maximum(whole, short)
    numbers = [[frozenset(_NUMBER.findall(one)) for one in each] for each in (names, others)]
    return [
        (first, second, round(float(scores[first, second]), 1))
        for first, second in np.argwhere(scores >= LIKE_FROM).tolist()
        if numbers[0][first] == numbers[1][second]
    ]


def alike_pairs(resources: Iterable[Resource]) -> list[Pair]:
    """Return pairs of resources that may be one, the likest first; people and others are never one."""
    rows = sorted(resources, key=lambda one: one.pk)
    names = [one.name for one in rows]
    found = [
        Pair(rows[first], rows[second], likeness)
        for first, second, likeness in alike_among(names, names)
        if first < second and rows[first].is_person == rows[second].is_person
    ]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.one.pk, pair.other.pk))


def same(name: str, address: str, other: Resource) -> bool:
    """Return whether a name at an address is a resource that is known: its name or that of its organisation, and no
    other place."""
    if not bare(name) or bare(name) not in names_of(other):
        return False
    here, there = fold(address), fold(other.address)
    return not here or not there or here == there


def names_of(resource: Resource) -> set[str]:
    """Return the names by which a resource is known, as they are compared; it is loaded with its organisation."""
    names = (resource.name, resource.organisation.name if resource.organisation else "")
    return {bare(name) for name in names} - {""}


def _scores(names: list[str], others: list[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    scores = process.cdist(names, others, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_FROM, dtype=np.float32)
    # Nothing is like nothing: a name of which no word is left tells nothing.
    scores[[not one for one in names], :] = 0
    scores[:, [not one for one in others]] = 0
    found: np.ndarray[tuple[int, int], np.dtype[np.float32]] = scores
    return found
