"""The map on which a stop is put where it is, and the names of places that can be written instead."""

from collections.abc import Sequence
from typing import Any

from medspil.accounts.models import User
from medspil.areas.borders import outline
from medspil.geography.projection import to_degrees
from medspil.mapping.models import PERSON, Resource
from medspil.walks.models import Walk, WalkStop
from medspil.walks.permissions import rights_in
from medspil.web.areas.sections import drawing_map
from medspil.web.maps import Map, build
from medspil.web.walks.shown import MARKS, points_of, stops_of


def placing(walk: Walk, stop: WalkStop | None, user: User) -> dict[str, Any]:
    """Return what the form of a stop needs to place it: the map, where it is now, and places of the area by name."""
    others = [one for one in stops_of(walk, user, rights_in(user, walk.link)) if stop is None or one.stop.pk != stop.pk]
    here = Resource.objects.visible_to(user).current().filter(area=walk.link.area_id)
    named = here.exclude(kind=PERSON).filter(x__isnull=False)
    return {
        "map": _map(walk, points_of(walk, others)),
        "at": _latlon(stop.point) if stop and stop.point else "",
        "places": sorted(set(named.exclude(kind=PERSON).values_list("name", flat=True))),
    }


def _map(walk: Walk, points: Sequence[Any]) -> Map:
    area = walk.link.area
    if not points:
        return drawing_map(area)
    return build(caption=area.name, points=points, border=outline(area), marks=MARKS, close_up=True, ident="draw")


def _latlon(point: tuple[float, float]) -> str:
    longitude, latitude = to_degrees(*point)
    return f"{latitude:.6f},{longitude:.6f}"
