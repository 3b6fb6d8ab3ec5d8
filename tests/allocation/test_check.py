"""A plan that breaks any rule is refused, whoever made it."""

from dataclasses import replace

import pytest

from medspil.allocation import (
    Ban,
    Demand,
    Edge,
    Lock,
    Notice,
    Pair,
    Plan,
    PlanBroken,
    Problem,
    Rules,
    Span,
    Supply,
    Trouble,
    check,
    solve,
)
from medspil.allocation._figures import figures_of
from medspil.allocation._plan import Coverage, Limit, Reason, Shortage

GOOD = Problem(
    (Demand("a", 3, group="school"), Demand("b", 3, group="school")),
    (Supply("x", 3, group="owner"), Supply("y", 3, group="owner")),
    tuple(Edge(demand, supply, 0.5) for demand in "ab" for supply in "xy"),
)


def planned(problem: Problem, *pairs: Pair) -> Plan:
    """Return a plan with these pairs and figures that fit them."""
    coverage = tuple(
        Coverage(one.ident, sum(pair.amount for pair in pairs if pair.demand == one.ident), one.wanted, one.least)
        for one in sorted(problem.demands, key=lambda one: one.ident)
    )
    short = tuple(
        Shortage(one.demand, one.wanted - one.given, (Limit(Reason.NO_EDGE),))
        for one in coverage
        if one.given < one.wanted
    )
    figures = figures_of(coverage, pairs, sum(one.capacity for one in problem.supplies))
    base = solve(GOOD)
    proof = base.proof._replace(most_score=99.0, most_least_met=99)
    return replace(base, pairs=pairs, coverage=coverage, shortages=short, figures=figures, proof=proof, notices=())


X, Y = Pair("a", "x", 1, 0.5), Pair("b", "x", 1, 0.5)

BROKEN = {
    "twice": (GOOD, [X, X]),
    "order": (GOOD, [Y, X]),
    "unknown": (GOOD, [X._replace(supply="z")]),
    "nothing": (GOOD, [X._replace(amount=0)]),
    "not offered": (replace(GOOD, edges=GOOD.edges[1:]), [X]),
    "banned": (GOOD.but(bans=[Ban("a", "x")]), [X]),
    "called locked": (GOOD, [X._replace(locked=True)]),
    "another score": (GOOD, [X._replace(score=0.6)]),
    "more than it may": (replace(GOOD, edges=(*GOOD.edges[1:], Edge("a", "x", 0.5, 1))), [X._replace(amount=2)]),
    "lock is not kept": (GOOD.but(locks=[Lock("a", "x", 2)]), [X._replace(locked=True)]),
    "gets more": (GOOD, [X._replace(amount=3), Pair("a", "y", 1, 0.5)]),
    "gives more": (GOOD, [X._replace(amount=2), Y._replace(amount=2)]),
    "lot is split": (replace(GOOD, supplies=(Supply("x", 3, whole=True), GOOD.supplies[1])), [X]),
    "gets from more": (GOOD.but(rules=Rules(most_supplies=1)), [X, Pair("a", "y", 1, 0.5)]),
    "Group owner gives 2": (GOOD.but(rules=Rules(most_per_supply_group=1)), [X, Y]),
    "Group school gets 2": (GOOD.but(rules=Rules(demand_groups={"school": 1})), [X, Y]),
    "Group owner gives a 2": (GOOD.but(rules=Rules(most_from_group=1)), [X, Pair("a", "y", 1, 0.5)]),
    "Group school gets from x": (GOOD.but(rules=Rules(most_to_group=1)), [X, Y]),
    "at one time": (replace(GOOD, demands=tuple(replace(one, times=(Span(0, 5),)) for one in GOOD.demands)), [X, Y]),
    "less than its least": (
        replace(GOOD, demands=(Demand("a", 3, 2), Demand("b", 3)), rules=Rules(least_or_nothing=True)),
        [X],
    ),
}


@pytest.mark.parametrize("sentence", BROKEN)
def test_a_broken_rule_is_found(sentence: str) -> None:
    problem, pairs = BROKEN[sentence]
    with pytest.raises(PlanBroken, match=sentence):
        check(problem, planned(problem, *pairs))


def test_a_plan_that_keeps_all_rules_passes_however_poor() -> None:
    check(GOOD, planned(GOOD))
    check(GOOD, planned(GOOD, X, Y))


def test_figures_that_are_not_what_the_pairs_come_to_are_found() -> None:
    plan = planned(GOOD, X, Y)
    wrong = {
        "coverage": replace(plan, coverage=plan.coverage[:1]),
        "shortages are not": replace(plan, shortages=()),
        "no reason": replace(plan, shortages=tuple(one._replace(limits=()) for one in plan.shortages)),
        "units given": replace(plan, figures=plan.figures._replace(given=3)),
        "leasts met": replace(plan, figures=plan.figures._replace(least_met=1)),
        "score is not": replace(plan, figures=plan.figures._replace(score=2.0)),
        "than can be": replace(plan, proof=plan.proof._replace(most_least_met=1)),
        "higher than any": replace(plan, proof=plan.proof._replace(most_score=0.5)),
        "ban that is none": replace(plan, notices=(Notice(Trouble.LOCK_AND_BAN, Lock("a", "y", 1)),)),
    }
    for sentence, broken in wrong.items():
        with pytest.raises(PlanBroken, match=sentence):
            check(GOOD, broken)
