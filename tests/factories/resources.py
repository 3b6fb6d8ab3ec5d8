"""Makes resources, people with consent, and contacts for tests, through the services that people use."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.mapping.models import HowGiven, Resource, ResourceContact, Scope
from medspil.mapping.services import ConsentSaid, add_contact, add_resource

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
EVERYTHING = frozenset(Scope)


def consent(*scope: Scope, given_on: date = TODAY) -> ConsentSaid:
    """Return a consent said today; to everything, unless something is named."""
    return ConsentSaid(how=HowGiven.SAID, given_on=given_on, scope=frozenset(scope) or EVERYTHING)


def resource(area: Area, by: User, name: str = "Nordklubben", kind: str = "association", **facts: Any) -> Resource:
    """Add something an area has."""
    key = facts.pop("creation_key", None) or uuid4()
    return add_resource(area=area, kind=kind, name=name, creation_key=key, by=by, now=facts.pop("now", NOW), **facts)


def person(area: Area, by: User, name: str = "Fatima Nielsen", **facts: Any) -> Resource:
    """Add a person who said yes."""
    facts.setdefault("consent", consent())
    return resource(area, by, name, "person", **facts)


def contact(of: Resource, by: User, **facts: Any) -> ResourceContact:
    """Keep how somebody is reached."""
    said = {
        "name": "Fatima Nielsen", "email": "fatima@example.org", "source": "sagt på vandringen", "purpose": "aftaler",
    } | facts  # fmt: skip
    return add_contact(resource=of, by=by, now=NOW, **said)
