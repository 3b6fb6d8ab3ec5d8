"""What stands is kept among plans that are equally good, and never at the price of fairness or score."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.allocation import Ban, Demand, Edge, Lock, Plan, Problem, Supply, check, keep_to, solve
from tests.allocation.strategies import problems

CLASSES, COMPANIES = ("1.A", "2.B", "3.C", "4.D"), ("bank", "port")


def amounts(plan: Plan) -> dict[tuple[str, str], int]:
    """Return what each pair carries."""
    return {(pair.demand, pair.supply): pair.amount for pair in plan.pairs}


def alike(capacity: int = 1) -> Problem:
    """Return four classes and two companies that suit one another equally well."""
    return Problem(
        demands=tuple(Demand(one, 1, least=1) for one in CLASSES),
        supplies=tuple(Supply(one, capacity) for one in COMPANIES),
        edges=tuple(Edge(one, other, 0.5) for one in CLASSES for other in COMPANIES),
    )


@pytest.mark.parametrize("capacity", [1, 2])
@pytest.mark.parametrize("asks", CLASSES)
@pytest.mark.parametrize("gives", COMPANIES)
def test_locking_what_stands_moves_nothing(capacity: int, asks: str, gives: str) -> None:
    problem = alike(capacity)
    first = problem.but(locks=[Lock(asks, gives, 1)])
    standing = amounts(solve(first))
    for demand, supply in standing:
        locked = problem.but(locks=[Lock(demand, supply, 1)])
        plan = keep_to(locked, solve(locked), standing)
        check(locked, plan)
        assert amounts(plan) == standing
        assert [(pair.demand, pair.supply) for pair in plan.pairs if pair.locked] == [(demand, supply)]


def test_a_part_that_a_ban_does_not_touch_stays_as_it_stands() -> None:
    town = Problem(
        demands=tuple(Demand(one, 1) for one in ("a", "b", "c", "d")),
        supplies=tuple(Supply(one, 1) for one in ("p", "q", "r", "s")),
        edges=tuple(Edge(one, other, 0.5) for some, others in (("ab", "pq"), ("cd", "rs")) for one in some
                    for other in others),
    )  # fmt: skip
    solved = amounts(solve(town))
    standing = {("a", "q"): 1, ("b", "p"): 1, ("c", "s"): 1, ("d", "r"): 1}
    other_way = {("a", "p"): 1, ("b", "q"): 1, ("c", "r"): 1, ("d", "s"): 1}
    for stood in (standing, other_way, solved):
        taken = min(pair for pair in stood if pair[0] == "a")
        banned = town.but(bans=[Ban(*taken)])
        plan = keep_to(banned, solve(banned), stood)
        check(banned, plan)
        assert {pair for pair in amounts(plan) if pair[0] in "cd"} == {pair for pair in stood if pair[0] in "cd"}


def test_what_stands_gives_way_to_what_is_better() -> None:
    problem = Problem((Demand("a", 1),), (Supply("p", 1), Supply("q", 1)), (Edge("a", "p", 0.4), Edge("a", "q", 0.5)))
    assert amounts(keep_to(problem, solve(problem), {("a", "p"): 1})) == {("a", "q"): 1}


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_keeping_breaks_no_rule_and_costs_nothing(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem)
    idents = [one.ident for one in problem.demands], [one.ident for one in problem.supplies]
    stood = {}
    if all(idents):
        pair = st.tuples(*map(st.sampled_from, idents))
        stood = data.draw(st.dictionaries(pair, st.integers(1, 4), max_size=6))
    kept = keep_to(problem, plan, stood)
    check(problem, kept)
    assert sorted(one.share for one in kept.coverage) >= sorted(one.share for one in plan.coverage)
    assert kept.score >= plan.score - 1e-4 or kept.figures.mean_share > plan.figures.mean_share
    if kept.optimal and not problem.locks and not problem.rules.least_or_nothing:
        for one in kept.pairs[:2]:
            locked = problem.but(locks=[Lock(one.demand, one.supply, one.amount)])
            assert amounts(keep_to(locked, solve(locked), amounts(kept))) == amounts(kept)
