"""Networks of arcs in which one aim after another is made as large as it can be, in whole numbers."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from medspil.allocation._arrays import Bool, Int64
from medspil.allocation._problem import ProblemTooLarge

MOST_SCALED: Final = 2**58
"""The solver multiplies costs by the number of nodes; what it then holds has to stay well inside 64 bits."""

MOST_TOTAL: Final = 2**61


class Network:
    """Nodes by number (0 is where all flow begins, 1 where it ends) and arcs in rows."""

    def __init__(self) -> None:
        self.nodes = 2
        self._parts: list[tuple[Int64, Int64, Int64]] = []
        self._arcs = 0

    def add_nodes(self, count: int) -> Int64:
        """Return the numbers of so many new nodes."""
        self.nodes += count
        return np.arange(self.nodes - count, self.nodes)

    def add_arcs(self, tails: Int64, heads: Int64, capacities: Int64) -> slice:
        """Add arcs; return their rows."""
        self._parts.append(tuple(np.broadcast_arrays(tails, heads, capacities)))  # type: ignore[arg-type]
        self._arcs += len(self._parts[-1][0])
        return slice(self._arcs - len(self._parts[-1][0]), self._arcs)

    def arcs(self) -> tuple[Int64, Int64, Int64]:
        """Return tails, heads and capacities of all arcs."""
        tails, heads, capacities = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        return tails, heads, capacities

    @property
    def count(self) -> int:
        """How many arcs there are."""
        return self._arcs


class Arcs(NamedTuple):
    """All arcs, with one from where flow begins to where it ends for what is not given out."""

    tails: Int64
    heads: Int64
    capacities: Int64
    nodes: int
    total: int

    @classmethod
    def of(cls, network: Network) -> "Arcs":
        """Return the arcs of a network and the way past it."""
        tails, heads, capacities = network.arcs()
        total = int(capacities[tails == 0].sum())
        return cls(np.append(tails, 0), np.append(heads, 1), np.append(capacities, total), network.nodes, total)


def best_flow(network: Network, aims: Sequence[Int64]) -> Int64:
    """Return a flow that makes the first aim as large as possible, then the second, and so on.

    Parameters
    ----------
    aims : sequence of arrays, shape (arcs,)
        Gain per unit on each arc, not below 0.

    Notes
    -----
    Aims that fit into 64 bits together are weighed into one. Where they do not, the solver runs once for each, and
    in between all arcs are fixed that no best flow can use otherwise: those with a reduced cost other than 0 under
    any best prices of the nodes (complementary slackness). What is left of the network has exactly the best flows.
    """
    arcs = Arcs.of(network)
    aims = [np.append(aim, 0) for aim in aims]
    flow, free = np.zeros(len(arcs.tails), np.int64), np.ones(len(arcs.tails), np.bool_)
    at = 0
    while at < len(aims):
        weights, at = _weighed(arcs, aims, at)
        flow[free] = _solved(arcs, weights, flow, free)
        if at < len(aims):
            price = _prices(arcs, -weights, flow, free)
            free &= price[arcs.tails] - weights - price[arcs.heads] == 0
    return flow[:-1]


def _weighed(arcs: Arcs, aims: Sequence[Int64], at: int) -> tuple[Int64, int]:
    """Return as many aims from `at` on as fit into one, and the next that does not."""
    weights = aims[at]
    if not _fits(arcs, _largest(weights)):
        raise ProblemTooLarge(
            f"Shares of {arcs.total:,} units over {arcs.nodes:,} parties do not fit into the whole numbers of the "
            "solver: count in larger units, or share out in parts."
        )
    for after in range(at + 1, len(aims)):
        span = _largest(aims[after]) * arcs.total + 1
        if not _fits(arcs, _largest(weights) * span + span):
            return weights, after
        weights = weights * span + aims[after]
    return weights, len(aims)


def _largest(weights: Int64) -> int:
    return int(weights.max(initial=0))


def _fits(arcs: Arcs, largest: int) -> bool:
    return largest * (arcs.nodes + 1) < MOST_SCALED and largest * max(arcs.total, 1) < MOST_TOTAL


def _solved(arcs: Arcs, weights: Int64, flow: Int64, free: Bool) -> Int64:
    """Return the best flow on the free arcs; the others keep theirs."""
    supplies = np.zeros(arcs.nodes, np.int64)
    supplies[0], supplies[1] = arcs.total, -arcs.total
    fixed = ~free
    np.subtract.at(supplies, arcs.tails[fixed], flow[fixed])
    np.add.at(supplies, arcs.heads[fixed], flow[fixed])
    solver = SimpleMinCostFlow()
    rows = solver.add_arcs_with_capacity_and_unit_cost(
        arcs.tails[free].astype(np.int32), arcs.heads[free].astype(np.int32), arcs.capacities[free], -weights[free]
    )
    solver.set_nodes_supplies(np.arange(arcs.nodes, dtype=np.int32), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ProblemTooLarge(f"The flow solver gave up ({status.name}): share out in parts.")
    return np.asarray(solver.flows(rows), np.int64)


def _prices(arcs: Arcs, costs: Int64, flow: Int64, free: Bool) -> Int64:
    """Return prices of nodes that prove the flow on the free arcs the cheapest: the shortest ways in what is left."""
    ahead, back = free & (flow < arcs.capacities), free & (flow > 0)
    start = np.concatenate((arcs.tails[ahead], arcs.heads[back]))
    end = np.concatenate((arcs.heads[ahead], arcs.tails[back]))
    cost = np.concatenate((costs[ahead], -costs[back]))
    price = np.zeros(arcs.nodes, np.int64)
    for _ in range(arcs.nodes + 1):
        before = price.copy()
        np.minimum.at(price, end, price[start] + cost)
        if np.array_equal(before, price):
            return price
    raise AssertionError("A best flow leaves no way round that gains.")
