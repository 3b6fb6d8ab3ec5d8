"""Look units up by their words: plain BM25 over the whole register."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medspil.matching._bm25 import idf
from medspil.matching._layout import BLOCK, CEASED
from medspil.matching._record import PLACE_PREFIX

if TYPE_CHECKING:
    from medspil.matching._index import Index

DECIMALS = 12
"""Scores are rounded to this, so that ties are ties on every machine."""


NOWHERE = -1
"""The `id` of a term that the index does not know."""


class Term(NamedTuple):
    """A word of a query that the index knows; `weight` is the query's weight times the idf."""

    word: str
    id: int
    weight: float


def known_terms(
    index: "Index", terms: Mapping[str, float], *, places: bool, known: dict[str, Term | None] | None = None
) -> list[Term]:
    """Return the terms the index knows, sorted by word; words without a weight above 0 are dropped.

    Parameters
    ----------
    known : dict, optional
        What has been looked up before, with the bare idf as weight; grows. For asking many needs in turn.
    """
    known = {} if known is None else known
    found = []
    for word, weight in sorted(terms.items()):
        if not weight > 0 or (not places and word.startswith(PLACE_PREFIX)):
            continue
        if word not in known:
            known[word] = _known(index, word)
        term = known[word]
        if term is not None:
            found.append(Term(word, term.id, float(weight) * term.weight))
    return found


def unknown_terms(index: "Index", terms: Mapping[str, float], known: Sequence[Term]) -> list[Term]:
    """Return the other terms, which only our own records may hold: sorted, without a place in the vocabulary."""
    found = {term.word for term in known}
    rarest = idf(index.info.rows, 0)
    return [
        Term(word, NOWHERE, float(weight) * rarest)
        for word, weight in sorted(terms.items())
        if weight > 0 and word not in found and not word.startswith(PLACE_PREFIX)
    ]


def _known(index: "Index", word: str) -> Term | None:
    """Return a word of the index with its idf as weight."""
    at = index.vocabulary.find(word)
    if at is None:
        return None
    starts = index.arrays["posting_start"].data
    return Term(word, at, idf(index.info.rows, starts[at + 1] - starts[at]))


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
