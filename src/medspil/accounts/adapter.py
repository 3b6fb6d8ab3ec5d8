"""How sign-in differs from allauth: nobody signs up by herself, and the address of an account is its own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse

from medspil.accounts.models import User


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People are added by the administrator of their organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up: an unknown person has no organisation and would see nothing."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse | None:
        """Note the address of the account as its confirmed one before somebody signs in.

        People choose their password by a link sent there, so it is theirs. Without this row django-allauth takes the
        address for one that waits to be confirmed, and asking for another address would empty the account's.
        """
        refused: HttpResponse | None = super().pre_login(request, user, **facts)
        own = EmailAddress.objects.filter(user=user, email=user.email)
        if refused is None and not own.filter(primary=True, verified=True).exists():
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"primary": True, "verified": True}
            )
        return refused
