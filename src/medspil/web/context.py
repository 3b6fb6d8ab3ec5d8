"""What every template knows: the site's version and the abilities of the person who looks."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from medspil.organisations.models import abilities_anywhere


def site(request: HttpRequest) -> dict[str, object]:
    """Return the version and, when a template asks, what the person may do somewhere (one query)."""
    return {
        "site_version": settings.VERSION,
        "tiles_url": settings.TILES_URL,
        "may": SimpleLazyObject(lambda: abilities_anywhere(request.user)),
    }
