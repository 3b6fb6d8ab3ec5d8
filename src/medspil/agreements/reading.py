"""What pages read of a version that came by a door: what was frozen of it, who was asked, and what a link leads to."""

from collections.abc import Iterable

from medspil.accounts.models import OneTimeLink
from medspil.agreements.canonical import Content, content_of
from medspil.agreements.models import Agreement, ConfirmationRequest, FrozenText
from medspil.partnerships.models import Partner


def frozen_of(agreement: Agreement) -> FrozenText | None:
    """Return what was frozen of a version; None of one that was never proposed. One query."""
    return FrozenText.objects.filter(agreement=agreement).first()


def content_for(agreement: Agreement, partners: Iterable[Partner]) -> Content:
    """Return what a version says: as it was frozen, or, of a draft, as it stands. Of a forgotten one it is empty."""
    frozen = frozen_of(agreement)
    return frozen.content if frozen else content_of(agreement, list(partners))


def asked_about(agreement: Agreement) -> dict[int, list[ConfirmationRequest]]:
    """Return who was asked by mail to confirm a version, by side. One query."""
    found: dict[int, list[ConfirmationRequest]] = {}
    known = ConfirmationRequest.objects.known().filter(agreement=agreement, asked_by__isnull=False)
    for request in known.select_related("link"):
        found.setdefault(request.partner_id, []).append(request)
    return found


def of_copy(link: OneTimeLink) -> Agreement:
    """Return the version whose copy a link leads to."""
    return Agreement.objects.for_page().get(pk=link.record_id)
