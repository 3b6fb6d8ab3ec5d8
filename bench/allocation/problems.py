"""Made-up problems: plain ones that any solver can take, and ones with each rule of the three programmes."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from medspil.allocation import SCORE_SCALE, Demand, Edge, Problem, Rules, Span, Supply

Int64 = npt.NDArray[np.int64]
DAY, HALF_HOUR = 24 * 60, 30


class Plain(NamedTuple):
    """A problem without rules, as arrays: scores in whole millionths."""

    wanted: Int64
    capacity: Int64
    demand: Int64
    supply: Int64
    score: Int64


def plain(size: int, candidates: int) -> Plain:
    """So many demands of 1 to 5 units and supplies of 1 to 3, which is two thirds of it; so many edges per demand.

    Scores fall with the distance of two places in a square, with some chance in them, as those of a ranking do.
    """
    chance = np.random.default_rng(20_260)
    wanted, capacity = chance.integers(1, 6, size), chance.integers(1, 4, size)
    here, there = chance.random((size, 2)), chance.random((size, 2))
    demand = np.repeat(np.arange(size), candidates)
    supply = np.concatenate([chance.choice(size, candidates, replace=False) for _ in range(size)])
    distance = np.hypot(*(here[demand] - there[supply]).T)
    score = 0.7 * np.exp(-distance / 0.3) + 0.3 * chance.random(len(demand))
    return Plain(wanted, capacity, demand, supply, np.rint(score * SCORE_SCALE).astype(np.int64))


def problem_of(made: Plain, *, rules: Rules | None = None, least: int = 1) -> Problem:
    """Return a plain problem as ours, with groups of five demands and four supplies."""
    demands = tuple(
        Demand(f"d{at:06}", int(wanted), min(least, int(wanted)), f"school {at // 5}")
        for at, wanted in enumerate(made.wanted.tolist())
    )
    supplies = tuple(
        Supply(f"s{at:06}", capacity, f"firm {at // 4}") for at, capacity in enumerate(made.capacity.tolist())
    )
    edges = tuple(
        Edge(demands[demand].ident, supplies[supply].ident, score / SCORE_SCALE)
        for demand, supply, score in zip(made.demand.tolist(), made.supply.tolist(), made.score.tolist(), strict=True)
    )
    return Problem(demands, supplies, edges, rules=rules or Rules())


def slots(size: int, candidates: int, *, fixed: bool) -> Problem:
    """Volunteers of 1 to 3 hours a week and slots for 1 to 3 of them, fixed or at any half hour."""
    chance = np.random.default_rng(20_261)
    demands = []
    for at in range(size):
        start = int(chance.integers(0, 5)) * DAY + int(chance.integers(24, 40)) * HALF_HOUR
        span = Span(start - start % 120, start - start % 120 + 120) if fixed else Span(start, start + _length(chance))
        demands.append(Demand(f"d{at:06}", int(chance.integers(1, 4)), 1, times=(span,)))
    supplies = tuple(Supply(f"s{at:06}", int(chance.integers(1, 4))) for at in range(size))
    edges = tuple(
        Edge(one.ident, supplies[at].ident, round(float(chance.random()), 6), 1)
        for one in demands
        for at in chance.choice(size, candidates, replace=False).tolist()
    )
    return Problem(tuple(demands), supplies, edges)


def _length(chance: np.random.Generator) -> int:
    return int(chance.integers(2, 5)) * HALF_HOUR


def lots(projects: int, count: int) -> Problem:
    """Whole lots of 3 to 19 computers for projects that want 5 to 39 and can do with 5, half of all pairs possible."""
    chance = np.random.default_rng(20_262)
    demands = tuple(Demand(f"d{at:06}", int(chance.integers(5, 40)), 5) for at in range(projects))
    supplies = tuple(Supply(f"s{at:06}", int(chance.integers(3, 20)), whole=True) for at in range(count))
    edges = tuple(
        Edge(one.ident, other.ident, round(float(chance.random()), 6))
        for one in demands
        for other in supplies
        if chance.random() < 0.5
    )
    return Problem(demands, supplies, edges)
