"""Makes a view the page behind one-time links of some purposes: no sign-in, the link found, its language, and what is
said where it cannot be used, from the start or because somebody was faster.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnusable
from medspil.web.one_time import View, language_of, link_for, quiet, unusable

PAGE, READ = ("GET", "HEAD", "POST"), ("GET", "HEAD")
PURPOSES: set[str] = set()
"""All purposes of one-time links that there are pages for."""
LinkView = Callable[[HttpRequest, str, OneTimeLink], HttpResponse]
Told = Callable[[HttpRequest, LinkUnusable], HttpResponse]


def behind_link(*purposes: str, methods: tuple[str, ...] = PAGE, told: Told = unusable) -> Callable[[LinkView], View]:
    """Hand a view the link behind its token; `told` answers where it cannot be used."""

    PURPOSES.update(purposes)

    def page_of(view: LinkView) -> View:
        @login_not_required
        @require_http_methods(list(methods))
        @quiet
        @wraps(view)
        def page(request: HttpRequest, token: str) -> HttpResponse:
            try:
                link = link_for(token, *purposes)
                with translation.override(language_of(request, link)):
                    return view(request, token, link)
            except LinkUnusable as trouble:
                return told(request, trouble)

        return page

    return page_of
