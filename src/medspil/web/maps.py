"""Maps without tiles: rings, border, towns and points, as a drawing and as data for the map that moves.

The drawing is complete without JavaScript; the script in static/medspil/map.js takes over the same data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, hypot, log10
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.geography.projection import to_degrees, to_metres
from medspil.web.map_marks import KINDS, Mark, apart, path_of
from medspil.web.map_towns import HEIGHT, WIDTH, Box, Frame, Town, around, dots_in, fits, land_width, readable

# What the map that moves says by itself; the library's own words are English.
WORDS = {"zoom_in": _("Zoom in"), "zoom_out": _("Zoom out"), "close": _("Close")}
LARGEST_FORM = 1.3  # how far the corners of a form and its edge reach, by its radius
SPREAD = 12  # pixels between points that lie in one place


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
    sign: str = ""
    """A letter or two that stand on the mark, as the number of a stop."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point as drawn."""

    point: Point
    x: str
    y: str
    radius: str
    fill: str
    line: str
    path: str = ""  # the outline of the form; a circle has none
    words_x: str = ""  # where the name stands, for the kinds that carry it and find room
    words_y: str = ""
    words_anchor: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of a distance around the centre, as drawn."""

    radius: str
    label: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map ready for components/_map.html."""

    ident: str
    caption: str | Promise
    middle: tuple[str, str] | None
    rings: list[Ring]
    border: list[str]
    towns: list[Town]
    dots: str
    land_width: str
    spots: list[Spot]
    legend: list[tuple[str, Mark]]
    route: str
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


def build(
    *,
    caption: str | Promise,
    centre: tuple[float, float] | None = None,
    rings_km: Sequence[float] = (1, 2, 5, 10),
    points: Iterable[Point] = (),
    border: dict[str, Any] | None = None,
    ident: str = "map",
    beside_list: bool = False,
    marks: Mapping[str, Mark] = KINDS,
    spread: bool = False,
    route: Sequence[tuple[float, float]] = (),
    close_up: bool = False,
) -> Map:
    """Return a map that shows the border and as many rings as the points need.

    `beside_list` says that the page lists the same points with `data-point`; otherwise the map lists them itself.
    `marks` are the looks of kinds of point that only this page has; `spread` moves points in one place apart.
    `route` is a way past points, drawn as a line; `close_up` fits the points, not the whole border.
    """
    found = list(points)
    outline = _outline(border)
    corners = [corner for ring in outline for corner in ring]
    frame = _frame(centre, rings_km, found, [] if close_up and found else corners, least=500.0 if close_up else 2_000.0)
    found = apart(found, gap=SPREAD / frame.scale) if spread else found
    spots, taken = _spots(frame, [point for point in found if _fits_in(frame, point)], marks)
    towns = readable(frame, taken)
    dots = dots_in(frame)
    kinds = dict.fromkeys(spot.point.kind for spot in spots)
    return Map(
        ident=ident,
        caption=caption,
        middle=_pair(frame.place(*centre)) if centre else None,
        rings=_rings(frame, rings_km) if centre else [],
        border=[" ".join(",".join(_pair(frame.place(*corner))) for corner in ring) for ring in outline],
        towns=towns,
        dots="".join(f"M{x:.0f} {y:.0f}h0" for x, y in (frame.place(*dot) for dot in dots)),
        land_width=land_width(frame),
        spots=sorted(spots, key=lambda spot: -spot.point.size),
        legend=[(kind, marks[kind]) for kind in marks if kind in kinds] if len(kinds) > 1 or marks is not KINDS else [],
        route=" ".join(",".join(_pair(frame.place(*corner))) for corner in route),
        scale=_scale(frame),
        outside=len(found) - len(spots),
        beside_list=beside_list,
        data=_data(
            frame, centre=centre, rings_km=rings_km, points=found, border=border, towns=towns, dots=dots, marks=marks
        )
        | {"route": [_latlon(*corner) for corner in route]},
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
    *,
    least: float,
) -> Frame:
    """Return the part of the land to draw: around the centre as far as needed, or around everything there is."""
    everything = [(point.x, point.y) for point in points] + corners
    if centre:
        farthest = max((hypot(x - centre[0], y - centre[1]) for x, y in everything), default=0.0)
        reach = next((km * 1000 for km in sorted(rings_km) if km * 1000 >= farthest), max(rings_km, default=1) * 1000)
        return Frame(*centre, scale=HEIGHT / 2 / (reach * 1.08))
    if not everything:
        return Frame(600_000, 6_225_000, scale=HEIGHT / 420_000)  # all of Denmark
    west, east = min(x for x, _y in everything), max(x for x, _y in everything)
    south, north = min(y for _x, y in everything), max(y for _x, y in everything)
    wide, high = max(east - west, least) * 1.25, max(north - south, least) * 1.25
    return Frame((west + east) / 2, (south + north) / 2, scale=min(WIDTH / wide, HEIGHT / high))


