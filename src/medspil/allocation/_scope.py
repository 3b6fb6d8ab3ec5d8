"""What is still open in a plan in the making: the free pairs, the room each has, and the limits they share."""

from dataclasses import dataclass

import numpy as np

from medspil.allocation._arrays import NO_LIMIT, Bool, Int64, ints, sums
from medspil.allocation._blocks import Blocks, blocks_of
from medspil.allocation._state import State
from medspil.allocation._table import Groups, Table


@dataclass(frozen=True, slots=True)
class Scope:
    """The free pairs and what limits them.

    Attributes
    ----------
    edges : array
        Rows of the table's edges that can carry more.
    demand, supply, room : arrays, shape of `edges`
        Whose they are, and how much more each can carry by itself.
    blocks : Blocks
        Limits shared by some pairs of one supply.
    given, wanted_left, capacity_left : arrays
        By demand and by supply.
    supply_group_left, demand_group_left : arrays
        By group, and `NO_LIMIT` at the end for those without.
    from_group_left, to_group_left : arrays, shape of `edges`
        What the supply's group may still give this demand, and the supply the demand's group.
    slots : array or None
        How many more suppliers each demand may have.
    beyond : array, shape of `edges`
        Whether a rule is on the pair that a network cannot say.
    """

    table: Table
    edges: Int64
    demand: Int64
    supply: Int64
    room: Int64
    blocks: Blocks
    given: Int64
    wanted_left: Int64
    capacity_left: Int64
    supply_group_left: Int64
    demand_group_left: Int64
    from_group_left: Int64
    to_group_left: Int64
    slots: Int64 | None
    beyond: Bool

    @property
    def reach(self) -> Int64:
        """Return what each demand could get at the very most, as if it were alone."""
        return np.minimum(sums(self.room, self.demand, len(self.wanted_left)), self.wanted_left)

    @property
    def shut_groups(self) -> Bool:
        """Return which demand groups have a limit that their demands could run into."""
        groups = self.table.demand_groups
        together = sums(self.reach, groups.of, len(groups.names) + 1)
        return np.asarray(together > self.demand_group_left)[:-1]


def scope_of(state: State, open_demands: Bool, within: Bool | None = None) -> Scope:
    """Return what is open in a state: `open_demands` may get more, edges `within` (of all) may carry more."""
    table = state.table
    wanted_left = np.where(open_demands, ints(state.wanted) - ints(state.given), 0)
    capacity_left = ints(state.capacity) - ints(state.used)
    supply_group_left = _left(table.supply_groups, state.from_group)
    demand_group_left = _left(table.demand_groups, state.to_group)
    free = table.offered & ~table.banned & ~np.array(state.locked, np.bool_)
    if within is not None:
        free &= within
    edges = np.flatnonzero(free)
    demand, supply = table.demand[edges], table.supply[edges]
    from_left, to_left = _from_group_left(state, demand, supply), _to_group_left(state, demand, supply)
    room = table.most[edges] - state.amounts()[edges]
    for limit in (
        wanted_left[demand],
        capacity_left[supply],
        supply_group_left[table.supply_groups.of[supply]],
        demand_group_left[table.demand_groups.of[demand]],
        from_left,
        to_left,
    ):
        room = np.minimum(room, limit)
    room[table.whole[supply] & (room < table.capacity[supply])] = 0
    room[_shut(state, edges)] = 0
    kept = room > 0
    edges, demand, supply, room = edges[kept], demand[kept], supply[kept], room[kept]
    blocks = blocks_of(state, demand, supply, room)
    lots = table.whole[supply] & (table.capacity[supply] > 1)
    most = table.rules.most_supplies
    slots = None if most is None else np.maximum(most - ints(state.suppliers), 0)
    many = _many_suppliers(state, edges, wanted_left, slots)
    return Scope(
        table=table,
        edges=edges,
        demand=demand,
        supply=supply,
        room=room,
        blocks=blocks,
        given=ints(state.given),
        wanted_left=wanted_left,
        capacity_left=capacity_left,
        supply_group_left=supply_group_left,
        demand_group_left=demand_group_left,
        from_group_left=from_left[kept],
        to_group_left=to_left[kept],
        slots=slots,
        beyond=blocks.crossing | lots | many[demand],
    )


def _left(groups: Groups, used: list[int]) -> Int64:
    return ints((*(limit - taken for limit, taken in zip(groups.limit, used, strict=True)), NO_LIMIT))


def _from_group_left(state: State, demand: Int64, supply: Int64) -> Int64:
    limit = state.table.rules.most_from_group
    left = np.full(len(demand), NO_LIMIT)
    if limit is None:
        return left
    group = state.table.supply_groups.of[supply]
    left[group >= 0] = limit
    if state.between:
        width = len(state.table.demands)
        _take(left, group * width + demand, {giver * width + row: used for (giver, row), used in state.between.items()})
    return left


def _to_group_left(state: State, demand: Int64, supply: Int64) -> Int64:
    limit = state.table.rules.most_to_group
    left = np.full(len(demand), NO_LIMIT)
    if limit is None:
        return left
    group = state.table.demand_groups.of[demand]
    left[group >= 0] = limit
    if state.across:
        width = len(state.table.supplies)
        _take(left, group * width + supply, {taker * width + row: used for (row, taker), used in state.across.items()})
    return left


def _take(left: Int64, keys: Int64, used: dict[int, int]) -> None:
    """Take off what is used by key."""
    known = ints(sorted(used))
    amounts = ints(used[key] for key in known.tolist())
    at = np.clip(np.searchsorted(known, keys), 0, len(known) - 1)
    left -= np.where(known[at] == keys, amounts[at], 0)


def _shut(state: State, edges: Int64) -> Int64:
    """Return the places of pairs that have not met and may not: another time clashes, or suppliers are enough."""
    table = state.table
    new = state.amounts()[edges] == 0
    shut = np.zeros(len(edges), np.bool_)
    if table.rules.most_supplies is not None:
        shut |= new & (ints(state.suppliers)[table.demand[edges]] >= table.rules.most_supplies)
    if state.busy:
        pattern = table.pattern[table.demand[edges]]
        order = np.argsort(table.supply[edges], kind="stable")
        supplies = table.supply[edges][order]
        for supply, busy in state.busy.items():
            rows = order[np.searchsorted(supplies, supply) : np.searchsorted(supplies, supply, "right")]
            rows = rows[(pattern[rows] >= 0) & new[rows]]
            shut[rows] |= table.clash[np.ix_(pattern[rows], busy)].any(axis=1)
    return np.flatnonzero(shut)


def _many_suppliers(state: State, edges: Int64, wanted_left: Int64, slots: Int64 | None) -> Bool:
    """Return the demands that could get from more suppliers than they may."""
    if slots is None:
        return np.zeros(len(wanted_left), np.bool_)
    new = edges[state.amounts()[edges] == 0]
    candidates = np.bincount(state.table.demand[new], minlength=len(wanted_left))
    return np.asarray((candidates > slots) & (wanted_left > slots))
