"""Who may be proposed at all, who passes the filters, and how many do not, counted exactly."""

from typing import TYPE_CHECKING, Final

import numpy as np

from medspil.matching._answer import Gate, Model
from medspil.matching._arrays import Array, Bool, Float64, Int64
from medspil.matching._blocks import SIZE_CODES, municipality_bits
from medspil.matching._criteria import distances, integrated
from medspil.matching._layout import BLOCK, CEASED, CLOSED, OPEN
from medspil.matching._need import Filters, Need
from medspil.matching._query import Query, slots_of
from medspil.matching._record import SECTORS

if TYPE_CHECKING:
    from medspil.matching._index import Index

GATES: Final = tuple(Gate)


def is_among(codes: Array, wanted: frozenset[int], top: int) -> Bool:
    """Return which codes in [-1, top) are among those wanted, by look-up; shape as `codes`."""
    table = np.zeros(top + 1, np.bool_)
    table[[code for code in wanted if -1 <= code < top]] = True
    found: Bool = table[codes]
    return found


def inside(need: Need, distance: Float64 | None, municipality: Array) -> Bool:
    """Return which rows lie within the need's radius and municipalities; shape as given.

    `distance` is None only if the need has no place, and so no radius.

    A row without a point cannot be measured: with a radius it is inside only if its municipality
    is named.
    """
    named = np.ones(municipality.shape, np.bool_)
    if need.municipalities is not None:
        named = is_among(municipality, need.municipalities, 1 << 16)
    if need.radius_m is None or distance is None:
        return named
    near = distance <= need.radius_m
    if need.municipalities is None:
        return near
    return named & (near | np.isinf(distance))


def inside_slots(index: "Index", need: Need, slots: Int64) -> Bool:
    """Return which slots are inside, shape (n,)."""
    distance = None
    if need.place is not None:
        distance = distances(index.column("x")[slots], index.column("y")[slots], need.place)
    return inside(need, distance, index.column("municipality")[slots])


