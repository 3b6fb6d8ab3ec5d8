"""What every page of this room loads: the area or the resource behind the address, and what the person may do."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from medspil.areas.models import Area
from medspil.areas.permissions import abilities
from medspil.mapping.models import Resource, agreed
from medspil.organisations.roles import Abilities, Ability
from medspil.web.http import SignedInRequest


def area_or_refuse(request: SignedInRequest, pk: int, ability: Ability = Ability.VIEW_AREA) -> tuple[Area, Abilities]:
    """Return an area; 404 for strangers, 403 without the right."""
    area = get_object_or_404(Area.objects.visible_to(request.user).select_related("owner"), pk=pk)
    return area, _may(request, area, ability)


def resource_or_refuse(
    request: SignedInRequest, pk: int, ability: Ability = Ability.VIEW_AREA
) -> tuple[Resource, Abilities]:
    """Return a resource; 404 for strangers, and for what was forgotten or went into another; 403 without the right."""
    found = Resource.objects.visible_to(request.user).for_page().annotate(on_map=agreed(on_map=True))
    resource = get_object_or_404(found, pk=pk)
    return resource, _may(request, resource.area, ability)


def _may(request: SignedInRequest, area: Area, ability: Ability) -> Abilities:
    may = abilities(request.user, area)
    if ability not in may:
        raise PermissionDenied(
            _("Your role does not let you change this. Ask the organisation that answers for the area.")
        )
    return may
