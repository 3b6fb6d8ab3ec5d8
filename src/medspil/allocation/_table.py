"""The problem as arrays, in the order of idents, so that the order in which it was told makes no difference."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from medspil.allocation._arrays import NO_LIMIT, Bool, Float64, Int64, ints
from medspil.allocation._problem import SCORE_SCALE, Demand, Edge, Problem, Rules, Span, Supply
from medspil.allocation._times import clashes


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one side: names in order, the limit of each, and to which each row belongs (-1: none)."""

    names: tuple[str, ...]
    limit: tuple[int, ...]
    of: Int64


@dataclass(frozen=True, slots=True)
class Table:
    """Rows are demands, supplies and edges; edges lie by demand, then supply.

    Attributes
    ----------
    first : array, shape (demands + 1,)
        Edges of demand d are `first[d]:first[d + 1]`.
    score, exact : arrays
        Score of an edge in whole numbers and as it was told.
    most : array
        What a pair may carry; `NO_LIMIT` when nothing was said.
    offered, banned : arrays
        Whether the pair is among the edges (else it is only locked); whether a ban is on it.
    pattern : array
        Which of the patterns of times a demand has, -1: none. `clash` says which patterns overlap.
    """

    rules: Rules
    demands: tuple[Demand, ...]
    supplies: tuple[Supply, ...]
    wanted: Int64
    least: Int64
    capacity: Int64
    whole: Bool
    supply_groups: Groups
    demand_groups: Groups
    pattern: Int64
    clash: Bool
    demand: Int64
    supply: Int64
    first: Int64
    score: Int64
    exact: Float64
    most: Int64
    offered: Bool
    banned: Bool

    @classmethod
    def of(cls, problem: Problem) -> "Table":
        """Put the problem into arrays. Locked pairs that are no edges become edges of score 0 that are not offered."""
        demands = tuple(sorted(problem.demands, key=lambda one: one.ident))
        supplies = tuple(sorted(problem.supplies, key=lambda one: one.ident))
        row_of = {one.ident: row for row, one in enumerate(demands)}
        column_of = {one.ident: row for row, one in enumerate(supplies)}
        offered = {(edge.demand, edge.supply) for edge in problem.edges} if problem.locks else set()
        only_locked = [
            Edge(lock.demand, lock.supply, 0.0)
            for lock in problem.locks
            if (lock.demand, lock.supply) not in offered and lock.demand in row_of and lock.supply in column_of
        ]
        edges = [*problem.edges, *only_locked]
        demand = ints(row_of[edge.demand] for edge in edges)
        supply = ints(column_of[edge.supply] for edge in edges)
        key = demand * max(len(supplies), 1) + supply
        order = np.argsort(key)
        exact = np.fromiter((edge.score for edge in edges), np.float64)[order]
        banned_keys = [
            row_of[ban.demand] * len(supplies) + column_of[ban.supply]
            for ban in problem.bans
            if ban.demand in row_of and ban.supply in column_of
        ]
        pattern, patterns = _patterns(demands)
        rules = problem.rules
        return cls(
            rules=rules,
            demands=demands,
            supplies=supplies,
            wanted=ints(one.wanted for one in demands),
            least=ints(one.least for one in demands),
            capacity=ints(one.capacity for one in supplies),
            whole=np.fromiter((one.whole for one in supplies), np.bool_),
            supply_groups=_groups([one.group for one in supplies], rules.of_supply_group),
            demand_groups=_groups([one.group for one in demands], rules.of_demand_group),
            pattern=pattern,
            clash=clashes(patterns),
            demand=demand[order],
            supply=supply[order],
            first=np.searchsorted(demand[order], np.arange(len(demands) + 1)),
            score=np.rint(exact * SCORE_SCALE).astype(np.int64),
            exact=exact,
            most=ints(NO_LIMIT if edge.most is None else edge.most for edge in edges)[order],
            offered=(order < len(problem.edges)),
            banned=np.isin(key[order], ints(banned_keys)),
        )

    def edge_of(self, demand: int, supply: int) -> int:
        """Return the row of the edge between two that have one."""
        begin, end = int(self.first[demand]), int(self.first[demand + 1])
        return begin + int(np.searchsorted(self.supply[begin:end], supply))


def _groups(names: list[str], limit_of: Callable[[str], int | None]) -> Groups:
    known = sorted(set(names) - {""})
    place = {name: at for at, name in enumerate(known)}
    limits = tuple(NO_LIMIT if (limit := limit_of(name)) is None else limit for name in known)
    return Groups(tuple(known), limits, ints(place.get(name, -1) for name in names))


def _patterns(demands: tuple[Demand, ...]) -> tuple[Int64, list[tuple[Span, ...]]]:
    known: dict[tuple[Span, ...], int] = {}
    of = ints(known.setdefault(tuple(sorted(one.times)), len(known)) if one.times else -1 for one in demands)
    return of, list(known)


def row_numbers(table: Table) -> tuple[dict[str, int], dict[str, int]]:
    """Return the rows of demands and of supplies by ident."""
    return (
        {one.ident: row for row, one in enumerate(table.demands)},
        {one.ident: row for row, one in enumerate(table.supplies)},
    )
