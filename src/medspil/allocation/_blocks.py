"""Blocks of pairs of one supply that share a limit: those at one time, those to one demand group."""

from typing import NamedTuple

import numpy as np

from medspil.allocation._arrays import Bool, Int64, ints
from medspil.allocation._state import State
from medspil.allocation._times import clique_of


class Blocks(NamedTuple):
    """Which block each edge is in (-1: none), the limit of each block, and the edges whose rules no blocks can say."""

    of: Int64
    limit: Int64
    crossing: Bool


def blocks_of(state: State, demand: Int64, supply: Int64, room: Int64) -> Blocks:
    """Return the blocks of the free pairs.

    Times that overlap are a limit of a network when they fall into cliques and no pair of them carries more than
    one unit. A supply can have blocks of one sort only: two that cross are no network.
    """
    times = _time_blocks(state, demand, supply, room)
    groups = _group_blocks(state, demand, supply, room)
    both = np.isin(supply, supply[(groups.of >= 0)]) & np.isin(supply, supply[times.of >= 0])
    of = np.where(times.of >= 0, times.of, np.where((groups.of >= 0) & ~both, groups.of + len(times.limit), -1))
    return Blocks(of, np.concatenate((times.limit, groups.limit)), times.crossing | both)


def _time_blocks(state: State, demand: Int64, supply: Int64, room: Int64) -> Blocks:
    of, crossing = np.full(len(demand), -1), np.zeros(len(demand), np.bool_)
    limits: list[int] = []
    pattern = state.table.pattern[demand]
    timed = np.flatnonzero(pattern >= 0)
    timed = timed[np.argsort(supply[timed], kind="stable")]
    for rows in np.split(timed, np.flatnonzero(np.diff(supply[timed])) + 1):
        if len(rows) < 2:
            continue
        known, place = np.unique(pattern[rows], return_inverse=True)
        cliques = clique_of(state.table.clash[np.ix_(known, known)])
        if cliques is None:
            crossing[rows] = True
            continue
        _, clique, sizes = np.unique(cliques[place], return_inverse=True, return_counts=True)
        shared = sizes[clique] > 1
        of[rows[shared]] = len(limits) + clique[shared]
        largest = np.zeros(len(sizes), np.int64)
        np.maximum.at(largest, clique, room[rows])
        crossing[rows[shared]] = largest[clique[shared]] > 1
        limits += largest.tolist()
    return Blocks(of, ints(limits), crossing)


def _group_blocks(state: State, demand: Int64, supply: Int64, room: Int64) -> Blocks:
    limit, table = state.table.rules.most_to_group, state.table
    none = np.full(len(demand), -1)
    if limit is None or not len(demand):
        return Blocks(none, ints(()), np.zeros(len(demand), np.bool_))
    group = table.demand_groups.of[demand]
    grouped = np.flatnonzero(group >= 0)
    width = len(table.demand_groups.names) + 1
    known, block = np.unique(supply[grouped] * width + group[grouped], return_inverse=True)
    none[grouped] = block
    left = ints(limit - state.across.get((int(key) // width, int(key) % width), 0) for key in known)
    together = np.zeros(len(known), np.int64)
    np.add.at(together, block, room[grouped])
    loose = together <= left
    none[grouped[loose[block]]] = -1
    return Blocks(none, left, np.zeros(len(demand), np.bool_))
