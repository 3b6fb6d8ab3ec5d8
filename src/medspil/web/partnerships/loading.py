"""What the pages about writing load: the side or letter behind the address, for those who work with its link."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from medspil.accounts.models import User
from medspil.linking.models import Link, LinkParty
from medspil.partnerships.facts import can_be_written_to
from medspil.partnerships.gate import REFUSALS, refuse_pitch
from medspil.partnerships.models import Pitch
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_loading import REFUSED, rights_of, work_or_refuse


def side_or_refuse(request: SignedInRequest, pk: int, party: int) -> tuple[Link, LinkParty]:
    """Return a link and a side that can be written to; 404 for strangers, 403 for who does not work with the link."""
    link = work_or_refuse(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    if not can_be_written_to(link, side):
        raise Http404
    return link, side


def letter_or_refuse(request: SignedInRequest, pk: int) -> Pitch:
    """Return a letter; 404 for strangers and for whom it is to, 403 for who does not work with its link."""
    found = Pitch.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    pitch = get_object_or_404(found, pk=pk)
    if not rights_of(request.user, pitch.link).works:
        raise PermissionDenied(REFUSED)
    return pitch


def refusal_of(link: Link, party: LinkParty | None) -> Exception | None:
    """Return why a side may not be written to or called today; None where it may."""
    try:
        refuse_pitch(link, party, on=timezone.localdate())
    except REFUSALS as refusal:
        return refusal
    return None


def settled(link: Link, party: LinkParty, user: User, hours: int | None) -> tuple[User, int | None]:
    """Return contact person and hours as the last letter to a side has them; else who looks, and what the data say."""
    last = Pitch.objects.visible_to(user, on=timezone.localdate()).to(party).select_related("contact").first()
    return (last.contact, last.hours) if last else (user, hours)
