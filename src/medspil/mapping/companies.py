"""Companies near an area as the register has them: there by themselves, stored only once somebody picks one up."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.catalogue.fits import could_give
from medspil.catalogue.industries import industry_group, industry_groups
from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.geography.nearness import Ground, ground_of
from medspil.geography.places import towns_within
from medspil.language import fold
from medspil.mapping.facts import ResourceRefused
from medspil.mapping.models import COMPANY, PlaceQuality, Resource
from medspil.mapping.places import Placed
from medspil.mapping.services.resources import add_resource, bring_back
from medspil.register.flags import Flag, flags_of
from medspil.register.index import RegisterNotReady
from medspil.register.models import PointQuality, Unit
from medspil.register.near import numbers_in_box

REACHES_M = (0, 250, 500, 1_000, 2_000)
REACH_M = 500
MOST = 50_000  # units looked at for one area; the densest town within 2 km has fewer
_AT_ONCE = 10_000  # numbers in one question to the database


class _Row(NamedTuple):
    """What is asked of each unit: little, for there may be thousands."""

    pk: int
    x: float | None
    y: float | None
    number: int
    industry: str
    code_system: str
    company_form: str
    employees_from: int | None
    protected: bool
    name: str
    industry_text: str


_TOWN_M = 12_000  # a postal area's centre is nearer than this to all of it that people live in
_QUALITY = {
    PointQuality.ADDRESS: PlaceQuality.ADDRESS,
    PointQuality.STREET: PlaceQuality.STREET,
    PointQuality.POSTCODE: PlaceQuality.POSTCODE,
}


@dataclass(frozen=True, slots=True)
class Near:
    """One unit near an area: its key, how far from the border, its group of industries, and what it is here."""

    unit: int
    distance: float
    group: str
    resource: int | None = None  # the resource it was picked up as
    employees: int | None = None  # at least so many; the register does not know it of most
    protected: bool = False  # from advertising
    number: int = 0
    company_form: str = ""

    @property
    def rank(self) -> tuple[int, int, float, int]:
        """Return what sorts the near and large first: by steps of distance, within a step by size, then by distance.

        Of whom the register knows no size counts as one who works alone, not as nobody.
        """
        step = bisect_left(REACHES_M, self.distance)
        return step, -(1 if self.employees is None else self.employees), self.distance, self.unit


@dataclass(frozen=True, slots=True)
class Nearby:
    """The units in business in or near an area, the nearest first."""

    reach_m: int
    placed: bool  # false: the area has no place yet, so nothing is near it
    all: tuple[Near, ...] = ()
    chosen: tuple[Near, ...] = ()
    cut: bool = False  # there is more than could be looked at

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are of each group that has any, in the order of the groups."""
        found = Counter(one.group for one in self.all)
        return {code: found[code] for code in (*industry_groups(), "") if found[code]}

    @property
    def free(self) -> list[Near]:
        """Return those chosen that nobody has picked up, the near and large first."""
        return sorted((one for one in self.chosen if one.resource is None), key=lambda one: one.rank)

    @property
    def picked(self) -> int:
        """Return how many of those chosen are resources of the area already."""
        return sum(1 for one in self.chosen if one.resource is not None)


def nearby(
    area: Area,
    *,
    user: User,
    reach_m: int = REACH_M,
    groups: Collection[str] | None = None,
    text: str = "",
    competence: str = "",
) -> Nearby:
    """Return the units in business within a distance of the border: nothing is stored.

    Chosen are those of some groups of industries, whose name or industry has the words of a text, and whose industry
    could give a kind of resource; without any of that all are.

    Two queries, and one more for each 10,000 units after the first. Only points that are better than a postal code
    count: its centre would bring a whole town in.
    """
    ground = ground_of(area.border, area.x, area.y, area.radius_m)
    if ground is None:
        return Nearby(reach_m, placed=False)
    rows = _rows(area, ground, user, reach_m)
    kept = rows[:MOST]
    distances = ground.distances([row.x for row in kept], [row.y for row in kept]).tolist()
    resources = dict(
        Resource.objects.visible_to(user).current().filter(area=area, unit__isnull=False).values_list("unit", "pk")
    )
    asked = _asked(groups, text, competence)
    found = sorted(
        (
            (_near(row, distance, resources), asked(row))
            for row, distance in zip(kept, distances, strict=True)
            if distance <= reach_m
        ),
        key=lambda pair: (pair[0].distance, pair[0].unit),
    )
    everything, chosen = tuple(one for one, _is in found), tuple(one for one, is_asked in found if is_asked)
    return Nearby(reach_m, True, everything, chosen, cut=len(rows) > MOST)


