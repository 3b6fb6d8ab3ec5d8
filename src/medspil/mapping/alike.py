"""Resources that may be the same: named alike, in one area, on the map or on its way there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from medspil.areas.models import Area
from medspil.language import fold
from medspil.mapping.models import Resource
from medspil.organisations.alike import alike_among, bare, places_of

_ADDRESS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two resources that may be the same, and how alike their names are, of 100."""

    one: Resource
    other: Resource
    likeness: float


def near(area: Area) -> frozenset[str]:
    """Return the words of places that say nothing in an area: its own name and that of its municipality."""
    return places_of(area.name, codes=[area.municipality])


def alike_pairs(resources: Iterable[Resource], *, area: Area | None = None) -> list[Pair]:
    """Return pairs of resources of an area that may be one, the likest first; people and others are never one."""
    rows = sorted(resources, key=lambda one: one.pk)
    names = [one.name for one in rows]
    found = [
        Pair(rows[first], rows[second], likeness)
        for first, second, likeness in alike_among(names, names, near=near(area) if area else None)
        if first < second and rows[first].is_person == rows[second].is_person
    ]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.one.pk, pair.other.pk))


def same(name: str, address: str, other: Resource) -> bool:
    """Return whether a name at an address is a resource that is known: its name or that of its organisation, and no
    other place."""
    if not bare(name) or bare(name) not in names_of(other):
        return False
    here, there = fold(address), fold(other.address)
    return not here or not there or here == there


def same_address(one: str, other: str) -> bool:
    """Return whether two texts are one address: road and number are the same, and neither says what the other denies.

    One of them may leave postal code and town out.
    """
    shorter, longer = sorted((_ADDRESS.findall(fold(one)), _ADDRESS.findall(fold(other))), key=len)
    return longer[: len(shorter)] == shorter and any(word[0].isdigit() for word in shorter[1:])


def names_of(resource: Resource) -> set[str]:
    """Return the names by which a resource is known, as they are compared; it is loaded with its organisation."""
    names = (resource.name, resource.organisation.name if resource.organisation else "")
    return {bare(name) for name in names} - {""}
