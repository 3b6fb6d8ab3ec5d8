"""Impossible problems are explained, and the rest is solved."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from medspil.allocation import Ban, Demand, Edge, Lock, Notice, Problem, Rules, Span, Supply, Trouble, check, solve
from tests.allocation import strategies as some
from tests.allocation.rules import allowed

DAY = (Span(0, 10),)
CLASSES = (Demand("a", 3, group="school"), Demand("b", 3, group="school"), Demand("c", 3))
FIRMS = (Supply("x", 3, group="owner"), Supply("y", 3, group="owner"), Supply("z", 9))
PROBLEM = Problem(CLASSES, FIRMS, tuple(Edge(one.ident, firm.ident, 0.5) for one in CLASSES for firm in FIRMS))


def ruled(**rules: object) -> Problem:
    return PROBLEM.but(rules=Rules(**rules))  # type: ignore[arg-type]


LOCKS = {
    "a ban": (
        PROBLEM.but(bans=[Ban("a", "x")]),
        [Lock("a", "x", 1)],
        Notice(Trouble.LOCK_AND_BAN, Lock("a", "x", 1), (), "x", 1, 0),
    ),
    "the pair": (
        replace(PROBLEM, edges=(*PROBLEM.edges[1:], Edge("a", "x", 0.5, 1))),
        [Lock("a", "x", 2)],
        Notice(Trouble.LOCK_OVER_EDGE, Lock("a", "x", 2), (), "x", 2, 1),
    ),
    "capacity": (
        PROBLEM,
        [Lock("b", "x", 2), Lock("a", "x", 2)],
        Notice(Trouble.LOCKS_OVER_CAPACITY, Lock("b", "x", 2), (Lock("a", "x", 2),), "x", 4, 3),
    ),
    "what is wanted": (
        PROBLEM,
        [Lock("a", "z", 4)],
        Notice(Trouble.LOCKS_OVER_WANTED, Lock("a", "z", 4), (), "a", 4, 3),
    ),
    "a supply group": (
        ruled(supply_groups={"owner": 3}),
        [Lock("a", "x", 2), Lock("b", "y", 2)],
        Notice(Trouble.LOCKS_OVER_SUPPLY_GROUP, Lock("b", "y", 2), (Lock("a", "x", 2),), "owner", 4, 3),
    ),
    "a demand group": (
        ruled(most_per_demand_group=2),
        [Lock("a", "z", 2), Lock("b", "z", 1)],
        Notice(Trouble.LOCKS_OVER_DEMAND_GROUP, Lock("b", "z", 1), (Lock("a", "z", 2),), "school", 3, 2),
    ),
    "a group to one": (
        ruled(most_from_group=2),
        [Lock("a", "x", 2), Lock("a", "y", 1)],
        Notice(Trouble.LOCKS_OVER_FROM_GROUP, Lock("a", "y", 1), (Lock("a", "x", 2),), "owner", 3, 2),
    ),
    "one to a group": (
        ruled(most_to_group=2),
        [Lock("a", "z", 2), Lock("b", "z", 1)],
        Notice(Trouble.LOCKS_OVER_TO_GROUP, Lock("b", "z", 1), (Lock("a", "z", 2),), "z", 3, 2),
    ),
    "the clock": (
        replace(PROBLEM, demands=tuple(replace(one, times=DAY) for one in CLASSES)),
        [Lock("a", "z", 1), Lock("b", "z", 1)],
        Notice(Trouble.LOCKS_CLASH_IN_TIME, Lock("b", "z", 1), (Lock("a", "z", 1),), "z", 2, 1),
    ),
    "a lot": (
        replace(PROBLEM, supplies=(*FIRMS[1:], Supply("x", 3, whole=True))),
        [Lock("a", "x", 2)],
        Notice(Trouble.LOCK_SPLITS_LOT, Lock("a", "x", 2), (), "x", 2, 3),
    ),
    "the number of suppliers": (
        ruled(most_supplies=1),
        [Lock("a", "x", 1), Lock("a", "z", 1)],
        Notice(Trouble.LOCKS_OVER_SUPPLIES, Lock("a", "z", 1), (Lock("a", "x", 1),), "a", 2, 1),
    ),
    "nobody": (
        PROBLEM,
        [Lock("a", "who", 1)],
        Notice(Trouble.LOCK_OF_UNKNOWN, Lock("a", "who", 1), (), "who"),
    ),
}


@pytest.mark.parametrize("against", LOCKS)
def test_a_lock_that_cannot_be_kept_is_set_aside_with_the_reason_and_the_rest_is_solved(against: str) -> None:
    problem, locks, notice = LOCKS[against]
    plan = solve(problem.but(locks=locks))
    check(problem.but(locks=locks), plan)
    assert notice in plan.notices
    assert plan.set_aside == (notice.lock,)
    assert plan.figures.given > sum(lock.amount for lock in locks if lock not in plan.set_aside)


def test_more_wanted_than_there_is_is_said_and_shared_out_all_the_same() -> None:
    problem = Problem((Demand("a", 3, 2), Demand("b", 3, 2)), (Supply("x", 3),), (Edge("a", "x", 1), Edge("b", "x", 1)))
    plan = solve(problem)
    assert plan.notices == (
        Notice(Trouble.DEMAND_OVER_SUPPLY, amount=6, limit=3),
        Notice(Trouble.LEAST_OVER_SUPPLY, amount=4, limit=3),
    )
    assert plan.figures.given == 3
    assert plan.figures.least_met == 1


def test_nothing_at_all_is_a_plan_too() -> None:
    plan = solve(Problem((), (), ()))
    assert (plan.pairs, plan.coverage, plan.shortages, plan.notices, plan.optimal) == ((), (), (), (), True)
    alone = solve(Problem((Demand("a", 1),), (), ()))
    assert [shortage.demand for shortage in alone.shortages] == ["a"]


def test_a_lock_stands_where_no_edge_was_offered_and_scores_nothing() -> None:
    plan = solve(Problem((Demand("a", 2),), (Supply("x", 2),), (), locks=(Lock("a", "x", 1),)))
    assert [tuple(pair) for pair in plan.pairs] == [("a", "x", 1, 0.0, True)]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.anything)
def test_a_lock_is_set_aside_only_when_it_breaks_a_rule_with_those_that_are_kept(problem: Problem) -> None:
    plan = solve(problem, effort=0)
    check(problem, plan)
    kept = {(lock.demand, lock.supply): lock.amount for lock in problem.locks if lock not in plan.set_aside}
    free = problem.but(rules=replace(problem.rules, least_or_nothing=False))
    bans = {(ban.demand, ban.supply) for ban in problem.bans}
    most = {edge[:2]: edge.most for edge in problem.edges if edge.most is not None}
    for lock in plan.set_aside:
        pair = lock.demand, lock.supply
        over = lock.amount > most.get(pair, lock.amount)
        assert pair in bans or over or not allowed(free, kept | {pair: lock.amount})