def _near(row: _Row, distance: float, resources: Mapping[int, int]) -> Near:
    return Near(
        unit=row.pk,
        distance=distance,
        group=_group(row.industry),
        resource=resources.get(row.pk),
        employees=row.employees_from,
        protected=row.protected,
        number=row.number,
        company_form=row.company_form,
    )


def _group(code: str) -> str:
    group = industry_group(code)
    return group.code if group else ""


def _asked(groups: Collection[str] | None, text: str, competence: str) -> Callable[[_Row], bool]:
    """Return the question whether a row is chosen."""
    words = fold(text).split()

    def holds(row: _Row) -> bool:
        told = fold(f"{row.name} {row.industry_text}") if words else ""
        return (
            (groups is None or _group(row.industry) in groups)
            and all(word in told for word in words)
            and (not competence or could_give(competence, row.industry, row.code_system))
        )

    return holds


def units_of(some: Sequence[Near], *, user: User) -> list[Unit]:
    """Return the units themselves in their order, for one page at a time. One query."""
    found = Unit.objects.visible_to(user).in_bulk([one.unit for one in some])
    return [found[one.unit] for one in some if one.unit in found]


def pick_up(*, area: Area, unit: Unit, creation_key: UUID, by: User, now: datetime) -> Resource:
    """Make a company of the register a resource of an area; one that is there is returned, one that was put away
    comes back. Linked to its entry, it is flagged when the company closes."""
    rows = Resource.objects.filter(area=area, unit=unit, merged_into=None).order_by("-archived_at", "pk")
    if there := rows.filter(archived_at=None).first() or rows.first():
        bring_back(resource=there, by=by, now=now)
        return there
    try:
        with transaction.atomic():
            return _picked(area, unit, creation_key, by, now)
    except (ResourceRefused, ValidationError):
        if faster := rows.filter(archived_at=None).first():  # somebody else picked it up at the same moment
            return faster
        raise


def _picked(area: Area, unit: Unit, creation_key: UUID, by: User, now: datetime) -> Resource:
    sector = vocabulary().sector_of_form(unit.company_form)
    kind = {Sector.VOLUNTARY: "association", Sector.PUBLIC: "institution"}.get(sector, COMPANY)
    town = " ".join(part for part in (unit.postcode, unit.city) if part)
    quality = _QUALITY.get(PointQuality(unit.point_quality), PlaceQuality.NONE)
    address = ", ".join(part for part in (unit.address, town) if part)[:200]
    return add_resource(
        area=area, kind=kind, name=unit.name[:160], creation_key=creation_key, by=by, now=now, unit=unit,
        can_do=unit.industry_text, source=unit.source, confirmed_on=unit.source_date,
        placed=Placed(address, unit.x, unit.y, quality),
    )  # fmt: skip


def flags_of_resources(resources: Iterable[Resource]) -> dict[int, Flag]:
    """Return the flags of resources by key: their company has closed or turned protected since. One query, none where
    nothing is wrong; the resources are loaded with their units (`for_list`)."""
    linked = [(one, one.unit) for one in resources if one.unit is not None]
    since = {unit.number: one.created_at for one, unit in linked}
    flags = flags_of((unit for _one, unit in linked), since=since)
    return {one.pk: flags[unit.number] for one, unit in linked if unit.number in flags}


def _rows(area: Area, ground: Ground, user: User, reach_m: int) -> list[_Row]:
    """Return the units in business in the box around an area, at the most one more than are looked at."""
    west, south, east, north = box = ground.box(reach_m)
    units = Unit.objects.visible_to(user).active().filter(x__range=(west, east), y__range=(south, north))
    units = units.filter(point_quality__in=(PointQuality.ADDRESS, PointQuality.STREET)).order_by("pk")
    try:
        numbers = numbers_in_box(box)[: MOST + 1]
    except RegisterNotReady:
        found = units.filter(municipality__in=_municipalities(area, box)).values_list(*_Row._fields)[: MOST + 1]
        return [_Row(*row) for row in found]
    rows: list[_Row] = []
    for at in range(0, len(numbers), _AT_ONCE):
        found = units.filter(number__in=numbers[at : at + _AT_ONCE]).values_list(*_Row._fields)
        rows += [_Row(*row) for row in found]
    return rows


def _municipalities(area: Area, box: tuple[float, float, float, float]) -> set[str]:
    """Return the municipalities that reach into a box: without an index, the register is searched by them."""
    west, south, east, north = box
    middle = (west + east) / 2, (south + north) / 2
    towns = towns_within(*middle, _TOWN_M + max(east - west, north - south) / 2)
    return {town.municipality for town, _metres in towns} | ({area.municipality} - {""})
