"""Organisations: the list of one's own, one with its people, and what an administrator does."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from medspil.web.http import SignedInRequest


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Placeholder."""
    return HttpResponse()
