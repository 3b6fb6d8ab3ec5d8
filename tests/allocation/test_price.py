"""What a change on the board would cost, told before it is made."""

import pytest
from hypothesis import HealthCheck, given, settings

from medspil.allocation import (
    Ban,
    Change,
    Demand,
    Difference,
    Edge,
    Lock,
    Problem,
    Supply,
    Trouble,
    ban_pair,
    check,
    free_pair,
    lock_pair,
    move_units,
    price,
    solve,
)
from tests.allocation import strategies as some

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


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.anything)
def test_the_price_is_that_of_solving_anew_and_locking_what_one_has_is_free(problem: Problem) -> None:
    plan = solve(problem)
    for pair in plan.pairs[:2]:
        free = price(problem, plan, lock_pair(pair.demand, pair.supply, pair.amount))
        assert (free.after, free.differences) == (plan.figures, ())
        banned = ban_pair(pair.demand, pair.supply)
        cost = price(problem, plan, banned)
        check(banned.applied_to(problem), cost.plan)
        assert cost.before == plan.figures
        assert cost.plan == solve(banned.applied_to(problem))
