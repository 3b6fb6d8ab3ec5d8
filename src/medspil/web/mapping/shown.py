"""Resources as map, list and totals show them: one row for each, made once for all three."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.areas.borders import outline
from medspil.areas.models import Area
from medspil.geography.projection import to_metres
from medspil.linking.reach import Reach, Stage, reach_of
from medspil.mapping.companies import flags_of_resources
from medspil.mapping.models import Resource, ResourceQuerySet, agreed
from medspil.mapping.search import search
from medspil.register.flags import Flag, FlagKind
from medspil.web.areas import words as area_words
from medspil.web.map_marks import Mark
from medspil.web.mapping import looks, words
from medspil.web.mapping.filters import Asked
from medspil.web.mapping.links import size
from medspil.web.maps import Map, Point, build

STEPS_KM = (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 25)
MOST_TAGS = 4
MOST_OF_THEM = 0.9
SHORT_FLAGS: dict[FlagKind, str | Promise] = {
    FlagKind.CEASED: gettext_lazy("The company has ceased"),
    FlagKind.CLOSING: gettext_lazy("The company is closing"),
    FlagKind.PROTECTED: gettext_lazy("Protected from advertising"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One resource in the list."""

    resource: Resource
    mark: Mark
    what: str
    tags: list[str]
    stale: bool
    on_map: bool
    """Whether all who work with the area may see it; people choose that themselves."""
    reach: Reach | None = None
    """How far it got; None where nobody asked."""
    flag: str | Promise = ""
    """What the register says of its company that one must know."""

    @property
    def links(self) -> int:
        """Return the number of its links that stand: by itself, as its organisation or its company."""
        return self.reach.links if self.reach else 0

    @property
    def mobilised(self) -> bool:
        """Return whether a link of it became a partnership."""
        return self.reach is not None and self.reach.stage is Stage.MOBILISED

    @property
    def ident(self) -> str:
        """Return what ties the row to its point on the map."""
        return f"resource-{self.resource.pk}"

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("mapping:detail", args=[self.resource.pk])

    @property
    def never(self) -> bool:
        """Return whether nobody has confirmed it."""
        return self.resource.confirmed_on is None

    @property
    def placed(self) -> bool:
        """Return whether it has a place on the map."""
        return self.resource.x is not None and self.on_map


