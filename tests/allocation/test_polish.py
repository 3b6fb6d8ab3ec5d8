"""Where a part is too large for one program, sharing out anew a few demands at a time breaks no rule and only gains."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from medspil.allocation import Demand, Edge, Plan, Problem, Rules, Supply, check, solve
from medspil.allocation import _search as search
from tests.allocation import strategies as some
from tests.allocation.test_second_solver import counts_above


def worth(plan: Plan) -> tuple[int, list[int], float]:
    return plan.figures.least_met, counts_above(plan), round(plan.score, 5)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.problems(most=5, wanted=4, times="any", wholes=True, programs=True))
def test_it_never_makes_a_plan_worse(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "MOST_EDGES", 0)
        plan = solve(problem)
    check(problem, plan)
    assert worth(plan) >= worth(solve(problem, effort=0))
    assert worth(plan) <= worth(solve(problem))


def test_it_makes_a_large_plan_better() -> None:
    """One company per class, 4,000 pairs: more than one program looks at."""
    chance = np.random.default_rng(7)
    demands = tuple(Demand(f"d{at}", int(chance.integers(1, 6)), 1) for at in range(80))
    supplies = tuple(Supply(f"s{at}", int(chance.integers(1, 4))) for at in range(80))
    edges = tuple(
        Edge(one.ident, supplies[at].ident, round(float(chance.random()), 3))
        for one in demands
        for at in chance.choice(80, 50, replace=False).tolist()
    )
    problem = Problem(demands, supplies, edges, rules=Rules(most_supplies=1))
    quick, plan = solve(problem, effort=0), solve(problem, effort=0.2)
    check(problem, plan)
    assert worth(plan)[:2] > worth(quick)[:2]
    assert plan == solve(problem, effort=0.2)
