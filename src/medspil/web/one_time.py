"""What all pages behind a one-time link have in common: who may keep them, their language, and what they say when the
link cannot be used any more. No sign-in; looking writes nothing.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import (
    LinkExpired,
    LinkRevoked,
    LinkUnknown,
    LinkUnusable,
    LinkUsed,
    find,
    open_link,
)
from medspil.accounts.one_time_links import language_of as language_of_token
from medspil.partnerships.side_people import HandedOver

TITLES: dict[type[LinkUnusable], tuple[str | Promise, int]] = {
    LinkUnknown: (_("This link leads nowhere"), 404),
    LinkUsed: (_("There is an answer already"), 410),
    LinkExpired: (_("The link is too old"), 410),
    LinkRevoked: (_("The link is no longer needed"), 410),
    HandedOver: (_("Somebody else has taken over"), 410),
}
LANGUAGES = ("da", "en")
View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """Keep a page of a one-time link out of search engines and caches; only this site learns where one came from."""

    @wraps(view)
    def quietly(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "private, no-store"
        return response

    return quietly


def link_for(token: str, *purposes: str) -> OneTimeLink:
    """Return a link that asks what a page asks; raises as `find` does."""
    link = find(token=token, now=timezone.now())
    if link.purpose not in purposes:
        raise LinkUnknown
    return link


def language_of(request: HttpRequest, link: OneTimeLink) -> str:
    """Return the language that was chosen on the page, or else that of the mail."""
    chosen = request.GET.get("lang", link.language)
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


def address_of(request: HttpRequest, page: str) -> Callable[[str], str]:
    """Return what makes the whole address of a page of a one-time link from a token."""
    return lambda token: request.build_absolute_uri(reverse(page, args=[token]))


def language_for(request: HttpRequest) -> str:
    """Return the language of a page about a link that cannot be used.

    It is the one that was chosen on the page, or else that of the mail, or, of an unknown link, that of the browser.
    """
    token = request.resolver_match.kwargs.get("token", "") if request.resolver_match else ""
    wanted = (request.GET.get("lang", ""), language_of_token(token), translation.get_language() or "")
    return next((one for one in wanted if one in LANGUAGES), settings.LANGUAGE_CODE)


def unusable(request: HttpRequest, trouble: LinkUnusable) -> HttpResponse:
    """Say why a link cannot be used, and what to do now: a title and a sentence for each way."""
    title, status = TITLES.get(type(trouble), TITLES[LinkUnknown])
    here = language_for(request)
    with translation.override(here):
        context = {"title": title, "text": str(trouble), "here": here, "expired": isinstance(trouble, LinkExpired)}
        return render(request, "one_time/unusable.html", context, status=status)


def opened_page(purpose: str) -> View:
    """Return the view by which a page notes that it was opened, and says what is worth knowing of an earlier time."""

    @login_not_required
    @require_POST
    @quiet
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        try:
            link = link_for(token, purpose)
            with translation.override(language_of(request, link)):
                notice = open_link(token=token, browser=browser, now=timezone.now()).notice
                return render(request, "one_time/_opened.html", {"notice": notice})
        except LinkUnusable:
            return HttpResponse("")

    return opened
