"""Rank within a circle: score every open unit of the cells it touches, roughly, and keep those near the top.

The units of a circle stand together in the list of the grid, a run per row of cells, and so do their
postings. Some ten thousand of them are scored sooner than bounds are worked out that would spare it.

Why this is exact. Squares of distances, gates and counts are worked out in float64 by the functions that
every other path uses. Only the rough scores are float32: a sum of seven terms in [0, 1], each from a few
operations, no input of which is off by more than a few units of 2**-24, together below 4e-6. Two scores
may thus trade places only when they are nearer than `SLACK`; whatever is within that of the k-th is
scored again by `_exact`, which decides.
"""

import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from medspil.matching._arrays import Array, Bool, Float32, Float64, Int64, Workspace, run_indices
from medspil.matching._blocks import SIZE_CODES
from medspil.matching._criteria import squares
from medspil.matching._exact import Rows, constant_points
from medspil.matching._gates import industries_passing, inside
from medspil.matching._layout import CLOSED, OPEN
from medspil.matching._record import SECTORS
from medspil.matching._runs import Runs

if TYPE_CHECKING:
    from medspil.matching._need import Filters
    from medspil.matching._query import Query

SLACK: Final = 2e-5
MOST_ROWS: Final = 150_000
"""In larger circles the blocks with their bounds are sooner done."""

_work = Workspace()

GROUPS: Final = 64
FILTERED: Final = np.float32(-9.0)
"""Added to the points of a mix that does not pass the filters: nothing lifts it over 0 again."""

SHUT: Final = np.float32(-1.0)
"""The rough score of a row that is not to be proposed; all others are from 0."""


@dataclass(frozen=True, slots=True)
class Near:
    """The open units in and around a circle, measured; good until this thread asks the next query.

    Attributes
    ----------
    cells : list of (int, int)
        First and last cell of each row of cells.
    runs : Runs
    square : ndarray of float64, shape (n,)
        Squares of the distances in metres.
    inside : ndarray of bool, shape (n,)
        Which pass the gate of place.
    hits : Hits
        Where the words of the need are found.
    """

    query: "Query"
    cells: list[tuple[int, int]]
    runs: Runs
    square: Float64
    inside: Bool
    hits: "Hits"

    @classmethod
    def of(cls, query: "Query", filters: "Filters") -> "Near | None":
        """Measure to the units around the need; None if that is not the way to go about this query."""
        need, grid = query.need, query.index.grid
        reach = need.radius_m if need.radius_m is not None else filters.max_distance_m
        if need.place is None or reach is None:
            return None
        cells = grid.cells(need.place, reach)
        pairs = grid.runs(OPEN, cells)
        if need.municipalities is not None:
            pairs += grid.pointless(need.municipalities)
        runs = Runs(pairs)
        if runs.count > MOST_ROWS:
            return None
        square = _squares(query, runs, "open")
        return cls(query, cells, runs, square, _inside(query, runs, square), _hits(query, runs))

    def count_inside(self) -> tuple[int, int]:
        """Return how many open and how many protected units are inside; only for a need with a radius."""
        query, need = self.query, self.query.need
        runs = Runs(query.index.grid.runs(CLOSED, self.cells))
        closed = int(np.count_nonzero(_inside(query, runs, _squares(query, runs, "closed"))))
        if need.municipalities is not None:
            counts = query.index.arrays["count_municipality"][CLOSED, 1]
            closed += int(sum(counts[code] for code in need.municipalities if 0 <= code < len(counts)))
        return int(np.count_nonzero(self.inside)), closed

    def score(self, filters: "Filters") -> Float32:
        """Return the rough scores, `SHUT` for rows outside or filtered out, shape (n,)."""
        query, weights, arrays = self.query, self.query.weights, self.query.index.arrays
        count = self.runs.count
        score: Float32 = _work.array("score", "f4", count)
        _by_mix(query, filters).take(self.runs.take(arrays["grid_mix"]), mode="clip", out=score)
        near: Float32 = _work.array("near", "f4", count)
        near[:] = self.square
        np.sqrt(near, out=near)
        near *= np.float32(-1.0 / query.need.scale_m)
        np.exp(near, out=near)
        near *= np.float32(weights.proximity)
        score += near
        if len(self.hits.row):
            score += self._text(near)
        allowed = self.inside
        if filters.max_distance_m is not None:
            allowed = allowed & (self.square <= square_limit(filters.max_distance_m))
        np.putmask(score, ~allowed, SHUT)
        return score if filters.empty else np.maximum(score, SHUT, out=score)

    def candidates(self, score: Float32, k: int, known: Float64, shut: Int64) -> Rows:
        """Return rows that hold all of the best `k` among them.

        Parameters
        ----------
        score : ndarray of float32, shape (n,)
            The rough scores; changed on the way.
        known : ndarray of float64
            Scores of rows that are in the contest already; they raise the bar.
        shut : ndarray of int64
            Slots that are not to be looked at.
        """
        arrays = self.query.index.arrays
        if len(shut):
            score[self.runs.rows_of(arrays["grid_place"][shut].astype(np.int64))] = SHUT
        bar = _kth(np.concatenate([_tops(score, k), known]), k)
        found = np.flatnonzero(score >= max(bar - SLACK, 0.0))
        bar = _kth(np.concatenate([score[found], known]), k)
        found = found[score[found] >= bar - SLACK]
        return self._rows(found)

    def _rows(self, found: Int64) -> Rows:
        """Return the facts of some rows, ascending; nothing is looked up that has been read already."""
        arrays, hits = self.query.index.arrays, self.hits
        places = self.runs.places(found)
        mix = arrays["grid_mix"][places]
        among = np.zeros(self.runs.count, np.bool_)
        among[found] = True
        hit = np.flatnonzero(among[hits.row])
        text = np.zeros((len(self.query.terms) + len(self.query.unknown), len(found)))
        term = hits.term[hits.ends.searchsorted(hit, "right")]
        text[term, found.searchsorted(hits.row[hit])] = hits.points[hit]
        return Rows(
            slots=arrays["grid_slot"][places].astype(np.int64),
            industry=mix // (len(SECTORS) * SIZE_CODES),
            size=mix % SIZE_CODES,
            distance=np.sqrt(self.square[found]),
            text=text,
        )

    def _text(self, out: Float32) -> Float32:
        """Return the points of the words in `out`, shape (n,)."""
        text = _work.array("text", "f8", self.runs.count)
        text[:] = 0.0
        np.add.at(text, self.hits.row, self.hits.points)
        out[:] = text
        # relevance is b / (b + half) = 1 - half / (b + half)
        most = self.query.weights.relevance
        out += np.float32(self.query.half)
        np.divide(np.float32(-self.query.half * most), out, out=out)
        out += np.float32(most)
        return out


