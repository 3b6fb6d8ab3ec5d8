"""What a person may do with an offer: its giver's own people, and who noted it down until the giver takes it over."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from medspil.areas.models import Area, AreaQuerySet
from medspil.areas.openness import shown_to_companies, speaks_for_a_company
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


@dataclass(frozen=True, slots=True)
class OfferRights:
    """What one person may do with one offer; a page shows exactly what the server accepts."""

    gives: bool = False
    recorded: bool = False
    standing: bool = False

    @property
    def change(self) -> bool:
        """May change its facts, say that it still stands, withdraw and end it."""
        return self.gives or self.recorded

    @property
    def take_over(self) -> bool:
        """May make it the giver's own, so that nobody else changes it any more."""
        return self.gives and self.standing


def givers(user: "User | AnonymousUser") -> OrganisationQuerySet:
    """Return the organisations in whose own name a person may make offers."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    may = Organisation.objects.where(user, Ability.MAKE_OFFER).values("pk")
    return Organisation.objects.speaking(user).filter(pk__in=may, archived_at=None, merged_into=None)


def recorders(user: "User | AnonymousUser") -> OrganisationQuerySet:
    """Return the organisations for which a person may note down what others said: those for which she links parties."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.where(user, Ability.LINK).filter(archived_at=None, merged_into=None)


def offer_rights(user: "User | AnonymousUser", offer: Offer) -> OfferRights:
    """Return what a person may do with an offer. Two queries at most."""
    gives = givers(user).filter(pk=offer.organisation_id).exists()
    recorder = offer.recorded_by_organisation_id if offer.noted_down else None
    recorded = recorder is not None and recorders(user).filter(pk=recorder).exists()
    return OfferRights(gives=gives, recorded=recorded, standing=offer.noted_down and offer.state == OfferState.OPEN)


def areas_to_offer_to(user: "User", offer: Offer | None, on: "date") -> AreaQuerySet:
    """Return the areas a person may make an offer to: those she works with, those in which her organisation takes part,
    for a company those with a need open to companies, and those it was made to already."""
    known = Q(pk__in=Area.objects.visible_to(user).values("pk"))
    hers = Organisation.objects.where(user, Ability.MAKE_OFFER).values("pk")
    known |= Q(pk__in=Area.partners.through._default_manager.filter(organisation__in=hers).values("area"))
    if speaks_for_a_company(user):
        known |= Q(pk__in=shown_to_companies(on).values("area"))
    if offer is not None:
        known |= Q(pk__in=offer.areas.values("pk"))
    return Area.objects.current().filter(known).order_by("name", "pk")
