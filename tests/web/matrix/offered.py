"""Offers in the matrix's world: one that its giver also noted down itself, and one that is asked about by a link."""

from django.db import models
from django.utils import timezone

from medspil.offers.models import Offer
from medspil.offers.renewal import ask_by_link
from medspil.organisations.models import Organisation
from tests.factories import offering, people


def records(home: Organisation, canary: str) -> dict[str, models.Model]:
    """Make an offer of an organisation that nobody else sees.

    The organisation noted it down for itself, so those of its roles that give and those that note down may all change
    it; only those who give may take it over.
    """
    made = offering.noted_down(home, home, title=canary, text=canary, conditions=canary, source=canary)
    Offer.objects.filter(pk=made.pk).update(public=False)
    return {"offer": made}


def asked() -> Offer:
    """Return an offer with the token of a link that asks about it, for the page that needs no account."""
    tokens: list[str] = []

    def address(token: str) -> str:
        tokens.append(token)
        return token

    offer = offering.offer(offering.company("Spurgt ApS"), title="Spurgt")
    by, now = people.user("Spørger"), timezone.now()  # the page asks the clock whether the link has expired
    ask_by_link(offer=offer, email="s@example.org", name="", language="da", by=by, now=now, address=address)
    offer.__dict__["token"] = tokens[0]
    return offer
