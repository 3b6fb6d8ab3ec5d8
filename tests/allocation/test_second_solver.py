"""An independent solver (HiGHS in scipy) comes to the same leasts, shares and scores, with every rule."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from medspil.allocation import SCORE_SCALE, Plan, Problem, check, solve
from medspil.allocation._flow import most_score
from medspil.allocation._locks import keep_locks
from medspil.allocation._scope import scope_of
from medspil.allocation._state import State
from medspil.allocation._table import Table
from tests.allocation import strategies as some
from tests.allocation.reference import Reference


def counts_above(plan: Plan) -> list[int]:
    """Return for each share that somebody can have, in ascending order, how many get more."""
    levels = {Fraction(units, one.wanted) for one in plan.coverage for units in range(one.wanted)}
    given = [Fraction(one.given, one.wanted) for one in plan.coverage if one.wanted]
    return [sum(share > level for share in given) for level in sorted(levels)]


def compare(problem: Problem) -> Plan:
    plan = solve(problem)
    check(problem, plan)
    reference = Reference(problem, [lock for lock in problem.locks if lock not in plan.set_aside])
    met, counts, score = reference.best()
    assert plan.optimal
    assert (plan.figures.least_met, counts_above(plan)) == (met, counts)
    assert plan.score == pytest.approx(score, abs=1e-5)
    return plan


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.problems(most=6, wanted=6) | some.problems(most=7, wanted=3, times="slots", groups=False))
def test_the_same_answer_where_a_network_says_the_rules(problem: Problem) -> None:
    compare(problem)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.problems(most=5, wanted=4, times="any", wholes=True, programs=True))
def test_the_same_answer_where_it_takes_a_search(problem: Problem) -> None:
    compare(problem)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.anything)
def test_a_quick_plan_promises_no_more_than_it_keeps(problem: Problem) -> None:
    quick = solve(problem, effort=0)
    check(problem, quick)
    reference = Reference(problem, [lock for lock in problem.locks if lock not in quick.set_aside])
    highest = reference.most_score()
    met, counts, score = reference.best()

    assert quick.proof.most_least_met >= met
    assert quick.proof.least_met <= (quick.figures.least_met == met)
    assert quick.proof.fairness <= (counts_above(quick) == counts)
    assert quick.proof.score <= (abs(quick.score - score) < 1e-5)
    assert quick.bound == quick.score if quick.proof.score else quick.bound >= highest - 1e-5


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.problems(most=6, wanted=6, leasts=False))
def test_the_highest_score_over_a_network_is_that_of_linear_programming(problem: Problem) -> None:
    state = State(Table.of(problem))
    aside = {notice.lock for notice in keep_locks(state, problem)}
    locked = sum(amount * score for amount, score in zip(state.amount, state.table.exact.tolist(), strict=True))
    scope = scope_of(state, np.ones(len(problem.demands), np.bool_))
    assume(not scope.beyond.any())

    reference = Reference(problem, [lock for lock in problem.locks if lock not in aside])
    assert locked + most_score(scope) / SCORE_SCALE == pytest.approx(reference.relaxed_score(), abs=1e-5)
