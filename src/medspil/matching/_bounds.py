"""The largest score that any row of a block can have."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from medspil.matching._arrays import Bool, Float64, Int64
from medspil.matching._blocks import SIZE_CODES, municipality_bits, size_bits
from medspil.matching._bm25 import SATURATION_TOP
from medspil.matching._criteria import capacity_by_size, proximity, relevance
from medspil.matching._exact import constant_points
from medspil.matching._gates import industries_passing
from medspil.matching._index import Scratch
from medspil.matching._layout import BLOCK
from medspil.matching._need import Filters
from medspil.matching._postings import LEVELS
from medspil.matching._query import Query
from medspil.matching._search import Term


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of the blocks in which a row may pass at all, for rows without a profile.

    Attributes
    ----------
    blocks : ndarray of int64, shape (n,)
        The blocks, ascending.
    base : ndarray of float64, shape (n,)
        Points that all rows of the block share: capability and the constants of no profile.
    text : ndarray of float64, shape (n,)
        The most points that relevance can give.
    total : ndarray of float64, shape (n,)
        The most points in all.
    heavy : list of (Term, int)
        The words whose postings have not been added up yet, and their rows in the tables of such words.
    """

    blocks: Int64
    base: Float64
    text: Float64
    total: Float64
    heavy: list[tuple[Term, int]]


def block_bounds(query: Query, filters: Filters, scratch: Scratch) -> Bounds:
    """Return the bounds; adds the postings of rare words to `scratch.text` on the way."""
    index, need, weights = query.index, query.need, query.weights
    nearest = _nearest(query)
    blocks = np.flatnonzero(_possible(query, filters, nearest))
    by_industry = weights.capability * query.capability + constant_points(weights)
    base = by_industry[index.arrays["block_industry"][blocks]] if len(blocks) else np.zeros(0)

    bm25, heavy = _text_bounds(query, scratch, blocks)
    text = weights.relevance * relevance(bm25, query.half)
    total = base + text
    total += weights.capacity * _best_capacity(need.effort, filters.sizes)[index.arrays["block_sizes"][blocks]]
    if nearest is not None:
        total += weights.proximity * proximity(nearest[blocks], need.scale_m)
    return Bounds(blocks, base, text, total, heavy)


def _text_bounds(query: Query, scratch: Scratch, blocks: Int64) -> tuple[Float64, list[tuple[Term, int]]]:
    """Return the largest BM25 sum by block: exact for rare words, by stored maxima for frequent ones."""
    index, listed = query.index, query.index.arrays["heavy_term"]
    rare_top = np.zeros(index.open_blocks)
    heavy: list[tuple[Term, int]] = []
    bound = np.zeros(len(blocks))
    for term in query.terms:
        at = int(np.searchsorted(listed, term.id))
        if at < len(listed) and listed[at] == term.id:
            heavy.append((term, at))
            bound += index.arrays["heavy_max"][at][blocks] * (term.weight * SATURATION_TOP / LEVELS)
            continue
        slots, impacts = index.postings(term.id)
        end = int(np.searchsorted(slots, np.int32(index.open_blocks * BLOCK)))
        scratch.text[slots[:end]] += term.weight * impacts[:end].astype(np.float64)
        scratch.touched.append(slots[:end])
    for slots in scratch.touched:
        np.maximum.at(rare_top, slots // BLOCK, scratch.text[slots])
    return bound + rare_top[blocks], heavy


@lru_cache(maxsize=64)
def _best_capacity(effort: int, sizes: frozenset[int] | None) -> Float64:
    """Return the best capacity among each set of size classes, of those the filter lets pass, shape (4096,)."""
    capacity = capacity_by_size(effort)
    best = np.zeros(1 << SIZE_CODES)
    for code in range(-1, SIZE_CODES - 1):
        if sizes is None or code in sizes:
            has = best.reshape(-1, 2, 1 << code % SIZE_CODES)[:, 1]
            np.maximum(has, capacity[code], out=has)
    best.flags.writeable = False
    return best


def _nearest(query: Query) -> Float64 | None:
    """Return the distance from the need to each block's box, shape (blocks,); inf without points."""
    place = query.need.place
    if place is None:
        return None
    left, low, right, top = query.index.arrays["block_box"][:, : query.index.open_blocks]
    across = np.maximum(np.maximum(left - place[0], place[0] - right), 0.0)
    up = np.maximum(np.maximum(low - place[1], place[1] - top), 0.0)
    nearest: Float64 = np.sqrt(across * across + up * up)
    return nearest


def _possible(query: Query, filters: Filters, nearest: Float64 | None) -> Bool:
    """Return which blocks may hold a row that is inside and passes the filters."""
    index, need = query.index, query.need
    count = index.open_blocks
    facts = index.arrays
    possible = np.ones(count, np.bool_)
    if need.municipalities is not None:
        possible &= (facts["block_municipalities"][:count] & np.uint64(municipality_bits(need.municipalities))) > 0
    if need.radius_m is not None and nearest is not None:
        near = nearest <= need.radius_m
        possible &= near | facts["block_pointless"][:count] if need.municipalities is not None else near
    if filters.max_distance_m is not None:
        possible &= False if nearest is None else nearest <= filters.max_distance_m
    if filters.sizes is not None:
        possible &= (facts["block_sizes"][:count] & np.uint16(size_bits(filters.sizes))) > 0
    if filters.sectors is not None:
        bits = sum(1 << sector for sector in filters.sectors if 0 <= sector < 8)
        possible &= (facts["block_sectors"][:count] & np.uint8(bits)) > 0
    if filters.model is not None and count:
        possible &= industries_passing(query, filters)[facts["block_industry"][:count]]
    return possible
