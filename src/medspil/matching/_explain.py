"""Say why: the points of a row as values a program can show. Nothing is computed a second time."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import repeat
from math import isfinite
from typing import NamedTuple

import numpy as np

from medspil.matching._answer import Model, Part, RankedUnit
from medspil.matching._arrays import Float64, Int64
from medspil.matching._criteria import INTEGRATED_FROM
from medspil.matching._exact import Scored, sum_rows
from medspil.matching._query import Query
from medspil.matching._search import Term
from medspil.matching._weights import Criterion, Weights

_part = partial(tuple.__new__, Part)
_ranked_unit = partial(tuple.__new__, RankedUnit)
CRITERIA = tuple(Criterion)
RELEVANCE_AT = CRITERIA.index(Criterion.RELEVANCE)


class Fit(NamedTuple):
    """What all units of an industry share towards one need."""

    kinds: tuple[tuple[str, float], ...]
    model: Model
    deciding_kinds: tuple[str, ...]


def explain(query: Query, scored: Scored, places: Int64) -> tuple[RankedUnit, ...]:
    """Return the scored rows at `places`, shape (n,), with their reasons, in that order."""
    slots = scored.rows.slots[places].tolist()
    affinities = query.affinity[scored.rows.industry[places]].tolist()
    if query.profiles:
        for row, (slot, industry) in enumerate(zip(slots, scored.rows.industry[places].tolist(), strict=True)):
            if (profile := query.profiles.get(slot)) and profile.declined:
                affinities[row] = query.affinity_to(industry, profile).tolist()
    fits = [fit_of(query.kinds, tuple(row)) for row in affinities]
    columns = zip(
        scored.numbers[places].tolist(),
        scored.score[places].tolist(),
        parts_of(scored.values[:, places], scored.points[:, places], query.weights),
        [metres if isfinite(metres) else None for metres in scored.rows.distance[places].tolist()],
        [fit.kinds for fit in fits],
        _words([*query.terms, *query.unknown], scored.rows.text[:, places], scored.points[RELEVANCE_AT, places]),
        [fit.model for fit in fits],
        [fit.deciding_kinds for fit in fits],
        [query.profiles.get(slot) for slot in slots] if query.profiles else repeat(None),
        strict=False,
    )
    return tuple(map(_ranked_unit, columns))


def parts_of(values: Float64, points: Float64, weights: Weights) -> Iterable[tuple[Part, ...]]:
    """Return the parts of each row, column by column: what all rows share is made once.

    Parameters
    ----------
    values, points : ndarray of float64, shape (7, n)
    """
    columns = []
    for criterion, value, point in zip(CRITERIA, values.tolist(), points.tolist(), strict=True):
        weight = weights.of(criterion)
        if value and value.count(value[0]) == len(value):
            columns.append([Part(criterion, value[0], weight, point[0])] * len(value))
        else:
            columns.append(list(map(_part, zip(repeat(criterion), value, repeat(weight), point, strict=False))))
    return zip(*columns, strict=True)


@lru_cache(maxsize=4096)
def fit_of(kinds: tuple[str, ...], affinities: tuple[float, ...]) -> Fit:
    """Return wanted kinds with an industry's affinity, best first, and the model that follows from them.

    Kept, as affinities come in eleven steps: few combinations ever stand near the top.
    """
    pairs = tuple(zip(kinds, affinities, strict=True))
    if len(pairs) > 1:
        pairs = tuple(sorted(pairs, key=_best_first))
    deciding = tuple([kind for kind, value in pairs if value >= INTEGRATED_FROM])
    return Fit(pairs, Model.STRATEGICALLY_INTEGRATED if deciding else Model.ADD_ON, deciding)


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -pair[1], pair[0]


def _words(terms: Sequence[Term], text: Float64, points: Float64) -> list[tuple[tuple[str, float], ...]]:
    """Share each row's relevance points out over the words that earned them, best first.

    Parameters
    ----------
    text : ndarray of float64, shape (terms, n)
    points : ndarray of float64, shape (n,)
    """
    total = sum_rows(text, len(points))
    share = text * (points / np.where(total > 0, total, 1.0))
    term, row = np.nonzero(text)
    value = share[term, row]
    words = [one.word for one in terms]
    alphabet = term
    if words != sorted(words):
        alphabet = np.argsort(np.argsort(words))[term]
    order = np.lexsort((alphabet, -value, row))
    said = list(zip([words[at] for at in term[order].tolist()], value[order].tolist(), strict=True))
    ends = np.bincount(row, minlength=len(points)).cumsum().tolist()
    return [tuple(said[begin:end]) for begin, end in zip([0, *ends], ends, strict=False)]
