"""The made-up land: real municipalities and postal areas, in them made-up streets with houses that lie along them.

A house is a number from 0 to below `houses`; its street, house number, postal code and point follow from it.
"""

from dataclasses import dataclass
from math import isqrt
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from bench.country.draws import Draws, Ints
from medspil.geography.places import Place, municipality, places

HOUSES_PER_MILLE: Final = 450  # of all units, ceased ones included
LEAST_REACH_M, LARGEST_REACH_M = 500, 4_000
SPACING_CM: Final = 900  # between neighbours on one side
FROM_MIDDLE_CM: Final = 1_400
FIRST_STREET_CODE: Final = 4
# Sixteen directions, in thousandths.
TURNS: Final = (
    (1000, 0), (924, 383), (707, 707), (383, 924), (0, 1000), (-383, 924), (-707, 707), (-924, 383),
    (-1000, 0), (-924, -383), (-707, -707), (-383, -924), (0, -1000), (383, -924), (707, -707), (924, -383),
)  # fmt: skip
STEMS: Final = (
    "Ager Ahorn Anemone Askel Bakke Birke Bjerg Bly Bregne Brønd Brygger Bøge Dal Dam Drosselse Ege Elle Eng "
    "Enghave Eske Fabriks Fasan Fjord Foldager Fyrre Gade Gartner Granit Grønne Hassel Have Havre Hede Hegns "
    "Hjorte Humle Hvede Hyben Industri Jernbane Kastanje Kilde Kirke Kirsebær Kløver Kobber Korn Kvæde Kær "
    "Landsby Lilje Linde Lupin Lyng Lærke Mark Mirabel Mose Mølle Møller Nattergale Nørre Nørremarks Oksbøl Orion "
    "Park Pile Plade Poppel Rapsodi Rosen Rug Rønne Sadelmager Sand Skole Skov Skovbryns Slåen Smede Sogne Solbær "
    "Solsikke Spore Stations Strand Svale Syd Sønder Teglværks Tjørne Toft Torve Tranebær Tulipan Vandværks "
    "Vester Vibe Violin Værksteds Ærte Ørne Øster Å"
).split()
ENDINGS: Final = (
    "vej", "vej", "vej", "vej", "vej", "gade", "gade", "vænget", "parken", "allé", "stræde", "bakken", "engen",
    "lunden", "toften", "kæret", "skrænten", "krogen", "svinget", "ager", "haven", "stien", "pladsen", "kajen",
)  # fmt: skip
PREFIXES: Final = ("", "", "", "", "Gammel ", "Ny ", "Store ", "Lille ", "Øvre ", "Nedre ", "Nordre ", "Søndre ")
# Doors of a house with several addresses, as floor and door.
DOORS: Final = (
    ("", ""), ("st", ""), ("st", "tv"), ("st", "th"), ("1", "tv"), ("1", "th"), ("2", "tv"), ("2", "th"), ("3", ""),
)  # fmt: skip
MOST_DOORS: Final = 8


class Area(NamedTuple):
    """A postal area with its share of the people and how far its streets reach."""

    place: Place
    people: int
    reach_m: int


@dataclass(frozen=True)
class Streets:
    """All streets as columns; houses of a street follow each other from `first_house`."""

    first_house: Ints
    area: Ints
    postcode: Ints
    code: Ints
    name: list[str]


def population() -> dict[str, int]:
    """Return the inhabitants of each municipality in thousands."""
    text = Path(__file__).with_name("population.csv").read_text(encoding="utf-8")
    rows = [line.split(";") for line in text.splitlines() if line[:1].isdigit()]
    return {code: int(thousands) for code, thousands in rows}


