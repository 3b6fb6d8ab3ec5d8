"""The border of an area: sentences for what can be wrong with one, where it comes from, and its outline for maps."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area
from medspil.geography.borders import Border, BorderFault, BorderRefused, read_border
from medspil.geography.places import places_named, postcode
from medspil.geography.projection import in_denmark, to_metres
from medspil.geography.shapes import circle

_F = BorderFault
SENTENCES: dict[BorderFault, str | Promise] = {
    _F.TOO_LONG: _("The text is too long. Draw a simpler border, or save it with fewer corners."),
    _F.NOT_JSON: _(
        "This is not GeoJSON: the text cannot be read. Copy the whole text, from the first { to the last }."
    ),
    _F.NOT_GEOJSON: _("This is JSON, but not GeoJSON. Save the border as GeoJSON in your map program."),
    _F.NO_POLYGON: _("There is no area in it, only points or lines. Draw the border as a closed shape (polygon)."),
    _F.SEVERAL_POLYGONS: _("There are several areas in it. Keep the one that is the border."),
    _F.HOLES: _("The border has a hole in it. Keep the outer line only."),
    _F.NOT_POINTS: _("A corner is not two numbers. Save the border again in your map program."),
    _F.NOT_CLOSED: _("The border is not closed: the last corner must be the same as the first."),
    _F.TOO_FEW_CORNERS: _("A border needs at least three corners."),
    _F.TOO_MANY_CORNERS: _("The border has more than 1,000 corners. Save it with fewer."),
    _F.SWAPPED: _("East and north are the wrong way round: GeoJSON wants the longitude first, as in 9.5, 55.7."),
    _F.OUTSIDE_DENMARK: _("The border lies outside Denmark. Check the co-ordinate system: WGS84 or EPSG:25832."),
    _F.CROSSES_ITSELF: _("The border crosses itself. Move the corner where the lines cross."),
    _F.TOO_SMALL: _("The area is smaller than 1,000 square metres. Is it drawn in the right place?"),
    _F.TOO_LARGE: _("The area is larger than 200 square kilometres. Draw the housing area, not the municipality."),
}


class BadBorder(Exception):
    """The border cannot be used; the sentence says what to do."""

    def __init__(self, fault: BorderFault) -> None:
        super().__init__(SENTENCES[fault])
        self.fault = fault


class PlaceNotFound(Exception):
    """Nobody knows the place that was written as the centre."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


def border_from(text: str) -> Border:
    """Read a border from GeoJSON; raises `BadBorder` with a sentence."""
    try:
        return read_border(text)
    except BorderRefused as refused:
        raise BadBorder(refused.fault) from refused


def centre_from(text: str) -> tuple[float, float]:
    """Return the centre in metres that a person wrote: a postcode, a town, or latitude and longitude.

    Raises `PlaceNotFound`.
    """
    numbers = _numbers(text)
    if len(numbers) == 2:
        return _point(*numbers)
    words = text.split()
    by_code = postcode(words[0]) if words and words[0].isdigit() else None
    if by_code:
        return float(by_code.x), float(by_code.y)
    towns = places_named(text)
    if not towns:
        raise PlaceNotFound(
            _("We do not know that place. Write a postcode, a town, or two co-ordinates like 55.71, 9.53.")
        )
    nearest = min(towns, key=lambda town: town.first)
    return float(nearest.x), float(nearest.y)


def outline(area: Area) -> dict[str, Any] | None:
    """Return the border as GeoJSON, a circle as a polygon; None where neither is known."""
    if area.border:
        found: dict[str, Any] = area.border
        return found
    if area.x is None or area.y is None or area.radius_m is None:
        return None
    ring = [[round(longitude, 6), round(latitude, 6)] for longitude, latitude in circle(area.x, area.y, area.radius_m)]
    return {"type": "Polygon", "coordinates": [ring]}


def _numbers(text: str) -> list[float]:
    """Return the numbers of "55.71, 9.53" or "55,71 9,53"; anything else gives none."""
    pieces = text.replace(";", " ").replace(", ", " ").split()
    if len(pieces) == 1 and text.count(",") == 1:
        pieces = text.split(",")
    try:
        return [float(piece.replace(",", ".")) for piece in pieces]
    except ValueError:
        return []


def _point(first: float, second: float) -> tuple[float, float]:
    for latitude, longitude in ((first, second), (second, first)):
        if in_denmark(longitude, latitude):
            x, y = to_metres(longitude, latitude)
            return round(x, 1), round(y, 1)
    raise PlaceNotFound(_("The co-ordinates lie outside Denmark. Write them like 55.71, 9.53."))
