"""A walk as page, paper and telephone show it: its stops in words, its length, its map."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import User
from medspil.areas.borders import outline
from medspil.linking.parties import names_for
from medspil.mapping.models import Resource
from medspil.walks.models import Attendee, Walk, WalkStop
from medspil.walks.permissions import WalkRights
from medspil.walks.route import DETOUR, PACE_M_PER_MIN, Length
from medspil.walks.stops import length_of
from medspil.web.map_marks import Mark
from medspil.web.mapping.words import asset_kind
from medspil.web.maps import Map, Point, build
from medspil.web.walks import words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MARKS = {
    "start": Mark(gettext_lazy("meeting point"), "#123f40", form="square"),
    "stop": Mark(gettext_lazy("stop"), "#a8470f"),
}


@dataclass(frozen=True, slots=True)
class ShownStop:
    """One stop in words. A person whom the reader may not know is somebody, without place and without words on her."""

    stop: WalkStop
    number: int
    title: str
    what: str
    url: str
    place: str
    point: tuple[float, float] | None
    hidden: bool

    @property
    def ident(self) -> str:
        """Return what ties the line to its point on the map."""
        return f"stop-{self.stop.pk}"

    @property
    def shower(self) -> str:
        """Return who shows it."""
        return "" if self.hidden else self.stop.shower

    @property
    def shows(self) -> str:
        """Return what is shown."""
        return "" if self.hidden else self.stop.shows


@dataclass(frozen=True, slots=True)
class ShownLength:
    """How long a walk is, in words, and by which rule that is reckoned."""

    length: Length

    @property
    def metres(self) -> str:
        """Return the way."""
        return words.metres(self.length.metres)

    @property
    def walking(self) -> str:
        """Return the time on foot."""
        return words.minutes(self.length.walking)

    @property
    def standing(self) -> str:
        """Return the time at the stops."""
        return words.minutes(self.length.standing)

    @property
    def total(self) -> str:
        """Return the whole time."""
        return words.minutes(self.length.minutes)

    @property
    def rule(self) -> str:
        """Return how the way and its time are reckoned."""
        pace, more = round(PACE_M_PER_MIN * 60 / 1000), round((DETOUR - 1) * 100)
        return _("The way is the straight line and {more} % more; on foot at {pace} km an hour.").format(
            more=more, pace=pace
        )


def stops_of(
    walk: Walk, user: "User | AnonymousUser", rights: WalkRights, *, in_print: bool = False
) -> list[ShownStop]:
    """Return the stops of a walk in their order as a person may see them. Three queries at most.

    `in_print` is for paper that leaves the house: people stand there by name only if they agreed to that.
    """
    return _seen_by(user, list(walk.stops.standing()), rights, in_print=in_print)


def taken_out_of(walk: Walk, user: User, rights: WalkRights) -> list[ShownStop]:
    """Return the stops that were taken out of a walk, as a person may see them."""
    return _seen_by(user, list(walk.stops.taken_out()), rights)


def _seen_by(
    user: "User | AnonymousUser", stops: list[WalkStop], rights: WalkRights, *, in_print: bool = False
) -> list[ShownStop]:
    people = {stop.resource_id for stop in stops if stop.resource and stop.resource.is_person}
    seen = _known_people(user, people, in_print=in_print)
    return [_shown(stop, number, seen, rights) for number, stop in enumerate(stops, start=1)]


def _shown(stop: WalkStop, number: int, seen: set[int | None], rights: WalkRights) -> ShownStop:
    resource = stop.resource
    hidden = resource is not None and resource.is_person and resource.pk not in seen
    name = resource.name if resource else stop.challenge.title if stop.challenge else ""
    url = ""
    if rights.sees_area and resource and not hidden:
        url = reverse("mapping:detail", args=[resource.pk])
    return ShownStop(
        stop=stop,
        number=number,
        title=_("A person in the area") if hidden else stop.title or name,
        what="" if hidden else _what(resource) if resource else _("Challenge") if stop.challenge else "",
        url=url,
        place="" if hidden else stop.place or (resource.address if resource else ""),
        point=None if hidden else stop.point,
        hidden=hidden,
    )


def _what(resource: Resource) -> str:
    """Return the kind of a resource; of a company that nobody may approach it says so, on paper too."""
    unit = resource.unit or (resource.organisation.unit if resource.organisation else None)
    kind = asset_kind(resource.kind)
    return ", ".join((kind, _("protected from advertising"))) if unit and unit.protected else kind


def length_shown(walk: Walk, stops: Iterable[ShownStop]) -> ShownLength:
    """Return how long a walk is."""
    return ShownLength(length_of(walk, [one.stop for one in stops]))


def map_of(walk: Walk, stops: list[ShownStop]) -> Map | None:
    """Return the map with the stops by their numbers and the way past them; None where nothing has a place."""
    points = points_of(walk, stops)
    if not points:
        return None
    way = [one.point for one in stops if one.point]
    return build(
        caption=_("The walk"),
        points=points,
        border=outline(walk.link.area),
        beside_list=True,
        marks=MARKS,
        spread=True,
        route=[walk.point, *way, walk.point] if walk.point else way,
        close_up=True,
    )


def points_of(walk: Walk, stops: Iterable[ShownStop]) -> list[Point]:
    """Return the meeting point and the stops as points of a map, those that have a place."""
    points = [
        Point(
            ident=one.ident, x=point[0], y=point[1], label=f"{one.number}. {one.title}", kind="stop", size=1,
            sign=str(one.number), note=one.place,
        )
        for one in stops if (point := one.point)
    ]  # fmt: skip
    if walk.point:
        start = Point("start", *walk.point, label=walk.meeting_place, kind="start", size=0.7)
        points = [start, *points]
    return points


@dataclass(frozen=True, slots=True)
class ShownAttendee:
    """Somebody who comes, by the name that the reader may see."""

    attendee: Attendee
    name: str


def people_of(walk: Walk, user: User, *, in_print: bool = False) -> list[tuple[str | Promise, list[ShownAttendee]]]:
    """Return who comes, from the area first and then by side. Who comes for a person of the area whom the reader may
    not know, or who did not agree to be `in_print`, is not named."""
    coming = list(walk.attendees.coming())
    sides = {one.side.pk: one.side for one in coming if one.side}
    names = names_for(user, sides.values())
    people = {side.resource_id for side in sides.values() if side.resource and side.resource.is_person}
    known = _known_people(user, people, in_print=in_print)
    found: dict[int, tuple[str | Promise, list[ShownAttendee]]] = {}
    for one in sorted(coming, key=lambda each: not each.ours):
        secret = one.side is not None and one.side.resource_id in people - known
        who = _("From the area") if one.ours else _("Others")
        if one.side and not one.ours:
            who = _("A person in the area") if secret else names[one.side.pk]
        key = 0 if one.ours else one.side_id or -1
        found.setdefault(key, (who, []))[1].append(ShownAttendee(one, "" if secret else one.shown_name))
    return list(found.values())


def _known_people(user: "User | AnonymousUser", people: set[int | None], *, in_print: bool) -> set[int | None]:
    """Return which people of the area a person may see by name. One query where there are some."""
    if not people:
        return set()
    seen = Resource.objects.visible_to(user).filter(pk__in=[pk for pk in people if pk])
    return set((seen.for_print() if in_print else seen).values_list("pk", flat=True))
