"""Companies of the register near an area that nobody has picked up as a resource: a layer of its own on the map."""

from dataclasses import dataclass

from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.companies import REACHES_M, nearby, units_of
from medspil.register.models import Unit
from medspil.web.linking.wording import distance, distance_known_by
from medspil.web.map_marks import Mark
from medspil.web.mapping.filters import Asked
from medspil.web.mapping.looks import register_mark
from medspil.web.maps import Point

MOST = 40


@dataclass(frozen=True, slots=True)
class NearUnit:
    """A company near the area, and how far away."""

    unit: Unit
    distance: float

    @property
    def ident(self) -> str:
        """Return what ties the line to its point on the map."""
        return f"unit-{self.unit.number}"

    @property
    def url(self) -> str:
        """Return the address of its page in the register."""
        return reverse("register:detail", args=[self.unit.number])

    @property
    def what(self) -> str:
        """Return industry, address and distance on one line."""
        far = distance_known_by(self.distance, self.unit.point_quality)
        return " · ".join(part for part in (self.unit.industry_text, self.unit.address, far) if part)


@dataclass(frozen=True, slots=True)
class Near:
    """The companies nearest to an area, what is not shown, and the ways to look further."""

    units: list[NearUnit]
    more: int
    protected: int
    reach: str
    reaches: list[tuple[str, str, bool]]
    mark: Mark

    @property
    def points(self) -> list[Point]:
        """Return the points of the layer, smaller than what was mapped."""
        return [
            Point(one.ident, one.unit.x or 0.0, one.unit.y or 0.0, one.unit.name, one.url, "register", 0.0, one.what)
            for one in self.units
        ]


def near_area(area: Area, user: User, asked: Asked) -> Near | None:
    """Return the companies nearest to an area; None until it has a place. Protected ones are counted, not shown."""
    found = nearby(area, user=user, reach_m=asked.reach)
    if not found.placed:
        return None
    free = [one for one in found.chosen if one.resource is None]
    first = free[:MOST]
    away = {one.unit: one.distance for one in first}
    units = [NearUnit(one, away[one.pk]) for one in units_of(first, user=user)]
    shown = [one for one in units if not one.unit.protected]
    return Near(
        units=shown,
        more=len(free) - len(first),
        protected=len(units) - len(shown),
        reach=distance(asked.reach),
        reaches=[(distance(each), asked.query(reach=each), each == asked.reach) for each in REACHES_M if each],
        mark=register_mark(),
    )
