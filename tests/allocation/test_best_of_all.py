"""On small problems the plan is as good as the best of all plans there are, by the definition and nothing else."""

from collections.abc import Iterator
from itertools import product

from hypothesis import HealthCheck, assume, given, settings

from medspil.allocation import Plan, Problem, check, solve
from tests.allocation import strategies as some
from tests.allocation.rules import Amounts, allowed, worth

MOST_PLANS = 30_000


def every_plan(problem: Problem, plan: Plan) -> Iterator[Amounts]:
    """Yield all amounts with the locks that the plan kept."""
    kept = {(lock.demand, lock.supply): lock.amount for lock in problem.locks if lock not in plan.set_aside}
    bans = {(ban.demand, ban.supply) for ban in problem.bans}
    wanted = {one.ident: one.wanted for one in problem.demands}
    capacity = {one.ident: one.capacity for one in problem.supplies}
    choices: dict[tuple[str, str], list[int]] = {pair: [amount] for pair, amount in kept.items()}
    for demand, supply, _, most in problem.edges:
        if (demand, supply) not in kept and (demand, supply) not in bans:
            room = min(wanted[demand], capacity[supply], *(() if most is None else (most,)))
            choices[demand, supply] = list(range(room + 1))
    count = 1
    for choice in choices.values():
        count *= len(choice)
    assume(count <= MOST_PLANS)
    for amounts in product(*choices.values()):
        yield dict(zip(choices, amounts, strict=True))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.tiny)
def test_no_plan_is_better(problem: Problem) -> None:
    plan = solve(problem)
    kept = problem.but(locks=[lock for lock in problem.locks if lock not in plan.set_aside])
    best = max(worth(kept, amounts) for amounts in every_plan(problem, plan) if allowed(kept, amounts))
    check(problem, plan)
    assert worth(kept, {(pair.demand, pair.supply): pair.amount for pair in plan.pairs}) == best
    assert plan.optimal
