"""Makes areas, challenges and needs for tests."""

from datetime import UTC, datetime
from typing import Any

from medspil.areas.models import Area, Challenge, Need, NeededResource
from medspil.organisations.models import Organisation

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def area(owner: Organisation, name: str = "Nørremarken", **fields: Any) -> Area:
    """Make an area in Vejle with a centre and a radius."""
    facts = {"municipality": "0630", "x": 533_600.0, "y": 6_174_800.0, "radius_m": 600} | fields
    return Area.objects.create(owner=owner, name=name, created_at=NOW, updated_at=NOW, **facts)


def challenge(place: Area, title: str = "Unge mangler forbilleder", **fields: Any) -> Challenge:
    """Make a challenge in an area."""
    return Challenge.objects.create(area=place, title=title, created_at=NOW, updated_at=NOW, **fields)


def need(place: Area, /, title: str = "En uge på arbejde", kinds: tuple[str, ...] = (), **fields: Any) -> Need:
    """Make a need in an area, with the kinds of resources it asks for."""
    made = Need.objects.create(area=place, title=title, created_at=NOW, updated_at=NOW, **fields)
    NeededResource.objects.bulk_create(NeededResource(need=made, kind=kind) for kind in kinds)
    return made
