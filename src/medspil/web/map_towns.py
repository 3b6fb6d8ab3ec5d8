"""The part of the land a map shows, and the towns by which people find their way on it."""

from dataclasses import dataclass
from math import hypot

from medspil.geography.places import places, postcode, towns_within

WIDTH, HEIGHT = 800, 600
MOST = 40
# A map wider than this shows the country by dots, one for each postal area, and names only the larger towns.
WIDE = 90_000
LAND_M = 17_000  # how wide a dot is: nearly all postal areas are nearer to the next than this
# Larger towns by a postal code of theirs: their names come first, whatever the map shows.
LARGER = {
    "1050": "København", "8000": "Aarhus", "5000": "Odense", "9000": "Aalborg", "6700": "Esbjerg", "8900": "Randers",
    "7100": "Vejle", "6000": "Kolding", "8700": "Horsens", "4000": "Roskilde", "7400": "Herning", "8600": "Silkeborg",
    "3400": "Hillerød", "4700": "Næstved", "8800": "Viborg", "7500": "Holstebro", "4200": "Slagelse",
    "5700": "Svendborg", "6400": "Sønderborg", "9800": "Hjørring", "4800": "Nykøbing F", "3700": "Rønne",
    "7700": "Thisted", "6200": "Aabenraa", "8500": "Grenaa", "4400": "Kalundborg", "9900": "Frederikshavn",
    "7800": "Skive", "6270": "Tønder", "6900": "Skjern",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the land is drawn: the middle, and how many pixels a metre takes."""

    x: float
    y: float
    scale: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        return WIDTH / 2 + (x - self.x) * self.scale, HEIGHT / 2 - (y - self.y) * self.scale

    @property
    def wide(self) -> bool:
        """Tell whether the map shows a large part of the country."""
        return WIDTH / self.scale > WIDE

    def holds(self, x: float, y: float) -> bool:
        left, top = self.place(x, y)
        return 0 <= left <= WIDTH and 0 <= top <= HEIGHT


@dataclass(frozen=True, slots=True)
class Town:
    """The name of a town, and where it is drawn."""

    name: str
    east: float
    north: float
    x: str
    y: str
    text_x: str
    text_y: str
    phone: bool  # named on a phone too, where names are drawn twice as large


def dots_in(frame: Frame) -> list[tuple[float, float]]:
    """Return the centres of all postal areas in sight of a wide map: together they draw the country."""
    if not frame.wide:
        return []
    margin = LAND_M * frame.scale
    found = [(place, *frame.place(place.x, place.y)) for place in places()]
    return [
        (place.x, place.y)
        for place, x, y in found
        if -margin <= x <= WIDTH + margin and -margin <= y <= HEIGHT + margin
    ]


def land_width(frame: Frame) -> str:
    """Return how wide the dots are drawn, so that those of neighbouring postal areas run together to land."""
    return f"{LAND_M * frame.scale:.1f}"


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """A place for the name of a point: where the text is set, and the room it takes."""

    x: float
    y: float
    anchor: str
    box: Box


def around(x: float, y: float, name: str, radius: float) -> list[Words]:
    """Return where the name of a point may stand: right, left, beneath, above, and those two to the left."""
    length, gap = 10 * len(name), radius + 5
    return [
        Words(x + gap, y + 6, "start", (x + gap, y - 12, x + gap + length, y + 10)),
        Words(x - gap, y + 6, "end", (x - gap - length, y - 12, x - gap, y + 10)),
        Words(x, y + gap + 14, "middle", (x - length / 2, y + gap, x + length / 2, y + gap + 20)),
        Words(x, y - gap - 4, "middle", (x - length / 2, y - gap - 20, x + length / 2, y - gap)),
        Words(x + radius, y - gap - 4, "end", (x + radius - length, y - gap - 20, x + radius, y - gap)),
        Words(x + radius, y + gap + 14, "end", (x + radius - length, y + gap, x + radius, y + gap + 20)),
    ]


def fits(box: Box, taken: list[Box]) -> bool:
    """Tell whether a box lies inside the drawing, clear of the scale, and upon no other."""
    inside = 0 < box[0] and box[2] < WIDTH and 14 < box[1] and box[3] < HEIGHT - 36
    return inside and all(
        box[2] < other[0] or other[2] < box[0] or box[3] < other[1] or other[3] < box[1] for other in taken
    )


def readable(frame: Frame, taken: list[Box]) -> list[Town]:
    """Return the towns whose names can be read: inside the drawing and not upon anything, larger towns first."""
    taken, on_phone = list(taken), list(taken)
    shown: list[Town] = []
    for name, east, north in _candidates(frame):
        x, y = frame.place(east, north)
        box = (x - 6, y - 12, x + 16 + 8 * len(name), y + 10)
        if fits(box, taken):
            taken.append(box)
            large = (x - 6, y - 26, x + 16 + 17 * len(name), y + 22)
            if phone := fits(large, on_phone):
                on_phone.append(large)
            shown.append(Town(name, east, north, f"{x:.1f}", f"{y:.1f}", f"{x + 8:.1f}", f"{y + 5:.1f}", phone))
        if len(shown) == MOST:
            break
    return shown


def _candidates(frame: Frame) -> list[tuple[str, float, float]]:
    """Return larger towns in sight and, unless the map is wide, the others from the middle outwards."""
    found: dict[str, tuple[float, float]] = {}
    for code, name in LARGER.items():
        place = postcode(code)
        if place and frame.holds(place.x, place.y):
            found[name] = (place.x, place.y)
    if not frame.wide:
        for near, _distance in towns_within(frame.x, frame.y, hypot(WIDTH, HEIGHT) / 2 / frame.scale):
            found.setdefault(near.name, (near.x, near.y))
    return [(name, x, y) for name, (x, y) in found.items()]
