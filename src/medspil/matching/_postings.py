"""Turn the terms of each record into the records of each term.

Lists are sorted by slot and hold the saturated weight, so that a query only multiplies and adds.
The work goes chunk by chunk into mapped files; memory does not grow with the register.
"""

from typing import Final, NamedTuple

import numpy as np

from medspil.matching._arrays import Array, Int32, Int64, UInt8, run_indices
from medspil.matching._bm25 import SATURATION_TOP, saturation
from medspil.matching._format import DataWriter
from medspil.matching._layout import BLOCK, Layout
from medspil.matching._record import PLACE_PREFIX
from medspil.matching._spool import Spool
from medspil.matching._vocabulary import hash_table

ROWS_AT_ONCE: Final = 1 << 16
LEVELS: Final = 255


class Order(NamedTuple):
    """Records in some order, and the ascending places at which they stand in the lists."""

    record: Int64
    place: Int64


class Lists(NamedTuple):
    """The postings of all terms, as they stand in the file: where each list begins, places, impacts."""

    start: Int64
    place: Array
    impact: Array


def write_postings(spool: Spool, layout: Layout, writer: DataWriter) -> Int64:
    """Write vocabulary, postings and the block maxima of frequent terms; return the new number of each term."""
    words = sorted(spool.vocabulary, key=str.encode)
    new_id = np.zeros(max(len(words), 1), np.int64)
    for new, word in enumerate(words):
        new_id[spool.vocabulary[word]] = new
    encoded = [word.encode() for word in words]
    writer.add("word_start", np.cumsum([0, *map(len, encoded)], dtype=np.int64))
    writer.add("word_text", np.frombuffer(b"".join(encoded), np.uint8))
    writer.add("word_hash", hash_table(encoded))

    found = _document_frequencies(spool, len(words))
    start = np.zeros(len(words) + 1, np.int64)
    start[1:] = np.cumsum(found[np.argsort(new_id[: len(words)])])
    writer.add("posting_start", start)
    slot = writer.reserve("posting_slot", "<i4", int(start[-1]))
    impact = writer.reserve("posting_impact", "<f4", int(start[-1]))

    lists = Lists(start, slot, impact)
    _scatter(spool, new_id, Order(layout.order, layout.slots), lists)
    _write_heavy(words, lists, layout, writer)
    return new_id


def write_local_postings(spool: Spool, new_id: Int64, order: Order, writer: DataWriter) -> None:
    """Write the postings of the open units once more, in the order of the grid, for queries within a circle."""
    counts = spool.column("terms").astype(np.int64)
    found = np.zeros(len(new_id), np.int64)
    term_of, _ = spool.postings()
    begins = _begins(spool)
    for at in range(0, len(order.record), ROWS_AT_ONCE):
        rows = order.record[at : at + ROWS_AT_ONCE]
        taken = run_indices(begins[rows], counts[rows])
        found += np.bincount(new_id[term_of[taken]], minlength=len(new_id))
    start = np.concatenate([[0], np.cumsum(found)]).astype(np.int64)
    writer.add("local_start", start)
    places = writer.reserve("local_place", "<i4", int(start[-1]))
    impact = writer.reserve("local_impact", "<f4", int(start[-1]))
    _scatter(spool, new_id, order, Lists(start, places, impact))


def _scatter(spool: Spool, new_id: Int64, order: Order, lists: Lists) -> None:
    """Write each record's terms to the lists of the terms, in the order given."""
    term_of, weight_of = spool.postings()
    counts = spool.column("terms").astype(np.int64)
    begins = _begins(spool)
    length = spool.column("length")
    mean = mean_length(length)
    cursor = lists.start[:-1].copy()
    for at in range(0, len(order.record), ROWS_AT_ONCE):
        rows = order.record[at : at + ROWS_AT_ONCE]
        taken = run_indices(begins[rows], counts[rows])
        term = new_id[term_of[taken]]
        value = saturation(weight_of[taken], np.repeat(length[rows], counts[rows]), mean)
        by_term, to = _targets(term, cursor)
        lists.place[to] = np.repeat(order.place[at : at + ROWS_AT_ONCE], counts[rows])[by_term]
        lists.impact[to] = value[by_term]


def _begins(spool: Spool) -> Int64:
    """Return where the terms of each record begin in the spool."""
    counts = spool.column("terms").astype(np.int64)
    return np.cumsum(counts) - counts


def mean_length(length: Array) -> float:
    """Return the mean sum of term weights over all records; 0 without records."""
    return float(length.mean()) if len(length) else 0.0


def _document_frequencies(spool: Spool, words: int) -> Int64:
    found = np.zeros(words, np.int64)
    term_of, _ = spool.postings()
    for at in range(0, len(term_of), 1 << 22):
        found += np.bincount(term_of[at : at + (1 << 22)], minlength=words)
    return found


def _targets(term: Int64, cursor: Int64) -> tuple[Int64, Int64]:
    """Return the order by term that keeps the slots ascending, and where each entry goes.

    Moves `cursor` on. Sorting one number that holds both is several times faster than a stable
    sort of pairs.
    """
    packed = np.sort((term << 32) | np.arange(len(term)))
    by_term, ordered = packed & 0xFFFFFFFF, packed >> 32
    terms, first, counts = np.unique(ordered, return_index=True, return_counts=True)
    target = np.repeat(cursor[terms] - first, counts) + np.arange(len(term))
    cursor[terms] += counts
    return by_term, target


def heavy_from(open_blocks: int) -> int:
    """Return from how many postings among open rows a term gets its block maxima stored."""
    return max(256, open_blocks // 4)


def _write_heavy(words: list[str], postings: Lists, layout: Layout, writer: DataWriter) -> None:
    """Store per block where each frequent term's postings begin, and their largest impact.

    Impacts are rounded up to 1/255 of the top.
    """
    open_blocks = layout.class_blocks[1]
    least = heavy_from(open_blocks)
    heavy: list[int] = []
    maxima: list[UInt8] = []
    begins: list[Int32] = []
    edges = (np.arange(open_blocks + 1) * BLOCK).astype(np.int32)
    for term in np.flatnonzero(np.diff(postings.start) >= least).tolist():
        low, high = int(postings.start[term]), int(postings.start[term + 1])
        high = low + int(np.searchsorted(postings.place[low:high], np.int32(open_blocks * BLOCK)))
        if high - low < least or words[term].startswith(PLACE_PREFIX):
            continue
        top = np.zeros(open_blocks)
        np.maximum.at(top, postings.place[low:high] // BLOCK, postings.impact[low:high])
        heavy.append(term)
        begins.append(np.searchsorted(postings.place[low:high], edges).astype(np.int32))
        maxima.append(np.ceil(top * (LEVELS / SATURATION_TOP)).astype(np.uint8))
    writer.add("heavy_term", np.array(heavy, np.int64))
    writer.add("heavy_start", np.array(begins, np.int32).reshape(len(heavy), open_blocks + 1))
    writer.add("heavy_max", np.array(maxima, np.uint8).reshape(len(heavy), open_blocks))
