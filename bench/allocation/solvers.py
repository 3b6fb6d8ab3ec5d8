"""Other ways to share out a plain problem: all go for the total score, and none asks who goes without.

Each imports what it needs by itself, so that nobody's memory is counted with another's.
"""

from collections.abc import Callable

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bench.allocation.problems import Int64, Plain


def flow(made: Plain) -> Int64:
    """OR-tools' min-cost flow."""
    demands, supplies, total = len(made.wanted), len(made.capacity), int(made.capacity.sum())
    source, sink = demands + supplies, demands + supplies + 1
    solver = SimpleMinCostFlow()

    def add(tails: Int64, heads: Int64, capacities: Int64, costs: Int64) -> Int64:
        ends = tails.astype(np.int32), heads.astype(np.int32)
        return np.asarray(solver.add_arcs_with_capacity_and_unit_cost(*ends, capacities, costs), np.int64)

    def zeros(count: int) -> Int64:
        return np.zeros(count, np.int64)

    room = np.minimum(made.wanted[made.demand], made.capacity[made.supply])
    pairs = add(demands + made.supply, made.demand, room, -made.score)
    add(np.full(supplies, source), demands + np.arange(supplies), made.capacity, zeros(supplies))
    add(np.arange(demands), np.full(demands, sink), made.wanted, zeros(demands))
    add(np.array([source]), np.array([sink]), np.array([total]), zeros(1))
    solver.set_nodes_supplies(np.array([source, sink], np.int32), np.array([total, -total]))
    assert solver.solve() == solver.OPTIMAL
    return np.asarray(solver.flows(pairs), np.int64)


def highs(made: Plain) -> Int64:
    """HiGHS through scipy: the linear program. Its value is the bound; here its answer is whole anyhow."""
    from scipy.optimize import linprog  # noqa: PLC0415 - memory counts only for who uses it
    from scipy.sparse import coo_array  # noqa: PLC0415 - memory counts only for who uses it

    demands, supplies, pairs = len(made.wanted), len(made.capacity), len(made.demand)
    rows = np.concatenate((made.demand, demands + made.supply))
    matrix = coo_array((np.ones(2 * pairs), (rows, np.tile(np.arange(pairs), 2))), shape=(demands + supplies, pairs))
    limits = np.concatenate((made.wanted, made.capacity))
    answer = linprog(-made.score.astype(np.float64), A_ub=matrix.tocsr(), b_ub=limits, method="highs")
    assert answer.success
    return np.asarray(np.rint(answer.x), np.int64)


def assignment(made: Plain) -> Int64:
    """scipy's assignment on a dense table with a row for each unit wanted and a column for each unit on offer."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - memory counts only for who uses it

    scores = np.zeros((len(made.wanted), len(made.capacity)))
    scores[made.demand, made.supply] = made.score
    of_row = np.repeat(np.arange(len(made.wanted)), made.wanted)
    of_column = np.repeat(np.arange(len(made.capacity)), made.capacity)
    rows, columns = linear_sum_assignment(scores[np.ix_(of_row, of_column)], maximize=True)
    amount = np.zeros(scores.shape, np.int64)
    np.add.at(amount, (of_row[rows], of_column[columns]), 1)
    return np.asarray(amount[made.demand, made.supply])


def program(made: Plain) -> Int64:
    """CP-SAT, two workers."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - memory counts only for who uses it

    model = cp_model.CpModel()
    room = np.minimum(made.wanted[made.demand], made.capacity[made.supply]).tolist()
    amounts = [model.new_int_var(0, most, "") for most in room]
    for side, limits in ((made.demand, made.wanted), (made.supply, made.capacity)):
        order = np.argsort(side, kind="stable")
        for members in np.split(order, np.searchsorted(side[order], np.arange(1, len(limits)))):
            if len(members):
                model.add(sum(amounts[at] for at in members.tolist()) <= int(limits[side[members[0]]]))
    model.maximize(sum(amount * score for amount, score in zip(amounts, made.score.tolist(), strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    assert solver.solve(model) == cp_model.OPTIMAL
    return np.array([solver.value(amount) for amount in amounts], np.int64)


def greedy(made: Plain) -> Int64:
    """The best pair first, as much as fits, then the next."""
    wanted, capacity = made.wanted.tolist(), made.capacity.tolist()
    amounts = np.zeros(len(made.demand), np.int64)
    for at in np.argsort(-made.score, kind="stable").tolist():
        demand, supply = int(made.demand[at]), int(made.supply[at])
        units = min(wanted[demand], capacity[supply])
        amounts[at] = units
        wanted[demand] -= units
        capacity[supply] -= units
    return amounts


SOLVERS: dict[str, tuple[Callable[[Plain], Int64], int]] = {
    "OR-tools min-cost flow, score alone": (flow, 10_000),
    "HiGHS, linear program, score alone": (highs, 1_000),
    "scipy linear_sum_assignment, score alone": (assignment, 1_000),
    "CP-SAT, score alone": (program, 100),
    "greedy by score": (greedy, 10_000),
}
"""Each with the largest size it is asked for."""