def _spots(frame: Frame, points: list[Point], marks: Mapping[str, Mark]) -> tuple[list[Spot], list[Box]]:
    """Return the points as drawn, and the room that they and their names take from the names of towns."""
    places = [(point, *frame.place(point.x, point.y), radius_of(point.size)) for point in points]
    taken = [(x - r, y - r, x + r, y + r) for point, x, y, r in places if marks[point.kind].named]
    spots = []
    for point, x, y, radius in places:
        mark = marks[point.kind]
        path = path_of(mark.form, x, y, radius)
        spot = Spot(point, _number(x), _number(y), _number(radius), mark.fill, mark.line, path)
        free = (each for each in around(x, y, point.label, radius) if fits(each.box, taken))
        words = next(free, None) if mark.named else None
        if words:
            taken.append(words.box)
            spot = replace(spot, words_x=_number(words.x), words_y=_number(words.y), words_anchor=words.anchor)
        spots.append(spot)
    return spots, taken


def _fits_in(frame: Frame, point: Point) -> bool:
    """Tell whether the whole sign of a point lies within the drawing; one that sticks out counts as outside."""
    (x, y), room = frame.place(point.x, point.y), radius_of(point.size) * LARGEST_FORM
    return room <= x <= WIDTH - room and room <= y <= HEIGHT - room


def radius_of(size: float) -> float:
    """Return how large a mark is drawn on a map that is 800 wide, by a size from 0 to 1."""
    return 5 + 8 * max(0.0, min(1.0, size))


def _rings(frame: Frame, rings_km: Sequence[float]) -> list[Ring]:
    """Return the rings, largest first; those too close to the next one stay without words."""
    found, last = [], 0.0
    for km in sorted(rings_km):
        radius = km * 1000 * frame.scale
        roomy = radius - last > 26
        found.append(
            Ring(_number(radius), f"{number_format(km)} km" if roomy else "", _number(HEIGHT / 2 - radius + 16))
        )
        last = radius if roomy else last
    return found[::-1]


def _scale(frame: Frame) -> tuple[str, str]:
    """Return the width of the scale bar and what it says: a round number of metres that fits a fifth of the map."""
    metres = WIDTH / 5 / frame.scale
    step = 10 ** floor(log10(metres))
    length = max(factor * step for factor in (1, 2, 5) if factor * step <= metres)
    return _number(
        length * frame.scale
    ), f"{number_format(length / 1000)} km" if length >= 1000 else f"{ceil(length)} m"


def _data(
    frame: Frame,
    *,
    centre: tuple[float, float] | None,
    rings_km: Sequence[float],
    points: list[Point],
    border: dict[str, Any] | None,
    towns: list[Town],
    dots: list[tuple[float, float]],
    marks: Mapping[str, Mark],
) -> dict[str, Any]:
    """Return what the script needs, in degrees as it wants them: latitude first."""
    half_x, half_y = WIDTH / 2 / frame.scale, HEIGHT / 2 / frame.scale
    return {
        "bounds": [_latlon(frame.x - half_x, frame.y - half_y), _latlon(frame.x + half_x, frame.y + half_y)],
        "centre": _latlon(*centre) if centre else None,
        "rings": list(rings_km) if centre else [],
        "border": border,
        "towns": [{"name": town.name, "at": _latlon(town.east, town.north)} for town in towns],
        "dots": [_latlon(*dot) for dot in dots],
        "words": WORDS,
        "points": [
            {
                "ident": point.ident,
                "at": _latlon(point.x, point.y),
                "label": point.label,
                "note": point.note,
                "sign": point.sign,
                "href": point.href,
                "kind": point.kind,
                "fill": marks[point.kind].fill,
                "line": marks[point.kind].line,
                "corners": marks[point.kind].corners,
                "radius": round(radius_of(point.size), 1),
                "named": marks[point.kind].named,
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
