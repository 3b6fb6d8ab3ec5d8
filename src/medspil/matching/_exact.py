"""Score given rows exactly: the one place where points are made.

The fast scan only decides which rows are looked at; what is shown, summed and ordered comes from here.
"""

from dataclasses import dataclass

import numpy as np

from medspil.matching._arrays import Float64, Int64
from medspil.matching._criteria import distances, proximity, relevance
from medspil.matching._layout import BLOCK
from medspil.matching._need import Need, Profile
from medspil.matching._profile_criteria import commitment, fairness, relation
from medspil.matching._query import Query
from medspil.matching._search import DECIMALS
from medspil.matching._weights import Criterion

NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class Scored:
    """Exact scores of some rows.

    Attributes
    ----------
    slots, numbers : ndarray of int64, shape (n,)
    values, points : ndarray of float64, shape (7, n)
        By criterion, in the order of `Criterion`.
    score : ndarray of float64, shape (n,)
        Sum of the points, rounded to 12 decimals.
    distance : ndarray of float64, shape (n,)
        Metres, infinite when not known.
    text : ndarray of float64, shape (terms, n)
        What each word of the need gives to the BM25 sum.
    """

    slots: Int64
    numbers: Int64
    values: Float64
    points: Float64
    score: Float64
    distance: Float64
    text: Float64

    def best(self, k: int) -> Int64:
        """Return the places of the `k` best, best first, ties by number."""
        return np.lexsort((self.numbers, -self.score))[:k]


def score_slots(query: Query, slots: Int64) -> Scored:
    """Score the rows in `slots`, shape (n,), by all criteria in float64."""
    index, need = query.index, query.need
    industry = index.arrays["block_industry"][slots // BLOCK]
    distance = np.full(len(slots), np.inf)
    if need.place is not None:
        distance = distances(index.column("x")[slots], index.column("y")[slots], need.place)
    text = _text(query, slots)
    own = _own_records(query, slots)
    values = np.stack(
        [
            query.capability[industry] if len(slots) else np.zeros(0),
            relevance(sum_rows(text, len(slots)), query.half),
            own[0],
            proximity(distance, need.scale_m),
            query.capacity[index.column("size")[slots]],
            own[1],
            own[2],
        ]
    )
    weights = np.array([query.weights.of(criterion) for criterion in Criterion])
    points = values * weights[:, None]
    score = np.round(sum_rows(points, len(slots)), DECIMALS)
    return Scored(slots, index.column("number")[slots], values, points, score, distance, text)


def sum_rows(rows: Float64, width: int) -> Float64:
    """Add rows up one after another, always in the same order, shape (width,)."""
    total = np.zeros(width)
    for row in rows:
        total += row
    return total


def _text(query: Query, slots: Int64) -> Float64:
    """Return the BM25 points of each word in each row, shape (terms, n)."""
    found = np.zeros((len(query.terms), len(slots)))
    wanted = slots.astype(np.int32)
    for at, term in enumerate(query.terms):
        listed, impacts = query.index.postings(term.id)
        place = np.minimum(np.searchsorted(listed, wanted), len(listed) - 1)
        hit = listed[place] == wanted
        found[at, hit] = term.weight * impacts[place[hit]].astype(np.float64)
    return found


def own_values(profile: Profile, need: Need) -> tuple[float, float, float]:
    """Return commitment, relation and fairness of a unit by its profile."""
    return commitment(profile, need.themes), relation(profile), fairness(profile)


def _own_records(query: Query, slots: Int64) -> Float64:
    """Return commitment, relation and fairness, shape (3, n)."""
    values = np.empty((3, len(slots)))
    values[:] = np.array(own_values(NO_PROFILE, query.need))[:, None]
    if query.profiles:
        known = np.isin(slots, np.fromiter(query.profiles, np.int64))
        for at in np.flatnonzero(known).tolist():
            values[:, at] = own_values(query.profiles[int(slots[at])], query.need)
    return values
