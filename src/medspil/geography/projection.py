"""From degrees on a map (WGS84) to metres on the ground (EPSG:25832) and back."""

from threading import local

from pyproj import Transformer

METRES, DEGREES = "EPSG:25832", "EPSG:4326"
WEST, SOUTH, EAST, NORTH = 7.5, 54.4, 15.5, 58.0  # degrees; Denmark with Bornholm and some water around it

_by_thread = local()  # PROJ's transformers must not be shared between threads


def to_metres(longitude: float, latitude: float) -> tuple[float, float]:
    """Return east and north in metres of a point in degrees."""
    x, y = _transformer("forward", DEGREES, METRES).transform(longitude, latitude)
    return float(x), float(y)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a point in metres."""
    longitude, latitude = _transformer("back", METRES, DEGREES).transform(x, y)
    return float(longitude), float(latitude)


def in_denmark(longitude: float, latitude: float) -> bool:
    """Return whether a point in degrees lies in or close to Denmark."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def looks_like_metres(x: float, y: float) -> bool:
    """Return whether two numbers can only be metres in EPSG:25832, as Danish map systems write them."""
    return 400_000 <= x <= 950_000 and 6_000_000 <= y <= 6_500_000


def _transformer(name: str, source: str, target: str) -> Transformer:
    found: Transformer | None = getattr(_by_thread, name, None)
    if found is None:
        found = Transformer.from_crs(source, target, always_xy=True)
        setattr(_by_thread, name, found)
    return found
