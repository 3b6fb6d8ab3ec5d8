"""What the person who looks may do somewhere, asked once a request: view, menu and templates share it."""

from django.http import HttpRequest

from medspil.organisations.models import abilities_anywhere
from medspil.organisations.roles import Abilities

_KEPT = "abilities_of_the_person"


def abilities_of(request: HttpRequest) -> Abilities:
    """Return what the person behind a request may do somewhere. One query, the first time."""
    found: Abilities | None = request.__dict__.get(_KEPT)
    if found is None:
        found = request.__dict__[_KEPT] = abilities_anywhere(request.user)
    return found