class Hits(NamedTuple):
    """Where the words of a need are found.

    Attributes
    ----------
    row : ndarray of int64, shape (hits,)
    points : ndarray of float64, shape (hits,)
        What the word gives to the BM25 sum of the row.
    ends : ndarray of int64, shape (pieces,)
        The hits come in pieces of one word and one run; where each ends.
    term : ndarray of int64, shape (pieces,)
        Which word of the query it is.
    """

    row: Int64
    points: Float64
    ends: Int64
    term: Int64


def _hits(query: "Query", runs: Runs) -> Hits:
    """Read the postings of the need's words that fall into the runs."""
    arrays, edges = query.index.arrays, runs.edges()
    places, impacts, starts = arrays["local_place"], arrays["local_impact"], arrays["local_start"].data
    found = np.empty((len(query.terms), len(edges)), np.int64)
    for at, word in enumerate(query.terms):
        low = starts[word.id]
        np.add(places[low : starts[word.id + 1]].searchsorted(edges), low, out=found[at])
    begins, ends = found[:, ::2].ravel(), found[:, 1::2].ravel()
    counts = ends - begins
    listed = run_indices(begins, counts)
    term = np.arange(len(query.terms)).repeat(len(runs.shift))
    weights = np.array([word.weight for word in query.terms])
    rows = places[listed] + np.tile(runs.shift, len(query.terms)).repeat(counts)
    points = impacts[listed] * weights[term].repeat(counts)
    return Hits(rows, points, counts.cumsum(), term)


def _by_mix(query: "Query", filters: "Filters") -> Float32:
    """Return the points that a mix of industry, sector and size gives, far below 0 if filtered out; shape (mixes,)."""
    weights = query.weights
    industry = (weights.capability * query.capability + constant_points(weights)).astype(np.float32)
    if filters.model is not None:
        industry[~industries_passing(query, filters)] += FILTERED
    size = (weights.capacity * query.capacity).astype(np.float32)
    if filters.sizes is not None:
        size[[code for code in range(-1, SIZE_CODES - 1) if code not in filters.sizes]] += FILTERED
    sector = np.zeros(len(SECTORS), np.float32)
    if filters.sectors is not None:
        sector[[code for code in SECTORS if code not in filters.sectors]] = FILTERED
    within = (sector[:, None] + size).ravel()
    points: Float32 = np.add.outer(industry, within).ravel()
    return points


def square_limit(metres: float) -> float:
    """Return the largest number whose root is not above a distance: comparing squares then decides as roots would."""
    limit = min(metres * metres, sys.float_info.max)
    while math.sqrt(limit) > metres:
        limit = math.nextafter(limit, 0.0)
    while math.sqrt(after := math.nextafter(limit, math.inf)) <= metres:
        limit = after
    return limit


def _squares(query: "Query", runs: Runs, name: str) -> Float64:
    """Return the squares of the distances, shape (n,)."""
    place, arrays = query.need.place, query.index.arrays
    assert place is not None  # noqa: S101 - a circle has a centre
    x, y = _work.array(name + "x", "f8", runs.count), _work.array(name + "y", "f8", runs.count)
    across, up = runs.take(arrays["grid_x"], x), runs.take(arrays["grid_y"], y)
    across -= place[0]
    up -= place[1]
    return squares(across, up)


def _inside(query: "Query", runs: Runs, square: Float64) -> Bool:
    """Return which rows lie within radius and municipalities, by the rules of `inside`, shape (n,)."""
    need = query.need
    if need.municipalities is None:
        return np.ones(runs.count, np.bool_) if need.radius_m is None else square <= square_limit(need.radius_m)
    distance = np.sqrt(square)
    return inside(need, distance, runs.take(query.index.arrays["grid_municipality"]))


def _tops(score: Float32, k: int) -> Float32:
    """Return the largest of each of many groups: k of them are k different rows at least as good as the k-th."""
    height = min(GROUPS, len(score) // (2 * k))
    if height < 2:
        return score
    tops: Float32 = score[: len(score) // height * height].reshape(height, -1).max(axis=0)
    return tops


def _kth(scores: Array, k: int) -> float:
    """Return the k-th largest, or a number below all scores if there are fewer."""
    return float(np.partition(scores, len(scores) - k)[len(scores) - k]) if len(scores) >= k else -1.0
