"""The facts of one unit: from the index by its number, or from a record that the index does not have."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from medspil.matching._arrays import Float64
from medspil.matching._bm25 import saturation
from medspil.matching._layout import BLOCK, CEASED, CLOSED, OPEN
from medspil.matching._record import PLACE_PREFIX, UnitRecord, check_record, point_of

if TYPE_CHECKING:
    from medspil.matching._index import Index
    from medspil.matching._pool import Entries


class UnitFacts(NamedTuple):
    """What the criteria and gates ask of a unit; x and y are infinite without a point.

    `impact` holds the saturated weight of each word that was asked for, shape (words,);
    0 for those that the index does not know.
    """

    number: int
    industry: tuple[str, str]
    kind: int
    municipality: int
    x: float
    y: float
    size: int
    impact: Float64


def facts_in_index(index: "Index", slot: int, entries: "Entries") -> UnitFacts:
    """Return the facts of the unit in a slot."""
    block = slot // BLOCK
    return UnitFacts(
        number=int(index.column("number")[slot]),
        industry=index.industries[int(index.arrays["block_industry"][block])],
        kind=int(np.searchsorted(index.class_blocks[1:3], block, "right")),
        municipality=int(index.column("municipality")[slot]),
        x=float(index.column("x")[slot]),
        y=float(index.column("y")[slot]),
        size=int(index.column("size")[slot]),
        impact=np.append(_impacts(index, slot, entries), np.zeros(len(entries.words) - len(entries.terms))),
    )


def facts_of_record(index: "Index", record: UnitRecord, entries: "Entries") -> UnitFacts:
    """Return the facts of a record, its words weighed against the units of the index.

    Raises
    ------
    ValueError
        If the record is out of range.
    """
    check_record(record)
    x, y = point_of(record)
    impact = np.zeros(len(entries.words))
    known = entries.words[: len(entries.terms)]
    place = {word: at for at, word in enumerate(known) if word in record.terms}
    length = 0.0
    for word, weight in record.terms.items():
        if weight > 0 and not word.startswith(PLACE_PREFIX):
            length += weight
    said = [(place[word], weight) for word, weight in record.terms.items() if weight > 0 and word in place]
    if said:
        at = [one for one, _ in said]
        weights = np.array([weight for _, weight in said], np.float64)
        impact[at] = saturation(weights, np.full(len(said), length), index.mean_length)
    return UnitFacts(
        number=record.number,
        industry=(record.industry, record.code_system),
        kind=(CLOSED if record.protected else OPEN) if record.active else CEASED,
        municipality=record.municipality,
        x=x,
        y=y,
        size=record.size,
        impact=impact,
    )


def _impacts(index: "Index", slot: int, entries: "Entries") -> Float64:
    """Look a slot up in the postings of all known words at once; 0 where it is not, shape (known words,).

    All lists are searched in step, by strides that halve. Sorted by length, those long enough for a stride
    are the first ones.
    """
    order = entries.longest_first
    starts, slots = index.arrays["posting_start"], index.arrays["posting_slot"]
    start = starts[entries.terms[order]]
    length = starts[entries.terms[order] + 1] - start
    below = np.zeros(len(order), np.int64)  # how many slots of each list are known to be smaller
    stride = 1 << max(int(length[0]).bit_length() - 1, 0) if len(order) else 0
    while stride:
        count = int(np.searchsorted(-length, -stride, "right"))
        ahead = below[:count] + stride
        within = np.flatnonzero(ahead <= length[:count])
        further = within[slots[start[within] + ahead[within] - 1] < slot]
        below[further] += stride
        stride >>= 1
    within = np.flatnonzero(below < length)
    at = start[within] + below[within]
    hit = slots[at] == slot
    impact = np.zeros(len(order))
    impact[order[within[hit]]] = index.arrays["posting_impact"][at[hit]]
    return impact
