"""Reads the border of an area from GeoJSON as people have it, and says by a code what is wrong with it."""

import json
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from medspil.geography.projection import in_denmark, looks_like_metres, to_degrees, to_metres
from medspil.geography.shapes import Point, centroid, crosses_itself, signed_area

MOST_SIGNS = 1_000_000
MOST_CORNERS = 1_000
SMALLEST_M2, LARGEST_M2 = 1_000, 200_000_000


class BorderFault(StrEnum):
    """What can be wrong with a border."""

    TOO_LONG = "too_long"
    NOT_JSON = "not_json"
    NOT_GEOJSON = "not_geojson"
    NO_POLYGON = "no_polygon"
    SEVERAL_POLYGONS = "several_polygons"
    HOLES = "holes"
    NOT_POINTS = "not_points"
    NOT_CLOSED = "not_closed"
    TOO_FEW_CORNERS = "too_few_corners"
    TOO_MANY_CORNERS = "too_many_corners"
    SWAPPED = "swapped"
    OUTSIDE_DENMARK = "outside_denmark"
    CROSSES_ITSELF = "crosses_itself"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


class BorderRefused(ValueError):
    """The border cannot be used; `fault` says why."""

    def __init__(self, fault: BorderFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Border:
    """A border that can be used: a ring in degrees, its middle and its size in metres."""

    ring: tuple[Point, ...]
    x: float
    y: float
    square_metres: float

    @property
    def geojson(self) -> dict[str, Any]:
        """The border as a GeoJSON polygon."""
        return {"type": "Polygon", "coordinates": [[list(point) for point in self.ring]]}


def read_border(text: str) -> Border:
    """Read a Polygon, MultiPolygon, Feature or FeatureCollection with one polygon; raises BorderRefused.

    Coordinates in EPSG:25832 metres, as Danish map systems write them, are turned into degrees.
    """
    if len(text) > MOST_SIGNS:
        raise BorderRefused(BorderFault.TOO_LONG)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BorderRefused(BorderFault.NOT_JSON) from fault
    polygons = _polygons(found)
    if not polygons:
        raise BorderRefused(BorderFault.NO_POLYGON)
    if len(polygons) > 1:
        raise BorderRefused(BorderFault.SEVERAL_POLYGONS)
    rings = polygons[0]
    if not isinstance(rings, list) or not rings:
        raise BorderRefused(BorderFault.NOT_POINTS)
    if len(rings) > 1:
        raise BorderRefused(BorderFault.HOLES)
    return border_of(_points(rings[0]))


def border_of(points: list[Point]) -> Border:
    """Check a ring in degrees or EPSG:25832 metres and measure it; raises BorderRefused."""
    if len(points) > MOST_CORNERS + 1:
        raise BorderRefused(BorderFault.TOO_MANY_CORNERS)
    if points and points[0] != points[-1]:
        raise BorderRefused(BorderFault.NOT_CLOSED)
    ring = _tidy(_in_degrees(points))
    if len(ring) < 4:
        raise BorderRefused(BorderFault.TOO_FEW_CORNERS)
    if crosses_itself(ring):
        raise BorderRefused(BorderFault.CROSSES_ITSELF)
    on_ground = [to_metres(*point) for point in ring]
    size = signed_area(on_ground)
    if abs(size) < SMALLEST_M2:
        raise BorderRefused(BorderFault.TOO_SMALL)
    if abs(size) > LARGEST_M2:
        raise BorderRefused(BorderFault.TOO_LARGE)
    x, y = centroid(on_ground)
    against_the_clock = ring if size > 0 else ring[::-1]  # as RFC 7946 wants it
    return Border(tuple(against_the_clock), round(x, 1), round(y, 1), abs(size))


def _polygons(found: Any) -> list[Any]:
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "FeatureCollection" and isinstance(found.get("features"), list):
        return [polygon for feature in found["features"] for polygon in _of_feature(feature)]
    if kind == "Feature":
        return _of_feature(found)
    return _of_geometry(found)


def _of_feature(feature: Any) -> list[Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BorderRefused(BorderFault.NOT_GEOJSON)
    return [] if feature.get("geometry") is None else _of_geometry(feature["geometry"])


def _of_geometry(geometry: Any) -> list[Any]:
    known = {"Polygon", "MultiPolygon", "Point", "MultiPoint", "LineString", "MultiLineString"}
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in known:
        raise BorderRefused(BorderFault.NOT_GEOJSON)
    if kind == "Polygon":
        return [geometry.get("coordinates")]
    if kind == "MultiPolygon":
        coordinates = geometry.get("coordinates")
        return coordinates if isinstance(coordinates, list) else [None]
    return []


def _points(ring: Any) -> list[Point]:
    if not isinstance(ring, list):
        raise BorderRefused(BorderFault.NOT_POINTS)
    return [_point(value) for value in ring]


def _point(value: Any) -> Point:
    """Return the two first numbers of a position; a height after them is left out."""
    if not isinstance(value, list) or len(value) < 2:
        raise BorderRefused(BorderFault.NOT_POINTS)
    x, y = value[0], value[1]
    for number in (x, y):
        if isinstance(number, bool) or not isinstance(number, int | float) or abs(number) > 1e9:
            raise BorderRefused(BorderFault.NOT_POINTS)
        if not isfinite(number):
            raise BorderRefused(BorderFault.NOT_POINTS)
    return float(x), float(y)


def _in_degrees(points: list[Point]) -> list[Point]:
    if points and all(looks_like_metres(*point) for point in points):
        points = [to_degrees(*point) for point in points]
    if all(in_denmark(*point) for point in points):
        return points
    if all(in_denmark(latitude, longitude) for longitude, latitude in points):
        raise BorderRefused(BorderFault.SWAPPED)
    raise BorderRefused(BorderFault.OUTSIDE_DENMARK)


def _tidy(points: list[Point]) -> list[Point]:
    """Round to about ten centimetres and leave out corners that stand twice in a row."""
    ring: list[Point] = []
    for longitude, latitude in points:
        point = (round(longitude, 6), round(latitude, 6))
        if not ring or ring[-1] != point:
            ring.append(point)
    return ring
