"""Types for requests behind the sign-in wall."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from medspil.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that passed the sign-in wall: its user is a person."""

    user: User
    htmx: HtmxDetails
