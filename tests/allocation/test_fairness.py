"""Cases that a plausible shortcut gets wrong: each is the smallest that tells the right aim from the shortcut."""

from medspil.allocation import Demand, Edge, Method, Problem, Rules, Span, Supply, check, solve


def given(problem: Problem) -> dict[str, int]:
    plan = solve(problem)
    check(problem, plan)
    assert plan.optimal
    return {one.demand: one.given for one in plan.coverage}


def test_behind_limits_of_demand_groups_one_that_has_nothing_goes_before_two_that_have_something() -> None:
    """Ranks alone would take two second units for one first: what the limit leaves is no polymatroid."""
    problem = Problem(
        (Demand("x", 3, group="G"), Demand("y", 3, group="G"), Demand("z", 3)),
        (Supply("both", 1), Supply("for y", 2), Supply("for z", 1)),
        (Edge("x", "both", 0.1), Edge("z", "both", 1.0), Edge("y", "for y", 1.0), Edge("z", "for z", 1.0)),
        rules=Rules(demand_groups={"G": 2}),
    )
    assert given(problem) == {"x": 1, "y": 1, "z": 1}


def test_a_unit_that_fills_a_demand_goes_before_one_that_half_fills_another_that_can_get_no_more() -> None:
    demands = (Demand("one", 1, group="G"), Demand("two", 2, group="G"))
    edges = (Edge("one", "x", 0.1), Edge("two", "x", 1.0, 1))
    plain = Problem(demands, (Supply("x", 1),), edges)
    assert given(plain) == {"one": 1, "two": 0}

    behind_a_limit = Problem(demands, (Supply("x", 2),), edges, rules=Rules(demand_groups={"G": 1}))
    assert given(behind_a_limit) == {"one": 1, "two": 0}


def test_the_same_holds_where_it_takes_a_search() -> None:
    demands = (
        Demand("early", 1, times=(Span(0, 2),)),
        Demand("late", 1, times=(Span(2, 4),)),
        Demand("middle", 2, times=(Span(1, 3),)),
    )
    supplies = (Supply("Anna", 1), Supply("Bo", 1))
    edges = (
        Edge("early", "Anna", 0.1),
        Edge("late", "Anna", 0.1),
        Edge("middle", "Anna", 1.0, 1),
        Edge("late", "Bo", 1),
    )
    problem = Problem(demands, supplies, edges)
    assert given(problem) == {"early": 1, "late": 1, "middle": 0}
    assert solve(problem).method is Method.PROGRAM


def test_small_leasts_are_met_first_where_not_all_can_be() -> None:
    demands = (Demand("large", 6, 6), Demand("small", 3, 3), Demand("tiny", 3, 2))
    problem = Problem(demands, (Supply("x", 6),), tuple(Edge(one.ident, "x", 0.5) for one in demands))
    assert solve(problem).figures.least_met == 2
    assert given(problem) == {"large": 1, "small": 3, "tiny": 2}
