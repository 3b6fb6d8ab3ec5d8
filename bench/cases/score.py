"""Where the company of a case ends up, by the full score and by others."""

from dataclasses import dataclass

import numpy as np

from bench.cases.read import Case
from medspil.matching import DEFAULT_WEIGHTS, AffinityTable, Criterion, Index, Weights
from medspil.matching._arrays import Float64
from medspil.matching._exact import score_slots
from medspil.matching._gates import GATES, first_gate
from medspil.matching._query import prepare


def variants() -> dict[str, Weights]:
    """Return the scores to compare: full, each criterion left out, and two alone."""
    alone = dict.fromkeys((criterion.value for criterion in Criterion), 0.0)
    return {
        "full score": DEFAULT_WEIGHTS,
        **{f"without {one}": DEFAULT_WEIGHTS.without(one) for one in Criterion},
        "text alone (BM25)": Weights(**(alone | {"relevance": 1.0})),
        "distance alone": Weights(**(alone | {"proximity": 1.0})),
    }


@dataclass(frozen=True)
class Place:
    """Where the company of a case ends up.

    `ranks` is by variant, the mean place among ties; None throughout if a gate stops the company.
    """

    case: Case
    gate: str | None
    eligible: int
    ranks: dict[str, float]


def place(index: Index, case: Case, table: AffinityTable) -> Place:
    """Score every unit that passes the gates by all criteria once, and weigh them in all ways."""
    target = index.row_of(case.company.number)
    assert target is not None, case.id
    slots = np.flatnonzero(index.column("number") >= 0)
    gates = first_gate(index, case.need, slots)
    at = int(np.searchsorted(slots, target))
    eligible = slots[gates == -1]
    if gates[at] >= 0:
        return Place(case, GATES[int(gates[at])].value, len(eligible), {})
    values = score_slots(prepare(index, case.need, table, DEFAULT_WEIGHTS), eligible).values
    at = int(np.searchsorted(eligible, target))
    ranks = {name: _rank(values, at, weights) for name, weights in variants().items()}
    return Place(case, None, len(eligible), ranks)


def _rank(values: Float64, at: int, weights: Weights) -> float:
    score = np.round(np.array([weights.of(criterion) for criterion in Criterion]) @ values, 12)
    better = int(np.count_nonzero(score > score[at]))
    equal = int(np.count_nonzero(score == score[at])) - 1
    return 1 + better + equal / 2
