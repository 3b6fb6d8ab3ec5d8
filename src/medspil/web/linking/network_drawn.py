"""The network as a drawing: parties by colour and form of their sector, links by state, and names that can be read.

A name stands where it lies upon no party and no other name, those with most links first. The others show when one
points at the party or comes to it with the keyboard; the table beneath names them all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from textwrap import shorten

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.web.linking.network_layout import Layout, layout
from medspil.web.map_marks import SECTORS, Mark, path_of

MOST = 250
"""More parties than these are only in the table: those with fewest links."""
LONGEST_NAME = 26
MOST_SOUGHT = 20
_LETTER, _LINE = 7.2, 15.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """How the link between two parties is drawn in one state."""

    label: str | Promise
    colour: str
    width: str
    dashes: str = ""
    weight: int = 0
    """Of two links between the same parties the one with more weight is drawn."""


LINES: dict[str, Line] = {
    "partnership": Line(_("partnership"), "#123f40", "4.500", weight=5),
    "interested": Line(_("interested"), "#1a7f79", "2.500", weight=4),
    "asked": Line(_("asked"), "#a86f0e", "2.500", "9 5", weight=3),
    "idea": Line(_("idea"), "#6f6b63", "1.800", "2 5", weight=2),
    "turned_down": Line(_("turned down"), "#a30000", "1.800", "12 4 2 4", weight=1),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A party: what stands for it, its name and sector, where a click goes, and what is told of it."""

    key: str
    name: str
    sector: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two parties, in a state."""

    one: str
    other: str
    state: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A party as drawn; `words` are empty where its name finds no room."""

    node: Node
    x: str
    y: str
    radius: str
    path: str
    mark: Mark
    label: str
    words_x: str
    words_y: str
    anchor: str
    shown: bool
    near: str
    """The numbers of its neighbours, for the script that lights them up."""
    nth: int


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """A link as drawn."""

    tie: Tie
    line: Line
    x1: str
    y1: str
    x2: str
    y2: str
    ends: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A network ready for linking/_network.html."""

    nodes: list[DrawnNode]
    ties: list[DrawnTie]
    width: str
    height: str
    left_out: int
    sectors: list[tuple[str, Mark]] = field(default_factory=list)
    states: list[tuple[str, Line]] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        """Whether the drawing is too wide for a phone and is moved to and fro there."""
        return float(self.width) > 340


def draw(nodes: Sequence[Node], ties: Sequence[Tie]) -> Picture:
    """Return the drawing of a network."""
    links = Counter(end for tie in ties for end in (tie.one, tie.other))
    chosen = sorted(nodes, key=lambda node: (-links[node.key], node.name, node.key))[:MOST]
    at = {node.key: nth for nth, node in enumerate(chosen)}
    strongest = _strongest([tie for tie in ties if tie.one in at and tie.other in at])
    edges = [(at[tie.one], at[tie.other]) for tie, _more in strongest]
    found = layout(len(chosen), edges)
    near = _near(len(chosen), edges)
    return Picture(
        nodes=_nodes(chosen, found, links, near),
        ties=[_tie(tie, more, found, edge) for (tie, more), edge in zip(strongest, edges, strict=True)],
        width=_number(found.width),
        height=_number(found.height),
        left_out=len(nodes) - len(chosen),
        sectors=[(code, mark) for code, mark in SECTORS.items() if any(node.sector == code for node in chosen)],
        states=[(code, line) for code, line in LINES.items() if any(tie.state == code for tie, _more in strongest)],
    )


def _strongest(ties: Sequence[Tie]) -> list[tuple[Tie, int]]:
    """Return one link for each two parties, the one that came farthest, and how many more there are."""
    found: dict[frozenset[str], list[Tie]] = {}
    for tie in ties:
        if tie.one != tie.other:
            found.setdefault(frozenset((tie.one, tie.other)), []).append(tie)
    best = [(max(some, key=lambda tie: LINES[tie.state].weight), len(some) - 1) for some in found.values()]
    return sorted(best, key=lambda each: LINES[each[0].state].weight)


def _near(count: int, edges: Sequence[tuple[int, int]]) -> list[set[int]]:
    near: list[set[int]] = [set() for _each in range(count)]
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    return near


def _label(name: str) -> str:
    """Return a name as it is drawn: cut after a whole word, so that those who speak to the page say what they see."""
    if len(name) <= LONGEST_NAME:
        return name
    words = shorten(name, LONGEST_NAME, placeholder="…")
    return words if words != "…" else f"{name[: LONGEST_NAME - 1]}…"  # one long word


def _nodes(nodes: Sequence[Node], found: Layout, links: Mapping[str, int], near: Sequence[set[int]]) -> list[DrawnNode]:
    """Return the parties with their names where these find room, those with most links first."""
    radii = [min(15.0, 6.5 + 1.6 * sqrt(links[node.key])) for node in nodes]
    places = list(zip(found.places, radii, strict=True))
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for (x, y), r in places]
    drawn = []
    for nth, (node, ((x, y), radius)) in enumerate(zip(nodes, places, strict=True)):
        label = _label(node.name)
        # Those with most links are who one looks for: their names may stand a little farther off.
        reach = (0, 9, 18, 27) if nth < MOST_SOUGHT else (0,)
        tries = [each for more in reach for each in _around(x, y, radius + more, label)]
        own = taken[nth]
        free = next((each for each in tries if _fits(each[3], taken, own, found)), None)
        words_x, words_y, anchor, box = free or _inside(tries, found)
        if free:
            taken.append(box)
        mark = SECTORS[node.sector]
        drawn.append(
            DrawnNode(
                node=node,
                x=_number(x),
                y=_number(y),
                radius=_number(radius),
                path=path_of(mark.form, x, y, radius),
                mark=mark,
                label=label,
                words_x=_number(words_x),
                words_y=_number(words_y),
                anchor=anchor,
                shown=free is not None,
                near=" ".join(str(other) for other in sorted(near[nth])),
                nth=nth,
            )
        )
    return drawn


def _around(x: float, y: float, radius: float, label: str) -> list[tuple[float, float, str, Box]]:
    """Return where a name may stand: right, left, beneath, above, and the four corners."""
    long, gap = _LETTER * len(label), radius + 4
    middle, corner = (y - _LINE / 2, y + _LINE / 2), radius * 0.7 + 2
    return [
        (x + gap, y + 4.5, "start", (x + gap, middle[0], x + gap + long, middle[1])),
        (x - gap, y + 4.5, "end", (x - gap - long, middle[0], x - gap, middle[1])),
        (x, y + gap + 11, "middle", (x - long / 2, y + gap, x + long / 2, y + gap + _LINE)),
        (x, y - gap - 3, "middle", (x - long / 2, y - gap - _LINE, x + long / 2, y - gap)),
        (x + corner, y + gap + 9, "start", (x + corner, y + gap - 2, x + corner + long, y + gap + _LINE - 2)),
        (x - corner, y + gap + 9, "end", (x - corner - long, y + gap - 2, x - corner, y + gap + _LINE - 2)),
        (x + corner, y - gap - 1, "start", (x + corner, y - gap - _LINE + 2, x + corner + long, y - gap + 2)),
        (x - corner, y - gap - 1, "end", (x - corner - long, y - gap - _LINE + 2, x - corner, y - gap + 2)),
    ]


def _fits(box: Box, taken: Sequence[Box], own: Box, found: Layout) -> bool:
    if not _within(box, found):
        return False
    return all(
        other is own or box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
        for other in taken
    )


def _within(box: Box, found: Layout) -> bool:
    return box[0] >= 0 and box[2] <= found.width and box[1] >= 0 and box[3] <= found.height


def _inside(tries: Sequence[tuple[float, float, str, Box]], found: Layout) -> tuple[float, float, str, Box]:
    """Return a place within the drawing for a name that is shown only when asked for."""
    return next((each for each in tries if _within(each[3], found)), tries[2])


def _tie(tie: Tie, more: int, found: Layout, edge: tuple[int, int]) -> DrawnTie:
    (x1, y1), (x2, y2) = (found.places[end] for end in edge)
    return DrawnTie(
        tie,
        LINES[tie.state],
        _number(x1),
        _number(y1),
        _number(x2),
        _number(y2),
        f"{edge[0]} {edge[1]}",
        more,
    )


def _number(value: float) -> str:
    """Write a number for SVG: a dot whatever the language, one decimal."""
    return f"{value:.1f}"
