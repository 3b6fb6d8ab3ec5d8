"""Where a resource is: from words as people write them, or from the position of a phone, each with its quality.

Addresses are looked for among those of the register: a house where a company works is known by its point, another house
of the street by the middle of the street. Nobody outside is asked.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area
from medspil.geography.places import Place, places_named, postcode
from medspil.geography.projection import in_denmark, to_metres
from medspil.geography.streets import street_and_house, street_key
from medspil.mapping.models import PlaceQuality
from medspil.register import placing
from medspil.register.models import PointQuality, Unit

NEAR_M = 6_000  # a street without a postal code is one near the area
_POSTCODE = re.compile(r"(?<![\d.,])(\d{4})(?![\d.,]\d|\d)")
_NUMBERS = re.compile(r"\s*(-?\d{1,7}(?:[.,]\d+)?)\s*[,; ]\s*(-?\d{1,7}(?:[.,]\d+)?)\s*")


class PositionRefused(Exception):
    """A position cannot be used; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something is, in words and as a point (EPSG:25832), and how exactly that is known."""

    address: str = ""
    x: float | None = None
    y: float | None = None
    quality: PlaceQuality = PlaceQuality.NONE

    @property
    def fields(self) -> dict[str, object]:
        """Return it as fields of a resource."""
        return {"address": self.address, "x": self.x, "y": self.y, "place_quality": self.quality.value}


class _House(NamedTuple):
    """A place of the register in a street."""

    house: str
    postcode: str
    x: float
    y: float
    exact: bool


_Streets = dict[str, list[_House]]


def from_position(*, latitude: float, longitude: float, address: str = "") -> Placed:
    """Return the place of a phone's position (WGS84); raises `PositionRefused`."""
    if not in_denmark(longitude, latitude):
        raise PositionRefused(_("The position lies outside Denmark."))
    x, y = to_metres(longitude, latitude)
    return Placed(" ".join(address.split()), round(x, 1), round(y, 1), PlaceQuality.POINT)


class PlaceFinder:
    """Finds places near one area; what it looks up in the register it looks up once, however long a list is."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._known: dict[str, _Streets] = {}

    def find(self, text: str) -> Placed:
        """Return where a text says that something is; an unknown place keeps its words and has no point."""
        text = " ".join(text.split())
        numbers = _NUMBERS.fullmatch(text)
        if numbers and (point := self._point(*numbers.groups())):
            return Placed(text, *point, PlaceQuality.POINT)
        town, rest = _postcode_in(text)
        street, house = street_and_house(rest)
        if street and (placed := self._in_street(text, street, house, town)):
            return placed
        centre = town or _town_in(text)
        if centre is None:
            return Placed(text)
        return Placed(text, float(centre.x), float(centre.y), PlaceQuality.POSTCODE)

    @staticmethod
    def at(point: tuple[float, float], *, address: str) -> Placed:
        """Return the place of a point (EPSG:25832) that somebody measured."""
        return Placed(" ".join(address.split()), *point, PlaceQuality.POINT)

    @staticmethod
    def _point(first: str, second: str) -> tuple[float, float] | None:
        return placing.point(*(float(number.replace(",", ".")) for number in (first, second)))

    def _in_street(self, text: str, street: str, house: str, town: Place | None) -> Placed | None:
        houses = self._streets(town).get(street_key(street), [])
        if not houses:
            return None
        if town is None:
            houses = self._nearest_street(houses)
        same = [one for one in houses if house and one.house == house and one.exact]
        if same:
            return Placed(text, same[0].x, same[0].y, PlaceQuality.ADDRESS)
        x, y = _middle(houses)
        return Placed(text, x, y, PlaceQuality.STREET)

    def _nearest_street(self, houses: list[_House]) -> list[_House]:
        """Return those of the houses that stand in one postal code: of streets of one name, the nearest."""
        by_code: dict[str, list[_House]] = defaultdict(list)
        for one in houses:
            by_code[one.postcode].append(one)
        return min(by_code.values(), key=self._distance)

    def _distance(self, houses: list[_House]) -> float:
        x, y = _middle(houses)
        return (x - (self._area.x or 0.0)) ** 2 + (y - (self._area.y or 0.0)) ** 2

    def _streets(self, town: Place | None) -> _Streets:
        key = town.first if town else ""
        if key not in self._known:
            self._known[key] = self._read(town)
        return self._known[key]

    def _read(self, town: Place | None) -> _Streets:
        """Return the known houses of a postal code, or of the surroundings of the area, by street. One query."""
        units = Unit.objects.filter(x__isnull=False, y__isnull=False).exclude(address="")
        units = units.filter(point_quality__in=(PointQuality.ADDRESS, PointQuality.STREET))
        codes = {code for code in (town.municipality if town else "", self._area.municipality) if code}
        if codes:  # the register is indexed by municipality
            units = units.filter(municipality__in=codes)
        if town:
            units = units.filter(postcode__gte=town.first, postcode__lte=town.last)
        elif self._area.x is not None and self._area.y is not None:
            x, y = self._area.x, self._area.y
            units = units.filter(x__range=(x - NEAR_M, x + NEAR_M), y__range=(y - NEAR_M, y + NEAR_M))
        elif not codes:
            return {}
        found: _Streets = defaultdict(list)
        for address, code, east, north, quality in units.values_list("address", "postcode", "x", "y", "point_quality"):
            street, house = street_and_house(address)
            if east is not None and north is not None:
                found[street_key(street)].append(_House(house, code, east, north, quality == PointQuality.ADDRESS))
        return dict(found)


def _middle(houses: list[_House]) -> tuple[float, float]:
    exact = [one for one in houses if one.exact] or houses
    x, y = sum(one.x for one in exact) / len(exact), sum(one.y for one in exact) / len(exact)
    return round(x, 1), round(y, 1)


def _postcode_in(text: str) -> tuple[Place | None, str]:
    """Return the postal area a text names by its code, and what stands before it."""
    for found in reversed(list(_POSTCODE.finditer(text))):
        if area := postcode(found[1]):
            return area, text[: found.start()].strip(" ,;")
    return None, text


def _town_in(text: str) -> Place | None:
    """Return the town that a text is the name of: "Vejle", "i Vejle"; nothing for a text that only begins so."""
    name = re.sub(r"^(?:i|ved|in|near)\s+", "", text, flags=re.IGNORECASE)
    towns = [town for town in places_named(name) if street_key(town.name) == street_key(name)]
    # A town with a part called "C" or "N" is known by its plain name as well.
    towns = towns or [town for town in places_named(name) if re.fullmatch(r".+ [A-ZØ]", town.name)]
    return min(towns, key=lambda town: town.first, default=None)
