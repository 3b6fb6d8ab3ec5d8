"""What every template knows: the site's version, the main navigation and the abilities of the person who looks."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from medspil.organisations.models import abilities_anywhere
from medspil.web.abilities import abilities_of
from medspil.web.navigation import places


def site(request: HttpRequest) -> dict[str, object]:
    """Return the version and, when a template asks, what the person may do somewhere (one query)."""
    # A request that was refused before the session was read has no user.
    user = getattr(request, "user", AnonymousUser())
    may = SimpleLazyObject(lambda: abilities_of(request) if hasattr(request, "user") else abilities_anywhere(user))
    return {
        "site_version": settings.VERSION,
        "tiles_url": settings.TILES_URL,
        "may": may,
        "navigation": SimpleLazyObject(lambda: places(request, user)),
    }
