"""The page for somebody who is asked by a one-time link: no sign-in, two taps, Danish or English.

Looking at it writes nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink
from medspil.areas.privacy import CprNumberFound
from medspil.common.long_texts import LongerThanRoom
from medspil.mapping.models import Answer
from medspil.mapping.services.inquiries import PURPOSE, AnswerMissing, answer_inquiry, question_of
from medspil.web.areas import words as area_words
from medspil.web.mapping import looks, words
from medspil.web.one_time import opened_page
from medspil.web.one_time_pages import behind_link

opened = opened_page(PURPOSE)


@behind_link(PURPOSE)
def answer(request: HttpRequest, token: str, _link: OneTimeLink) -> HttpResponse:
    """Show what is asked, and take the answer."""
    return _take(request, token) if request.method == "POST" else _ask(request, token)


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
    except (AnswerMissing, LongerThanRoom, CprNumberFound) as trouble:
        return _ask(request, token, missing=str(trouble), said=said, text=text)
    context = {"said": inquiry.answer, "person": inquiry.resource.is_person}
    return render(request, "mapping/answered.html", context)
