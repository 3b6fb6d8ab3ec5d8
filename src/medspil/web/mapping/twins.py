"""What was just added may be here already, or be a company of the register near by: said at once, one button each."""

from dataclasses import dataclass

from medspil.accounts.models import User
from medspil.mapping.alike import alike_pairs, near
from medspil.mapping.companies import REACHES_M, nearby, units_of
from medspil.mapping.merging import differing
from medspil.mapping.models import Resource
from medspil.organisations.alike import LIKE_FROM, bare, likeness
from medspil.register.models import Unit

MOST = 3


@dataclass(frozen=True, slots=True)
class Twin:
    """A resource that was here before, and what has to be said to let the new one go into it as it stands."""

    resource: Resource
    versions: str
    differing: list[str]


@dataclass(frozen=True, slots=True)
class Twins:
    """What was added, and what it may be the same as."""

    added: Resource
    here: list[Twin]
    units: list[Unit]


def twins_of(number: str, among: list[Resource], *, user: User, may_look: bool) -> Twins | None:
    """Return what the resource with a number, one of those of an area, may be the same as; None if it is like nothing.

    Queries only where the register is asked: two, and one for the units.
    """
    added = next((one for one in among if str(one.pk) == number), None)
    if added is None:
        return None
    others = [pair.other if pair.one == added else pair.one for pair in alike_pairs(among, area=added.area)
              if added in (pair.one, pair.other)]  # fmt: skip
    here = [Twin(one, f"{one.version}-{added.version}", differing(one, added)) for one in others[:MOST]]
    units = _units(added, user) if may_look and not (added.unit_id or added.is_person) else []
    return Twins(added, here, units[:MOST]) if here or units else None


def _units(added: Resource, user: User) -> list[Unit]:
    """Return companies of the register near by that are named alike; what a company form adds says nothing."""
    found = nearby(added.area, user=user, reach_m=REACHES_M[-1], text=bare(added.name))
    told = near(added.area)
    return [
        one for one in units_of(found.free[:50], user=user) if likeness(added.name, one.name, near=told) >= LIKE_FROM
    ]