def areas() -> list[Area]:
    """Return the postal areas; the people of a municipality are spread over its areas, more to the first ones."""
    people = population()
    ours: dict[str, list[Place]] = {}
    for place in places():
        if place.municipality in people and place.first >= "1000":  # lower ones are receivers, nobody lives there
            ours.setdefault(place.municipality, []).append(place)
    every = [place for found in ours.values() for place in found]
    made = []
    for code, found in ours.items():
        shares = [1_000 // (at + 2) for at in range(len(found))]
        for place, share in zip(found, shares, strict=True):
            made.append(Area(place, max(1, people[code] * 1_000 * share // sum(shares)), _reach(place, every)))
    return made


def _reach(place: Place, every: list[Place]) -> int:
    nearest = min((place.x - other.x) ** 2 + (place.y - other.y) ** 2 for other in every if other is not place)
    return min(LARGEST_REACH_M, max(LEAST_REACH_M, isqrt(nearest) // 2))


class Land:
    """Streets and houses for a register of so many units."""

    def __init__(self, draws: Draws, units: int) -> None:
        self.draws = draws
        self.areas = areas()
        self.streets = self._streets(max(2_000, units * HOUSES_PER_MILLE // 1_000))
        self.houses = int(self.streets.first_house[-1])
        self.towns = [area.place.name for area in self.areas]
        self.municipalities = [int(area.place.municipality) for area in self.areas]
        self.municipality_names = [_name(area.place.municipality) for area in self.areas]

    def _streets(self, houses: int) -> Streets:
        """Lay streets of 8 to 107 houses in each area until its share of the houses is used up."""
        everybody = sum(area.people for area in self.areas)
        first = [0]
        rest: list[tuple[int, int, int]] = []  # area, postal code and code of each street
        names: list[str] = []
        used: set[tuple[int, str]] = set()
        per_municipality: dict[str, int] = {}
        for at, area in enumerate(self.areas):
            left = max(1, houses * area.people // everybody)
            low, high = int(area.place.first), int(area.place.last)
            while left > 0:
                turn = np.array([len(names)])
                length = min(left, 8 + int(self.draws.skewed("street.length", turn, 100)[0]))
                postcode = low + int(self.draws.below("street.postcode", turn, high - low + 1)[0])
                name = self._street_name(turn, postcode, used)
                code = per_municipality.get(area.place.municipality, FIRST_STREET_CODE)
                per_municipality[area.place.municipality] = code + 4 if code < 9_990 else FIRST_STREET_CODE
                first.append(first[-1] + length)
                rest.append((at, postcode, code))
                names.append(name)
                left -= length
        area_of, postcodes, codes = np.array(rest, np.int64).T
        return Streets(np.array(first, np.int64), area_of, postcodes, codes, names)

    def _street_name(self, turn: Ints, postcode: int, used: set[tuple[int, str]]) -> str:
        """Return a name that no other street of the postal code has."""
        for attempt in range(1_000):
            which = turn * 1_000 + attempt
            stem = STEMS[int(self.draws.below("street.stem", which, len(STEMS))[0])]
            ending = ENDINGS[int(self.draws.below("street.ending", which, len(ENDINGS))[0])]
            prefix = PREFIXES[int(self.draws.below("street.prefix", which, len(PREFIXES))[0])]
            name = f"{prefix}{stem}{ending}"
            if (postcode, name) not in used:
                used.add((postcode, name))
                return name
        raise AssertionError("there are tens of thousands of names")

    def street_of(self, house: Ints) -> Ints:
        """Return the street of each house."""
        return np.searchsorted(self.streets.first_house, house, "right").astype(np.int64) - 1

    def number_of(self, house: Ints, street: Ints) -> Ints:
        """Return the house number without its letter: even and odd numbers lie on their own sides."""
        return house - self.streets.first_house[street] + 1

    def letter_of(self, house: Ints) -> Ints:
        """Return 0 for no letter, 1 for A and so on; one house in twelve has one."""
        letter = self.draws.below("house.letter", house, 48)
        return np.where(letter < 4, letter + 1, 0)

    def doors_of(self, house: Ints) -> Ints:
        """Return how many addresses a house has: one, or up to eight behind one entrance."""
        several = self.draws.share("house.several", house, 300)
        return np.where(several, 2 + self.draws.below("house.doors", house, MOST_DOORS - 1), 1)

    def point_of(self, house: Ints) -> tuple[Ints, Ints]:
        """Return the point of the entrance in centimetres (EPSG:25832)."""
        street = self.street_of(house)
        along = (self.number_of(house, street) // 2) * SPACING_CM
        side = np.where(house % 2 == 0, FROM_MIDDLE_CM, -FROM_MIDDLE_CM)
        return self._on_street(street, along, side)

    def road_point_of(self, house: Ints) -> tuple[Ints, Ints]:
        """Return the point on the middle of the street in front of a house, in centimetres."""
        street = self.street_of(house)
        return self._on_street(street, (self.number_of(house, street) // 2) * SPACING_CM, np.zeros_like(house))

    def _on_street(self, street: Ints, along: Ints, side: Ints) -> tuple[Ints, Ints]:
        reach = np.array([area.reach_m for area in self.areas], np.int64)[self.streets.area[street]]
        centre_x = np.array([area.place.x for area in self.areas], np.int64)[self.streets.area[street]] * 100
        centre_y = np.array([area.place.y for area in self.areas], np.int64)[self.streets.area[street]] * 100
        # Two even draws added up: streets are thicker in the middle of the town.
        east = self.draws.below("street.x1", street, reach) + self.draws.below("street.x2", street, reach) - reach
        north = self.draws.below("street.y1", street, reach) + self.draws.below("street.y2", street, reach) - reach
        turns = np.array(TURNS, np.int64)[self.draws.below("street.turn", street, len(TURNS))]
        x = centre_x + east * 100 + (along * turns[:, 0] - side * turns[:, 1]) // 1_000
        y = centre_y + north * 100 + (along * turns[:, 1] + side * turns[:, 0]) // 1_000
        return x, y


def _name(code: str) -> str:
    found = municipality(code)
    assert found is not None, code
    return found.name.upper()
