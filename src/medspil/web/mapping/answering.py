"""The page for somebody who is asked by a one-time link: no sign-in, two taps, Danish or English.

Looking at it writes nothing. Each way in which a link cannot be used has a page of its own, with what to do now.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

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
from medspil.areas.privacy import CprNumberFound
from medspil.mapping.models import Answer
from medspil.mapping.services.inquiries import PURPOSE, AnswerMissing, answer_inquiry, question_of
from medspil.web.areas import words as area_words
from medspil.web.mapping import looks, words

TITLES: dict[type[LinkUnusable], tuple[str | Promise, int]] = {
    LinkUnknown: (_("This link leads nowhere"), 404),
    LinkUsed: (_("There is an answer already"), 410),
    LinkExpired: (_("The link is too old"), 410),
    LinkRevoked: (_("The link is no longer needed"), 410),
}
LANGUAGES = ("da", "en")
View = Callable[..., HttpResponse]


def _quiet(view: View) -> View:
    """Keep a page of a one-time link out of search engines and caches; only this site learns where one came from."""

    @wraps(view)
    def quietly(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "private, no-store"
        return response

    return quietly


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@_quiet
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, and take the answer."""
    try:
        link = _link(token)
    except LinkUnusable as trouble:
        return _unusable(request, trouble)
    with translation.override(_language(request, link)):
        if request.method != "POST":
            return _ask(request, token)
        return _take(request, token)


@login_not_required
@require_POST
@_quiet
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Note that the page was opened, and say what is worth knowing of an earlier time; asked by the page itself."""
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    try:
        link = _link(token)
        with translation.override(_language(request, link)):
            notice = open_link(token=token, browser=browser, now=timezone.now()).notice
            return render(request, "mapping/_opened.html", {"notice": notice})
    except LinkUnusable:
        return HttpResponse("")


def _link(token: str) -> OneTimeLink:
    """Return a link that asks what this page asks."""
    link = find(token=token, now=timezone.now())
    if link.purpose != PURPOSE:
        raise LinkUnknown
    return link


def _language(request: HttpRequest, link: OneTimeLink) -> str:
    """Return the language that was chosen on the page, or else that of the mail."""
    chosen = request.GET.get("lang", link.language)
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


def _ask(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
    question = question_of(token=token, now=timezone.now())
    resource, link = question.resource, question.inquiry.link
    context = {
        "resource": resource,
        "area": resource.area,
        "asked_by": link.created_by,
        "changed_since": question.changed_since,
        "kind": words.asset_kind(resource.kind),
        "mark": looks.kind_mark(resource.kind),
        "brings": ", ".join(area_words.kind(code) for code in resource.kinds),
        "token": token,
        "here": translation.get_language(),
        **more,
    }
    return render(request, "mapping/answer.html", context, status=422 if more else 200)


def _take(request: HttpRequest, token: str) -> HttpResponse:
    said, text = request.POST.get("answer", ""), request.POST.get("text", "").replace("\x00", " ")
    if said not in Answer.values:
        return _ask(request, token, missing=_("Choose one of the answers."), said="")
    try:
        inquiry = answer_inquiry(token=token, answer=Answer(said), text=text, now=timezone.now())
    except (AnswerMissing, CprNumberFound) as trouble:
        return _ask(request, token, missing=str(trouble), said=said, text=text)
    except LinkUnusable as trouble:  # somebody was faster
        return _unusable(request, trouble)
    context = {"said": inquiry.answer, "person": inquiry.resource.is_person}
    return render(request, "mapping/answered.html", context)


def _unusable(request: HttpRequest, trouble: LinkUnusable) -> HttpResponse:
    title, status = TITLES.get(type(trouble), TITLES[LinkUnknown])
    return render(request, "mapping/answer_unusable.html", {"title": title, "text": str(trouble)}, status=status)
