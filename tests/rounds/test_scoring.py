"""The score of a pair is the sum of its parts, whatever the facts; what nobody stated leaves nobody out."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.rounds.answering import answer, built
from medspil.rounds.programmes import PROGRAMMES, Part
from medspil.rounds.scoring import Bar, Scored, Scorer
from medspil.rounds.sheet import Asker, Giver, Held, Sheet, sheet_of

PLACES = st.one_of(st.none(), st.floats(450_000, 900_000))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "grade": st.integers(0, 10),
        "grades": st.lists(st.integers(0, 10), max_size=4),
        "pupils": st.integers(1, 30),
        "room": st.integers(1, 30),
        "languages": st.lists(st.sampled_from(["dansk", "arabisk"]), max_size=2),
        "equipment": st.lists(st.sampled_from(["bærbar", "stationær"]), max_size=2),
        "applied_on": st.sampled_from(["2026-01-01", "2026-02-01"]),
        "times": st.lists(st.sampled_from([[3, 900, 1020], [3, 960, 1080], [1, 600, 720]]), max_size=2),
    },
)


def rows(kind: type[Any], amount: str) -> st.SearchStrategy[list[Any]]:
    """Return rows of one side with their own idents."""
    fields = st.fixed_dictionaries({"x": PLACES, "y": PLACES, "facts": FACTS, amount: st.integers(1, 4)})
    return st.lists(fields, min_size=1, max_size=5).map(
        lambda made: [kind(ident=str(at), label=f"{kind.__name__} {at}", **one) for at, one in enumerate(made)]
    )


SHEETS = st.builds(
    lambda kind, rules, askers, givers: Sheet(kind, rules, tuple(askers), tuple(givers)),
    st.sampled_from(sorted(PROGRAMMES)),
    st.fixed_dictionaries({"fit_only": st.booleans(), "max_km": st.one_of(st.none(), st.integers(1, 200))}),
    rows(Asker, "wanted"),
    rows(Giver, "capacity"),
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(SHEETS)
def test_a_score_is_the_sum_of_its_parts_and_lies_within_0_and_1(sheet: Sheet) -> None:
    scorer = Scorer(sheet)
    for asker in sheet.askers:
        for giver in sheet.givers:
            judged = scorer.judge(asker, giver)
            if isinstance(judged, Scored):
                told = judged.plain()
                summed = sum(share * (0.5 if value is None else value) for _part, share, value in told["parts"])
                assert 0 < told["score"] <= 1
                assert told["score"] == pytest.approx(max(0.01, summed), abs=1e-3)
            else:
                assert judged in Bar


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(SHEETS)
def test_every_giver_is_either_a_pair_or_counted_with_its_reason(sheet: Sheet) -> None:
    made = built(sheet)
    for asker in sheet.askers:
        edges = sum(edge.demand == asker.ident for edge in made.problem.edges)
        assert edges + made.bars[asker.ident].total() == len(sheet.givers)
        for giver in sheet.givers:
            judged = Scorer(sheet).judge(asker, giver)
            there = any((edge.demand, edge.supply) == (asker.ident, giver.ident) for edge in made.problem.edges)
            assert there is isinstance(judged, Scored)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(SHEETS)
def test_the_answer_keeps_every_rule_and_explains_every_shortage(sheet: Sheet) -> None:
    found = answer(sheet)
    given_to = {one.ident: 0 for one in sheet.askers}
    for pair in found["pairs"]:
        given_to[pair["asker"]] += pair["amount"]
    short = {one["asker"] for one in found["short"]}
    assert short == {one.ident for one in sheet.askers if given_to[one.ident] < one.wanted}
    assert found == answer(sheet)
    assert sheet_of(sheet.plain()) == sheet


def test_what_nobody_stated_leaves_nobody_out() -> None:
    asker, giver = Asker(ident="1", label="7.A", facts={"grade": 7}), Giver(ident="1", label="Firma")
    sheet = Sheet("classes", {}, (asker,), (giver,))
    judged = Scorer(sheet).judge(asker, giver)
    assert isinstance(judged, Scored)
    values = {one.part: one.value for one in judged.parts}
    assert values[Part.NEARNESS] is None
    assert values[Part.GRADE] is None


def test_a_lock_goes_before_the_facts_and_is_marked() -> None:
    asker = Asker(ident="1", label="7.A", facts={"grade": 7})
    giver = Giver(ident="1", label="Firma", facts={"grades": [9]})
    sheet = Sheet("classes", {}, (asker,), (giver,), held=(Held("1", "1", 1),))
    (pair,) = answer(sheet)["pairs"]
    assert (pair["locked"], pair["against"]) == (True, "grade")


@pytest.mark.parametrize("kind", sorted(PROGRAMMES))
def test_the_parts_of_each_kind_come_to_one(kind: str) -> None:
    assert sum(PROGRAMMES[kind].score.values()) == pytest.approx(1)
