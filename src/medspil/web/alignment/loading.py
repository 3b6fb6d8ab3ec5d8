"""What the pages of alignment load: the partnership and side behind an address, and who acts there."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from medspil.alignment.models import Why
from medspil.alignment.seeing import Viewer, viewer_of
from medspil.linking.parties import name_of, names_for
from medspil.partnerships.models import Partner, Partnership
from medspil.web.alignment.acting import Actor
from medspil.web.http import SignedInRequest
from medspil.web.partnerships.partnership_loading import REFUSED, partnership_or_404

PAGES = {Why.SHEET: "alignment:sheet", Why.SETTLE: "alignment:settle"}


def actor_or_404(request: SignedInRequest, pk: int) -> tuple[Partnership, Actor]:
    """Return a partnership and the person who acts in it; 404 for strangers."""
    partnership, _rights = partnership_or_404(request, pk)
    viewer = viewer_of(request.user, partnership)
    partners = list(partnership.partners.all())
    names = names_for(request.user, [one.side for one in partners])
    own = tuple(one for one in partners if one.pk in viewer.own)
    return partnership, Actor(
        viewer=viewer, own=own, by=request.user, names={one.pk: names.get(one.side_id, "") for one in partners}
    )


def side_or_refuse(request: SignedInRequest, pk: int, partner: int) -> tuple[Partner, Actor]:
    """Return a side and who acts: for it, or running the partnership; 403 for who does neither."""
    partnership, actor = actor_or_404(request, pk)
    side = get_object_or_404(partnership.partners.for_page(), pk=partner)
    side.partnership = partnership
    if side.pk not in actor.viewer.own and not actor.viewer.runs:
        raise PermissionDenied(REFUSED)
    return side, actor


def run_or_refuse(request: SignedInRequest, pk: int, partner: int) -> tuple[Partner, Actor]:
    """Return a side and who runs its partnership; 403 for all others."""
    side, actor = side_or_refuse(request, pk, partner)
    if not actor.viewer.runs:
        raise PermissionDenied(REFUSED)
    return side, actor


def actor_for(partner: Partner) -> Actor:
    """Return a side that acts by its one-time link; of the others it knows what strangers know."""
    partners = list(partner.partnership.partners.for_page())
    names = names_for(AnonymousUser(), [one.side for one in partners])
    known = {one.pk: names.get(one.side_id, "") for one in partners} | {partner.pk: name_of(partner.side)}
    own = () if partner.left_on else (partner,)
    return Actor(viewer=Viewer(own=frozenset(one.pk for one in own)), own=own, names=known)


def address_by(request: HttpRequest) -> Callable[[Why, str], str]:
    """Return what makes the whole address of a page of a one-time link."""
    return lambda why, token: request.build_absolute_uri(reverse(PAGES[why], args=[token]))
