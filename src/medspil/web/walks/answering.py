"""The page behind the one-time link of an invitation: what one will see, and whether one comes. No sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnusable
from medspil.walks.answering import WalkOff, answer_by_link, attendee_of
from medspil.walks.inviting import ANSWER
from medspil.walks.permissions import WalkRights
from medspil.web.one_time import language_of, link_for, opened_page, quiet, unusable
from medspil.web.walks import words
from medspil.web.walks.shown import length_shown, stops_of

opened = opened_page(ANSWER)
AS_SIDE = WalkRights(sees_area=False, plans=False, is_side=True)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the walk, and take the answer."""
    try:
        link = link_for(token, ANSWER)
        with translation.override(language_of(request, link)):
            said = request.POST.get("comes", "")
            if request.method == "POST" and said in ("yes", "no"):
                attendee = answer_by_link(token=token, comes=said == "yes", now=timezone.now())
                return render(request, "walks/answered.html", {"attendee": attendee})
            return _ask(request, token, link, status=422 if request.method == "POST" else 200)
    except LinkUnusable as trouble:
        return unusable(request, trouble)
    except WalkOff as trouble:
        return _ask(request, token, link, trouble=str(trouble), status=409)


def _ask(request: HttpRequest, token: str, link: OneTimeLink, *, trouble: str = "", status: int) -> HttpResponse:
    walk = attendee_of(link).walk
    stops = stops_of(walk, AnonymousUser(), AS_SIDE)
    context = {
        "walk": walk,
        "area": walk.link.area,
        "asked_by": link.created_by,
        "when": words.when(walk.starts_at),
        "stops": stops,
        "length": length_shown(walk, stops),
        "trouble": trouble,
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "walks/answer.html", context, status=status)
