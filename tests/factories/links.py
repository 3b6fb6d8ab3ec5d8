"""Makes links for tests by the services that people use."""

from typing import Any
from uuid import uuid4

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.links import create_link
from medspil.linking.models import Link, Origin
from medspil.linking.parties import Party
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from tests.factories.people import NOW


def party(one: Organisation | Unit | Resource, **fields: Any) -> Party:
    """Return a party of whatever it is."""
    if isinstance(one, Organisation):
        return Party(organisation=one, **fields)
    return Party(unit=one, **fields) if isinstance(one, Unit) else Party(resource=one, **fields)


def link(need: Need, *others: Organisation | Unit | Resource | Party, by: User, **fields: Any) -> Link:
    """Make a link between the organisation of a need's area and others."""
    facts: dict[str, Any] = {
        "area": need.area,
        "need": fields.pop("about", need),
        "sentence": "De kan holde fotoskole sammen.",
        "origin": Origin.PERSON,
        "creation_key": uuid4(),
        "now": NOW,
    } | fields
    sides = [one if isinstance(one, Party) else party(one) for one in others]
    return create_link(parties=[Party(organisation=need.area.owner), *sides], by=by, **facts)


def resource(need: Need, name: str = "Fotoklubben", kind: str = "association", **fields: Any) -> Resource:
    """Make a resource in the area of a need."""
    facts: dict[str, Any] = {
        "review_on": NOW.date().replace(year=2027),
        "created_at": NOW,
        "updated_at": NOW,
    } | fields
    return Resource.objects.create(area=need.area, name=name, kind=kind, **facts)
