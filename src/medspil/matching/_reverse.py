"""The other way round: which needs fit one unit best, and why. The same formula with needs as rows."""

from collections.abc import Collection, Mapping
from math import isfinite
from typing import NamedTuple

import numpy as np

from medspil.matching._answer import Gate, NeedRanking, Part, RankedNeed
from medspil.matching._arrays import Float64, Int64
from medspil.matching._bm25 import saturation_at_mean
from medspil.matching._criteria import capability_of, distances, proximity, relevance
from medspil.matching._exact import NO_RECORDS, own_values, sum_rows
from medspil.matching._explain import CRITERIA, fit_of
from medspil.matching._layout import CEASED, CLOSED
from medspil.matching._need import Profile, declines_all, sorted_kinds
from medspil.matching._pool import NeedPool
from medspil.matching._rank import UnknownNumber
from medspil.matching._record import UnitRecord
from medspil.matching._search import DECIMALS
from medspil.matching._unit import UnitFacts, facts_in_index, facts_of_record
from medspil.matching._weights import DEFAULT_WEIGHTS, Criterion, Weights

TURNED_DOWN = tuple(Gate).index(Gate.TURNED_DOWN)
RELEVANCE_AT = CRITERIA.index(Criterion.RELEVANCE)


def rank_needs(
    pool: NeedPool,
    unit: int | UnitRecord,
    *,
    k: int = 50,
    weights: Weights = DEFAULT_WEIGHTS,
    among: Collection[int] | None = None,
    profiles: Mapping[int, Profile] | None = None,
    turned_down: frozenset[int] = frozenset(),
    consented: frozenset[int] = frozenset(),
) -> NeedRanking:
    """Return the `k` needs of a pool that fit one unit best, with reasons, and count all others.

    Scores, parts and gates are those that `rank` and `explain_unit` give for each need and this
    unit; ties go by the needs' own numbers. 10,000 needs take a few milliseconds.

    Parameters
    ----------
    pool : NeedPool
        The needs, compiled for an index.
    unit : int or UnitRecord
        The number of a unit of the index; or a record of its facts, which then count instead of
        those of the index: for a company that is new, or has changed since the index was built.
        Its words are weighed against the units of the index.
    k : int
        How many needs to return at most.
    among : collection of int, optional
        Numbers of the needs to look at; all others are as if they were not in the pool.
    profiles : Mapping[int, Profile], optional
        Our own records of this unit by the number of the need they are for. Given, they replace
        what the needs themselves bring along.
    turned_down, consented : frozenset of int
        Numbers of the needs that this unit has said no to, and of those for which it may be
        written to although protected; in addition to what the needs bring along.

    Raises
    ------
    UnknownNumber
        If `unit` is a number that the index does not have.
    ValueError
        If `unit` is a record out of range.
    """
    facts = _facts(pool, unit)
    distance = _distances(pool, facts)
    known = _own_records(pool, facts.number, profiles)
    gate = _first_gates(pool, facts, distance, turned_down, consented)
    gate[[at for at, profile in known.items() if gate[at] < 0 and declines_all(profile, pool.needs[at])]] = TURNED_DOWN
    asked = np.ones(len(pool), np.bool_) if among is None else np.isin(pool.keys, list(among))
    impact = _impact(pool, facts, known)
    values = _values(pool, facts, distance, impact, known)
    points = values * weights.column
    score = np.round(sum_rows(points, len(pool)), DECIMALS)
    eligible = np.flatnonzero(asked & (gate < 0))
    best = eligible[np.lexsort((pool.keys[eligible], -score[eligible]))[: max(k, 0)]]
    figures = _Figures(values, points, score, distance, impact, known)
    needs = _explained(pool, facts, best, figures, weights)
    left_out = {one: int(np.count_nonzero(asked & (gate == at))) for at, one in enumerate(Gate)}
    return NeedRanking(needs, left_out, len(eligible), int(np.count_nonzero(asked)))


def _facts(pool: NeedPool, unit: int | UnitRecord) -> UnitFacts:
    if isinstance(unit, UnitRecord):
        return facts_of_record(pool.index, unit, pool.entries)
    slot = pool.index.row_of(unit)
    if slot is None:
        raise UnknownNumber(unit)
    return facts_in_index(pool.index, slot, pool.entries)


def _distances(pool: NeedPool, facts: UnitFacts) -> Float64:
    """Return metres from each need; infinite when either has no point, shape (n,)."""
    measured = distances(np.full(len(pool), facts.x), np.full(len(pool), facts.y), pool.place)
    return np.where(np.isnan(measured), np.inf, measured)


def _first_gates(
    pool: NeedPool, facts: UnitFacts, distance: Float64, turned_down: frozenset[int], consented: frozenset[int]
) -> Int64:
    """Return the place in `Gate` of the first gate that stops the unit at each need, -1 for none, shape (n,)."""
    near = ~pool.has_radius | (distance <= pool.radius)
    for at in pool.listed:
        named = facts.municipality in (pool.needs[at].municipalities or ())
        near[at] = named and (near[at] or np.isinf(distance[at]))
    no, yes = np.isin(pool.keys, list(turned_down)), np.isin(pool.keys, list(consented))
    for at in pool.own:
        no[at] |= facts.number in pool.needs[at].turned_down
        yes[at] |= facts.number in pool.needs[at].consented
    stopped = [
        np.full(len(pool), facts.kind == CEASED),
        ~near,
        (facts.kind == CLOSED) & ~yes,
        no,
    ]
    return np.select(stopped, range(len(stopped)), -1).astype(np.int64)


