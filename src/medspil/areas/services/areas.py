"""Create an area, change its facts, draw its border."""

from datetime import datetime
from typing import Any
from uuid import UUID

from medspil.accounts.models import User
from medspil.areas.changes import change
from medspil.areas.creation import create_once
from medspil.areas.models import Area
from medspil.geography.borders import Border
from medspil.organisations.models import Organisation


def create_area(*, owner: Organisation, name: str, creation_key: UUID, by: User, now: datetime, **facts: Any) -> Area:
    """Create an area with its name; the same key again returns the area that is there.

    `facts` are fields of `Area`, as `edit_area` takes them.
    """
    return create_once(Area(owner=owner, name=name.strip(), **facts), creation_key=creation_key, by=by, now=now)


def edit_area(*, area: Area, expected_version: int, by: User, now: datetime, **facts: Any) -> Area:
    """Change some of name, municipality, kind, description, programme, programme_from, programme_to.

    Raises `EditConflict`, `CprNumberFound`, Django's `ValidationError`.
    """
    return change(area, expected_version=expected_version, by=by, now=now, fields=facts)


def set_border(*, area: Area, border: Border, expected_version: int, by: User, now: datetime) -> Area:
    """Give an area a border; its middle becomes the point that distances are measured from."""
    fields = {"border": border.geojson, "x": border.x, "y": border.y, "radius_m": None}
    return change(area, expected_version=expected_version, by=by, now=now, fields=fields)


def set_circle(
    *, area: Area, centre: tuple[float, float], radius_m: int, expected_version: int, by: User, now: datetime
) -> Area:
    """Describe an area by its centre (EPSG:25832 metres) and a radius; a border it had goes."""
    fields = {"border": None, "x": centre[0], "y": centre[1], "radius_m": radius_m}
    return change(area, expected_version=expected_version, by=by, now=now, fields=fields)
