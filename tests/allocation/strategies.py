"""Random problems for the property tests: small, crowded, full of ties, with every rule."""

from hypothesis import strategies as st

from medspil.allocation import Ban, Demand, Edge, Lock, Problem, Rules, Span, Supply

SCORES = (0.0, 0.25, 0.5, 0.500001, 1.0)

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 4), st.integers(1, 3))
slots = st.sampled_from(((), (Span(0, 2),), (Span(2, 4),)))
limits = st.none() | st.integers(0, 4)


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    most: int = 4,
    wanted: int = 4,
    leasts: bool = True,
    groups: bool = True,
    times: str = "none",
    wholes: bool = False,
    programs: bool = False,
    said: bool = True,
) -> Problem:
    """A problem of at most so many demands and supplies.

    `times`: none, slots (cliques) or any; `programs`: rules that no network says; `said`: locks and bans.
    """
    group = st.sampled_from(("", "A", "B")) if groups else st.just("")
    when = {"none": st.just(()), "slots": slots, "any": st.lists(spans, max_size=2).map(tuple)}[times]
    demands = []
    for at in range(draw(st.integers(1, most))):
        want = draw(st.integers(0, wanted))
        least = draw(st.integers(0, want)) if leasts else 0
        demands.append(Demand(f"d{at}", want, least, draw(group), draw(when)))
    supplies = [
        Supply(f"s{at}", draw(st.integers(0, wanted)), draw(group), wholes and draw(st.booleans()))
        for at in range(draw(st.integers(1, most)))
    ]
    pairs = [(one.ident, other.ident) for one in demands for other in supplies]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * most))
    edges = [Edge(*pair, draw(st.sampled_from(SCORES)), draw(limits)) for pair in chosen]
    rules = Rules(
        most_per_supply_group=draw(limits) if groups else None,
        most_per_demand_group=draw(limits) if groups else None,
        supply_groups={"A": draw(st.integers(0, 4))} if groups and draw(st.booleans()) else {},
        most_from_group=draw(limits) if groups else None,
        most_to_group=draw(limits) if groups else None,
        most_supplies=draw(st.none() | st.integers(1, 2)) if programs else None,
        least_or_nothing=leasts and draw(st.booleans()),
    )
    locks = draw(
        st.lists(
            st.builds(lambda pair, units: Lock(pair[0], pair[1], units), st.sampled_from(pairs), st.integers(1, 2)),
            max_size=2 if said else 0,
            unique_by=lambda lock: lock[:2],
        )
    )
    bans = draw(st.lists(st.sampled_from(pairs).map(lambda pair: Ban(*pair)), max_size=2 if said else 0, unique=True))
    return Problem(tuple(demands), tuple(supplies), tuple(edges), tuple(locks), tuple(bans), rules)


anything = st.one_of(
    problems(),
    problems(times="slots"),
    problems(times="any", wholes=True, programs=True),
)
tiny = st.one_of(
    problems(most=3, wanted=3, groups=False),
    problems(most=3, wanted=3),
    problems(most=3, wanted=3, times="slots"),
    problems(most=3, wanted=2, times="any", programs=True),
    problems(most=3, wanted=3, wholes=True, programs=True),
)
