"""Makes companies with contacts, and offers, for tests."""

from datetime import UTC, date, datetime
from typing import Any

from medspil.accounts.models import User
from medspil.areas.models import Area, Need, NeededResource
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def company(name: str = "Lysets Fotostudie ApS", **fields: Any) -> Organisation:
    """Make a company that people may act for."""
    return Organisation.objects.create(name=name, kind="company", created_at=NOW, updated_at=NOW, **fields)


def contact(giver: Organisation, name: str = "Bo") -> User:
    """Make a person who speaks for a company."""
    return people.member(giver, Role.COMPANY_CONTACT, name=name)


def offer(giver: Organisation, *areas: Area, kind: str = "photo_film", **fields: Any) -> Offer:
    """Make an offer in Vejle, to some areas or, without any, to everybody."""
    facts: dict[str, Any] = {
        "title": "Et studie om lørdagen", "x": 533_600.0, "y": 6_174_800.0, "municipality": "0630",
        "public": not areas, "renewed_on": TODAY,
    }  # fmt: skip
    made = Offer.objects.create(organisation=giver, kind=kind, created_at=NOW, updated_at=NOW, **(facts | fields))
    made.areas.set(areas)
    return made


def noted_down(giver: Organisation, recorder: Organisation, *areas: Area, **fields: Any) -> Offer:
    """Make an offer that somebody noted down for the giver."""
    said: dict[str, Any] = {
        "source": "Ejeren, på telefon",
        "said_on": date(2026, 11, 1),
        "renewed_on": date(2026, 11, 1),
    }
    return offer(giver, *areas, recorded_by_organisation=recorder, **(said | fields))


def wants(need: Need, kind: str, **amount: Any) -> NeededResource:
    """Let a need ask for a kind of resource, how much and how often."""
    row, _created = NeededResource.objects.update_or_create(need=need, kind=kind, defaults=amount)
    return row
