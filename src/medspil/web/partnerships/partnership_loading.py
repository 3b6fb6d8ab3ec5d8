"""What the pages of partnerships load: the partnership behind the address, and what a person may do in it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.partnerships.models import Partnership
from medspil.partnerships.permissions import PartnershipRights, rights_in
from medspil.web.http import SignedInRequest

REFUSED = _("Your role does not let you lead this partnership. Ask the organisation that answers for the area.")


def partnership_or_404(request: SignedInRequest, pk: int) -> tuple[Partnership, PartnershipRights]:
    """Return a partnership with those who take part, and what the person may do in it; 404 for strangers."""
    found = Partnership.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    partnership = get_object_or_404(found, pk=pk)
    return partnership, rights_in(request.user, partnership)


def run_or_refuse(request: SignedInRequest, pk: int) -> tuple[Partnership, PartnershipRights]:
    """Return a partnership that a person leads for the area; 404 for strangers, 403 without the right."""
    partnership, rights = partnership_or_404(request, pk)
    if not rights.runs:
        raise PermissionDenied(REFUSED)
    return partnership, rights
