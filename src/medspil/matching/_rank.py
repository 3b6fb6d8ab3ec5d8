"""Rank all units for a need, and explain one of them."""

from typing import TYPE_CHECKING

import numpy as np

from medspil.matching._answer import Gate, RankedUnit, Ranking
from medspil.matching._arrays import Int64
from medspil.matching._exact import score_slots
from medspil.matching._explain import explain
from medspil.matching._gates import (
    GATES,
    class_of,
    count_inside,
    count_passing,
    first_gate,
    passing_slots,
)
from medspil.matching._layout import CEASED, CLOSED, OPEN
from medspil.matching._need import Filters, Need
from medspil.matching._query import Query, prepare, slots_of
from medspil.matching._scan import candidates
from medspil.matching._weights import DEFAULT_WEIGHTS, Weights

if TYPE_CHECKING:
    from medspil.matching._affinity import AffinityTable
    from medspil.matching._index import Index

NO_FILTERS = Filters()


class UnknownNumber(LookupError):
    """The index has no unit with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The index has no unit with the number {number}.")
        self.number = number


def rank(
    index: "Index",
    need: Need,
    table: "AffinityTable",
    *,
    k: int = 50,
    weights: Weights = DEFAULT_WEIGHTS,
    filters: Filters = NO_FILTERS,
) -> Ranking:
    """Return the `k` best units of the whole register with their points, and count all others.

    Exact: the same units in the same order as scoring every row would give; ties by number.

    Raises
    ------
    UnknownKind
        If the need asks for a kind that the affinity table does not have.
    """
    query = prepare(index, need, table, weights)
    special = _special_slots(query)
    gate = first_gate(index, need, special)
    left_out, eligible = _account(query, special, gate)
    open_special = special[gate == -1]
    filtered_out = 0
    if not filters.empty:
        filtered_out = eligible - _count_all_passing(query, filters, special, gate)
        open_special = open_special[passing_slots(query, filters, open_special)]
    units: tuple[RankedUnit, ...] = ()
    if k > 0:
        known = score_slots(query, open_special).score if len(open_special) else np.zeros(0)
        shut = special[class_of(index, special) == OPEN] if len(special) else special
        found = candidates(query, filters, k, known, shut)
        contest = score_slots(query, np.concatenate([open_special, found]))
        units = explain(query, contest, contest.best(k))
    return Ranking(units, left_out, eligible, filtered_out, index.info.rows)


def explain_unit(
    index: "Index", need: Need, table: "AffinityTable", number: int, *, weights: Weights = DEFAULT_WEIGHTS
) -> RankedUnit | Gate:
    """Return the same answer as `rank` for one unit, whatever its place, or the gate that stops it.

    Raises
    ------
    UnknownNumber
        If the index does not have the unit.
    """
    slot = index.row_of(number)
    if slot is None:
        raise UnknownNumber(number)
    query = prepare(index, need, table, weights)
    slots = np.array([slot], np.int64)
    gate = int(first_gate(index, need, slots)[0])
    return GATES[gate] if gate >= 0 else explain(query, score_slots(query, slots), np.zeros(1, np.int64))[0]


def _special_slots(query: Query) -> Int64:
    """Return the slots of which we know something ourselves: they are looked at one by one."""
    index, need = query.index, query.need
    if not (query.profiles or need.turned_down or need.consented):
        return np.zeros(0, np.int64)
    own = [
        np.fromiter(query.profiles, np.int64),
        slots_of(index, need.turned_down),
        slots_of(index, need.consented),
    ]
    slots = np.unique(np.concatenate(own))
    return slots[slots >= 0]


def _account(query: Query, special: Int64, gate: Int64) -> tuple[dict[Gate, int], int]:
    """Return how many rows each gate stops first, and how many none stops."""
    index, need = query.index, query.need
    inside_open, inside_closed = count_inside(index, need)
    consented = turned_down = 0
    if len(special):
        passed = np.isin(gate, (-1, GATES.index(Gate.TURNED_DOWN)))
        consented = int(np.count_nonzero(passed & (class_of(index, special) == CLOSED)))
        turned_down = int(np.count_nonzero(gate == GATES.index(Gate.TURNED_DOWN)))
    active = index.info.active_rows
    left_out = {
        Gate.CEASED: index.info.rows - active,
        Gate.OUTSIDE: active - inside_open - inside_closed,
        Gate.PROTECTED: inside_closed - consented,
        Gate.TURNED_DOWN: turned_down,
    }
    assert CEASED == CLOSED + 1  # noqa: S101 - no class besides these three
    return left_out, inside_open + consented - turned_down


def _count_all_passing(query: Query, filters: Filters, special: Int64, gate: Int64) -> int:
    """Return how many eligible rows pass the filters."""
    passes = passing_slots(query, filters, special)
    kind = class_of(query.index, special)
    more = np.count_nonzero(passes & (gate == -1) & (kind == CLOSED))
    fewer = np.count_nonzero(passes & (gate == GATES.index(Gate.TURNED_DOWN)) & (kind == OPEN))
    return count_passing(query, filters) + int(more) - int(fewer)
