"""What must stay the same, or not get worse, when the problem changes in ways we understand."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from medspil.allocation import Ban, Demand, Edge, Lock, Plan, Problem, Rules, Supply, Trouble, solve
from tests.allocation import strategies as some

many = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def profile(plan: Plan) -> tuple[int, list[float]]:
    return plan.figures.least_met, sorted(one.share for one in plan.coverage)


def fits(plan: Plan) -> bool:
    """Whether all locks are kept: else more room may let a lock in that makes the rest worse."""
    return not plan.set_aside


@many
@given(some.anything, st.randoms())
def test_the_order_of_the_rows_makes_no_difference(problem: Problem, chance: object) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        mixed = list(rows)
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        return tuple(mixed)

    parts = {name: shuffled(getattr(problem, name)) for name in ("demands", "supplies", "edges", "locks", "bans")}
    assert solve(replace(problem, **parts)) == solve(problem)  # type: ignore[arg-type]


@many
@given(some.anything, st.integers(0, 3))
def test_more_of_a_supply_never_makes_it_less_fair(problem: Problem, which: int) -> None:
    one = problem.supplies[which % len(problem.supplies)]
    assume(not one.whole)
    before = solve(problem)
    assume(fits(before))
    more = tuple(replace(each, capacity=each.capacity + 1) if each is one else each for each in problem.supplies)
    assert profile(solve(replace(problem, supplies=more))) >= profile(before)


@many
@given(some.anything)
def test_one_more_pair_never_makes_it_less_fair(problem: Problem) -> None:
    assume(problem.edges)
    fewer = replace(problem, edges=problem.edges[1:])
    before = solve(fewer)
    assume(fits(before) and fits(solve(problem)))
    assume(problem.edges[0][:2] not in {lock[:2] for lock in problem.locks})
    assert profile(solve(problem)) >= profile(before)


@many
@given(some.anything)
def test_banning_a_pair_that_is_not_used_changes_neither_shares_nor_score(problem: Problem) -> None:
    before = solve(problem)
    used = {(pair.demand, pair.supply) for pair in before.pairs}
    unused = [Ban(edge.demand, edge.supply) for edge in problem.edges if edge[:2] not in used]
    locks = {lock[:2] for lock in problem.locks}
    after = solve(
        problem.but(bans=[*problem.bans, *(ban for ban in unused if ban not in locks and ban not in problem.bans)])
    )
    assert (profile(after), after.score) == (profile(before), before.score)


@many
@given(some.anything)
def test_locking_what_the_plan_gives_changes_nothing(problem: Problem) -> None:
    before = solve(problem)
    locks = [Lock(pair.demand, pair.supply, pair.amount) for pair in before.pairs]
    after = solve(problem.but(locks=locks))
    assert [pair[:4] for pair in after.pairs] == [pair[:4] for pair in before.pairs]
    assert not [notice for notice in after.notices if notice.lock]


@many
@given(some.problems(said=False), some.problems(said=False, times="any", wholes=True))
def test_two_problems_side_by_side_are_solved_like_each_alone(one: Problem, other: Problem) -> None:
    assume(one.rules.least_or_nothing == other.rules.least_or_nothing)
    rules = Rules(least_or_nothing=one.rules.least_or_nothing)
    left, right = renamed(one.but(rules=rules), "l"), renamed(other.but(rules=rules), "r")
    both = Problem(left.demands + right.demands, left.supplies + right.supplies, left.edges + right.edges, rules=rules)
    together, alone = solve(both), (solve(left), solve(right))
    assert together.score == round(alone[0].score + alone[1].score, 9)
    assert together.figures.least_met == sum(plan.figures.least_met for plan in alone)
    shares = sorted(one.share for plan in alone for one in plan.coverage)
    assert sorted(one.share for one in together.coverage) == shares


def renamed(problem: Problem, prefix: str) -> Problem:
    """Return the problem with other idents and no groups."""
    return replace(
        problem,
        demands=tuple(replace(one, ident=prefix + one.ident, group="") for one in problem.demands),
        supplies=tuple(replace(one, ident=prefix + one.ident, group="") for one in problem.supplies),
        edges=tuple(edge._replace(demand=prefix + edge.demand, supply=prefix + edge.supply) for edge in problem.edges),
    )


def test_a_class_that_wants_one_and_a_school_that_wants_ten_are_evened_by_share() -> None:
    demands = (Demand("school", 10), Demand("class", 1), Demand("club", 5))
    edges = tuple(Edge(one.ident, "firm", 0.5) for one in demands)
    given = {}
    for capacity in (1, 3, 8, 16):
        plan = solve(Problem(demands, (Supply("firm", capacity),), edges))
        given[capacity] = {one.demand: one.given for one in plan.coverage}
    assert given == {
        1: {"class": 1, "club": 0, "school": 0},
        3: {"class": 1, "club": 1, "school": 1},
        8: {"class": 1, "club": 3, "school": 4},
        16: {"class": 1, "club": 5, "school": 10},
    }


def test_fairness_goes_before_the_score_and_the_score_decides_what_is_left() -> None:
    demands = (Demand("near", 2), Demand("far", 2))
    edges = (Edge("near", "x", 1.0), Edge("far", "x", 0.1), Edge("near", "y", 0.9), Edge("far", "y", 0.8))
    plan = solve(Problem(demands, (Supply("x", 1), Supply("y", 1)), edges))
    assert [pair[:3] for pair in plan.pairs] == [("far", "y", 1), ("near", "x", 1)]
    assert plan.notices[0].trouble is Trouble.DEMAND_OVER_SUPPLY
