"""What every page of offers loads: the offer behind the address, and what the person may do with it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from medspil.areas.models import Area
from medspil.areas.permissions import abilities
from medspil.offers.models import Offer
from medspil.offers.permissions import OfferRights, offer_rights
from medspil.organisations.roles import Abilities, Ability
from medspil.web.http import SignedInRequest


def offer_or_404(request: SignedInRequest, pk: int) -> tuple[Offer, OfferRights]:
    """Return an offer and what the person may do with it; 404 for those who may not see it."""
    offer = get_object_or_404(Offer.objects.visible_to(request.user).for_page(), pk=pk)
    return offer, offer_rights(request.user, offer)


def offer_to_change(request: SignedInRequest, pk: int) -> tuple[Offer, OfferRights]:
    """Return an offer to change; 403 for those who may only see it."""
    offer, may = offer_or_404(request, pk)
    if not may.change:
        raise PermissionDenied(_("Only those who give the offer, or noted it down, can change it."))
    return offer, may


def area_or_refuse(request: SignedInRequest, pk: int) -> tuple[Area, Abilities]:
    """Return an area and what the person may do in it; 404 for strangers."""
    area = get_object_or_404(Area.objects.visible_to(request.user).select_related("owner"), pk=pk)
    may = abilities(request.user, area)
    if Ability.VIEW_AREA not in may:
        raise PermissionDenied
    return area, may
