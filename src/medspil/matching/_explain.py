"""Say why: the points of a row as values a program can show. Nothing is computed a second time."""

from collections.abc import Sequence
from math import isfinite

from medspil.matching._answer import Model, Part, RankedUnit
from medspil.matching._arrays import Int64
from medspil.matching._criteria import INTEGRATED_FROM
from medspil.matching._exact import Scored
from medspil.matching._layout import BLOCK
from medspil.matching._query import Query
from medspil.matching._search import Term
from medspil.matching._weights import Criterion

CRITERIA = tuple(Criterion)
RELEVANCE_AT = CRITERIA.index(Criterion.RELEVANCE)


def explain(query: Query, scored: Scored, places: Int64) -> tuple[RankedUnit, ...]:
    """Return the scored rows at `places`, shape (n,), with their reasons, in that order."""
    weights = [query.weights.of(criterion) for criterion in CRITERIA]
    slots = scored.slots[places]
    industries = query.index.arrays["block_industry"][slots // BLOCK].tolist()
    kinds = {industry: _kinds(query, industry) for industry in set(industries)}
    columns = zip(
        slots.tolist(),
        industries,
        scored.numbers[places].tolist(),
        scored.score[places].tolist(),
        scored.values[:, places].T.tolist(),
        scored.points[:, places].T.tolist(),
        scored.distance[places].tolist(),
        scored.text[:, places].T.tolist(),
        strict=True,
    )
    return tuple(
        RankedUnit(
            number=number,
            score=score,
            parts=tuple(map(Part, CRITERIA, values, weights, points)),
            distance_m=distance if isfinite(distance) else None,
            kinds=kinds[industry],
            words=_words(query.terms, text, points[RELEVANCE_AT]),
            model=Model.STRATEGICALLY_INTEGRATED if query.integrated[industry] else Model.ADD_ON,
            deciding_kinds=tuple(kind for kind, value in kinds[industry] if value >= INTEGRATED_FROM),
            profile=query.profiles.get(slot),
        )
        for slot, industry, number, score, values, points, distance, text in columns
    )


def _kinds(query: Query, industry: int) -> tuple[tuple[str, float], ...]:
    """Return the wanted kinds with the industry's affinity, best first."""
    pairs = zip(query.kinds, query.affinity[industry].tolist(), strict=True)
    return tuple(sorted(pairs, key=lambda one: (-one[1], one[0])))


def _words(terms: Sequence[Term], text: Sequence[float], points: float) -> tuple[tuple[str, float], ...]:
    """Share the relevance points out over the words that earned them, best first."""
    found = [(-one, term.word) for term, one in zip(terms, text, strict=True) if one > 0]
    total = sum(text)
    return tuple([(word, points * -one / total) for one, word in sorted(found)])
