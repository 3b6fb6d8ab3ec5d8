"""Where people meet and where a stop is, from what somebody wrote or where the phone was."""

from medspil.areas.models import Area
from medspil.language import fold
from medspil.mapping.models import PERSON, Resource
from medspil.mapping.places import Placed, PlaceFinder, from_position


def find_place(area: Area, text: str, *, position: tuple[float, float] | None = None) -> Placed:
    """Return where something is: by the position of a phone (latitude, longitude), by the name of a place on the
    area's map, else by an address. What is not found keeps its words and has no point.

    Raises `PositionRefused`.
    """
    words = " ".join(text.split())
    if position:
        return from_position(latitude=position[0], longitude=position[1], address=words)
    if not words:
        return Placed()
    named = Resource.objects.current().exclude(kind=PERSON).filter(area=area, x__isnull=False, y__isnull=False)
    for name, x, y in named.order_by("pk").values_list("name", "x", "y"):
        if fold(name) == fold(words) and x is not None and y is not None:
            return PlaceFinder.at((x, y), address=words)
    return PlaceFinder(area).find(words)
