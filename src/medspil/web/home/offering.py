"""What a person's own organisations have offered, what it meets, and whether it still stands: for her first page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from medspil.accounts.models import User
from medspil.offers.meeting import Meeting, needs_for_all
from medspil.offers.models import Offer
from medspil.offers.permissions import givers
from medspil.organisations.roles import Ability
from medspil.web.offers.shown import areas_with

MOST_OFFERS, MOST_NEEDS = 5, 3


@dataclass(frozen=True, slots=True)
class NeedThatMeets:
    """A need that an offer meets, and where it stands."""

    title: str
    area: str
    url: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One offer: what it meets, and what is asked of the giver."""

    offer: Offer
    url: str
    needs: list[NeedThatMeets]
    meets: int
    asks_again: bool


@dataclass(frozen=True, slots=True)
class Offering:
    """The first offers of a person's own organisations, and how many more there are."""

    cards: list[OfferCard]
    more: int


def offering_of(user: User, *, today: date, invite: bool) -> Offering | None:
    """Return what a person's organisations offer; None for those who make no offers in anybody's name, and for those
    who have made none and are not to be invited to."""
    hers = list(givers(user).values_list("pk", flat=True))
    if not hers:
        return None
    offers = list(
        Offer.objects.visible_to(user).open(today).filter(organisation__in=hers).for_list().order_by("renewed_on", "pk")
    )
    if not offers and not invite:
        return None
    met = needs_for_all(offers[:MOST_OFFERS], user=user, on=today)
    by_offer: dict[int, list[Meeting]] = {}
    for one in met:
        by_offer.setdefault(one.offer.pk, []).append(one)
    sees = areas_with(user, [one.need for one in met], Ability.VIEW_AREA) if len(met) else set()
    cards = [_card(offer, by_offer.get(offer.pk, []), sees, today) for offer in offers[:MOST_OFFERS]]
    return Offering(cards, max(len(offers) - MOST_OFFERS, 0))


def _card(offer: Offer, met: list[Meeting], sees: set[int], today: date) -> OfferCard:
    needs = [
        NeedThatMeets(
            one.need.title,
            one.need.area.name,
            reverse("areas:need" if one.need.area_id in sees else "linking:open_need", args=[one.need.pk]),
        )
        for one in met[:MOST_NEEDS]
    ]
    url = reverse("offers:detail", args=[offer.pk])
    return OfferCard(offer, url, needs, len(met), offer.asks_again(today))
