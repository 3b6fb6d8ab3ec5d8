"""Makes walks for tests by the services that people use."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from medspil.accounts.models import User
from medspil.linking.models import Link, LinkParty
from medspil.mapping.places import Placed
from medspil.walks.attending import add_theirs
from medspil.walks.models import Attendee, Walk, WalkStop
from medspil.walks.planning import plan_walk
from medspil.walks.stops import StopFacts, write_stop
from tests.factories.people import NOW

MIDDLE = (533_600.0, 6_174_800.0)
ADDRESS = "per@smedjen.example"


def at(east: float, north: float, words: str = "") -> Placed:
    """Return a point so many metres from the middle of the area."""
    return Placed(words, MIDDLE[0] + east, MIDDLE[1] + north)


def walk(link: Link, *, by: User, starts_at: datetime = NOW + timedelta(days=7), **fields: Any) -> Walk:
    """Plan a walk from the middle of the area."""
    facts: dict[str, Any] = {"meeting": at(0, 0, "Torvet 1"), "creation_key": uuid4(), "now": NOW} | fields
    return plan_walk(link=link, starts_at=starts_at, by=by, **facts)


def stop(of: Walk, title: str, east: float, north: float, *, by: User, **facts: Any) -> WalkStop:
    """Write a stop so many metres from the middle of the area."""
    told = StopFacts(title=title, place=at(east, north), **facts)
    return write_stop(walk=of, facts=told, creation_key=uuid4(), by=by, now=NOW)


def per(of: Walk, side: LinkParty, *, by: User, **fields: Any) -> Attendee:
    """Note that Per of the company comes."""
    facts: dict[str, Any] = {
        "name": "Per Smed",
        "email": ADDRESS,
        "source": "hans kort",
        "creation_key": uuid4(),
    } | fields
    return add_theirs(walk=of, side=side, by=by, now=NOW, **facts)
