"""A good plan by all rules in little time: flows that forget some rules, mended, again and again, then filled up."""

import heapq
from typing import Final

import numpy as np

from medspil.allocation._arrays import Bool, Int64, ints
from medspil.allocation._flow import share_out
from medspil.allocation._leasts import choose_leasts
from medspil.allocation._scope import scope_of
from medspil.allocation._state import State

ROUNDS: Final = 8


def build_up(state: State, least: Int64, open_demands: Bool, within: Bool) -> None:
    """Give out what is open to the demands `open_demands` over the edges `within`."""
    chosen = choose_leasts(scope_of(state, open_demands, within), least)
    aimed = np.where(chosen, least, 0)
    if not state.table.rules.least_or_nothing:
        _by_flows(state, aimed, open_demands, within)
    else:
        given_up = (least > 0) & ~chosen
        _by_flows(state, aimed, open_demands & ~given_up, within)
        empty = _strip(state, least, open_demands)
        _by_flows(state, aimed, open_demands & ~given_up & ~empty, within)
        _strip(state, least, open_demands)
    fill_up(state, open_demands, within)


def _by_flows(state: State, least: Int64, open_demands: Bool, within: Bool) -> None:
    for _ in range(ROUNDS):
        scope = scope_of(state, open_demands, within)
        more = share_out(scope, least).more
        lots = state.table.whole[scope.supply]
        part = np.where(lots, more / np.maximum(scope.room, 1), 1.0)
        if scope.slots is not None:  # few suppliers: those that bring much first
            part = np.where(lots, part, more / np.maximum(scope.wanted_left[scope.demand], 1))
        order = np.lexsort((scope.edges, -state.table.score[scope.edges], -part))
        placed = 0
        for at in order[more[order] > 0].tolist():
            edge = int(scope.edges[at])
            room = state.room(edge)
            units = room if lots[at] else min(room, int(more[at]))
            state.add(edge, units)
            placed += units
        if not placed or not scope.beyond.any():
            return


def _strip(state: State, least: Int64, open_demands: Bool) -> Bool:
    """Take everything but locks from demands that are below their least; return which."""
    table = state.table
    below = open_demands & (ints(state.given) < table.least) & (least > 0)
    for demand in np.flatnonzero(below).tolist():
        for edge in range(int(table.first[demand]), int(table.first[demand + 1])):
            if not state.locked[edge]:
                state.add(edge, -state.amount[edge])
    return below


def fill_up(state: State, open_demands: Bool, within: Bool) -> None:
    """Give what is still possible, one unit (or lot) at a time, to whoever has the smallest share."""
    table = state.table
    waiting = [
        (state.given[row] / state.wanted[row], row)
        for row in np.flatnonzero(open_demands).tolist()
        if state.wanted[row]
    ]
    heapq.heapify(waiting)
    best_first = {
        row: sorted(_edges(state, row, within), key=lambda edge: (-int(table.score[edge]), edge)) for _, row in waiting
    }
    while waiting:
        _, row = heapq.heappop(waiting)
        if _give(state, row, best_first[row]) and state.given[row] < state.wanted[row]:
            heapq.heappush(waiting, (state.given[row] / state.wanted[row], row))


def _edges(state: State, row: int, within: Bool) -> list[int]:
    first = state.table.first
    return [edge for edge in range(int(first[row]), int(first[row + 1])) if within[edge]]


def _give(state: State, row: int, edges: list[int]) -> bool:
    """Give a demand one step, or its whole least at once where less is nothing; return whether it got anything."""
    table = state.table
    short = int(table.least[row]) - state.given[row]
    lacking = short if table.rules.least_or_nothing and short > 0 else 1
    taken: list[tuple[int, int]] = []
    got = 0
    for edge in edges:
        room = state.room(edge)
        units = room if state.whole[state.supply[edge]] else min(room, lacking - got)
        if units:
            state.add(edge, units)
            taken.append((edge, units))
            got += units
        if got >= lacking:
            return True
    for edge, units in taken:
        state.add(edge, -units)
    return False