def _own_records(pool: NeedPool, number: int, given: Mapping[int, Profile] | None) -> dict[int, Profile]:
    """Return the profiles of the unit by the place of the need they are for."""
    if given is not None:
        places = {key: at for at, key in enumerate(pool.keys.tolist())} if given else {}
        return {places[key]: profile for key, profile in given.items() if key in places}
    return {at: pool.needs[at].profiles[number] for at in pool.own if number in pool.needs[at].profiles}


def _impact(pool: NeedPool, facts: UnitFacts, known: Mapping[int, Profile]) -> Float64:
    """Return how strongly the unit says the word of each entry, by the register or by our own records."""
    entries = pool.entries
    impact = facts.impact[entries.word]
    if any(profile.terms for profile in known.values()):
        place = {word: at for at, word in enumerate(entries.words)}
        said = [
            (place[word], at, saturation_at_mean(profile.terms[word]))
            for at, profile in known.items()
            if profile.terms
            for word, weight in pool.needs[at].terms.items()
            if weight > 0 and word in profile.terms and word in place
        ]
        entry = entries.find(len(pool), [(word, at) for word, at, _ in said])
        impact[entry] = np.maximum(impact[entry], [strength for _, _, strength in said])
    return impact


def _values(
    pool: NeedPool, facts: UnitFacts, distance: Float64, impact: Float64, known: Mapping[int, Profile]
) -> Float64:
    """Return the value of each criterion for each need, shape (7, n)."""
    count = len(pool)
    affinity = np.append(pool.table.fit([facts.industry[0]], [facts.industry[1]], pool.table.kinds)[0], 0.0)
    entries = pool.entries
    text = np.bincount(entries.need, entries.weight * impact, count).astype(np.float64, copy=False)
    own = np.empty((3, count))
    own[0], own[1], own[2] = NO_RECORDS
    made: dict[tuple[int, frozenset[str]], tuple[float, float, float]] = {}
    for at, profile in known.items():
        key = (id(profile), pool.needs[at].themes)
        if key not in made:
            made[key] = own_values(profile, pool.needs[at])
        own[:, at] = made[key]
    fits = affinity[pool.kind_column]
    for at, profile in known.items():
        if profile.declined:
            fits[at, np.isin(pool.kind_column[at], _columns(pool, profile.declined))] = 0.0
    return np.stack(
        [
            capability_of(fits, pool.kind_share),
            relevance(text, pool.half),
            own[0],
            proximity(distance, pool.scale),
            pool.capacity[:, facts.size],
            own[1],
            own[2],
        ]
    )


def _columns(pool: NeedPool, kinds: frozenset[str]) -> list[int]:
    return [pool.table.column(kind) for kind in sorted(kinds) if kind in pool.table.kinds]


class _Figures(NamedTuple):
    """Of all needs: values and points, shape (7, n), scores and distances, shape (n,), strength of words, profiles."""

    values: Float64
    points: Float64
    score: Float64
    distance: Float64
    impact: Float64
    known: Mapping[int, Profile]


def _explained(
    pool: NeedPool, facts: UnitFacts, best: Int64, figures: _Figures, weights: Weights
) -> tuple[RankedNeed, ...]:
    """Return the needs at some places with their reasons, in that order."""
    affinity = pool.table.fit([facts.industry[0]], [facts.industry[1]], pool.table.kinds)[0].tolist()
    given = [weights.of(criterion) for criterion in CRITERIA]
    needs = []
    said = np.flatnonzero(figures.impact > 0)
    of = pool.entries.need[said]
    for at in best.tolist():
        kinds = tuple(one.kind for one in sorted_kinds(pool.needs[at]))
        profile = figures.known.get(at)
        declined = profile.declined if profile else ()
        fit = fit_of(kinds, tuple(0.0 if kind in declined else affinity[pool.table.column(kind)] for kind in kinds))
        points = figures.points[:, at].tolist()
        distance = float(figures.distance[at])
        needs.append(
            RankedNeed(
                key=int(pool.keys[at]),
                score=float(figures.score[at]),
                parts=tuple(map(Part, CRITERIA, figures.values[:, at].tolist(), given, points)),
                distance_m=distance if isfinite(distance) else None,
                kinds=fit.kinds,
                words=_words(pool, figures.impact, said[of == at], points[RELEVANCE_AT]),
                model=fit.model,
                deciding_kinds=fit.deciding_kinds,
                profile=profile,
            )
        )
    return tuple(needs)


def _words(pool: NeedPool, impact: Float64, mine: Int64, points: float) -> tuple[tuple[str, float], ...]:
    """Share the relevance points of a need out over the words that the unit has, best first.

    Parameters
    ----------
    mine : ndarray of int64, shape (n,)
        The entries of the need with a word that the unit has.
    """
    entries = pool.entries
    text = entries.weight[mine] * impact[mine]
    share = text * (points / (sum_rows(text[:, None], 1)[0] or 1.0))
    words = [entries.words[word] for word in entries.word[mine].tolist()]
    best = sorted(zip((-share).tolist(), words, strict=True))
    return tuple([(word, -part) for part, word in best])
