"""Keep the locks that can stand together, and say of each other one why it cannot."""

from medspil.allocation._plan import Notice, Reason, Trouble
from medspil.allocation._problem import Lock, Problem
from medspil.allocation._state import State
from medspil.allocation._table import row_numbers

TROUBLE_OF = {
    Reason.BANNED: Trouble.LOCK_AND_BAN,
    Reason.EDGE_FULL: Trouble.LOCK_OVER_EDGE,
    Reason.SUPPLY_FULL: Trouble.LOCKS_OVER_CAPACITY,
    Reason.SUPPLY_GROUP_FULL: Trouble.LOCKS_OVER_SUPPLY_GROUP,
    Reason.DEMAND_GROUP_FULL: Trouble.LOCKS_OVER_DEMAND_GROUP,
    Reason.FROM_GROUP_FULL: Trouble.LOCKS_OVER_FROM_GROUP,
    Reason.TO_GROUP_FULL: Trouble.LOCKS_OVER_TO_GROUP,
    Reason.TIME_CLASH: Trouble.LOCKS_CLASH_IN_TIME,
    Reason.MOST_SUPPLIES: Trouble.LOCKS_OVER_SUPPLIES,
}

COUNTED = {Reason.MOST_SUPPLIES, Reason.TIME_CLASH}
"""Limits on how many pairs there are, not on units."""


def keep_locks(state: State, problem: Problem) -> list[Notice]:
    """Put the locks into the state one by one, by ident; return why some were set aside.

    A lock that breaks a limit together with those kept before it is set aside whole: which of them to give up
    is for a person to say, so all of them are named.
    """
    rows, columns = row_numbers(state.table)
    kept: list[Lock] = []
    notices = []
    for lock in sorted(problem.locks):
        if lock.demand not in rows or lock.supply not in columns:
            missing = lock.demand if lock.demand not in rows else lock.supply
            notices.append(Notice(Trouble.LOCK_OF_UNKNOWN, lock, name=missing))
            continue
        edge = state.table.edge_of(rows[lock.demand], columns[lock.supply])
        against = _against(state, edge, lock, kept)
        notices += against
        if not against:
            state.add(edge, lock.amount)
            state.locked[edge] = True
            kept.append(lock)
    return notices


def _against(state: State, edge: int, lock: Lock, kept: list[Lock]) -> list[Notice]:
    """Return what speaks against one more lock."""
    demand, supply = state.demand[edge], state.supply[edge]
    found = []
    for reason, name in state.obstacles(edge, lock.amount):
        if reason is not Reason.LOT_TOO_LARGE:
            amount, limit, others = _facts(state, reason, edge, lock, kept)
            found.append(Notice(TROUBLE_OF[reason], lock, others, name or lock.demand, amount, limit))
    after = state.given[demand] + lock.amount
    if after > state.wanted[demand]:
        others = tuple(one for one in kept if one.demand == lock.demand)
        found.append(Notice(Trouble.LOCKS_OVER_WANTED, lock, others, lock.demand, after, state.wanted[demand]))
    if state.whole[supply] and lock.amount != state.capacity[supply]:
        found.append(Notice(Trouble.LOCK_SPLITS_LOT, lock, (), lock.supply, lock.amount, state.capacity[supply]))
    return found


def _facts(state: State, reason: Reason, edge: int, lock: Lock, kept: list[Lock]) -> tuple[int, int, tuple[Lock, ...]]:
    """Return what all comes to, the limit, and the locks that share it."""
    table, demand, supply = state.table, state.demand[edge], state.supply[edge]
    giver, taker = state.supply_group[supply], state.demand_group[demand]
    rules = table.rules
    others = _sharing(state, reason, lock, kept)
    together = lock.amount + sum(one.amount for one in others)
    limit = {
        Reason.EDGE_FULL: state.most[edge],
        Reason.SUPPLY_FULL: state.capacity[supply],
        Reason.SUPPLY_GROUP_FULL: table.supply_groups.limit[giver] if giver >= 0 else 0,
        Reason.DEMAND_GROUP_FULL: table.demand_groups.limit[taker] if taker >= 0 else 0,
        Reason.FROM_GROUP_FULL: rules.most_from_group or 0,
        Reason.TO_GROUP_FULL: rules.most_to_group or 0,
        Reason.MOST_SUPPLIES: rules.most_supplies or 0,
        Reason.TIME_CLASH: 1,
    }.get(reason, 0)
    return len(others) + 1 if reason in COUNTED else together, limit, others


def _sharing(state: State, reason: Reason, lock: Lock, kept: list[Lock]) -> tuple[Lock, ...]:
    """Return the locks that count for the same limit."""
    table = state.table
    giver = {one.ident: one.group for one in table.supplies}
    taker = {one.ident: one.group for one in table.demands}

    def counts(one: Lock) -> bool:
        same_supply, same_demand = one.supply == lock.supply, one.demand == lock.demand
        same_giver, same_taker = giver[one.supply] == giver[lock.supply], taker[one.demand] == taker[lock.demand]
        return {
            Reason.SUPPLY_FULL: same_supply,
            Reason.SUPPLY_GROUP_FULL: same_giver,
            Reason.DEMAND_GROUP_FULL: same_taker,
            Reason.FROM_GROUP_FULL: same_demand and same_giver,
            Reason.TO_GROUP_FULL: same_supply and same_taker,
            Reason.MOST_SUPPLIES: same_demand,
            Reason.TIME_CLASH: same_supply and _clash(state, one, lock),
        }.get(reason, False)

    return tuple(one for one in kept if counts(one))


def _clash(state: State, one: Lock, other: Lock) -> bool:
    rows, _ = row_numbers(state.table)
    patterns = state.pattern[rows[one.demand]], state.pattern[rows[other.demand]]
    return min(patterns) >= 0 and bool(state.table.clash[patterns])


def shortfalls(problem: Problem) -> list[Notice]:
    """Return what is too little in all, before anybody's share is looked at."""
    wanted = sum(one.wanted for one in problem.demands)
    least = sum(one.least for one in problem.demands)
    offered = sum(one.capacity for one in problem.supplies)
    found = []
    if wanted > offered:
        found.append(Notice(Trouble.DEMAND_OVER_SUPPLY, amount=wanted, limit=offered))
    if least > offered:
        found.append(Notice(Trouble.LEAST_OVER_SUPPLY, amount=least, limit=offered))
    return found
