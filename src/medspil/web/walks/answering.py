"""The page behind the one-time link of an invitation: what one will see, and whether one comes. No sign-in."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from medspil.accounts.models import OneTimeLink
from medspil.walks.answering import WalkOff, answer_by_link, attendee_of
from medspil.walks.inviting import ANSWER
from medspil.walks.permissions import WalkRights
from medspil.web.one_time import opened_page
from medspil.web.one_time_pages import behind_link
from medspil.web.walks import words
from medspil.web.walks.shown import length_shown, stops_of

opened = opened_page(ANSWER)
AS_SIDE = WalkRights(sees_area=False, plans=False, is_side=True)


@behind_link(ANSWER)
def answer(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show the walk, and take the answer."""
    said = request.POST.get("comes", "")
    if request.method != "POST" or said not in ("yes", "no"):
        return _ask(request, token, link, status=422 if request.method == "POST" else 200)
    try:
        attendee = answer_by_link(token=token, comes=said == "yes", now=timezone.now())
    except WalkOff as trouble:
        return _ask(request, token, link, trouble=str(trouble), status=409)
    return render(request, "walks/answered.html", {"attendee": attendee})


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
