"""Links that let somebody choose a password."""

from django.http import HttpRequest

from medspil.accounts.links import password_path
from medspil.accounts.models import User


def password_link(request: HttpRequest, user: User) -> str:
    """Return the address at which a person chooses her password; works once and for PASSWORD_RESET_TIMEOUT."""
    return request.build_absolute_uri(password_path(user))
