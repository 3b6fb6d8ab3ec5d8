"""Whether an offer reaches an area: what its giver said comes first; what is near by is near without a word."""

from enum import StrEnum
from math import hypot

from medspil.areas.models import Area
from medspil.offers.models import Offer

NEAR_M = 5_000.0
"""Nearer than this counts as here, over the border of a municipality too; as companies near by are counted."""


class Reach(StrEnum):
    """By what an offer reaches an area, or why it cannot be told."""

    CHOSEN = "chosen"  # it was made to this area
    SAID = "said"  # the whole country, or within the distance that its giver said
    NEAR = "near"  # the giver said nothing, and it is given in the municipality or near by
    NOT_SAID = "not_said"  # it is given farther away or nobody knows where, and how far was not said: ask
    OUT_OF_REACH = "out_of_reach"


def reach(offer: Offer, area: Area) -> Reach | None:
    """Return whether an offer reaches an area; None if it was not made to it. Loaded with its areas."""
    if any(one.pk == area.pk for one in offer.areas.all()):
        return Reach.CHOSEN
    if not offer.public:
        return None
    if offer.whole_country:
        return Reach.SAID
    far = away_m(offer, area)
    if offer.reach_km is not None and far is not None:
        return Reach.SAID if far <= offer.reach_km * 1000.0 else Reach.OUT_OF_REACH
    own_town = bool(offer.municipality) and offer.municipality == area.municipality
    return Reach.NEAR if own_town or (far is not None and far <= NEAR_M) else Reach.NOT_SAID


def away_m(offer: Offer, area: Area) -> float | None:
    """Return metres from where it is given to the middle of an area; None if one of the two is not known."""
    if offer.x is None or offer.y is None or area.x is None or area.y is None:
        return None
    return hypot(offer.x - area.x, offer.y - area.y)
