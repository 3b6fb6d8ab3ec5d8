"""Say why: the points of a row as values a program can show. Nothing is computed a second time."""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

import numpy as np

from medspil.matching._answer import Model, Part, RankedUnit
from medspil.matching._arrays import Float64, Int64
from medspil.matching._criteria import INTEGRATED_FROM
from medspil.matching._exact import Scored, sum_rows
from medspil.matching._layout import BLOCK
from medspil.matching._query import Query
from medspil.matching._search import Term
from medspil.matching._weights import Criterion

CRITERIA = tuple(Criterion)
RELEVANCE_AT = CRITERIA.index(Criterion.RELEVANCE)


class Fit(NamedTuple):
    """What all units of an industry share towards one need."""

    kinds: tuple[tuple[str, float], ...]
    model: Model
    deciding_kinds: tuple[str, ...]


def explain(query: Query, scored: Scored, places: Int64) -> tuple[RankedUnit, ...]:
    """Return the scored rows at `places`, shape (n,), with their reasons, in that order."""
    weights = [query.weights.of(criterion) for criterion in CRITERIA]
    slots = scored.slots[places]
    industries = query.index.arrays["block_industry"][slots // BLOCK].tolist()
    shared = {industry: fit_of(query.kinds, query.affinity[industry].tolist()) for industry in set(industries)}
    columns = zip(
        slots.tolist(),
        industries,
        scored.numbers[places].tolist(),
        scored.score[places].tolist(),
        scored.values[:, places].T.tolist(),
        scored.points[:, places].T.tolist(),
        scored.distance[places].tolist(),
        _words(query.terms, scored.text[:, places], scored.points[RELEVANCE_AT, places]),
        strict=True,
    )
    return tuple(
        [
            RankedUnit(
                number=number,
                score=score,
                parts=tuple(map(Part, CRITERIA, values, weights, points)),
                distance_m=distance if isfinite(distance) else None,
                kinds=shared[industry].kinds,
                words=words,
                model=shared[industry].model,
                deciding_kinds=shared[industry].deciding_kinds,
                profile=query.profiles.get(slot),
            )
            for slot, industry, number, score, values, points, distance, words in columns
        ]
    )


def fit_of(kinds: Sequence[str], affinities: Sequence[float]) -> Fit:
    """Return wanted kinds with an industry's affinity, best first, and the model that follows from them."""
    pairs = tuple(sorted(zip(kinds, affinities, strict=True), key=lambda one: (-one[1], one[0])))
    deciding = tuple(kind for kind, value in pairs if value >= INTEGRATED_FROM)
    return Fit(pairs, Model.STRATEGICALLY_INTEGRATED if deciding else Model.ADD_ON, deciding)


def _words(terms: Sequence[Term], text: Float64, points: Float64) -> list[tuple[tuple[str, float], ...]]:
    """Share each row's relevance points out over the words that earned them, best first.

    Parameters
    ----------
    text : ndarray of float64, shape (terms, n)
    points : ndarray of float64, shape (n,)
    """
    total = sum_rows(text, len(points))
    share = text * (points / np.where(total > 0, total, 1.0))
    found: list[list[tuple[float, str]]] = [[] for _ in points]
    hits = np.nonzero(text)
    for term, row, value in zip(*(one.tolist() for one in hits), share[hits].tolist(), strict=True):
        found[row].append((-value, terms[term].word))
    return [tuple([(word, -value) for value, word in sorted(one)]) for one in found]
