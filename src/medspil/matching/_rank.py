"""Rank all units for a need, and explain one of them."""

from typing import TYPE_CHECKING

import numpy as np

from medspil.matching._answer import Gate, RankedUnit, Ranking
from medspil.matching._contest import contest
from medspil.matching._exact import score_slots
from medspil.matching._explain import explain
from medspil.matching._gates import GATES, first_gate
from medspil.matching._need import Filters, Need
from medspil.matching._query import prepare
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
    found = contest(query, k, filters)
    units = explain(query, found.scored, found.best)
    return Ranking(units, found.left_out, found.eligible, found.filtered_out, index.info.rows)


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
    gate = int(first_gate(query, slots)[0])
    return GATES[gate] if gate >= 0 else explain(query, score_slots(query, slots), np.zeros(1, np.int64))[0]
