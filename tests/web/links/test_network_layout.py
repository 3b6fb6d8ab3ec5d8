"""A network drawn: nobody stands upon anybody however they are linked, and the same network gives the same picture."""

from itertools import combinations
from math import hypot
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.web.linking.network_drawn import Node, Picture, Tie, draw

Edge = tuple[int, int]


def picture(count: int, edges: list[Edge]) -> Picture:
    nodes = [Node(str(number), f"Forening nr. {number}", "voluntary") for number in range(count)]
    return draw(nodes, [Tie(str(one), str(other), "asked", "/koblinger/1/", "") for one, other in edges])


def overlaps(found: Picture) -> list[tuple[str, str]]:
    """Return the pairs of parties that stand upon each other."""
    return [
        (one.node.name, other.node.name)
        for one, other in combinations(found.nodes, 2)
        if hypot(float(one.x) - float(other.x), float(one.y) - float(other.y)) < float(one.radius) + float(other.radius)
    ]


def outside(found: Picture) -> list[str]:
    """Return the parties that do not stand wholly on the paper."""
    width, height = float(found.width), float(found.height)
    return [
        one.node.name
        for one in found.nodes
        if not (
            float(one.radius) <= float(one.x) <= width - float(one.radius)
            and float(one.radius) <= float(one.y) <= height - float(one.radius)
        )
    ]


_dice = Random(7)
SHAPES: dict[str, list[Edge]] = {
    "a star": [(0, other) for other in range(1, 200)],
    "a chain": [(one, one + 1) for one in range(199)],
    "by chance": [(_dice.randrange(200), _dice.randrange(200)) for _each in range(260)],
    "a tree": [(one, _dice.randrange(one)) for one in range(1, 200)],
    "twenty companies and the rest": [(_dice.randrange(20), 20 + _dice.randrange(180)) for _each in range(220)],
    "all of forty": list(combinations(range(40), 2)),
    "nobody": [],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_two_hundred_parties_stand_apart_on_the_paper(shape: str) -> None:
    found = picture(200, SHAPES[shape])
    assert len(found.nodes) == 200
    assert overlaps(found) == []
    assert outside(found) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 30).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60),
)))  # fmt: skip
def test_however_they_are_linked_nobody_stands_upon_anybody(network: tuple[int, list[Edge]]) -> None:
    found = picture(*network)
    assert overlaps(found) == []
    assert outside(found) == []


def test_the_same_network_gives_the_same_picture() -> None:
    edges = SHAPES["by chance"]
    assert picture(200, edges) == picture(200, edges)
