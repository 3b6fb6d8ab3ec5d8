"""What limited a demand is named, and lifting it really helps."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from medspil.allocation import Ban, Demand, Edge, Limit, Lock, Plan, Problem, Reason, Rules, Span, Supply, solve
from tests.allocation import strategies as some
from tests.allocation.lifting import lift
from tests.allocation.rules import worth

MORNING = (Span(540, 600),)


def how_good(problem: Problem, plan: Plan) -> tuple[int, object]:
    found = worth(problem, {(pair.demand, pair.supply): pair.amount for pair in plan.pairs})
    return found.least_met, found.shares


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.anything)
def test_lifting_any_limit_that_is_called_enough_makes_the_plan_fairer(problem: Problem) -> None:
    plan = solve(problem)
    kept = problem.but(locks=[lock for lock in problem.locks if lock not in plan.set_aside])
    before = how_good(kept, plan)
    for shortage in plan.shortages:
        for limit in shortage.limits:
            for name in (limit.names or ("",)) if limit.enough else ():
                lifted = lift(kept, shortage.demand, limit, name)
                assert how_good(lifted, solve(lifted)) > before, (shortage, limit, name)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.problems(leasts=False) | some.problems(leasts=False, times="any"))
def test_lifting_all_that_is_named_makes_the_plan_fairer(problem: Problem) -> None:
    plan = solve(problem)
    kept = problem.but(locks=[lock for lock in problem.locks if lock not in plan.set_aside])
    for shortage in plan.shortages:
        if shortage.limits[0].reason is Reason.NO_EDGE:
            assert not any(edge.demand == shortage.demand for edge in problem.edges)
            continue
        lifted = kept
        for limit in shortage.limits:
            for name in limit.names or ("",):
                lifted = lift(lifted, shortage.demand, limit, name)
        assert how_good(lifted, solve(lifted)) > how_good(kept, plan), shortage


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.anything)
def test_every_demand_that_is_short_has_a_limit_and_no_other_has(problem: Problem) -> None:
    plan = solve(problem)
    short = {one.demand: one.wanted - one.given for one in plan.coverage if one.given < one.wanted}
    assert {one.demand: one.missing for one in plan.shortages} == short
    assert all(one.limits for one in plan.shortages)


def one_pair(**rules: object) -> Problem:
    """Anna's class wants 3 of what Bo's firm has 3 of."""
    return Problem(
        (Demand("class", 3, group="school"),),
        (Supply("firm", 3, group="owner"),),
        (Edge("class", "firm", 1.0),),
        rules=Rules(**rules),  # type: ignore[arg-type]
    )


CASES = {
    "no edge": (replace(one_pair(), edges=()), Limit(Reason.NO_EDGE)),
    "banned": (one_pair().but(bans=[Ban("class", "firm")]), Limit(Reason.BANNED, ("firm",), True)),
    "locked": (one_pair().but(locks=[Lock("class", "firm", 2)]), Limit(Reason.PAIR_LOCKED, ("firm",), True)),
    "edge": (replace(one_pair(), edges=(Edge("class", "firm", 1.0, 2),)), Limit(Reason.EDGE_FULL, ("firm",), True)),
    "supply": (replace(one_pair(), supplies=(Supply("firm", 2),)), Limit(Reason.SUPPLY_FULL, ("firm",), True)),
    "supply group": (one_pair(most_per_supply_group=1), Limit(Reason.SUPPLY_GROUP_FULL, ("owner",), True)),
    "demand group": (one_pair(demand_groups={"school": 0}), Limit(Reason.DEMAND_GROUP_FULL, ("school",), True)),
    "from group": (one_pair(most_from_group=2), Limit(Reason.FROM_GROUP_FULL, ("owner",), True)),
    "to group": (one_pair(most_to_group=2), Limit(Reason.TO_GROUP_FULL, ("firm",), True)),
    "lot": (
        replace(one_pair(), supplies=(Supply("firm", 5, whole=True),)),
        Limit(Reason.LOT_TOO_LARGE, ("firm",), True),
    ),
    "suppliers": (one_pair(most_supplies=0), Limit(Reason.MOST_SUPPLIES, (), True)),
    "least": (
        replace(one_pair(least_or_nothing=True), demands=(Demand("class", 9, 4),), supplies=(Supply("firm", 3),)),
        Limit(Reason.BELOW_LEAST, (), True, 3),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_limit_is_named(name: str) -> None:
    problem, limit = CASES[name]
    assert limit in solve(problem).shortages[0].limits


def test_a_volunteer_who_is_busy_is_named_with_the_time_as_the_only_reason() -> None:
    clubs = (Demand("chess", 1, 1, times=MORNING), Demand("dance", 1, times=MORNING))
    plan = solve(Problem(clubs, (Supply("Carl", 2),), (Edge("chess", "Carl", 0.1), Edge("dance", "Carl", 1.0))))
    assert [pair[:3] for pair in plan.pairs] == [("chess", "Carl", 1)]
    assert plan.shortages[0].limits == (Limit(Reason.TIME_CLASH, ("Carl",), True),)


def test_two_limits_on_the_same_pair_are_both_named_and_neither_is_called_enough() -> None:
    problem = replace(one_pair(most_per_supply_group=2), supplies=(Supply("firm", 2, group="owner"),))
    assert solve(problem).shortages[0].limits == (
        Limit(Reason.SUPPLY_FULL, ("firm",), False),
        Limit(Reason.SUPPLY_GROUP_FULL, ("owner",), False),
    )


def test_a_second_lot_like_the_one_it_has_would_come_from_another_supplier() -> None:
    problem = replace(one_pair(most_supplies=1), supplies=(Supply("firm", 1, whole=True),))
    limits = solve(problem).shortages[0].limits
    assert {(one.reason, one.enough) for one in limits} == {(Reason.SUPPLY_FULL, False), (Reason.MOST_SUPPLIES, False)}
