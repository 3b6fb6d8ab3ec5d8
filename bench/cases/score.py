"""Where the company of a case ends up: by the full score, by parts of it, and by what a user would do instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from bench.cases.read import Case
from medspil.matching import DEFAULT_WEIGHTS, INTEGRATED_FROM, AffinityTable, Criterion, Index, Weights
from medspil.matching._arrays import Bool, Float64
from medspil.matching._exact import score_slots
from medspil.matching._gates import GATES, first_gate
from medspil.matching._layout import BLOCK
from medspil.matching._query import prepare

FULL: Final = "full score"
TEXT: Final = "BM25 alone"
DISTANCE: Final = "distance alone"
PICKED: Final = "industries picked, then distance"
INSTEAD: Final = (TEXT, DISTANCE, PICKED)
"""What a user would do without the ranking: search words, take the nearest, or pick industries and take the nearest."""

PROXIMITY: Final = list(Criterion).index(Criterion.PROXIMITY)


@dataclass(frozen=True)
class Scored:
    """All units that pass the gates of a case, by criterion.

    `values` has shape (7, n); `at` is the company's column, -1 if a gate stops it; `picked` are the units of industries
    that a coordinator would pick from a list for the first wanted kind.
    """

    case: Case
    gate: str | None
    at: int
    values: Float64
    picked: Bool

    @property
    def eligible(self) -> int:
        """How many units the company is among."""
        return int(self.values.shape[1])


@dataclass(frozen=True)
class Place:
    """Where the company of a case ends up by each way of ranking; infinite where it is not found at all."""

    case: Case
    gate: str | None
    eligible: int
    ranks: Mapping[str, float]


def variants(weights: Weights = DEFAULT_WEIGHTS) -> dict[str, Weights]:
    """Return the weighings to compare: full, each criterion left out, and two alone."""
    alone = dict.fromkeys((criterion.value for criterion in Criterion), 0.0)
    return {
        FULL: weights,
        **{f"without {one}": weights.without(one) for one in Criterion if weights.of(one)},
        TEXT: Weights(**(alone | {"relevance": 1.0})),
        DISTANCE: Weights(**(alone | {"proximity": 1.0})),
    }


def score(index: Index, case: Case, table: AffinityTable) -> Scored:
    """Score every unit that passes the gates by all criteria once."""
    target = index.row_of(case.company.number)
    assert target is not None, case.id
    slots = np.flatnonzero(index.column("number") >= 0)
    query = prepare(index, case.need, table, DEFAULT_WEIGHTS)
    gates = first_gate(query, slots)
    gate = int(gates[np.searchsorted(slots, target)])
    eligible = slots[gates == -1]
    fit = query.affinity[:, query.kinds.index(case.first_kind)]
    # Where no industry reaches the threshold, the best there is: any shop may give an after-school job.
    wanted = fit >= min(INTEGRATED_FROM, float(fit.max()))
    return Scored(
        case=case,
        gate=GATES[gate].value if gate >= 0 else None,
        at=int(np.searchsorted(eligible, target)) if gate < 0 else -1,
        values=score_slots(query, eligible).values,
        picked=wanted[index.arrays["block_industry"][eligible // BLOCK]],
    )


def place(scored: Scored, weights: Weights = DEFAULT_WEIGHTS) -> Place:
    """Rank the company by all weighings."""
    ranks = {name: rank(scored, one) for name, one in variants(weights).items()}
    return Place(scored.case, scored.gate, scored.eligible, ranks | {PICKED: rank_among_picked(scored)})


def rank(scored: Scored, weights: Weights) -> float:
    """Return the company's place by a weighing, the mean place among ties."""
    if scored.at < 0:
        return inf
    return _place(np.round(np.array([weights.of(one) for one in Criterion]) @ scored.values, 12), scored.at)


def rank_among_picked(scored: Scored) -> float:
    """Return the company's place by distance in the picked industries; infinite if its own is not picked."""
    if scored.at < 0 or not scored.picked[scored.at]:
        return inf
    return _place(scored.values[PROXIMITY][scored.picked], int(np.count_nonzero(scored.picked[: scored.at])))


def _place(points: Float64, at: int) -> float:
    better = int(np.count_nonzero(points > points[at]))
    equal = int(np.count_nonzero(points == points[at])) - 1
    return 1 + better + equal / 2
