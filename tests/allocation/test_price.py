"""What a change on the board would cost, told before it is made."""

import pytest
from hypothesis import HealthCheck, example, given, settings

from medspil.allocation import (
    Ban,
    Change,
    Demand,
    Difference,
    Edge,
    Lock,
    Plan,
    Problem,
    Rules,
    Supply,
    Trouble,
    ban_pair,
    check,
    free_pair,
    keep_to,
    lock_pair,
    move_units,
    price,
    solve,
)
from tests.allocation import strategies as some
from tests.allocation.rules import Worth, worth

SCORES = {("3a", "bakery"): 0.9, ("3a", "garage"): 0.6, ("3b", "bakery"): 0.8, ("3b", "garage"): 0.1}
PROBLEM = Problem(
    (Demand("3a", 1, 1), Demand("3b", 1, 1)),
    (Supply("bakery", 1), Supply("garage", 1)),
    tuple(Edge(*pair, score) for pair, score in SCORES.items()),
)


def test_a_lock_costs_the_score_that_the_others_lose() -> None:
    cost = price(PROBLEM, solve(PROBLEM), lock_pair("3a", "bakery", 1))
    assert (cost.before.score, cost.after.score) == (1.4, 1.0)
    assert (cost.differences, cost.moved, cost.possible) == ((), 4, True)


def test_a_ban_that_leaves_a_class_without_anybody_costs_coverage_and_says_whose() -> None:
    problem = PROBLEM.but(bans=[Ban("3b", "garage")])
    cost = price(problem, solve(problem), ban_pair("3b", "bakery"))
    assert (cost.before.least_met, cost.after.least_met) == (2, 1)
    assert cost.differences == (Difference("3b", 1, 0, 1),)
    assert cost.plan.shortages[0].demand == "3b"


def test_a_change_that_cannot_be_is_priced_with_the_reason() -> None:
    cost = price(PROBLEM, solve(PROBLEM), lock_pair("3a", "bakery", 2))
    assert not cost.possible
    assert {notice.trouble for notice in cost.plan.notices} == {Trouble.LOCKS_OVER_CAPACITY, Trouble.LOCKS_OVER_WANTED}


def test_moving_locks_the_new_pair_and_what_is_left_of_the_old() -> None:
    problem = Problem((Demand("a", 3),), (Supply("x", 3), Supply("y", 3)), (Edge("a", "x", 1.0), Edge("a", "y", 0.5)))
    plan = solve(problem)
    some_of_it = move_units(plan, demand="a", old="x", new="y", amount=1)
    assert some_of_it == Change(locks=(Lock("a", "y", 1), Lock("a", "x", 2)))
    all_of_it = move_units(plan, demand="a", old="x", new="y", amount=3)
    assert all_of_it == Change(locks=(Lock("a", "y", 3),), bans=(Ban("a", "x"),))
    assert price(problem, plan, some_of_it).after.score == 2.5
    assert price(problem, plan, all_of_it).after.score == 1.5
    for old, new, amount in (("x", "y", 4), ("y", "x", 1), ("x", "x", 1), ("x", "y", 0)):
        with pytest.raises(ValueError, match="does not have"):
            move_units(plan, demand="a", old=old, new=new, amount=amount)


def test_a_new_word_on_a_pair_replaces_the_old_one() -> None:
    said = PROBLEM.but(locks=[Lock("3a", "bakery", 1)], bans=[Ban("3b", "bakery")])
    assert ban_pair("3a", "bakery").applied_to(said).locks == ()
    assert lock_pair("3b", "bakery", 1).applied_to(said).bans == ()
    freed = free_pair("3b", "bakery").applied_to(free_pair("3a", "bakery").applied_to(said))
    assert (freed.locks, freed.bans) == ((), ())


