"""What every page of this room loads: the record behind the address, and what the person may do with it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from medspil.areas.models import Area, Challenge, Need
from medspil.areas.permissions import abilities
from medspil.organisations.roles import Abilities, Ability
from medspil.web.http import SignedInRequest


def area_or_refuse(request: SignedInRequest, pk: int, ability: Ability = Ability.VIEW_AREA) -> tuple[Area, Abilities]:
    """Return an area with all that its overview shows; 404 for strangers, 403 without the right."""
    area = get_object_or_404(Area.objects.visible_to(request.user).for_overview(), pk=pk)
    return area, _may(request, area, ability)


def challenge_or_refuse(request: SignedInRequest, pk: int) -> tuple[Challenge, Abilities]:
    """Return a challenge to change; 404 for strangers, 403 without the right."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user).for_page(), pk=pk)
    return challenge, _may(request, challenge.area, Ability.EDIT_NEED)


def need_or_refuse(request: SignedInRequest, pk: int, ability: Ability = Ability.VIEW_AREA) -> tuple[Need, Abilities]:
    """Return a need; 404 for strangers, 403 without the right."""
    need = get_object_or_404(Need.objects.visible_to(request.user).for_page(), pk=pk)
    return need, _may(request, need.area, ability)


def sent(request: SignedInRequest) -> tuple[Any, Any]:
    """Return what a form was sent with, or nothing; an empty form that was sent is sent all the same."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _may(request: SignedInRequest, area: Area, ability: Ability) -> Abilities:
    may = abilities(request.user, area)
    if ability not in may:
        raise PermissionDenied(
            _("Your role does not let you change this. Ask the organisation that answers for the area.")
        )
    return may