@dataclass(frozen=True, slots=True)
class KindTotal:
    """How many of one kind or theme there are with all other filters, and the way to see only those."""

    mark: Mark
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a page of resources shows: the rows that the filter leaves, and the totals that follow it."""

    rows: list[Row]
    kinds: list[KindTotal]
    themes: list[KindTotal]
    """Where colours and forms show themes; then the kinds have no signs."""
    everything: int
    all_query: str

    @property
    def linked(self) -> int:
        """Return how many are linked to somebody."""
        return sum(1 for row in self.rows if row.links)

    @property
    def stale(self) -> int:
        """Return how many should be confirmed again."""
        return sum(1 for row in self.rows if row.stale)

    @property
    def unplaced(self) -> int:
        """Return how many are in the list only."""
        return sum(1 for row in self.rows if not row.placed)


def mapped(resources: ResourceQuerySet, asked: Asked, *, today: date) -> Mapped:
    """Return what the filter leaves of the resources of an area. A few queries however many there are."""
    found = search(resources.current().for_list().annotate(on_map=agreed(on_map=True)), asked.q)
    reached, flags = reach_of(found), flags_of_resources(found)
    marks = looks.theme_marks() if asked.colour == "theme" else looks.kind_marks()
    rows = [
        row_of(one, asked, marks=marks, reached=reached, today=today, flag=flags.get(one.pk))
        for one in found
        if asked.holds(one, reach=reached[one.pk], today=today)
    ]
    others = [one for one in found if asked.holds(one, reach=reached[one.pk], today=today, but="kind")]
    counts = Counter(one.kind for one in others)
    kinds = [
        KindTotal(looks.kind_mark(code), counts[code], asked.query(kind=code), asked.kind == code)
        for code in words.asset_kinds()
    ]
    themes = _themes(found, asked, marks, reached, today) if asked.colour == "theme" else []
    return Mapped(rows, kinds, themes, everything=len(others), all_query=asked.query(kind=""))


def _themes(
    found: Sequence[Resource], asked: Asked, marks: Mapping[str, Mark], reached: Mapping[int, Reach], today: date
) -> list[KindTotal]:
    """Return the totals by theme, with the signs of map and list."""
    others = [one for one in found if asked.holds(one, reach=reached[one.pk], today=today, but="theme")]
    counts = Counter(code for one in others for code in set(one.themes))
    return [
        KindTotal(mark, counts[code], asked.query(theme="" if asked.theme == code else code), asked.theme == code)
        for code, mark in marks.items()
        if counts[code] or asked.theme == code
    ]


def row_of(
    one: Resource,
    asked: Asked,
    *,
    marks: Mapping[str, Mark],
    reached: Mapping[int, Reach],
    today: date,
    flag: Flag | None = None,
) -> Row:
    """Return a resource as its line shows it."""
    where = one.address or (one.organisation.name if one.organisation and one.organisation.name != one.name else "")
    tags = [area_words.kind(code) for code in one.kinds]
    if len(tags) > MOST_TAGS:
        tags = [*tags[: MOST_TAGS - 1], _("%(number)d more") % {"number": len(tags) - MOST_TAGS + 1}]
    return Row(
        resource=one,
        mark=marks.get(colour_of(one, asked), looks.UNKNOWN),
        what=" · ".join(part for part in (words.asset_kind(one.kind), where, one.when) if part),
        tags=tags,
        reach=reached.get(one.pk),
        stale=one.is_stale(today),
        on_map=not one.is_person or bool(getattr(one, "on_map", False)),
        flag=SHORT_FLAGS[flag.kind] if flag else "",
    )


def colour_of(one: Resource, asked: Asked) -> str:
    """Return the code by which a resource is coloured: its kind, or the first of its themes."""
    if asked.colour == "kind":
        return one.kind
    return asked.theme or next(iter(one.themes), looks.NO_THEME)


def map_of(area: Area, rows: Sequence[Row], asked: Asked, near: Sequence[Point] = ()) -> Map | None:
    """Return the map of what the filter left; None until the area or one of its resources has a place."""
    points = [point_of(row, asked) for row in rows if row.placed]
    centre = (area.x, area.y) if area.x is not None and area.y is not None else None
    if centre is None and not points:
        return None
    return build(
        caption=_("What %(area)s has") % {"area": area.name},
        centre=centre,
        rings_km=_rings(centre, [*near, *points], outline(area)),
        points=[*near, *points],
        border=outline(area),
        beside_list=True,
        marks=looks.theme_marks() if asked.colour == "theme" else looks.kind_marks(),
        spread=True,
    )


def _rings(
    centre: tuple[float, float] | None, points: Sequence[Point], border: dict[str, Any] | None
) -> tuple[float, ...]:
    """Return the rings to draw: around the border and most points; one far away must not make the others tiny."""
    if centre is None:
        return (0.5, 1)
    corners = [to_metres(corner[0], corner[1]) for corner in border["coordinates"][0]] if border else []
    reached = [hypot(x - centre[0], y - centre[1]) for x, y in corners]
    away = sorted(hypot(one.x - centre[0], one.y - centre[1]) for one in points)
    most = away[int((len(away) - 1) * MOST_OF_THEM)] if away else 0.0
    reach = next((km for km in STEPS_KM if km * 1000 >= max(most, *reached, 0.0)), STEPS_KM[-1])
    inner = [km for km in STEPS_KM if 0.5 <= km <= reach / 2]
    return (*inner[-1:], reach)


def point_of(row: Row, asked: Asked) -> Point:
    """Return the point of a row; who has more links is larger."""
    told = ngettext("%(number)d link", "%(number)d links", row.links) % {"number": row.links}
    return Point(
        ident=row.ident,
        x=row.resource.x or 0.0,
        y=row.resource.y or 0.0,
        label=row.resource.name,
        href=row.url,
        kind=colour_of(row.resource, asked),
        size=size(row.links),
        note=f"{row.what} · {told}" if row.links else row.what,
    )
