"""What is answered: who gets what from whom, how well each demand is covered, and what stood in the way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from medspil.allocation._problem import Lock


class Reason(StrEnum):
    """What keeps a demand from getting more. `Limit.names` are those named in brackets."""

    NO_EDGE = "no_edge"  # nobody fits it
    BANNED = "banned"  # a ban is in the way [supplies]
    PAIR_LOCKED = "pair_locked"  # locked at what it has [supplies]
    EDGE_FULL = "edge_full"  # the pair carries the most it may [supplies]
    SUPPLY_FULL = "supply_full"  # all is given [supplies]
    SUPPLY_GROUP_FULL = "supply_group_full"  # at most k from the group in all [supply groups]
    DEMAND_GROUP_FULL = "demand_group_full"  # at most k to its own group in all [its group]
    FROM_GROUP_FULL = "from_group_full"  # at most k from one group to one demand [supply groups]
    TO_GROUP_FULL = "to_group_full"  # at most k from one supply to one group [supplies]
    TIME_CLASH = "time_clash"  # busy at that time [supplies]
    LOT_TOO_LARGE = "lot_too_large"  # a whole lot is more than still fits [supplies]
    MOST_SUPPLIES = "most_supplies"  # gets from as many as it may
    BELOW_LEAST = "below_least"  # could get something, but less than its least


class Limit(NamedTuple):
    """One thing that stands in the way of a demand.

    Attributes
    ----------
    reason : Reason
    names : tuple of str
        Idents of the supplies or groups it is about, sorted; empty when it is about the demand itself.
    enough : bool
        Whether lifting it for any single one of the names gives the demand more while all others keep what
        they have. If not, something else is in the way of the same pairs as well.
    amount : int
        `BELOW_LEAST`: what it could get. Otherwise 0.
    """

    reason: Reason
    names: tuple[str, ...] = ()
    enough: bool = False
    amount: int = 0


class Shortage(NamedTuple):
    """A demand that gets less than it wants, and why, in the order of `Reason`."""

    demand: str
    missing: int
    limits: tuple[Limit, ...]


class Trouble(StrEnum):
    """What is impossible in the problem itself. `Notice` says which facts go with it."""

    DEMAND_OVER_SUPPLY = "demand_over_supply"  # amount wanted, limit on offer
    LEAST_OVER_SUPPLY = "least_over_supply"  # amount of all leasts, limit on offer
    LOCK_OF_UNKNOWN = "lock_of_unknown"  # the demand or supply is not there (any more)
    LOCK_AND_BAN = "lock_and_ban"  # the same pair
    LOCK_OVER_EDGE = "lock_over_edge"  # more than the pair may carry
    LOCKS_OVER_CAPACITY = "locks_over_capacity"  # of a supply
    LOCKS_OVER_WANTED = "locks_over_wanted"  # by a demand
    LOCKS_OVER_SUPPLY_GROUP = "locks_over_supply_group"
    LOCKS_OVER_DEMAND_GROUP = "locks_over_demand_group"
    LOCKS_OVER_FROM_GROUP = "locks_over_from_group"
    LOCKS_OVER_TO_GROUP = "locks_over_to_group"
    LOCKS_CLASH_IN_TIME = "locks_clash_in_time"
    LOCK_SPLITS_LOT = "lock_splits_lot"  # amount is not the whole lot
    LOCKS_OVER_SUPPLIES = "locks_over_supplies"  # more suppliers than a demand may have


class Notice(NamedTuple):
    """Something impossible, explained; the rest was solved without it.

    Attributes
    ----------
    trouble : Trouble
    lock : Lock or None
        The lock that was set aside.
    others : tuple of Lock
        The locks it cannot stand together with.
    name : str
        The supply, demand or group whose limit it is; empty when the problem as a whole is meant.
    amount, limit : int
        What all of it comes to, and what there is room for.
    """

    trouble: Trouble
    lock: Lock | None = None
    others: tuple[Lock, ...] = ()
    name: str = ""
    amount: int = 0
    limit: int = 0


class Pair(NamedTuple):
    """So many units from a supply to a demand; `score` is per unit, 0 for a locked pair that is no edge."""

    demand: str
    supply: str
    amount: int
    score: float
    locked: bool = False


class Coverage(NamedTuple):
    """How well one demand is covered."""

    demand: str
    given: int
    wanted: int
    least: int

    @property
    def share(self) -> float:
        """What it gets as a share of what it wants; 1 for a demand that wants nothing."""
        return self.given / self.wanted if self.wanted else 1.0

    @property
    def least_met(self) -> bool:
        """Whether it gets its least."""
        return self.given >= self.least


class Figures(NamedTuple):
    """The plan in a few numbers.

    Attributes
    ----------
    demands, least_met, full, with_nothing : int
        How many demands there are, get their least, get all they want, get nothing though they want something.
    given, wanted, capacity : int
        Units.
    smallest_share, mean_share : float
    gini : float
        Inequality of the shares, 0 (all alike) to 1.
    score : float
        Sum of amount times score.
    """

    demands: int
    least_met: int
    full: int
    with_nothing: int
    given: int
    wanted: int
    capacity: int
    smallest_share: float
    mean_share: float
    gini: float
    score: float


class Proof(NamedTuple):
    """What is known to be best: each only among plans that are as good in what stands before it.

    Attributes
    ----------
    least_met : bool
        No plan meets the least of more demands.
    fairness : bool
        No such plan has a better profile of shares (see `solve`).
    score : bool
        No such plan has a higher total score.
    most_least_met : int
        No plan meets the least of more demands than this.
    most_score : float
        No plan at all that keeps the rules has a higher total score than this. Equal to the score found when
        `score` is proven and fairness costs nothing.
    """

    least_met: bool
    fairness: bool
    score: bool
    most_least_met: int
    most_score: float


class Method(StrEnum):
    """How it was solved."""

    FLOW = "flow"  # a network says all of the rules
    PROGRAM = "program"  # some part took an integer program


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer. All tuples are in the order of idents.

    Attributes
    ----------
    pairs : tuple of Pair
    coverage : tuple of Coverage
        One for each demand.
    shortages : tuple of Shortage
        One for each demand that gets less than it wants.
    notices : tuple of Notice
        What is impossible in the problem itself, and the locks that were set aside for it.
    figures : Figures
    proof : Proof
    method : Method
    """

    pairs: tuple[Pair, ...]
    coverage: tuple[Coverage, ...]
    shortages: tuple[Shortage, ...]
    notices: tuple[Notice, ...]
    figures: Figures
    proof: Proof
    method: Method

    @property
    def score(self) -> float:
        """Sum of amount times score."""
        return self.figures.score

    @property
    def optimal(self) -> bool:
        """Whether all three aims are proven to be reached."""
        return self.proof.least_met and self.proof.fairness and self.proof.score

    @property
    def bound(self) -> float:
        """Total score that no plan exceeds, however unfair."""
        return self.proof.most_score

    @property
    def set_aside(self) -> tuple[Lock, ...]:
        """The locks that could not be kept; `notices` says why."""
        return tuple(notice.lock for notice in self.notices if notice.lock is not None)
