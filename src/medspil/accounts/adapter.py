"""How sign-in differs from django-allauth's defaults: nobody signs up by herself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """People are added by the administrator of their organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up: an unknown person has no organisation and would see nothing."""
        return False
