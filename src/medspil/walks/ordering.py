"""Keeps the stops of a walk in order: for one person at a time, by the shortest round or as somebody chose."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from medspil.common.models import EditConflict
from medspil.walks.models import Walk
from medspil.walks.route import shortest_round


class Forgotten(EditConflict):
    """The people of an old walk were forgotten; it stays as it is."""

    sentence = _("The people of this walk were forgotten, because two years had passed.")


def locked(walk: Walk) -> Walk:
    """Return a walk as it stands, locked: two who change its stops or people at once are let in one by one."""
    return Walk.objects.select_for_update().get(pk=walk.pk)


def refuse_forgotten(walk: Walk) -> None:
    """Raise `Forgotten` for a walk whose people were forgotten: nobody is brought back by a page left open."""
    if walk.forgotten_at:
        raise Forgotten


def settled(walk: Walk, now: datetime) -> Walk:
    """Number the stops: in the order of a short round, those nobody has placed last; or as they stand, by hand."""
    stops = list(walk.stops.standing())
    if not walk.by_hand:
        placed = [(stop, point) for stop in stops if (point := stop.point) is not None]
        order = shortest_round(walk.point, [point for _stop, point in placed])
        stops = [placed[place][0] for place in order] + [stop for stop in stops if stop.point is None]
    number(walk, [stop.pk for stop in stops])
    Walk.objects.filter(pk=walk.pk).update(updated_at=now)
    return walk


def number(walk: Walk, order: Sequence[int]) -> None:
    """Give the stops of a walk their places, by their keys."""
    for at, pk in enumerate(order, start=1):
        walk.stops.filter(pk=pk).exclude(at=at).update(at=at)
