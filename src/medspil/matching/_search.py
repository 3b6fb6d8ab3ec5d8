"""Look units up by their words: plain BM25 over the whole register."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medspil.matching._bm25 import idf
from medspil.matching._layout import BLOCK, CEASED
from medspil.matching._record import PLACE_PREFIX

if TYPE_CHECKING:
    from medspil.matching._index import Index

DECIMALS = 12
"""Scores are rounded to this, so that ties are ties on every machine."""


class Term(NamedTuple):
    """A word of a query that the index knows; `weight` is the query's weight times the idf."""

    word: str
    id: int
    weight: float


def known_terms(index: "Index", terms: Mapping[str, float], *, places: bool) -> list[Term]:
    """Return the terms the index knows, sorted by word; words without a weight above 0 are dropped."""
    starts = index.arrays["posting_start"]
    found = []
    for word, weight in sorted(terms.items()):
        if not weight > 0 or (not places and word.startswith(PLACE_PREFIX)):
            continue
        at = index.vocabulary.find(word)
        if at is not None:
            frequency = int(starts[at + 1] - starts[at])
            found.append(Term(word, at, float(weight) * idf(index.info.rows, frequency)))
    return found


def search(index: "Index", terms: Mapping[str, float], *, limit: int, active_only: bool) -> list[tuple[int, float]]:
    """Return the `limit` best (number, BM25), best first, ties by number."""
    words = known_terms(index, terms, places=True)
    if not words or limit < 1:
        return []
    with index.scratch() as scratch:
        for word in words:
            slots, impacts = index.postings(word.id)
            scratch.text[slots] += word.weight * impacts.astype(np.float64)
            scratch.touched.append(slots)
        ends = index.class_blocks[CEASED] if active_only else index.class_blocks[-1]
        scores = np.round(scratch.text[: ends * BLOCK], DECIMALS)
    # The k best blocks hold k different rows at least as good as the k-th of their maxima.
    tops = scores.reshape(-1, BLOCK).max(axis=1, initial=0.0)
    least = np.partition(tops, -limit)[-limit] if limit < len(tops) else 0.0
    blocks = np.flatnonzero((tops >= least) & (tops > 0))
    slots = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
    found = scores[slots]
    slots, found = slots[(found >= least) & (found > 0)], found[(found >= least) & (found > 0)]
    numbers = index.column("number")[slots]
    best = np.lexsort((numbers, -found))[:limit]
    return list(zip(numbers[best].tolist(), found[best].tolist(), strict=True))
