"""Maps without tiles: rings, border, towns and points, as a drawing and as data for the map that moves.

The drawing is complete without JavaScript; the script in static/medspil/map.js takes over the same data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot, log10
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.geography.places import towns_within
from medspil.geography.projection import to_degrees, to_metres

WIDTH, HEIGHT = 800, 600
MOST_TOWNS = 40
# Kind of point -> what the legend says, fill, line. Kinds differ in form too: kept has a middle, set aside is hollow.
KINDS: dict[str, tuple[str | Promise, str, str]] = {
    "company": (_("company"), "#c65a17", "#ffffff"),
    "kept": (_("kept"), "#1f6f6b", "#ffffff"),
    "set_aside": (_("set aside"), "#ffffff", "#55534d"),
    "area": (_("area"), "#123f40", "#ffd27a"),
    "organisation": (_("organisation"), "#5a3d7a", "#ffffff"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """Something on the map: east and north in metres (EPSG:25832), a name, perhaps a link; size from 0 to 1."""

    ident: str
    x: float
    y: float
    label: str
    href: str = ""
    kind: str = "company"
    size: float = 0.4
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point as drawn."""

    point: Point
    x: str
    y: str
    radius: str
    fill: str
    line: str


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of a distance around the centre, as drawn."""

    radius: str
    label: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Town:
    """The name of a town, as drawn."""

    name: str
    x: str
    y: str
    text_x: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map ready for components/_map.html."""

    ident: str
    caption: str | Promise
    middle: tuple[str, str] | None
    rings: list[Ring]
    border: list[str]
    towns: list[Town]
    spots: list[Spot]
    legend: list[tuple[str, str | Promise, str, str]]
    scale: tuple[str, str]
    outside: int
    beside_list: bool
    data: dict[str, Any]

    @property
    def data_id(self) -> str:
        """Return the id of the element that carries the data for the script."""
        return f"{self.ident}-data"

    @property
    def points(self) -> list[Point]:
        """Return the points, for the list beneath the map."""
        return [spot.point for spot in self.spots]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the land is drawn: the middle, and how many pixels a metre takes."""

    x: float
    y: float
    scale: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        return WIDTH / 2 + (x - self.x) * self.scale, HEIGHT / 2 - (y - self.y) * self.scale

    def holds(self, x: float, y: float) -> bool:
        left, top = self.place(x, y)
        return 0 <= left <= WIDTH and 0 <= top <= HEIGHT


def build(
    *,
    caption: str | Promise,
    centre: tuple[float, float] | None = None,
    rings_km: Sequence[float] = (1, 2, 5, 10),
    points: Iterable[Point] = (),
    border: dict[str, Any] | None = None,
    ident: str = "map",
    beside_list: bool = False,
) -> Map:
    """Return a map that shows the border and as many rings as the points need.

    `beside_list` says that the page lists the same points with `data-point`; otherwise the map lists them itself.
    """
    found = list(points)
    outline = _outline(border)
    corners = [corner for ring in outline for corner in ring]
    frame = _frame(centre, rings_km, found, corners)
    spots = [_spot(frame, point) for point in found if frame.holds(point.x, point.y)]
    towns = _towns(frame)
    kinds = dict.fromkeys(spot.point.kind for spot in spots)
    return Map(
        ident=ident,
        caption=caption,
        middle=_pair(frame.place(*centre)) if centre else None,
        rings=[_ring(frame, km) for km in rings_km] if centre else [],
        border=[" ".join(",".join(_pair(frame.place(*corner))) for corner in ring) for ring in outline],
        towns=[_town(frame, name, x, y) for name, x, y in _room_for(frame, towns)],
        spots=sorted(spots, key=lambda spot: -spot.point.size),
        legend=[(kind, *KINDS[kind]) for kind in kinds] if len(kinds) > 1 else [],
        scale=_scale(frame),
        outside=len(found) - len(spots),
        beside_list=beside_list,
        data=_data(frame, centre=centre, rings_km=rings_km, points=found, border=border, towns=towns),
    )


def _outline(border: dict[str, Any] | None) -> list[list[tuple[float, float]]]:
    """Return the outer rings of a GeoJSON polygon (or several) in metres."""
    if not border:
        return []
    shape = border.get("geometry") or border
    polygons = [shape["coordinates"]] if shape.get("type") == "Polygon" else shape.get("coordinates", [])
    return [[to_metres(corner[0], corner[1]) for corner in polygon[0]] for polygon in polygons]


def _frame(
    centre: tuple[float, float] | None,
    rings_km: Sequence[float],
    points: list[Point],
    corners: list[tuple[float, float]],
) -> _Frame:
    """Return the part of the land to draw: around the centre as far as needed, or around everything there is."""
    everything = [(point.x, point.y) for point in points] + corners
    if centre:
        farthest = max((hypot(x - centre[0], y - centre[1]) for x, y in everything), default=0.0)
        reach = next((km * 1000 for km in sorted(rings_km) if km * 1000 >= farthest), max(rings_km, default=1) * 1000)
        return _Frame(*centre, scale=HEIGHT / 2 / (reach * 1.08))
    if not everything:
        return _Frame(600_000, 6_225_000, scale=HEIGHT / 420_000)  # all of Denmark
    west, east = min(x for x, _y in everything), max(x for x, _y in everything)
    south, north = min(y for _x, y in everything), max(y for _x, y in everything)
    wide, high = max(east - west, 2_000.0) * 1.25, max(north - south, 2_000.0) * 1.25
    return _Frame((west + east) / 2, (south + north) / 2, scale=min(WIDTH / wide, HEIGHT / high))


def _spot(frame: _Frame, point: Point) -> Spot:
    x, y = _pair(frame.place(point.x, point.y))
    _legend, fill, line = KINDS[point.kind]
    return Spot(point, x, y, _number(5 + 8 * max(0.0, min(1.0, point.size))), fill, line)


def _ring(frame: _Frame, km: float) -> Ring:
    radius = km * 1000 * frame.scale
    return Ring(radius=_number(radius), label=f"{km:g} km", label_y=_number(HEIGHT / 2 - radius + 16))


def _towns(frame: _Frame) -> list[tuple[str, float, float]]:
    """Return towns in sight, nearest to the middle first, each name once."""
    radius = hypot(WIDTH, HEIGHT) / 2 / frame.scale
    names: dict[str, tuple[float, float]] = {}
    for place, _distance in towns_within(frame.x, frame.y, radius):
        names.setdefault(place.name, (place.x, place.y))
    return [(name, x, y) for name, (x, y) in names.items()]


def _room_for(frame: _Frame, towns: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Return the towns whose names can be read: inside the drawing and not upon one another."""
    taken: list[tuple[float, float, float, float]] = []
    shown = []
    for name, east, north in towns:
        x, y = frame.place(east, north)
        box = (x - 6, y - 12, x + 16 + 8 * len(name), y + 10)
        inside = 0 < box[0] and box[2] < WIDTH and 14 < box[1] and box[3] < HEIGHT - 36
        if inside and all(_apart(box, other) for other in taken):
            taken.append(box)
            shown.append((name, east, north))
        if len(shown) == MOST_TOWNS:
            break
    return shown


