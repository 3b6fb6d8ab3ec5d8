"""What the pages of walks load: the walk, stop or note behind the address, and what a person may do with it."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.linking.models import Link
from medspil.walks.models import Attendee, StopNote, Walk, WalkQuerySet, WalkStop
from medspil.walks.permissions import WalkRights, rights_in
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_loading import link_or_404
from medspil.web.one_time import address_of

Address = Callable[[str], str]


def answer_address(request: HttpRequest) -> Address:
    """Return what makes the address of the page on which somebody without account answers an invitation."""
    return address_of(request, "walks:answer")


REFUSED = _("Your role does not let you plan walks here. Ask the organisation that answers for the area.")


def link_and_rights(request: SignedInRequest, pk: int) -> tuple[Link, WalkRights]:
    """Return a link, and what the person may do with its walks; 404 for strangers."""
    link = link_or_404(request, pk)
    return link, rights_in(request.user, link)


def plan_or_refuse(request: SignedInRequest, pk: int) -> Link:
    """Return a link whose walks a person plans; 404 for strangers, 403 without the right."""
    link, rights = link_and_rights(request, pk)
    if not rights.plans:
        raise PermissionDenied(REFUSED)
    return link


def walk_or_404(request: SignedInRequest, pk: int) -> tuple[Walk, WalkRights]:
    """Return a walk, and what the person may do with it; 404 for strangers."""
    walk = get_object_or_404(_walks(request).for_page(), pk=pk)
    return walk, rights_in(request.user, walk.link)


def open_or_refuse(request: SignedInRequest, pk: int) -> tuple[Walk, WalkRights]:
    """Return a walk whose stops a person sees; 404 for strangers, 403 for a broker, who sees when it is."""
    walk, rights = walk_or_404(request, pk)
    if not rights.sees_stops:
        raise PermissionDenied(REFUSED)
    return walk, rights


def own_or_refuse(request: SignedInRequest, pk: int) -> Walk:
    """Return a walk that a person plans; 404 for strangers, 403 without the right."""
    return _own(request, pk=pk)


def stop_or_refuse(request: SignedInRequest, pk: int) -> WalkStop:
    """Return a stop of a walk that a person plans, also one taken out; 404 for strangers, 403 without the right."""
    _own(request, stops=pk)
    seen = WalkStop.objects.visible_to(request.user, on=timezone.localdate()).filter(resource__withdrawn_on=None)
    related = ("walk__link__area__owner", "walk__link__need__host", "walk__link__challenge", "challenge", "resource")
    return get_object_or_404(seen.select_related(*related), pk=pk)


def note_or_refuse(request: SignedInRequest, pk: int) -> StopNote:
    """Return a note that a person may change; 404 for strangers, 403 for all but those who lead for the area."""
    _own(request, stops__notes=pk)
    seen = StopNote.objects.visible_to(request.user).for_page()
    related = ("link__area__owner", "link__need__host", "link__challenge")
    way = (*(f"stop__walk__{one}" for one in related), "stop__challenge", "stop__resource")
    return get_object_or_404(seen.select_related(*way), pk=pk)


def attendee_or_refuse(request: SignedInRequest, pk: int) -> Attendee:
    """Return somebody who comes on a walk that a person plans; 404 for strangers, 403 without the right."""
    _own(request, attendees=pk)
    seen = Attendee.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("walk__link__area__owner", "user", "side"), pk=pk)


def _own(request: SignedInRequest, **which: int) -> Walk:
    walk = get_object_or_404(_walks(request).for_page(), **which)
    if not rights_in(request.user, walk.link).plans:
        raise PermissionDenied(REFUSED)
    return walk


def _walks(request: SignedInRequest) -> WalkQuerySet:
    """Return the walks of which the person sees at least when they are."""
    return Walk.objects.visible_to(request.user, on=timezone.localdate())
