"""Find the best rows for a query and count all others: what `rank` explains and a batch keeps as figures."""

from typing import NamedTuple

import numpy as np

from medspil.matching._answer import Gate
from medspil.matching._arrays import Float64, Int64
from medspil.matching._exact import Rows, Scored, rows_in, score_rows, score_slots
from medspil.matching._gates import (
    GATES,
    class_of,
    count_inside,
    count_passing,
    first_gate,
    inside_slots,
    passing_slots,
    special_passing,
)
from medspil.matching._layout import CEASED, CLOSED, OPEN
from medspil.matching._near import SHUT, Near
from medspil.matching._need import Filters
from medspil.matching._query import Query, slots_of
from medspil.matching._scan import candidates


class Contest(NamedTuple):
    """The rows that were scored to the end, the places of the best of them, and the account of all rows."""

    scored: Scored
    best: Int64
    left_out: dict[Gate, int]
    eligible: int
    filtered_out: int


def contest(query: Query, k: int, filters: Filters) -> Contest:
    """Find the `k` best rows that pass the filters."""
    special = _special_slots(query)
    gate = first_gate(query, special)
    near = Near.of(query, filters)
    rough = None if near is None else near.score(filters)
    left_out, eligible = _account(query, special, gate, near)
    open_special = special[gate == -1]
    filtered_out = 0
    if not filters.empty:
        passing = count_passing(query, filters) if rough is None else int(np.count_nonzero(rough > SHUT))
        filtered_out = eligible - passing - _more_passing(query, filters, special, gate)
        open_special = open_special[special_passing(query, filters, open_special)]
    shut = special[class_of(query.index, special) == OPEN] if len(special) else special
    own, known = _best_of(query, open_special, k)
    if k < 1:
        found = rows_in(query, special[:0])
    elif near is None or rough is None:
        found = rows_in(query, candidates(query, filters, k, known, shut))
    else:
        found = near.candidates(rough, k, known, shut)
    scored = score_rows(query, found if own is None else found.and_those(own))
    return Contest(scored, scored.best(max(k, 0)), left_out, eligible, filtered_out)


def _best_of(query: Query, slots: Int64, k: int) -> tuple[Rows | None, Float64]:
    """Return the best `k` of the rows in some slots and their scores; None if there are none."""
    if not len(slots) or k < 1:
        return None, np.zeros(0)
    scored = score_slots(query, slots)
    best = scored.best(k)
    return scored.rows.at(best), scored.score[best]


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


def _account(query: Query, special: Int64, gate: Int64, near: Near | None) -> tuple[dict[Gate, int], int]:
    """Return how many rows each gate stops first, and how many none stops."""
    index, need = query.index, query.need
    measured = near is not None and need.radius_m is not None
    inside_open, inside_closed = near.count_inside() if near is not None and measured else count_inside(index, need)
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


def _more_passing(query: Query, filters: Filters, special: Int64, gate: Int64) -> int:
    """Return how many more pass when each special slot is counted by what is known of it, not by the register."""
    if not len(special):
        return 0
    counted = passing_slots(query, filters, special) & inside_slots(query.index, query.need, special)
    counted &= class_of(query.index, special) == OPEN
    own = special_passing(query, filters, special) & (gate == -1)
    return int(np.count_nonzero(own)) - int(np.count_nonzero(counted))