def _apart(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def _town(frame: _Frame, name: str, east: float, north: float) -> Town:
    x, y = frame.place(east, north)
    return Town(name, _number(x), _number(y), _number(x + 8), _number(y + 5))


def _scale(frame: _Frame) -> tuple[str, str]:
    """Return the width of the scale bar and what it says: a round number of metres that fits a fifth of the map."""
    metres = WIDTH / 5 / frame.scale
    step = 10 ** floor(log10(metres))
    length = max(factor * step for factor in (1, 2, 5) if factor * step <= metres)
    return _number(length * frame.scale), f"{length / 1000:g} km" if length >= 1000 else f"{ceil(length)} m"


def _data(
    frame: _Frame,
    *,
    centre: tuple[float, float] | None,
    rings_km: Sequence[float],
    points: list[Point],
    border: dict[str, Any] | None,
    towns: list[tuple[str, float, float]],
) -> dict[str, Any]:
    """Return what the script needs, in degrees as it wants them: latitude first."""
    half_x, half_y = WIDTH / 2 / frame.scale, HEIGHT / 2 / frame.scale
    return {
        "bounds": [_latlon(frame.x - half_x, frame.y - half_y), _latlon(frame.x + half_x, frame.y + half_y)],
        "centre": _latlon(*centre) if centre else None,
        "rings": list(rings_km) if centre else [],
        "border": border,
        "towns": [{"name": name, "at": _latlon(x, y)} for name, x, y in towns[: MOST_TOWNS * 2]],
        "points": [
            {
                "ident": point.ident,
                "at": _latlon(point.x, point.y),
                "label": point.label,
                "note": point.note,
                "href": point.href,
                "kind": point.kind,
                "fill": KINDS[point.kind][1],
                "line": KINDS[point.kind][2],
                "radius": round(5 + 8 * max(0.0, min(1.0, point.size)), 1),
            }
            for point in points
        ],
    }


def _latlon(x: float, y: float) -> list[float]:
    longitude, latitude = to_degrees(x, y)
    return [round(latitude, 6), round(longitude, 6)]


def _pair(place: tuple[float, float]) -> tuple[str, str]:
    return _number(place[0]), _number(place[1])


def _number(value: float) -> str:
    """Write a number for SVG: a dot whatever the language, one decimal."""
    return f"{value:.1f}"
