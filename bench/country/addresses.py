"""What addresses say about houses, and the ids of things in the address register."""

import numpy as np

from bench.country import details
from bench.country.draws import Ints
from bench.country.rows import Columns, Rows, Subjects


def ids(rows: Rows, **of: Ints) -> Columns:
    """Return the bits of the UUIDs of things by their kind and number."""
    return {f"{kind}_{half}": rows.draws.bits(f"uuid/{kind}/{half}", at) for kind, at in of.items() for half in "ab"}


def with_houses(rows: Rows, columns: Columns) -> Columns:
    """Add what the address says about each house."""
    land = rows.nation.land
    house = columns["house"].clip(0)
    street = land.street_of(house)
    return columns | {
        "street": street,
        "number": land.number_of(house, street),
        "letter": land.letter_of(house),
        "area": land.streets.area[street],
        "postcode": land.streets.postcode[street],
        "street_code": land.streets.code[street],
        "single": land.doors_of(house) == 1,
    }


def sites(rows: Rows, some: Subjects) -> Columns:
    """Return rows of Adressering with their addresses."""
    columns = with_houses(rows, rows.sites(some))
    return columns | ids(rows, door=_door(columns))


def doors(rows: Rows, some: Subjects) -> Columns:
    """Return rows of Adresse."""
    columns = with_houses(rows, details.doors(rows, some.units))
    return columns | ids(rows, door=_door(columns), house=columns["house"])


def houses(rows: Rows, some: Subjects) -> Columns:
    """Return rows of Husnummer."""
    columns = with_houses(rows, details.houses(rows, some.units))
    house = columns["house"]
    of_both = ids(rows, street=columns["street"], postcode=columns["postcode"])
    return columns | of_both | ids(rows, house=house, entrance=house, road=house)


def points(rows: Rows, some: Subjects) -> Columns:
    """Return rows of Adressepunkt."""
    columns = details.points(rows, some.units)
    both = ids(rows, entrance=columns["house"], road=columns["house"])
    road = columns["road"]
    return columns | {f"point_{half}": np.where(road, both[f"road_{half}"], both[f"entrance_{half}"]) for half in "ab"}


def _door(columns: Columns) -> Ints:
    found: Ints = columns["house"].clip(0) * 8 + columns["door"]
    return found