LEAST_OR_NOTHING = Problem(
    (Demand("few", 1, least=1), Demand("many", 3, least=3)),
    (Supply("x", 1), Supply("y", 2)),
    (Edge("few", "x", 0.0), Edge("few", "y", 0.0), Edge("many", "x", 0.0), Edge("many", "y", 0.25)),
    rules=Rules(least_or_nothing=True),
)
EQUALLY_GOOD = Problem(
    (Demand("a", 3), Demand("b", 3)),
    (Supply("x", 2), Supply("y", 3)),
    (Edge("a", "x", 0.25), Edge("a", "y", 0.25), Edge("b", "y", 0.25)),
)
"""Three for one and two for the other is as good either way round."""


def test_a_lock_below_the_least_lets_its_demand_stay_there_and_the_others_have_the_rest() -> None:
    plan = solve(LEAST_OR_NOTHING)
    assert [tuple(pair[:3]) for pair in plan.pairs] == [("many", "x", 1), ("many", "y", 2)]
    part = price(LEAST_OR_NOTHING, plan, lock_pair("many", "x", 1))
    assert part.differences == (Difference("few", 0, 1, 1), Difference("many", 3, 1, 3))
    assert (part.before.smallest_share, part.after.smallest_share) == (0, 1 / 3)
    assert (part.before.score, part.after.score) == (0.5, 0.0)
    whole = price(LEAST_OR_NOTHING, plan, all_that(plan, "many"))
    assert (whole.after, whole.moved) == (plan.figures, 0)


def test_who_gets_more_does_not_change_hands_where_both_ways_are_equally_good() -> None:
    plan = solve(EQUALLY_GOOD)
    for pair in plan.pairs:
        cost = price(EQUALLY_GOOD, plan, lock_pair(pair.demand, pair.supply, pair.amount))
        assert (cost.after, cost.differences, cost.moved) == (plan.figures, (), 0)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.anything)
@example(LEAST_OR_NOTHING)
@example(EQUALLY_GOOD)
def test_the_price_is_that_of_solving_anew_and_locking_what_one_has_is_free(problem: Problem) -> None:
    plan = solve(problem)
    for pair in plan.pairs[:2]:
        one = lock_pair(pair.demand, pair.supply, pair.amount)
        for lock in (one, all_that(plan, pair.demand)):
            free = price(problem, plan, lock)
            check(lock.applied_to(problem), free.plan)
            if binds_below_the_least(problem, plan, lock):
                assert worth_of(problem, free.plan) >= worth_of(problem, plan)
            else:
                assert (free.after, free.differences, free.moved) == (plan.figures, (), 0)
        banned = ban_pair(pair.demand, pair.supply)
        cost = price(problem, plan, banned)
        check(banned.applied_to(problem), cost.plan)
        anew = solve(banned.applied_to(problem))
        assert cost.before == plan.figures
        assert worth_of(problem, cost.plan) == worth_of(problem, anew)
        assert cost.plan == keep_to(banned.applied_to(problem), anew, amounts(plan))


def amounts(plan: Plan) -> dict[tuple[str, str], int]:
    """Return what each pair carries."""
    return {(pair.demand, pair.supply): pair.amount for pair in plan.pairs}


def worth_of(problem: Problem, plan: Plan) -> Worth:
    """Say how good a plan is, in the order of the aims."""
    return worth(problem, amounts(plan))


def all_that(plan: Plan, demand: str) -> Change:
    """Lock all that a demand has."""
    return Change(locks=tuple(Lock(*pair[:3]) for pair in plan.pairs if pair.demand == demand))


def binds_below_the_least(problem: Problem, plan: Plan, change: Change) -> bool:
    """Say whether a lock lets its demand have less than its least, which it may not without the lock."""
    (demand,) = {lock.demand for lock in change.locks}
    said = {(lock.demand, lock.supply) for lock in change.locks}
    has = [pair for pair in plan.pairs if pair.demand == demand]
    settled = sum(pair.amount for pair in has if pair.locked or pair[:2] in said)
    least = next(one.least for one in problem.demands if one.ident == demand)
    return problem.rules.least_or_nothing and settled < min(least, sum(pair.amount for pair in has))
