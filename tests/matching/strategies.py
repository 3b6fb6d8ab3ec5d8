"""Random registers, needs and filters for the property tests: small worlds full of ties and edges."""

from hypothesis import strategies as st

from medspil.matching import AffinityTable, Filters, Model, Need, Profile, UnitRecord, Wanted, Weights

KINDS = ("jobs", "rooms", "skills")
WORDS = ("tømrer", "maler", "café", "it", "rengøring", "@aarhus", "@odense")
INDUSTRIES = ("433200", "433410", "561110", "620100", "")
MUNICIPALITIES = (0, 101, 461, 751, 815)

TABLE = AffinityTable(
    "test",
    KINDS,
    {
        ("43", ""): (0.9, 0.0, 0.6),
        ("4334", ""): (0.6, 0.1, 0.3),
        ("4334", "DB25"): (0.2, 0.2, 0.9),
        ("56", ""): (0.4, 0.8, 0.0),
    },
)

lattice = st.integers(0, 6).map(lambda step: 500_000.0 + 2_500.0 * step)
places = st.none() | st.tuples(lattice, lattice) | st.tuples(st.floats(0, 9e5), st.floats(0, 7e6))
weights_of_words = st.dictionaries(st.sampled_from(WORDS), st.sampled_from((0.4, 1.0, 3.0)), max_size=4)


@st.composite
def records(draw: st.DrawFn, number: int) -> UnitRecord:
    """One unit of the given number."""
    place = draw(places)
    return UnitRecord(
        number=number,
        industry=draw(st.sampled_from(INDUSTRIES)),
        code_system=draw(st.sampled_from(("DB07", "DB25"))),
        municipality=draw(st.sampled_from(MUNICIPALITIES)),
        x=place[0] if place else None,
        y=place[1] if place else None,
        size=draw(st.integers(-1, 10)),
        active=draw(st.sampled_from((True, True, True, False))),
        protected=draw(st.sampled_from((False, False, True))),
        sector=draw(st.integers(0, 2)),
        terms=draw(weights_of_words),
    )


@st.composite
def registers(draw: st.DrawFn) -> list[UnitRecord]:
    """A register, empty at times; many units are copies of a few, so that ties are common."""
    numbers = draw(st.lists(st.integers(0, 400), unique=True, max_size=25))
    found = [draw(records(number)) for number in numbers]
    copies = draw(st.integers(0, 120))
    if not found:
        return []
    return found + [_copy(found[at % len(found)], 1000 + at) for at in range(copies)]


def _copy(record: UnitRecord, number: int) -> UnitRecord:
    fields = {name: getattr(record, name) for name in UnitRecord.__slots__}
    return UnitRecord(**{**fields, "number": number})


profiles = st.builds(
    Profile,
    themes=st.frozensets(st.sampled_from(("youth", "health", "jobs"))),
    csr=st.none() | st.booleans(),
    global_compact=st.booleans(),
    volunteering=st.booleans(),
    earlier_partnerships=st.integers(0, 3),
    in_contact=st.booleans(),
    champion_known=st.booleans(),
    through_network=st.booleans(),
    recent_approaches=st.integers(0, 3),
    open_offers=st.integers(0, 3),
    terms=st.just({})
    | st.dictionaries(st.sampled_from((*WORDS, "unknown")), st.sampled_from((0.0, 0.4, 3.0)), max_size=3),
    declined=st.just(frozenset()) | st.frozensets(st.sampled_from((*KINDS, "unheard of")), max_size=4),
)
numbers = st.integers(0, 400) | st.integers(1000, 1119)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    """A need with or without a place, gates, records of our own."""
    place = draw(places)
    wanted = st.builds(Wanted, st.sampled_from(KINDS), st.sampled_from((0.5, 1.0, 2.0)))
    radius = st.none() | st.sampled_from((0.0, 2_500.0, 5_000.0, 9_000.0)) | st.floats(0, 1e6)
    return Need(
        wanted=tuple(draw(st.lists(wanted, max_size=3))),
        terms=draw(weights_of_words | st.just({"unknown": 1.0, "it": 1.0})),
        themes=draw(st.frozensets(st.sampled_from(("youth", "health")))),
        x=place[0] if place else None,
        y=place[1] if place else None,
        scale_m=draw(st.sampled_from((1_000.0, 10_000.0))),
        radius_m=draw(radius) if place else None,
        municipalities=draw(st.none() | st.frozensets(st.sampled_from(MUNICIPALITIES))),
        effort=draw(st.integers(1, 20)),
        profiles=draw(st.dictionaries(numbers, profiles, max_size=8)),
        turned_down=draw(st.frozensets(numbers, max_size=8)),
        consented=draw(st.frozensets(numbers, max_size=8)),
    )


filters = st.builds(
    Filters,
    sectors=st.none() | st.frozensets(st.integers(0, 2)),
    sizes=st.none() | st.frozensets(st.integers(-1, 10)),
    model=st.none() | st.sampled_from(Model),
    max_distance_m=st.none() | st.sampled_from((0.0, 2_500.0, 7_000.0)),
)
weight = st.floats(0, 5)
weights = st.builds(
    lambda first, *rest: Weights(first + 0.1, *rest), weight, weight, weight, weight, weight, weight, weight
)
