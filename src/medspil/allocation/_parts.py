"""Parts of a problem that have nothing to do with each other: no pair and no bounded group joins them."""

import numpy as np

from medspil.allocation._arrays import NO_LIMIT, Int64
from medspil.allocation._scope import Scope


def parts_of(scope: Scope) -> Int64:
    """Return the number of the part of each edge of the scope; parts are numbered by their first demand."""
    demands, supplies = len(scope.wanted_left), len(scope.capacity_left)
    taker = scope.table.demand_groups.of[scope.demand]
    giver = scope.table.supply_groups.of[scope.supply]
    bounded_taker = scope.demand_group_left[taker] < NO_LIMIT // 2
    bounded_giver = scope.supply_group_left[giver] < NO_LIMIT // 2
    supply = scope.supply + demands
    one = np.concatenate((scope.demand, scope.demand[bounded_taker], supply[bounded_giver]))
    other = np.concatenate(
        (
            supply,
            taker[bounded_taker] + demands + supplies,
            giver[bounded_giver] + demands + supplies + len(scope.demand_group_left),
        )
    )
    count = demands + supplies + len(scope.demand_group_left) + len(scope.supply_group_left)
    return _labels(one, other, count)[scope.demand]


def _labels(one: Int64, other: Int64, count: int) -> Int64:
    """Return the smallest node each node is joined with."""
    label = np.arange(count)
    while True:
        before = label.copy()
        lowest = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], lowest)
        np.minimum.at(label, label[other], lowest)
        label = label[label]
        if np.array_equal(before, label):
            return label
