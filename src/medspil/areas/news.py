"""What the register's imports changed about companies near an area, since a person last looked.

What is new is read at once for all areas of a page, as bare numbers; distances are measured here, from the border.
Reading marks nothing: the mark moves only when the person says so.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import inf
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from medspil.accounts.models import User
from medspil.areas.models import Area, NewsRead
from medspil.geography.nearness import Ground, ground_of
from medspil.register.models import ChangeKind, UnitChange
from medspil.register.models.changes import in_municipality, inside, latest_imports

REACHES_KM = (1, 3, 5, 10)
REACH_KM = 3
_FIELDS = ("pk", "run_id", "kind", "x", "y", "old_x", "old_y", "municipality", "old_municipality")
Row = dict[str, Any]
MOST = 20_000  # changes looked at for one page; a year of the densest town within 10 km is less


class Group(StrEnum):
    """Kinds of change that are read together."""

    NEW = "new"
    MOVED = "moved"
    CLOSED = "closed"
    PROTECTION = "protection"
    OTHER = "other"


KINDS: dict[Group, tuple[ChangeKind, ...]] = {
    Group.NEW: (ChangeKind.NEW, ChangeKind.BACK),
    Group.MOVED: (ChangeKind.MOVED,),
    Group.CLOSED: (ChangeKind.CEASED, ChangeKind.GONE, ChangeKind.CLOSING),
    Group.PROTECTION: (ChangeKind.PROTECTED, ChangeKind.LIFTED),
    Group.OTHER: (ChangeKind.RENAMED, ChangeKind.TRADE),
}
GROUPS = {kind: group for group, kinds in KINDS.items() for kind in kinds}


class Way(StrEnum):
    """Which way a company moved, seen from the area."""

    HERE = "here"
    AWAY = "away"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One change near an area: its key, its kind, how far away, and which way a company moved."""

    change: int
    kind: ChangeKind
    distance: float  # infinity where the place is not known
    way: Way | None = None

    @property
    def group(self) -> Group:
        """Return with which others it is read."""
        return GROUPS[self.kind]


@dataclass(frozen=True, slots=True)
class News:
    """What is new near one area within a reach."""

    area: Area
    reach_km: int
    read_at: datetime | None  # None: nobody has read yet, and the news are those of the latest imports
    items: list[NewsItem]
    ground: Ground | None  # None: the area has no place, and the whole municipality counts
    cut: bool = False  # there is more than could be looked at

    @property
    def counts(self) -> dict[Group, int]:
        """Return how many changes of each group there are, in the order of the groups."""
        found = Counter(item.group for item in self.items)
        return {group: found[group] for group in Group if found[group]}

    def moved(self, way: Way) -> int:
        """Return how many companies moved here, away, or within the reach."""
        return sum(1 for item in self.items if item.way is way)

    def of(self, group: Group | None) -> list[NewsItem]:
        """Return the changes of one group, or all."""
        return [item for item in self.items if group in (None, item.group)]


def newest_change() -> int:
    """Return the key of the newest change there is: what a page shows is read up to here."""
    return UnitChange.objects.aggregate(newest=Max("pk"))["newest"] or 0


def news_of(areas: Sequence[Area], *, user: User, reach_km: int = REACH_KM, everything: bool = False) -> list[News]:
    """Return the news of areas, those with a place or a municipality. Three queries however many areas there are.

    With `everything` also what was read before, as far back as changes are kept.
    """
    grounds = {area.pk: ground_of(area.border, area.x, area.y, area.radius_m) for area in areas}
    placed = [area for area in areas if grounds[area.pk] or area.municipality]
    if not placed:
        return []
    marks = {mark.area_id: mark for mark in NewsRead.objects.visible_to(user).filter(area__in=placed)}
    latest = latest_imports() if len(marks) < len(placed) and not everything else []
    near = {area.pk: _near(area, grounds[area.pk], reach_km * 1000.0) for area in placed}
    wanted = Q(pk__in=[])
    for area in placed:
        mark = marks.get(area.pk)
        when = Q() if everything else Q(pk__gt=mark.change) if mark else Q(run__in=latest)
        for where in near[area.pk]:
            wanted |= where & when
    rows = list(UnitChange.objects.visible_to(user).filter(wanted).order_by("-pk").values(*_FIELDS)[: MOST + 1])
    return [
        News(
            area=area,
            reach_km=reach_km,
            read_at=marks[area.pk].read_at if area.pk in marks else None,
            items=_items(
                area, grounds[area.pk], rows[:MOST], reach_km * 1000.0, _new_to(marks.get(area.pk), latest, everything)
            ),
            ground=grounds[area.pk],
            cut=len(rows) > MOST,
        )
        for area in placed
    ]


def changes_of(items: Sequence[NewsItem], *, user: User) -> list[UnitChange]:
    """Return the changes themselves with unit and import, in the order of the items. For one page at a time."""
    found = UnitChange.objects.visible_to(user).for_list().in_bulk([item.change for item in items])
    return [found[item.change] for item in items if item.change in found]


def _near(area: Area, ground: Ground | None, reach_m: float) -> tuple[Q, Q]:
    return inside(ground.box(reach_m)) if ground else in_municipality(area.municipality)


def _new_to(mark: NewsRead | None, latest: Sequence[int], everything: bool) -> Callable[[Row], bool]:
    """Return whether a change is new to a person: after her mark, or of the latest imports where she has none."""
    if everything:
        return lambda _row: True
    if mark is None:
        return lambda row: row["run_id"] in latest
    upto = mark.change
    return lambda row: row["pk"] > upto


def _items(
    area: Area, ground: Ground | None, rows: Sequence[Row], reach_m: float, new: Callable[[Row], bool]
) -> list[NewsItem]:
    """Return the changes that are near one of the areas and new to the person, the newest first."""
    mine = [row for row in rows if new(row)]
    if ground is None:
        here = [
            (row["municipality"] == area.municipality, row["old_municipality"] == area.municipality) for row in mine
        ]
        distances = [inf] * len(mine)
    else:
        now = ground.distances([row["x"] for row in mine], [row["y"] for row in mine])
        before = ground.distances([row["old_x"] for row in mine], [row["old_y"] for row in mine])
        here = list(zip((now <= reach_m).tolist(), (before <= reach_m).tolist(), strict=True))
        distances = now.tolist()
    return [
        NewsItem(row["pk"], ChangeKind(row["kind"]), distance, _way(row, *places))
        for row, distance, places in zip(mine, distances, here, strict=True)
        if any(places)
    ]


def _way(row: Row, here: bool, before: bool) -> Way | None:
    if row["kind"] != ChangeKind.MOVED:
        return None
    return Way.WITHIN if here and before else Way.HERE if here else Way.AWAY


@transaction.atomic
def mark_read(*, area: Area, user: User, change: int, now: datetime) -> None:
    """Note that a person has read the news up to a change; a mark never goes back, and never past what there is."""
    upto = min(change, newest_change())
    if upto < 0:
        return
    marks = NewsRead.objects.filter(user=user, area=area)
    if marks.filter(change__lte=upto).update(change=upto, read_at=now) or marks.exists():
        return
    try:
        with transaction.atomic():
            NewsRead.objects.create(user=user, area=area, change=upto, read_at=now)
    except IntegrityError:  # the second click of two was faster
        marks.filter(change__lt=upto).update(change=upto, read_at=now)
