"""Problems that contradict themselves in form are refused in a sentence."""

from collections.abc import Callable

import pytest

from medspil.allocation import (
    MOST_AMOUNT,
    MOST_UNITS,
    Demand,
    Edge,
    Lock,
    Problem,
    ProblemInvalid,
    ProblemTooLarge,
    Rules,
    Span,
    Supply,
)

A, X, AX = Demand("a", 1), Supply("x", 1), Edge("a", "x", 0.5)

REFUSED: dict[str, Callable[[], object]] = {
    "the least is": lambda: Demand("a", 1, 2),
    "a: the least": lambda: Demand("a", -1),
    "at most 2,147,483,647": lambda: Demand("a", MOST_AMOUNT + 1),
    "ends after": lambda: Demand("a", 1, times=(Span(5, 5),)),
    "x: a capacity": lambda: Supply("x", -1),
    "A limit": lambda: Rules(most_supplies=-1),
    "The demand a comes twice": lambda: Problem((A, A), (X,), ()),
    "The supply x comes twice": lambda: Problem((A,), (X, X), ()),
    "The edge .* comes twice": lambda: Problem((A,), (X,), (AX, AX)),
    "The lock .* comes twice": lambda: Problem((A,), (X,), (AX,), (Lock("a", "x", 1), Lock("a", "x", 2))),
    "somebody unknown": lambda: Problem((A,), (X,), (Edge("a", "y", 0.5),)),
    "The score of a and x": lambda: Problem((A,), (X,), (Edge("a", "x", float("nan")),)),
    "not from 0 to 1": lambda: Problem((A,), (X,), (Edge("a", "x", 1.1),)),
    "The most for a and x": lambda: Problem((A,), (X,), (Edge("a", "x", 1.0, -1),)),
    "A lock is": lambda: Problem((A,), (X,), (AX,), (Lock("a", "x", 0),)),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_it_is_refused(sentence: str) -> None:
    with pytest.raises(ProblemInvalid, match=sentence):
        REFUSED[sentence]()


def test_more_units_than_can_be_counted_are_refused_and_as_many_as_can_are_not() -> None:
    Problem((Demand("a", MOST_UNITS),), (X,), ())
    with pytest.raises(ProblemTooLarge, match="count larger"):
        Problem((Demand("a", MOST_UNITS), Demand("b", 1)), (X,), ())


def test_limits_of_groups_hold_for_those_with_a_group_and_a_named_one_goes_first() -> None:
    rules = Rules(supply_groups={"A": 3}, most_per_supply_group=1, demand_groups={"B": 0})
    assert [rules.of_supply_group(name) for name in ("A", "B", "")] == [3, 1, None]
    assert [rules.of_demand_group(name) for name in ("A", "B", "")] == [None, 0, None]
