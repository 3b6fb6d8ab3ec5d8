"""The stops of a walk: picked from the map or written, in the order of a short round or as somebody wants them.

A walk whose order nobody chose by hand is put in order again with every stop that comes or moves.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.models import Challenge
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.gate import ResourceGone
from medspil.linking.links import AboutNothing
from medspil.mapping.models import Resource
from medspil.mapping.places import Placed
from medspil.walks.models import Walk, WalkStop
from medspil.walks.ordering import locked, number, refuse_forgotten, settled
from medspil.walks.route import Length, length

MOST_STOPS = 20


class TooManyStops(Exception):
    """A walk with so many stops that nobody would come back."""

    def __init__(self) -> None:
        super().__init__(_("A walk has at most {most} stops.").format(most=MOST_STOPS))


class NothingToSee(Exception):
    """A stop without saying what is seen there."""

    def __init__(self) -> None:
        super().__init__(_("Say what is seen there."))


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFacts:
    """What can be said of a stop. `place` is where it is if not where its resource is."""

    title: str = ""
    place: Placed | None = None
    minutes: int = 10
    shower: str = ""
    shows: str = ""

    def fields(self) -> dict[str, Any]:
        """Return it in the shape in which it is kept. Raises `CprNumberFound`."""
        words = {name: " ".join(getattr(self, name).split()) for name in ("title", "shower", "shows")}
        where = self.place or Placed()
        refuse_cpr(*words.values(), where.address)
        fields = {"title": words["title"][:160], "shower": words["shower"][:120], "shows": words["shows"][:300]}
        return fields | {"minutes": self.minutes, "place": where.address[:200], "x": where.x, "y": where.y}


def length_of(walk: Walk, stops: Iterable[WalkStop]) -> Length:
    """Return how long a walk is past stops in their order."""
    return length(walk.point, [(stop.point, stop.minutes) for stop in stops])


@transaction.atomic
def pick_stops(
    *, walk: Walk, challenges: Collection[Challenge] = (), resources: Collection[Resource] = (), by: User, now: datetime
) -> Walk:
    """Let challenges and resources of the area be stops; one that is there, or was taken out, stands once.

    Raises `AboutNothing`, `ResourceGone`, `TooManyStops`, `Forgotten`.
    """
    walk = locked(walk)
    refuse_forgotten(walk)
    area = walk.link.area_id
    if any(one.area_id != area for one in challenges):
        raise AboutNothing
    here = Resource.objects.current().select_for_update().filter(area=area, pk__in=[one.pk for one in resources])
    if len(here.order_by("pk")) < len(resources):
        raise ResourceGone
    known = {(stop.challenge_id, stop.resource_id): stop for stop in walk.stops.order_by("pk")}
    wanted = [(one.pk, None) for one in challenges] + [(None, one.pk) for one in resources]
    back = [stop.pk for pair in wanted if (stop := known.get(pair)) and stop.removed_at]
    fresh = [pair for pair in wanted if pair not in known]
    if not back and not fresh:
        return walk
    _refuse_too_many(walk, len(back) + len(fresh))
    last = _last(walk)
    walk.stops.filter(pk__in=back).update(removed_at=None, at=last + 1)
    WalkStop.objects.bulk_create(
        WalkStop(
            walk=walk,
            at=last + 2 + place,
            challenge_id=challenge,
            resource_id=resource,
            created_at=now,
            updated_at=now,
        )
        for place, (challenge, resource) in enumerate(fresh)
    )
    record_history(record=walk, action="stops_added", by=by, now=now)
    return settled(walk, now)


def write_stop(*, walk: Walk, facts: StopFacts, creation_key: UUID, by: User, now: datetime) -> WalkStop:
    """Add a stop that somebody writes; the same key again returns the stop that is there.

    Raises `NothingToSee`, `TooManyStops`, `CprNumberFound`, `Forgotten`.
    """
    fields = facts.fields()
    if not fields["title"]:
        raise NothingToSee

    def make() -> WalkStop:
        here = locked(walk)
        refuse_forgotten(here)
        _refuse_too_many(here, 1)
        made = WalkStop.objects.create(
            walk=here, at=_last(here) + 1, creation_key=creation_key, created_at=now, updated_at=now, **fields
        )
        record_history(record=here, action="stops_added", by=by, now=now)
        settled(here, now)
        return made

    return once(WalkStop.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def change_stop(*, stop: WalkStop, facts: StopFacts, expected_version: int, by: User, now: datetime) -> WalkStop:
    """Say otherwise what is seen, where, for how long, who shows it. Raises `NothingToSee`, `EditConflict`,
    `CprNumberFound`, `Forgotten`."""
    walk = locked(stop.walk)
    refuse_forgotten(walk)
    fields = facts.fields()
    if not fields["title"] and stop.challenge_id is None and stop.resource_id is None:
        raise NothingToSee
    if {name: getattr(stop, name) for name in fields} == fields:
        return stop
    moved = (stop.x, stop.y) != (fields["x"], fields["y"])
    stop.save_changes(expected_version=expected_version, now=now, **fields)
    record_history(record=walk, action="stop_changed", by=by, now=now)
    if moved:
        settled(walk, now)
    return stop


@transaction.atomic
def take_out(*, stop: WalkStop, out: bool, by: User, now: datetime) -> Walk:
    """Take a stop out of a walk with what was noted there, or put it back; twice is once. Raises `TooManyStops`."""
    walk = locked(stop.walk)
    if not out:
        _refuse_too_many(walk, 1)
    still = walk.stops.filter(pk=stop.pk, removed_at__isnull=out)
    if not still.update(removed_at=now if out else None):
        return walk
    record_history(record=walk, action="stop_taken_out" if out else "stop_put_back", by=by, now=now)
    return settled(walk, now)


@transaction.atomic
def move_stop(*, stop: WalkStop, up: bool, by: User, now: datetime) -> Walk:
    """Let a stop come one earlier or later; at the end it stays. The order is then somebody's own."""
    walk = locked(stop.walk)
    order = [one.pk for one in walk.stops.standing()]
    if stop.pk not in order:
        return walk
    here = order.index(stop.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return walk
    order[here], order[there] = order[there], order[here]
    number(walk, order)
    Walk.objects.filter(pk=walk.pk).update(by_hand=True, updated_at=now)
    record_history(record=walk, action="stops_ordered", by=by, now=now)
    walk.by_hand = True
    return walk


@transaction.atomic
def propose_order(*, walk: Walk, by: User, now: datetime) -> Walk:
    """Put the stops in the order of a short round again; whoever comes later changes it by hand anew."""
    walk = locked(walk)
    if walk.by_hand:
        Walk.objects.filter(pk=walk.pk).update(by_hand=False, updated_at=now)
        walk.by_hand = False
        record_history(record=walk, action="stops_proposed", by=by, now=now)
    return settled(walk, now)


def _last(walk: Walk) -> int:
    return max(walk.stops.values_list("at", flat=True), default=0)


def _refuse_too_many(walk: Walk, more: int) -> None:
    if walk.stops.standing().count() + more > MOST_STOPS:
        raise TooManyStops
