"""The board as a map: a line for each pair, the thicker the more; those who ask as circles, those who give as squares.

A drawing that is complete without JavaScript. The cards beneath it say the same in words.
"""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from django.utils.translation import gettext as _

from medspil.rounds.building import asker_of, giver_of
from medspil.rounds.services import Standing
from medspil.rounds.sheet import Line
from medspil.web.map_towns import HEIGHT, WIDTH, Box, Frame, Town, dots_in, land_width, readable
from medspil.web.rounds.shown import FULL, NEW, NOTHING, PARTLY, STATE_COLOURS, Board

GIVER = "#5a3d7a"
TOGETHER = 12  # pixels: marks nearer than this would lie upon each other
RING = 11
GOLDEN = pi * (3 - sqrt(5))
UNKNOWN = "#6f6b63"

Key = tuple[str, int]
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A pair."""

    x1: str
    y1: str
    x2: str
    y2: str
    width: str
    locked: bool
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A row that asks or gives."""

    x: str
    y: str
    fill: str
    hollow: bool
    title: str
    href: str = ""

    @property
    def corner(self) -> str:
        """Return the path of a square around the place."""
        return f"M{float(self.x) - 7:.1f} {float(self.y) - 7:.1f}h14v14h-14z"


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it, as drawn."""

    lines: list[DrawnLine]
    askers: list[Mark]
    givers: list[Mark]
    towns: list[Town]
    dots: str
    land_width: str
    caption: str
    without_place: int
    legend: list[tuple[str, str, bool]]


def picture_of(board: Board, standing: Standing) -> Picture | None:
    """Return the map of the pairs on the board; None when nobody's place is known."""
    asking = {card.demand.pk: asker_of(card.demand) for card in board.cards}
    paired = {pair.giver for card in board.cards for pair in card.pairs}
    left = {one.supply.pk for one in board.left}
    giving = {one.pk: giver_of(one) for one in standing.rows.supplies if one.pk in paired | left}
    points = [one.point for one in (*asking.values(), *giving.values()) if one.point]
    if not points:
        return None
    frame = _frame(points)
    placed = {("asker", pk): _place(frame, one) for pk, one in asking.items()}
    placed |= {("giver", pk): _place(frame, one) for pk, one in giving.items()}
    places = _apart(placed)
    most = max((pair.amount for card in board.cards for pair in card.pairs), default=1)
    lines = []
    for card in board.cards:
        for pair in card.pairs:
            start, end = places.get(("asker", card.demand.pk)), places.get(("giver", pair.giver))
            if start and end:
                title = f"{card.demand.label} – {pair.name}: {pair.amount}, {pair.away}"
                lines.append(_line(start, end, pair.amount / most, title, locked=pair.locked))
    askers = [
        Mark(*_text(place), STATE_COLOURS.get(card.state, UNKNOWN), card.state in (NOTHING, NEW), card.demand.label,
             href=f"#{card.ident}")
        for card in board.cards
        if (place := places[("asker", card.demand.pk)])
    ]  # fmt: skip
    givers = [
        Mark(*_text(place), GIVER, pk not in paired, giving[pk].label)
        for pk in giving
        if (place := places[("giver", pk)])
    ]
    taken: list[Box] = [
        (float(one.x) - 9, float(one.y) - 9, float(one.x) + 9, float(one.y) + 9) for one in (*askers, *givers)
    ]
    return Picture(
        lines=lines,
        askers=askers,
        givers=givers,
        towns=readable(frame, taken),
        dots="".join(f"M{x:.0f} {y:.0f}h0" for x, y in (frame.place(*dot) for dot in dots_in(frame))),
        land_width=land_width(frame),
        caption=_("Who gets from whom"),
        without_place=sum(1 for place in places.values() if place is None),
        legend=_legend(board),
    )


def _frame(points: list[tuple[float, float]]) -> Frame:
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    wide, high = max(east - west, 3_000.0) * 1.2, max(north - south, 3_000.0) * 1.2
    return Frame((west + east) / 2, (south + north) / 2, scale=min(WIDTH / wide, HEIGHT / high))


def _apart(placed: dict[Key, Spot | None]) -> dict[Key, Spot | None]:
    """Move marks that would lie upon each other apart: around their place, in rings of more and more."""
    there: dict[tuple[int, int], list[Key]] = {}
    for key, place in placed.items():
        if place:
            there.setdefault((round(place[0] / TOGETHER), round(place[1] / TOGETHER)), []).append(key)
    found = dict(placed)
    for keys in there.values():
        if len(keys) == 1:
            continue
        for at, key in enumerate(keys):
            x, y = placed[key] or (0.0, 0.0)
            # As seeds lie in a sunflower: every mark a little further out, none before another.
            radius, angle = RING * sqrt(at + 0.5), at * GOLDEN
            found[key] = (x + radius * cos(angle), y + radius * sin(angle))
    return found


def _place(frame: Frame, row: Line) -> tuple[float, float] | None:
    return frame.place(*row.point) if row.point else None


def _line(start: tuple[float, float], end: tuple[float, float], share: float, title: str, *, locked: bool) -> DrawnLine:
    return DrawnLine(*_text(start), *_text(end), f"{1.5 + 4.5 * share:.1f}", locked, title)


def _text(place: tuple[float, float]) -> tuple[str, str]:
    return f"{place[0]:.1f}", f"{place[1]:.1f}"


def _legend(board: Board) -> list[tuple[str, str, bool]]:
    words = {
        FULL: _("{row} with all it wants"),
        PARTLY: _("{row} with some of it"),
        NOTHING: _("{row} with nothing yet"),
    }
    there = {card.state for card in board.cards}
    row = str(board.kind.demand.one)
    return [
        (text.format(row=row), STATE_COLOURS[state], state == NOTHING)
        for state, text in words.items()
        if state in there
    ]
