"""Score given rows exactly: the one place where points are made.

The fast scan only decides which rows are looked at; what is shown, summed and ordered comes from here.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from medspil.matching._arrays import Array, Float64, Int64
from medspil.matching._bm25 import saturation_at_mean
from medspil.matching._criteria import capability, distances, proximity, relevance
from medspil.matching._layout import BLOCK
from medspil.matching._need import Need, Profile
from medspil.matching._profile_criteria import commitment, fairness, relation
from medspil.matching._query import Query, wanted_weights
from medspil.matching._search import DECIMALS
from medspil.matching._weights import Criterion, Weights

NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class Scored:
    """Exact scores of some rows.

    Attributes
    ----------
    rows : Rows
        What was scored.
    numbers : ndarray of int64, shape (n,)
    values, points : ndarray of float64, shape (7, n)
        By criterion, in the order of `Criterion`.
    score : ndarray of float64, shape (n,)
        Sum of the points, rounded to 12 decimals.
    """

    rows: "Rows"
    numbers: Int64
    values: Float64
    points: Float64
    score: Float64

    def best(self, k: int) -> Int64:
        """Return the places of the `k` best, best first, ties by number."""
        return np.lexsort((self.numbers, -self.score))[:k]


class Rows(NamedTuple):
    """The facts of some rows that scores are made of.

    Attributes
    ----------
    slots : ndarray of int64, shape (n,)
    industry, size : ndarray of int, shape (n,)
    distance : ndarray of float64, shape (n,)
        Metres, infinite when not known.
    text : ndarray of float64, shape (terms, n)
        What each word of the need gives to the BM25 sum.
    """

    slots: Int64
    industry: Array
    size: Array
    distance: Float64
    text: Float64

    def at(self, places: Int64) -> "Rows":
        """Return the rows at some places."""
        return Rows(
            self.slots[places], self.industry[places], self.size[places], self.distance[places], self.text[:, places]
        )

    def and_those(self, other: "Rows") -> "Rows":
        """Return these rows and others."""
        return Rows(*(np.concatenate(pair, axis=-1) for pair in zip(self, other, strict=True)))


def score_slots(query: Query, slots: Int64) -> Scored:
    """Score the rows in `slots`, shape (n,), by all criteria in float64."""
    return score_rows(query, rows_in(query, slots))


def rows_in(query: Query, slots: Int64) -> Rows:
    """Look the facts of the rows in `slots` up, shape (n,)."""
    index, need = query.index, query.need
    industry = index.arrays["block_industry"][slots // BLOCK]
    distance = np.full(len(slots), np.inf)
    if need.place is not None:
        distance = distances(index.column("x")[slots], index.column("y")[slots], need.place)
    return Rows(slots, industry, index.column("size")[slots], distance, _text(query, slots))


def score_rows(query: Query, rows: Rows) -> Scored:
    """Score rows by all criteria in float64."""
    slots = rows.slots
    values = np.empty((len(Criterion), len(slots)))
    if len(slots):
        values[0] = query.capability[rows.industry]
    values[1] = relevance(sum_rows(rows.text, len(slots)), query.half)
    values[3] = proximity(rows.distance, query.need.scale_m)
    values[4] = query.capacity[rows.size]
    _fill_own_records(query, rows, values)
    points = values * query.weights.column
    score = np.round(sum_rows(points, len(slots)), DECIMALS)
    return Scored(rows, query.index.column("number")[slots], values, points, score)


def sum_rows(rows: Float64, width: int) -> Float64:
    """Add rows up one after another, always in the same order, shape (width,)."""
    total = np.zeros(width)
    for row in rows:
        total += row
    return total


def _text(query: Query, slots: Int64) -> Float64:
    """Return the BM25 points of each word in each row, shape (terms, n)."""
    found = np.zeros((len(query.terms) + len(query.unknown), len(slots)))
    wanted = slots.astype(np.int32)
    for at, term in enumerate(query.terms):
        listed, impacts = query.index.postings(term.id)
        place = np.minimum(np.searchsorted(listed, wanted), len(listed) - 1)
        hit = listed[place] == wanted
        found[at, hit] = term.weight * impacts[place[hit]].astype(np.float64)
    if query.profiles:
        for row, profile in enumerate(map(query.profiles.get, slots.tolist())):
            if profile is not None and profile.terms:
                _add_own_words(query, profile, found[:, row])
    return found


def _add_own_words(query: Query, profile: Profile, found: Float64) -> None:
    """Raise the points of the words that a profile says, shape (terms,), where it says them more strongly."""
    for at, term in enumerate([*query.terms, *query.unknown]):
        if term.word in profile.terms:
            found[at] = max(found[at], term.weight * saturation_at_mean(profile.terms[term.word]))


def own_values(profile: Profile, need: Need) -> tuple[float, float, float]:
    """Return commitment, relation and fairness of a unit by its profile."""
    return commitment(profile, need.themes), relation(profile), fairness(profile)


NO_RECORDS: Final = own_values(NO_PROFILE, Need())
"""The values of a unit of which we know nothing: no theme of a need changes them."""


def constant_points(weights: Weights) -> float:
    """Return the points that every unit of which we know nothing has."""
    return weights.commitment * NO_RECORDS[0] + weights.relation * NO_RECORDS[1] + weights.fairness * NO_RECORDS[2]


def _fill_own_records(query: Query, rows: Rows, values: Float64) -> None:
    """Fill commitment, relation and fairness in, `values` of shape (7, n), and take off what a unit declined."""
    values[2], values[5], values[6] = NO_RECORDS
    if query.profiles:
        for at, profile in enumerate(map(query.profiles.get, rows.slots.tolist())):
            if profile is not None:
                values[2, at], values[5, at], values[6, at] = own_values(profile, query.need)
                if profile.declined:
                    left = query.affinity_to(int(rows.industry[at]), profile)
                    values[0, at] = capability(left[None], wanted_weights(query.need))[0]
