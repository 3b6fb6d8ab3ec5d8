"""Share out what is open over a network: the fairest flow, and the best score among the fairest."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from medspil.allocation._arrays import Bool, Int64, sums
from medspil.allocation._fairness import Units, least_shares_aim, level_aims, order_aim
from medspil.allocation._network import Network, best_flow
from medspil.allocation._scope import Scope


class Built(NamedTuple):
    """A network and where its pairs and units are."""

    network: Network
    pairs: slice
    units: slice
    rows: Units


class Shared(NamedTuple):
    """What a flow brings: more per edge of the scope, and whether it is the fairest there is."""

    more: Int64
    fairest: bool


def share_out(scope: Scope, least: Int64) -> Shared:
    """Return the fairest flow with the best score.

    Parameters
    ----------
    least : array
        Units of each demand that come before all units beyond; 0 where the least does not count.
    """
    if not len(scope.edges):
        return Shared(np.zeros(0, np.int64), fairest=True)
    built = _build(scope)
    wanted = scope.given + scope.wanted_left
    aims = level_aims(built.rows, wanted, least) if scope.shut_groups.any() else None
    fairest = aims is not None or not scope.shut_groups.any()
    if aims is None:
        aims = [order_aim(built.rows, wanted, least)]
    flow = best_flow(built.network, [*(_on(built, built.units, aim) for aim in aims), _score_aim(scope, built)])
    return Shared(flow[built.pairs], fairest)


def bring(scope: Scope, worth: Callable[[Units], Int64]) -> Int64:
    """Return how much more each demand gets when the units have these worths and nothing else counts."""
    more = np.zeros(len(scope.wanted_left), np.int64)
    if len(scope.edges):
        built = _build(scope)
        flow = best_flow(built.network, [_on(built, built.units, worth(built.rows))])
        np.add.at(more, built.rows.demand, flow[built.units])
    return more


def most_score(scope: Scope) -> int:
    """Return the highest total score, in whole numbers, that any flow reaches, however unfair."""
    if not len(scope.edges):
        return 0
    built = _build(scope)
    aim = _score_aim(scope, built)
    return int((best_flow(built.network, [aim]) * aim).sum())


def most_least_met(scope: Scope, least: Int64) -> int:
    """Return how many more demands can get their least at most, parts of leasts counted as parts."""
    if not len(scope.edges):
        return 0
    built = _build(scope)
    aim, whole = least_shares_aim(built.rows, least, np.maximum(least - scope.given, 0))
    flow = best_flow(built.network, [_on(built, built.units, aim)])
    return int((flow[built.units] * aim).sum()) // whole


def _on(built: Built, arcs: slice, worth: Int64) -> Int64:
    aim = np.zeros(built.network.count, np.int64)
    aim[arcs] = worth
    return aim


def _score_aim(scope: Scope, built: Built) -> Int64:
    return _on(built, built.pairs, scope.table.score[scope.edges])


def _build(scope: Scope) -> Built:
    """Return the network: source, supply groups, supplies, blocks, pairs, demands by unit, demand groups, sink."""
    network = Network()
    supplies = network.add_nodes(len(scope.capacity_left))
    demands = network.add_nodes(len(scope.wanted_left))
    _add_supplies(network, scope, supplies)
    tails = supplies[scope.supply]
    in_block = scope.blocks.of >= 0
    if in_block.any():
        nodes = network.add_nodes(len(scope.blocks.limit))
        known, at = np.unique(scope.blocks.of[in_block], return_index=True)
        network.add_arcs(tails[in_block][at], nodes[known], scope.blocks.limit[known])
        tails = np.where(in_block, nodes[scope.blocks.of], tails)
    heads = _add_from_groups(network, scope, demands)
    pairs = network.add_arcs(tails, heads, scope.room)
    rows = Units.of(scope.given, scope.reach)
    ends = _add_demand_groups(network, scope)
    units = network.add_arcs(demands[rows.demand], ends[rows.demand], np.ones(len(rows.demand), np.int64))
    return Built(network, pairs, units, rows)


def _add_supplies(network: Network, scope: Scope, supplies: Int64) -> None:
    used = np.unique(scope.supply)
    group = scope.table.supply_groups.of[used]
    reach = np.minimum(sums(scope.room, scope.supply, len(supplies)), scope.capacity_left)
    together = sums(reach[used], group, len(scope.supply_group_left))
    tight = together > scope.supply_group_left
    tight[-1] = False
    nodes = np.zeros(len(tight), np.int64)
    nodes[tight] = network.add_nodes(int(np.count_nonzero(tight)))
    network.add_arcs(np.zeros(1, np.int64), nodes[tight], scope.supply_group_left[tight])
    network.add_arcs(nodes[group], supplies[used], reach[used])


def _add_from_groups(network: Network, scope: Scope, demands: Int64) -> Int64:
    """Add what one supply group may give one demand; return where each pair leads."""
    group = scope.table.supply_groups.of[scope.supply]
    heads: Int64 = demands[scope.demand]
    if scope.table.rules.most_from_group is None:
        return heads
    width = len(scope.table.supply_groups.names) + 1
    grouped: Bool = group >= 0
    known, at, place = np.unique(scope.demand[grouped] * width + group[grouped], return_index=True, return_inverse=True)
    nodes = network.add_nodes(len(known))
    network.add_arcs(nodes, heads[grouped][at], scope.from_group_left[grouped][at])
    heads[grouped] = nodes[place]
    return heads


def _add_demand_groups(network: Network, scope: Scope) -> Int64:
    """Add the demand groups whose limit can be reached; return where the units of each demand end."""
    tight = np.append(scope.shut_groups, False)
    nodes = np.ones(len(tight), np.int64)
    nodes[tight] = network.add_nodes(int(np.count_nonzero(tight)))
    network.add_arcs(nodes[tight], np.ones(1, np.int64), scope.demand_group_left[tight])
    return np.asarray(nodes[scope.table.demand_groups.of])