def passing_slots(query: Query, filters: Filters, slots: Int64) -> Bool:
    """Return which slots pass the filters if nothing is known of them but what the register says, shape (n,)."""
    index = query.index
    industry = index.arrays["block_industry"][slots // BLOCK]
    passes = industries_passing(query, filters)[industry] if len(slots) else np.ones(0, np.bool_)
    return passes & _passing_rest(query, filters, slots)


def special_passing(query: Query, filters: Filters, slots: Int64) -> Bool:
    """Return which slots pass the filters, the model of each by the kinds that it has not declined, shape (n,)."""
    passes = passing_slots(query, filters, slots)
    if filters.model is None or not query.profiles:
        return passes
    rest = _passing_rest(query, filters, slots)
    industry = query.index.arrays["block_industry"][slots // BLOCK]
    for at, profile in enumerate(map(query.profiles.get, slots.tolist())):
        if profile is not None and profile.declined:
            left = query.affinity_to(int(industry[at]), profile)
            passes[at] = rest[at] and integrated(left[None])[0] == (filters.model is Model.STRATEGICALLY_INTEGRATED)
    return passes


def _passing_rest(query: Query, filters: Filters, slots: Int64) -> Bool:
    """Return which slots pass the filters of size, sector and distance, shape (n,)."""
    index = query.index
    passes = np.ones(len(slots), np.bool_)
    if filters.sizes is not None:
        passes &= is_among(index.column("size")[slots], filters.sizes, SIZE_CODES - 1)
    if filters.sectors is not None:
        passes &= is_among(index.column("sector")[slots], filters.sectors, len(SECTORS))
    if filters.max_distance_m is not None:
        if query.need.place is None:
            return np.zeros(len(slots), np.bool_)
        far = distances(index.column("x")[slots], index.column("y")[slots], query.need.place)
        passes &= far <= filters.max_distance_m
    return passes


def industries_passing(query: Query, filters: Filters) -> Bool:
    """Return which industries get the model that the filter asks for, shape (industries,)."""
    if filters.model is None:
        return np.ones(len(query.capability), np.bool_)
    wants_integrated = filters.model is Model.STRATEGICALLY_INTEGRATED
    return query.integrated if wants_integrated else ~query.integrated


def class_of(index: "Index", slots: Int64) -> Int64:
    """Return the class of each slot, shape (n,)."""
    return np.searchsorted(np.array(index.class_blocks[1:3]) * BLOCK, slots, "right")


def first_gate(query: Query, slots: Int64) -> Int64:
    """Return the place in `GATES` of the first gate that stops each slot, -1 for none, shape (n,)."""
    if not len(slots):
        return slots
    index, need = query.index, query.need
    kind = class_of(index, slots)
    consented = np.isin(slots, slots_of(index, need.consented))
    turned_down = np.isin(slots, slots_of(index, need.turned_down)) | np.isin(slots, query.declining())
    stopped = [
        kind == CEASED,
        ~inside_slots(index, need, slots),
        (kind == CLOSED) & ~consented,
        turned_down,
    ]
    return np.select(stopped, range(len(GATES)), -1).astype(np.int64)


def count_inside(index: "Index", need: Need) -> tuple[int, int]:
    """Return how many open and how many protected rows are inside, without looking at most of them."""
    if need.radius_m is not None and need.place is not None and need.municipalities is None:
        return index.grid.counts(need.place, need.radius_m)
    return _count_class(index, need, OPEN), _count_class(index, need, CLOSED)


def _count_class(index: "Index", need: Need, kind: int) -> int:
    counts = index.arrays["count_municipality"][kind]
    if need.municipalities is None:
        return int(counts.sum())
    if need.radius_m is None or need.place is None:
        return int(counts[:, _codes(index, need)].sum())
    slots = index.grid.slots(kind, need.place, need.radius_m)
    named = is_among(index.column("municipality")[slots], need.municipalities, 1 << 16)
    return int(np.count_nonzero(named)) + int(counts[1, _codes(index, need)].sum())


def count_passing(query: Query, filters: Filters) -> int:
    """Return how many unprotected active rows are inside and pass the filters by what the register says of them."""
    index, need = query.index, query.need
    reach = [metres for metres in (need.radius_m, filters.max_distance_m) if metres is not None]
    if need.municipalities is not None:
        bits = np.uint64(municipality_bits(need.municipalities))
        blocks = np.flatnonzero(index.arrays["block_municipalities"][: index.open_blocks] & bits)
        slots = (blocks[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        slots = slots[index.column("number")[slots] >= 0]
        slots = slots[inside_slots(index, need, slots)]
    elif reach and need.place is not None:
        slots = index.grid.slots(OPEN, need.place, min(reach))
    elif reach:
        return 0
    else:
        return _count_mix(query, filters)
    return int(np.count_nonzero(passing_slots(query, filters, slots)))


def _count_mix(query: Query, filters: Filters) -> int:
    """Count by industry, sector and size when nothing depends on the place."""
    mix = query.index.arrays["count_mix"]
    if len(query.capability):
        mix = mix[industries_passing(query, filters)]
    sizes = np.ones(SIZE_CODES, np.bool_)
    sectors = np.ones(len(SECTORS), np.bool_)
    if filters.sizes is not None:
        sizes = is_among(np.append(np.arange(SIZE_CODES - 1), -1), filters.sizes, SIZE_CODES - 1)
    if filters.sectors is not None:
        sectors = is_among(np.arange(len(SECTORS)), filters.sectors, len(SECTORS))
    return int(mix[:, sectors][:, :, sizes].sum())


def _codes(index: "Index", need: Need) -> list[int]:
    top = index.arrays["count_municipality"].shape[2]
    return sorted(code for code in need.municipalities or () if 0 <= code < top)
