"""Where a unit lies: its own point in either coordinate system, or the centre of its postal code."""

from dataclasses import dataclass

from medspil.geography.places import municipality, municipality_by_name, postcode
from medspil.geography.projection import in_denmark, looks_like_metres, to_metres
from medspil.register.models import PointQuality

# The country with Bornholm, in EPSG:25832: a point in Sweden or Germany is a slip.
WEST, EAST, SOUTH, NORTH = 439_000.0, 896_000.0, 6_045_000.0, 6_406_000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in EPSG:25832 and how exactly it is known."""

    x: float | None
    y: float | None
    quality: PointQuality


NOWHERE = Spot(None, None, PointQuality.NONE)


def point(first: float, second: float) -> tuple[float, float] | None:
    """Return EPSG:25832 for metres or degrees, swapped or not; None when the point is not in Denmark."""
    for east, north in ((first, second), (second, first)):
        if looks_like_metres(east, north):
            x, y = east, north
        elif in_denmark(east, north):
            x, y = to_metres(east, north)
        else:
            continue
        if WEST <= x <= EAST and SOUTH <= y <= NORTH:
            return round(x, 1), round(y, 1)
    return None


def centre(code: str) -> Spot:
    """Return the centre of a postal code."""
    place = postcode(code) if code else None
    return Spot(float(place.x), float(place.y), PointQuality.POSTCODE) if place else NOWHERE


def town(code: str) -> str:
    """Return the town of a postal code; blank when there is none."""
    place = postcode(code) if code else None
    return place.name if place else ""


def municipality_code(*, code: str, name: str, postal_code: str) -> tuple[str, bool]:
    """Return the municipality by its code, its name or the postal code, and whether what was given made sense."""
    if code and municipality(code):
        return code, True
    named = municipality_by_name(name) if name else None
    if named:
        return named.code, not code
    place = postcode(postal_code) if postal_code else None
    return (place.municipality if place else ""), not (code or name)
