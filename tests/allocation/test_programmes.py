"""The three programmes in small: classes and companies, computers and projects, volunteers and weekly slots."""

from medspil.allocation import (
    Demand,
    Edge,
    Lock,
    Method,
    Problem,
    Reason,
    Rules,
    Span,
    Supply,
    check,
    lock_pair,
    price,
    solve,
)

MONDAY, TUESDAY = 0, 24 * 60


def given(problem: Problem) -> dict[tuple[str, str], int]:
    plan = solve(problem)
    check(problem, plan)
    assert plan.optimal
    return {(pair.demand, pair.supply): pair.amount for pair in plan.pairs}


def test_classes_and_companies_every_class_gets_one_before_a_school_gets_two_from_the_same_firm() -> None:
    classes = tuple(Demand(name, 1, 1, group=name[0]) for name in ("A4", "A5", "B4"))
    firms = (Supply("bakery", 2), Supply("port", 1))
    near = (
        Edge("A4", "bakery", 0.9),
        Edge("A5", "bakery", 0.9),
        Edge("B4", "bakery", 0.2),
        Edge("A5", "port", 0.1),
    )
    problem = Problem(classes, firms, near)
    assert given(problem) == {("A4", "bakery"): 1, ("A5", "port"): 1, ("B4", "bakery"): 1}

    spread = problem.but(rules=Rules(most_to_group=1))
    assert given(spread) == {("A4", "bakery"): 1, ("A5", "port"): 1, ("B4", "bakery"): 1}

    keeps = problem.but(locks=[Lock("A5", "bakery", 1)])
    assert solve(keeps).figures.least_met == 2
    cost = price(problem, solve(problem), lock_pair("A5", "bakery", 1))
    assert [one.demand for one in cost.differences] == [cost.plan.shortages[0].demand]


def test_a_class_keeps_one_company_though_two_could_share_it() -> None:
    problem = Problem(
        (Demand("4a", 2),), (Supply("x", 1), Supply("y", 2)), (Edge("4a", "x", 1.0), Edge("4a", "y", 0.1))
    )
    assert given(problem) == {("4a", "x"): 1, ("4a", "y"): 1}
    assert given(problem.but(rules=Rules(most_supplies=1))) == {("4a", "y"): 2}


def test_computers_and_projects_lots_go_whole_or_split() -> None:
    projects = (Demand("library", 20, 5), Demand("homework", 12, 5), Demand("café", 6, 3))
    lots = (("bank", 12), ("school", 8), ("shop", 6))
    edges = tuple(Edge(project.ident, name, 0.5) for project in projects for name, _ in lots)
    split = Problem(projects, tuple(Supply(name, size) for name, size in lots), edges)
    whole = Problem(projects, tuple(Supply(name, size, whole=True) for name, size in lots), edges)

    assert sum(given(split).values()) == 26
    assert solve(split).figures.smallest_share > 0.6
    lots_given = given(whole)
    assert sorted(lots_given.values()) == [6, 8, 12]
    assert lots_given["café", "shop"] == 6
    assert solve(whole).figures.least_met == 3
    assert solve(whole).method is Method.PROGRAM


def test_a_lot_that_fits_nobody_stays_and_says_so() -> None:
    problem = Problem((Demand("café", 6),), (Supply("bank", 12, whole=True),), (Edge("café", "bank", 1.0),))
    plan = solve(problem)
    assert plan.pairs == ()
    assert [(limit.reason, limit.names) for limit in plan.shortages[0].limits] == [
        (Reason.LOT_TOO_LARGE, ("bank",)),
    ]


def test_volunteers_and_slots_nobody_is_in_two_places_at_one_time() -> None:
    slots = (
        Demand("homework", 1, times=(Span(MONDAY + 960, MONDAY + 1080),)),
        Demand("football", 1, times=(Span(MONDAY + 1020, MONDAY + 1140), Span(TUESDAY + 960, TUESDAY + 1020))),
        Demand("café", 1, times=(Span(TUESDAY + 990, TUESDAY + 1050),)),
        Demand("garden", 1),
    )
    people = (Supply("Anna", 4), Supply("Bo", 1))
    edges = (*(Edge(slot.ident, "Anna", 0.9) for slot in slots), Edge("football", "Bo", 0.2))
    problem = Problem(slots, people, edges)
    assert given(problem) == {
        ("café", "Anna"): 1,
        ("football", "Bo"): 1,
        ("garden", "Anna"): 1,
        ("homework", "Anna"): 1,
    }
    without = Problem(slots, people[:1], edges[:4])
    plan = solve(without)
    assert plan.method is Method.PROGRAM
    assert [(one.demand, one.limits[0].reason) for one in plan.shortages] == [("football", Reason.TIME_CLASH)]


def test_fixed_slots_of_the_week_are_still_a_network() -> None:
    slots = tuple(
        Demand(f"{day}{place}", 1, times=(Span(day * 60, day * 60 + 60),)) for day in range(3) for place in "xy"
    )
    people = (Supply("Anna", 3), Supply("Bo", 2), Supply("Carl", 1))
    edges = tuple(Edge(slot.ident, one.ident, 0.5) for slot in slots for one in people)
    plan = solve(Problem(slots, people, edges))
    assert plan.method is Method.FLOW
    assert plan.optimal
    assert plan.figures.full == 6


def test_least_or_nothing_gives_to_two_what_would_be_too_little_for_three() -> None:
    clubs = tuple(Demand(name, 4, 3) for name in ("a", "b", "c"))
    edges = tuple(Edge(club.ident, "x", score) for club, score in zip(clubs, (0.2, 0.5, 0.9), strict=True))
    problem = Problem(clubs, (Supply("x", 8),), edges)
    assert given(problem) == {("a", "x"): 2, ("b", "x"): 3, ("c", "x"): 3}
    plan = solve(problem.but(rules=Rules(least_or_nothing=True)))
    assert {pair.demand: pair.amount for pair in plan.pairs} == {"b": 4, "c": 4}
    assert plan.shortages[0].limits[0].reason is Reason.SUPPLY_FULL
