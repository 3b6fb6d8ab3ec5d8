"""Links that let somebody choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from medspil.accounts.models import User


def password_link(request: HttpRequest, user: User) -> str:
    """Return the address at which a person chooses her password; works once and for PASSWORD_RESET_TIMEOUT."""
    address = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return request.build_absolute_uri(address)
