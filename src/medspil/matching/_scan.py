"""Find the rows that may be among the best k, looking at as few as possible.

Blocks are visited in the order of their bounds until no bound reaches the k-th best score found.

Why this is exact. All numbers here are float64. A score is a sum of seven terms in [0, 1] times
weights that sum to 1; each term comes from a few additions, one division, one root or one exp of
numbers without cancellation, and the BM25 sum adds T positive numbers. Whatever the order of adding,
two ways of computing the same score differ by less than (T + 40) · 2**-53, which is below 1e-11 even
for a query of 90,000 words. `SLACK` is a hundred times that: a row is dropped only if its bound or
its score is more than `SLACK` below the k-th best, so no rounding can drop a row that belongs to the
answer. What is left is scored again in one fixed way and ordered by that (`_exact`).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from medspil.matching._arrays import Bool, Float64, Int64, run_indices
from medspil.matching._blocks import SIZE_CODES
from medspil.matching._bounds import Bounds, block_bounds
from medspil.matching._criteria import distances, proximity, relevance
from medspil.matching._gates import inside, is_among
from medspil.matching._index import Scratch
from medspil.matching._layout import BLOCK
from medspil.matching._need import Filters
from medspil.matching._query import Query
from medspil.matching._record import SECTORS

SLACK: Final = 1e-9
FIRST_BLOCKS: Final = 128
MOST_BLOCKS: Final = 2048


def candidates(query: Query, filters: Filters, k: int, known: Float64, shut: Int64) -> Int64:
    """Return slots of open rows without a profile that hold all of the best `k` among them.

    Parameters
    ----------
    known : ndarray of float64
        Scores of rows that are in the contest already; they raise the bar.
    shut : ndarray of int64
        Slots that are not to be looked at.
    """
    with query.index.scratch() as scratch:
        scratch.closed = shut
        scratch.shut.reshape(-1)[shut] = True
        scan = _Scan(query, filters, scratch, block_bounds(query, filters, scratch))
        return scan.visit(k, known)


@dataclass(frozen=True, slots=True)
class _Scan:
    """One query on its way through the blocks."""

    query: Query
    filters: Filters
    scratch: Scratch
    bounds: Bounds

    def visit(self, k: int, known: Float64) -> Int64:
        """Visit blocks, the most promising first, in batches that grow; return the slots left."""
        best = _best(known, k)
        slots: list[Int64] = [np.zeros(0, np.int64)]
        scores: list[Float64] = [np.zeros(0)]
        total = self.bounds.total
        left = np.arange(len(total))
        batch = FIRST_BLOCKS
        while len(left):
            left, now = _split(left, total, batch)
            found, score = self.score_blocks(np.sort(now), _bar(best, k))
            slots.append(found)
            scores.append(score)
            best = _best(np.concatenate([best, score]), k)
            left = left[total[left] >= _bar(best, k)]
            batch = min(batch * 2, MOST_BLOCKS)
        return np.concatenate(slots)[np.concatenate(scores) >= _bar(best, k)]

    def score_blocks(self, places: Int64, bar: float) -> tuple[Int64, Float64]:
        """Return slots and scores of the rows that reach the bar, in the blocks at `places` (ascending)."""
        blocks, text_bound = self.bounds.blocks[places], self.bounds.text[places, None]
        query, weights, arrays = self.query, self.query.weights, self.query.index.arrays
        # The sizes as bytes: a look-up by whole numbers from 0 is three times as fast as by -1 to 10.
        by_byte = np.zeros(256)
        by_byte[np.arange(-1, SIZE_CODES - 1)] = weights.capacity * query.capacity[np.arange(-1, SIZE_CODES - 1)]
        score = by_byte.take(arrays["size"].view(np.uint8).take(blocks, axis=0), mode="clip")
        score += self.bounds.base[places, None]
        distance = None
        if query.need.place is not None:
            distance = distances(arrays["x"].take(blocks, axis=0), arrays["y"].take(blocks, axis=0), query.need.place)
            score += weights.proximity * proximity(distance, query.need.scale_m)
        allowed = ~self.scratch.shut.take(blocks, axis=0) & self._allowed(blocks, distance)
        # Text is the dear part: only blocks with a row that it could lift over the bar are read.
        hopeful = (allowed & (score >= bar - text_bound)).any(axis=1)
        blocks, score, allowed = blocks[hopeful], score[hopeful], allowed[hopeful]
        self._add_text(blocks)
        text = self.scratch.text.reshape(-1, BLOCK)
        score += weights.relevance * relevance(text[blocks], query.half)
        text[blocks] = 0.0
        found = np.flatnonzero(allowed & (score >= bar))
        return blocks[found // BLOCK] * BLOCK + found % BLOCK, score.ravel()[found]

    def _allowed(self, blocks: Int64, distance: Float64 | None) -> Bool:
        """Return which rows are inside and pass the filters, shape (blocks, BLOCK)."""
        arrays, need, filters = self.query.index.arrays, self.query.need, self.filters
        allowed = np.ones((len(blocks), BLOCK), np.bool_)
        if need.radius_m is not None or need.municipalities is not None:
            allowed &= inside(need, distance, arrays["municipality"][blocks])
        if filters.max_distance_m is not None and distance is not None:
            allowed &= distance <= filters.max_distance_m
        if filters.sizes is not None:
            allowed &= is_among(arrays["size"][blocks], filters.sizes, SIZE_CODES - 1)
        if filters.sectors is not None:
            allowed &= is_among(arrays["sector"][blocks], filters.sectors, len(SECTORS))
        return allowed

    def _add_text(self, blocks: Int64) -> None:
        """Add the postings of frequent words that fall into `blocks` to the sums."""
        starts = self.query.index.arrays["heavy_start"]
        for term, row in self.bounds.heavy:
            slots, impacts = self.query.index.postings(term.id)
            low = starts[row].take(blocks)
            at = run_indices(low, starts[row].take(blocks + 1) - low)
            self.scratch.text[slots[at]] += term.weight * impacts[at].astype(np.float64)


def _split(left: Int64, total: Float64, batch: int) -> tuple[Int64, Int64]:
    """Return the other blocks and the `batch` with the largest bounds."""
    if len(left) <= batch:
        return left[:0], left
    order = np.argpartition(total[left], len(left) - batch)
    return left[order[: len(left) - batch]], left[order[len(left) - batch :]]


def _best(scores: Float64, k: int) -> Float64:
    """Return the `k` largest, in no particular order."""
    return scores if len(scores) <= k else np.partition(scores, len(scores) - k)[len(scores) - k :]


def _bar(best: Float64, k: int) -> float:
    """Return the score below which a row cannot be among the best k."""
    return float(best.min()) - SLACK if len(best) >= k else -np.inf
