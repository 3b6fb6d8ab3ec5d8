"""Aims one after another over a network: in one go or in steps, and never beyond 64 bits."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from medspil.allocation import Demand, Edge, Problem, ProblemTooLarge, Rules, Supply, _network, check, solve
from medspil.allocation._fairness import Units, level_aims, order_aim
from medspil.allocation._network import Network, best_flow
from tests.allocation import strategies as some


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.problems(most=5, wanted=5) | some.problems(times="slots"))
def test_in_steps_it_comes_to_the_same_as_in_one_go(problem: Problem) -> None:
    whole = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_network, "MOST_SCALED", 2**27)  # one aim at a time fits, two do not
        steps = solve(problem)
    check(problem, steps)
    assert (steps.figures, steps.proof) == (whole.figures, whole.proof)
    assert sorted(one.share for one in steps.coverage) == sorted(one.share for one in whole.coverage)


def test_figures_that_do_not_fit_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_network, "MOST_SCALED", 2**10)
    problem = Problem((Demand("a", 1),), (Supply("x", 1),), (Edge("a", "x", 1.0),))
    with pytest.raises(ProblemTooLarge, match="do not fit into the whole numbers"):
        solve(problem)


def test_large_amounts_and_many_different_shares_are_solved_in_steps() -> None:
    demands = tuple(Demand(f"d{at:02}", 1000 + 37 * at) for at in range(40))
    supplies = tuple(Supply(f"s{at}", 2_000) for at in range(10))
    edges = tuple(
        Edge(one.ident, supply.ident, ((row * 7 + column * 3) % 11) / 11)
        for row, one in enumerate(demands)
        for column, supply in enumerate(supplies)
    )
    problem = Problem(demands, supplies, edges)
    plan = solve(problem)
    check(problem, plan)
    assert plan.optimal
    assert plan.figures.given == 20_000
    shares = [one.share for one in plan.coverage]
    assert max(shares) - min(shares) < 1 / 1000  # nobody is a whole unit ahead of anybody


def test_the_second_aim_decides_only_among_the_best_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network()
    near, far = network.add_nodes(2)
    start = network.add_arcs(np.array([0, 0]), np.array([near, far]), np.array([1, 1]))
    network.add_arcs(np.array([near, far]), np.array([1, 1]), np.array([1, 1]))
    cheap, dear = np.zeros(network.count, np.int64), np.zeros(network.count, np.int64)
    cheap[start], dear[start] = (1, 0), (0, 5)
    for largest in (2**58, 2**6):
        monkeypatch.setattr(_network, "MOST_SCALED", largest)
        assert best_flow(network, [cheap, dear])[start].tolist() == [1, 1]


def test_the_worth_of_a_unit_is_by_the_share_without_it_and_then_by_the_share_with_it() -> None:
    wanted, least = np.array([1, 2, 4]), np.array([0, 0, 1])
    units = Units.of(np.zeros(3, np.int64), wanted)
    aim = order_aim(units, wanted, least)
    order = [(int(units.demand[at]), int(units.number[at])) for at in np.argsort(-aim, kind="stable")]
    assert order == [(2, 1), (0, 1), (1, 1), (2, 2), (1, 2), (2, 3), (2, 4)]


def test_levels_count_each_unit_for_the_shares_it_lifts_its_demand_over() -> None:
    wanted = np.array([1, 2])
    units = Units.of(np.zeros(2, np.int64), wanted)
    aims = level_aims(units, wanted, np.zeros(2, np.int64))
    assert aims is not None
    assert [aim.tolist() for aim in aims] == [[0, 0, 0], [12, 9, 3]]  # base 3, levels 0, 1/2 and 1


def test_too_many_shares_in_groups_with_limits_are_solved_but_not_called_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("medspil.allocation._fairness.MOST_LEVELS", 2)
    problem = Problem(
        (Demand("a", 3, group="A"), Demand("b", 4, group="A"), Demand("c", 5)),
        (Supply("x", 9),),
        tuple(Edge(ident, "x", 0.5) for ident in "abc"),
        rules=Rules(most_per_demand_group=4),
    )
    plan = solve(problem)
    check(problem, plan)
    assert plan.figures.given == 9
    assert plan.proof.least_met
    assert not plan.proof.fairness
