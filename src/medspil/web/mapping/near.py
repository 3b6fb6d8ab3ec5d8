"""Companies of the register near an area that nobody has mapped: there by themselves, on map and list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.catalogue.industries import industry_groups
from medspil.mapping.companies import REACH_M, REACHES_M, nearby, units_of
from medspil.mapping.companies import Near as NearOne
from medspil.register.models import Unit
from medspil.web.areas.words import language
from medspil.web.linking.wording import distance, distance_known_by, size
from medspil.web.map_marks import Mark
from medspil.web.mapping.filters import REGISTER, Asked
from medspil.web.mapping.looks import protected_mark, register_mark
from medspil.web.maps import Point

FIRST, FIRST_ALONE, MOST, MOST_ALONE = 5, 12, 40, 80
"""How many stand open beside what was mapped, how many then on the map, and how many where only they are asked for."""


@dataclass(frozen=True, slots=True)
class NearUnit:
    """A company near the area, and how far away."""

    unit: Unit
    distance: float
    mark: Mark

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
        """Return industry, size, address and distance on one line; nothing by which the company is reached."""
        unit = self.unit
        far = distance_known_by(self.distance, unit.point_quality) if self.distance else _("in the area")
        known = {"employees_from": unit.employees_from, "employees_to": unit.employees_to}
        large = size(known) if unit.employees_from is not None else ""
        return " · ".join(part for part in (unit.industry_text, large, unit.address, far) if part)


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to look at others of them: its name, perhaps how many there are, and whether it is the one shown."""

    name: str
    query: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """The companies near an area that nobody has mapped: the first of them, how many, and ways to look further."""

    units: list[NearUnit]
    count: int
    protected: int
    cut: bool
    reach: str
    reaches: list[Choice]
    branches: list[Choice]
    mark: Mark
    query: str
    alone: bool
    shown: bool
    sought: bool
    """Whether somebody looks for them and not only for what was mapped: then they are not folded away on a phone."""

    @property
    def first(self) -> list[NearUnit]:
        """Return those that stand open; beside what was mapped only a few do."""
        return self.units[: FIRST_ALONE if self.alone else FIRST]

    @property
    def rest(self) -> list[NearUnit]:
        """Return those that unfold."""
        return self.units[len(self.first) :]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.units)

    @property
    def points(self) -> list[Point]:
        """Return the points of the layer, smaller than what was mapped."""
        return [
            Point(
                one.ident, one.unit.x or 0.0, one.unit.y or 0.0, one.unit.name, one.url, _kind(one.unit), 0.0, one.what
            )
            for one in self.units
        ]


def near_area(area: Area, user: User, asked: Asked) -> Near | None:
    """Return the companies near an area, the near and large first; None until it has a place, and where what is asked
    for is nothing that the register knows. Three queries."""
    if not asked.fits_register:
        return None
    found = nearby(area, user=user, reach_m=asked.reach, text=asked.q, competence=asked.competence)
    if not found.placed:
        return None
    everything, alone = found.free, asked.kind == REGISTER
    free = [one for one in everything if asked.branch in ("", one.group)]
    first = free[: MOST_ALONE if alone else MOST] if asked.shows_register else []
    away = {one.unit: one.distance for one in first}
    marks = {True: protected_mark(), False: register_mark()}
    return Near(
        units=[NearUnit(one, away[one.pk], marks[one.protected]) for one in units_of(first, user=user)],
        count=len(free),
        protected=sum(1 for one in free if one.protected),
        cut=found.cut,
        reach=distance(asked.reach),
        reaches=[Choice(distance(each), asked.query(reach=each), each == asked.reach) for each in REACHES_M if each],
        branches=_branches(everything, asked),
        mark=register_mark(),
        query=asked.query(kind=REGISTER),
        alone=alone,
        shown=asked.shows_register,
        sought=alone or asked.reach != REACH_M or bool(asked.branch),
    )


def by_branch(found: Iterable[NearOne]) -> list[tuple[str, str, int]]:
    """Return code, name and number of each group of industries that companies near by belong to, the largest first."""
    known, counts = industry_groups(), Counter(one.group for one in found)
    rows = [
        (code, known[code].name(language()) if code else _("other industries"), count) for code, count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def _branches(found: Iterable[NearOne], asked: Asked) -> list[Choice]:
    shown = [
        Choice(name, asked.query(branch=code, kind=REGISTER), code == asked.branch, count)
        for code, name, count in by_branch(found)
        if code
    ]
    return [Choice(_("all industries"), asked.query(branch=""), not asked.branch), *shown]


def _kind(unit: Unit) -> str:
    return "register_protected" if unit.protected else "register"
