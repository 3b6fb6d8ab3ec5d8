"""Who may open the register's pages: one question, asked first in every view."""

from django.core.exceptions import PermissionDenied

from medspil.organisations.models import abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.web.http import SignedInRequest


def require(request: SignedInRequest, ability: Ability) -> None:
    """Answer 403 to who does not have the ability in any organisation."""
    if ability not in abilities_anywhere(request.user):
        raise PermissionDenied
