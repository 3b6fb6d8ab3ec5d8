"""What the pages of agreements load: the partnership and version behind an address, and who may write it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from medspil.agreements.models import Agreement, AgreementState
from medspil.linking.parties import names_for
from medspil.partnerships.models import Partner, Partnership
from medspil.partnerships.permissions import PartnershipRights
from medspil.web.http import SignedInRequest
from medspil.web.partnerships.partnership_loading import REFUSED, partnership_or_404, run_or_refuse

__all__ = ["partnership_or_404", "run_or_refuse"]


def version_or_404(request: SignedInRequest, pk: int, number: int) -> tuple[Partnership, PartnershipRights, Agreement]:
    """Return a version that a person sees, and what she may do in its partnership; 404 for strangers."""
    partnership, rights = partnership_or_404(request, pk)
    seen = Agreement.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    agreement = get_object_or_404(seen, partnership=partnership, number=number)
    agreement.partnership = partnership
    return partnership, rights, agreement


def run_version_or_refuse(request: SignedInRequest, pk: int, number: int) -> tuple[Partnership, Agreement]:
    """Return a version of a partnership that a person leads; 403 for who sees it and does not."""
    partnership, rights, agreement = version_or_404(request, pk, number)
    if not rights.runs:
        raise PermissionDenied(REFUSED)
    return partnership, agreement


def draft_or_refuse(request: SignedInRequest, pk: int) -> tuple[Partnership, Agreement]:
    """Return the draft of a partnership that a person leads; 404 where there is none, 403 for who does not."""
    partnership, _rights = run_or_refuse(request, pk)
    seen = Agreement.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    draft = seen.filter(partnership=partnership, state=AgreementState.DRAFT).first()
    if draft is None:
        raise Http404
    draft.partnership = partnership
    return partnership, draft


def names_of(request: SignedInRequest, partnership: Partnership) -> dict[int, str]:
    """Return those who take part, or did, by the key of the partner, as the person may know them."""
    partners = list(partnership.partners.all())
    names = names_for(request.user, [one.side for one in partners])
    return {one.pk: names.get(one.side_id, "") for one in partners}


def partners_there(partnership: Partnership) -> list[Partner]:
    """Return those who take part now, of a partnership loaded for its page."""
    return [one for one in partnership.partners.all() if one.left_on is None]
