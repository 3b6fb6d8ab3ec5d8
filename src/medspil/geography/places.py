"""Municipalities and postal areas: names, codes and centres, for look-up and for small maps."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import hypot

from medspil.common.datafiles import package_text, read_rows

_PACKAGE = "medspil.geography"
MUNICIPALITIES, PLACES = "municipalities.csv", "places.csv"
# What people write for a municipality besides its name, its genitive and spellings with aa, ae and oe.
_OTHER_NAMES = {
    "kbh": "0101",
    "copenhagen": "0101",
    "nordfyn": "0480",
    "vesthimmerland": "0820",
    "mors": "0773",
    "ertholmene": "0411",
}


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with its four-digit code and a point inside it (EPSG:25832, metres)."""

    code: str
    name: str
    region: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Place:
    """A postal area: one code or a run of codes, and its centre (EPSG:25832, metres)."""

    first: str
    last: str
    name: str
    municipality: str
    x: int
    y: int

    def distance(self, x: float, y: float) -> float:
        return hypot(self.x - x, self.y - y)


def municipality(code: str | int) -> Municipality | None:
    """By code; the register writes 101, 0101 and "101" for the same one."""
    return _municipalities().get(str(code).strip().zfill(4))


def municipalities() -> tuple[Municipality, ...]:
    """All of them, by name in Danish order."""
    return tuple(sorted(_municipalities().values(), key=lambda found: _danish_order(found.name)))


def municipality_by_name(name: str) -> Municipality | None:
    """By name as people and registers write it: "Københavns Kommune", "HØJE TAASTRUP", "Århus"."""
    code = _codes_by_name().get(_name_key(name))
    return municipality(code) if code else None


def postcode(code: str | int) -> Place | None:
    """The postal area of a code, or None when nobody has that code."""
    wanted = str(code).strip().zfill(4)
    if not re.fullmatch(r"\d{4}", wanted):
        return None
    firsts, areas = _places_by_code()
    at = bisect_right(firsts, wanted) - 1
    return areas[at] if at >= 0 and areas[at].last >= wanted else None


def places_named(text: str) -> list[Place]:
    """Postal areas whose name is the text, or else begins with it: "vejle", "Høje Tåstrup"."""
    wanted = _name_key(text)
    if not wanted:
        return []
    exact = [place for place in places() if _name_key(place.name) == wanted]
    return exact or [place for place in places() if _name_key(place.name).startswith(wanted)]


def places() -> tuple[Place, ...]:
    """All postal areas, by code."""
    return _places_by_code()[1]


def towns_within(x: float, y: float, radius: float) -> list[tuple[Place, float]]:
    """Postal areas with their centre within the radius in metres, nearest first, each with its distance."""
    found = ((place, place.distance(x, y)) for place in places())
    near = [(place, metres) for place, metres in found if metres <= radius]
    return sorted(near, key=lambda pair: (pair[1], pair[0].first))


@cache
def _municipalities() -> dict[str, Municipality]:
    return {found.code: found for found in parse_municipalities(package_text(_PACKAGE, MUNICIPALITIES))}


@cache
def _codes_by_name() -> dict[str, str]:
    codes = dict(_OTHER_NAMES)
    for found in _municipalities().values():
        key = _name_key(found.name)
        codes[key] = found.code
        if not key.endswith("s"):
            codes[key + "s"] = found.code
    return codes


@cache
def _places_by_code() -> tuple[list[str], tuple[Place, ...]]:
    areas = tuple(sorted(parse_places(package_text(_PACKAGE, PLACES)), key=lambda place: place.first))
    return [place.first for place in areas], areas


def parse_municipalities(text: str, *, source: str = MUNICIPALITIES) -> Iterator[Municipality]:
    """Reads the table of municipalities; raises DataError with line and field."""
    seen: set[str] = set()
    for row in read_rows(text, source=source, columns=("code", "name", "region", "x", "y")):
        code = row.text("code")
        if not re.fullmatch(r"\d{4}", code):
            raise row.error("code", f"{code!r} is not four digits")
        if code in seen:
            raise row.error("code", f"{code} comes twice")
        seen.add(code)
        x, y = row.whole_number("x"), row.whole_number("y")
        yield Municipality(code, row.text("name"), row.text("region"), x, y)


def parse_places(text: str, *, source: str = PLACES) -> Iterator[Place]:
    """Reads the table of postal areas; raises DataError with line and field."""
    last_seen = ""
    for row in read_rows(text, source=source, columns=("from", "to", "name", "municipality", "x", "y")):
        first, last = row.text("from"), row.text("to")
        for field, code in (("from", first), ("to", last)):
            if not re.fullmatch(r"\d{4}", code):
                raise row.error(field, f"{code!r} is not four digits")
        if not last_seen < first <= last:
            raise row.error("from", "the codes must rise and not overlap")
        last_seen = last
        x, y = row.whole_number("x"), row.whole_number("y")
        yield Place(first, last, row.text("name"), row.text("municipality"), x, y)


def _name_key(name: str) -> str:
    key = re.sub(r"\b(regions)?kommunes?\b", "", name.casefold())
    key = re.sub(r"[\s.'’´`\-–]", "", key)
    for written, letter in (("aa", "å"), ("ae", "æ"), ("oe", "ø")):
        key = key.replace(written, letter)
    return key


def _danish_order(name: str) -> str:
    """Sorts æ, ø and å last, and aa as å."""
    key = name.casefold().replace("aa", "å")
    return key.translate(str.maketrans("æøå", "{|}"))
