"""What is to be shared out: demands, supplies, the pairs that fit, what a person has fixed, and the rules."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

SCORE_SCALE = 1_000_000
"""Scores count to the sixth decimal: solvers work in whole numbers."""

MOST_UNITS = 2_000_000
"""Units wanted in all; each unit that can be given is an arc of its own in the network."""

MOST_AMOUNT = 2**31 - 1
"""The largest single amount, capacity or limit; what is wanted by one demand stays below it too."""


class ProblemInvalid(ValueError):
    """The problem contradicts itself in form: an ident twice, a score out of range, a pair of nobody."""


class ProblemTooLarge(ProblemInvalid):
    """The figures do not fit into the whole numbers that solvers count with."""


class Span(NamedTuple):
    """A time from `start` until just before `end`, in whole steps of any clock: minutes of the week from Monday 00:00.

    What runs past midnight on Sunday is given as two.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Demand:
    """Somebody who wants something.

    Parameters
    ----------
    ident : str
        Unique among demands.
    wanted : int
        Units that would be welcome; never more is given.
    least : int
        Units below which it is of little use. Everybody's least goes before anybody's extras.
    group : str
        Who is behind it (the school of a class); empty: nobody shared.
    times : tuple of Span
        When it takes place. A supply serves at most one of several demands that overlap in time.
    """

    ident: str
    wanted: int
    least: int = 0
    group: str = ""
    times: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.wanted <= MOST_AMOUNT:
            raise ProblemInvalid(f"{self.ident}: the least is from 0 to what is wanted, at most {MOST_AMOUNT:,}.")
        if any(span.start >= span.end for span in self.times):
            raise ProblemInvalid(f"{self.ident}: a time ends after it starts.")


@dataclass(frozen=True, slots=True)
class Supply:
    """Somebody who gives something.

    Parameters
    ----------
    ident : str
        Unique among supplies.
    capacity : int
        Units it can give in all.
    group : str
        Who is behind it (the company of an offer); empty: nobody shared.
    whole : bool
        A lot that is not split: all of it goes to one demand that wants at least so much, or stays.
    """

    ident: str
    capacity: int
    group: str = ""
    whole: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.capacity <= MOST_AMOUNT:
            raise ProblemInvalid(f"{self.ident}: a capacity is from 0 to {MOST_AMOUNT:,}.")


class Edge(NamedTuple):
    """A pair that may be used, how good it is per unit (0 to 1), and the most units it may carry (None: no limit)."""

    demand: str
    supply: str
    score: float
    most: int | None = None


class Lock(NamedTuple):
    """A person has settled that the pair carries exactly this amount, whether or not it is among the edges."""

    demand: str
    supply: str
    amount: int


class Ban(NamedTuple):
    """A person has settled that the two must not meet."""

    demand: str
    supply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds besides capacities. All limits count units, locked ones included; None is no limit.

    Parameters
    ----------
    supply_groups, demand_groups : Mapping[str, int]
        Most units from a supply group (a company), or to a demand group (a school), in all.
    most_per_supply_group, most_per_demand_group : int or None
        The same for every group that is not named above.
    most_from_group : int or None
        Most units that one demand gets from one supply group.
    most_to_group : int or None
        Most units that one supply gives to one demand group.
    most_supplies : int or None
        Most different supplies that one demand gets something from; 1: a class keeps one company.
    least_or_nothing : bool
        A demand gets its least or nothing, beyond what is locked. So a lock on less than the least lets its demand stay
        there, and others may get the rest if that is better by the aims: who shall keep its least is locked with all
        it has.
    """

    supply_groups: Mapping[str, int] = field(default_factory=dict, hash=False)
    demand_groups: Mapping[str, int] = field(default_factory=dict, hash=False)
    most_per_supply_group: int | None = None
    most_per_demand_group: int | None = None
    most_from_group: int | None = None
    most_to_group: int | None = None
    most_supplies: int | None = None
    least_or_nothing: bool = False

    def __post_init__(self) -> None:
        single = (self.most_per_supply_group, self.most_per_demand_group, self.most_from_group, self.most_to_group)
        limits = [*self.supply_groups.values(), *self.demand_groups.values(), *single, self.most_supplies]
        if any(limit is not None and not 0 <= limit <= MOST_AMOUNT for limit in limits):
            raise ProblemInvalid(f"A limit is from 0 to {MOST_AMOUNT:,}.")

    def of_supply_group(self, group: str) -> int | None:
        """Return the most units from a supply group."""
        return self.supply_groups.get(group, self.most_per_supply_group) if group else None

    def of_demand_group(self, group: str) -> int | None:
        """Return the most units to a demand group."""
        return self.demand_groups.get(group, self.most_per_demand_group) if group else None


@dataclass(frozen=True, slots=True)
class Problem:
    """All of it. The order of the rows makes no difference.

    Raises
    ------
    ProblemInvalid
        An ident or a pair twice, an edge of somebody unknown, a score that is no number from 0 to 1.
    ProblemTooLarge
        More units than the solvers count without running over.
    """

    demands: tuple[Demand, ...]
    supplies: tuple[Supply, ...]
    edges: tuple[Edge, ...]
    locks: tuple[Lock, ...] = ()
    bans: tuple[Ban, ...] = ()
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        demands = _unique("demand", (one.ident for one in self.demands))
        supplies = _unique("supply", (one.ident for one in self.supplies))
        _unique("edge", ((one.demand, one.supply) for one in self.edges))
        _unique("lock", ((one.demand, one.supply) for one in self.locks))
        for edge in self.edges:
            if edge.demand not in demands or edge.supply not in supplies:
                raise ProblemInvalid(f"The pair {edge.demand} and {edge.supply} names somebody unknown.")
            if not (math.isfinite(edge.score) and 0 <= edge.score <= 1):
                raise ProblemInvalid(f"The score of {edge.demand} and {edge.supply} is not from 0 to 1.")
            if edge.most is not None and not 0 <= edge.most <= MOST_AMOUNT:
                raise ProblemInvalid(f"The most for {edge.demand} and {edge.supply} is not from 0 to {MOST_AMOUNT:,}.")
        if any(not 1 <= lock.amount <= MOST_AMOUNT for lock in self.locks):
            raise ProblemInvalid("A lock is for at least one unit.")
        wanted = sum(one.wanted for one in self.demands)
        if wanted > MOST_UNITS:
            raise ProblemTooLarge(
                f"{wanted:,} units are wanted, at most {MOST_UNITS:,} can be shared out: count larger."
            )

    def but(
        self, *, locks: Iterable[Lock] | None = None, bans: Iterable[Ban] | None = None, rules: Rules | None = None
    ) -> "Problem":
        """Return the problem with other locks, bans or rules."""
        return replace(
            self,
            locks=self.locks if locks is None else tuple(locks),
            bans=self.bans if bans is None else tuple(bans),
            rules=self.rules if rules is None else rules,
        )


def _unique(what: str, idents: Iterable[object]) -> Counter[object]:
    counts = Counter(idents)
    if counts and (most := counts.most_common(1)[0])[1] > 1:
        raise ProblemInvalid(f"The {what} {most[0]} comes twice.")
    return counts
