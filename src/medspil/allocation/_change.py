"""What a person might change on the board: lock, ban, let go, move."""

from dataclasses import dataclass

from medspil.allocation._plan import Plan
from medspil.allocation._problem import Ban, Lock, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Locks and bans to set, and pairs to let go of (both their lock and their ban). A new word replaces an old one."""

    locks: tuple[Lock, ...] = ()
    bans: tuple[Ban, ...] = ()
    free: tuple[tuple[str, str], ...] = ()

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem as it would be."""
        bans = {(ban.demand, ban.supply) for ban in self.bans}
        locks = {(lock.demand, lock.supply) for lock in self.locks}
        spoken = bans | locks | set(self.free)
        return problem.but(
            locks=(*(one for one in problem.locks if (one.demand, one.supply) not in spoken), *self.locks),
            bans=(*(one for one in problem.bans if (one.demand, one.supply) not in spoken), *self.bans),
        )


def lock_pair(demand: str, supply: str, amount: int) -> Change:
    """Settle that the pair carries exactly this amount."""
    return Change(locks=(Lock(demand, supply, amount),))


def ban_pair(demand: str, supply: str) -> Change:
    """Settle that the two do not meet."""
    return Change(bans=(Ban(demand, supply),))


def free_pair(demand: str, supply: str) -> Change:
    """Take back lock and ban of the pair."""
    return Change(free=((demand, supply),))


def move_units(plan: Plan, *, demand: str, old: str, new: str, amount: int) -> Change:
    """Let a demand get `amount` of what the plan gives it from `old` from `new` instead; all else may follow.

    What is left with `old` is locked (or banned, when it is nothing), and so is what it then has from `new`.

    Raises
    ------
    ValueError
        The plan does not give so much from `old`, or both are the same.
    """
    has = {pair.supply: pair.amount for pair in plan.pairs if pair.demand == demand}
    if old == new or not 1 <= amount <= has.get(old, 0):
        raise ValueError(f"{demand} does not have {amount} from {old} to move to {new}.")
    moved = Lock(demand, new, has.get(new, 0) + amount)
    left = has[old] - amount
    if left:
        return Change(locks=(moved, Lock(demand, old, left)))
    return Change(locks=(moved,), bans=(Ban(demand, old),))
