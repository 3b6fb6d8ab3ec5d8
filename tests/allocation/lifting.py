"""Take away one limit that a shortage names, for one of its names."""

from dataclasses import replace

from medspil.allocation import Demand, Limit, Problem, Reason, Supply

MANY = 99


def lift(  # noqa: PLR0911, PLR0912 - one way for each reason
    problem: Problem, demand: str, limit: Limit, name: str
) -> Problem:
    """Return the problem with the limit lifted by as little as helps."""
    pair = demand, name
    rules = problem.rules
    match limit.reason:
        case Reason.BANNED:
            return problem.but(bans=[ban for ban in problem.bans if ban != pair])
        case Reason.PAIR_LOCKED:
            return problem.but(locks=[lock for lock in problem.locks if lock[:2] != pair])
        case Reason.EDGE_FULL:
            edges = (edge._replace(most=None) if edge[:2] == pair else edge for edge in problem.edges)
            return replace(problem, edges=tuple(edges))
        case Reason.SUPPLY_FULL:
            return more_of(problem, name)
        case Reason.SUPPLY_GROUP_FULL:
            return problem.but(rules=replace(rules, supply_groups={**rules.supply_groups, name: MANY}))
        case Reason.DEMAND_GROUP_FULL:
            return problem.but(rules=replace(rules, demand_groups={**rules.demand_groups, name: MANY}))
        case Reason.FROM_GROUP_FULL:
            return problem.but(rules=replace(rules, most_from_group=None))
        case Reason.TO_GROUP_FULL:
            return problem.but(rules=replace(rules, most_to_group=None))
        case Reason.TIME_CLASH:
            return with_demand(problem, demand, times=())
        case Reason.LOT_TOO_LARGE:
            return with_supply(problem, name, whole=False)
        case Reason.MOST_SUPPLIES:
            return problem.but(rules=replace(rules, most_supplies=(rules.most_supplies or 0) + 1))
        case Reason.BELOW_LEAST:
            got = limit.amount + sum(lock.amount for lock in problem.locks if lock.demand == demand)
            return with_demand(problem, demand, least=got)
        case _:
            raise AssertionError(limit)


def more_of(problem: Problem, supply: str) -> Problem:
    """Return the problem with one unit more of a supply; of a lot, with a second one like it."""
    one = next(one for one in problem.supplies if one.ident == supply)
    if not (one.whole and one.capacity):
        return with_supply(problem, supply, capacity=one.capacity + 1)
    twin = replace(one, ident=f"{supply} again")
    edges = tuple(edge._replace(supply=twin.ident) for edge in problem.edges if edge.supply == supply)
    return replace(problem, supplies=(*problem.supplies, twin), edges=(*problem.edges, *edges))


def with_supply(problem: Problem, ident: str, **changes: object) -> Problem:
    """Return the problem with another word about one supply."""

    def changed(one: Supply) -> Supply:
        return replace(one, **changes) if one.ident == ident else one  # type: ignore[arg-type]

    return replace(problem, supplies=tuple(map(changed, problem.supplies)))


def with_demand(problem: Problem, ident: str, **changes: object) -> Problem:
    """Return the problem with another word about one demand."""

    def changed(one: Demand) -> Demand:
        return replace(one, **changes) if one.ident == ident else one  # type: ignore[arg-type]

    return replace(problem, demands=tuple(map(changed, problem.demands)))
