"""The page for somebody who is asked by a one-time link: no sign-in, two taps, Danish or English.

Looking at it writes nothing.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from medspil.accounts.one_time_links import LinkUnusable
from medspil.areas.privacy import CprNumberFound
from medspil.mapping.models import Answer
from medspil.mapping.services.inquiries import PURPOSE, AnswerMissing, answer_inquiry, question_of
from medspil.web.areas import words as area_words
from medspil.web.mapping import looks, words
from medspil.web.one_time import language_of, link_for, opened_page, quiet, unusable

opened = opened_page(PURPOSE)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, and take the answer."""
    try:
        link = link_for(token, PURPOSE)
    except LinkUnusable as trouble:
        return unusable(request, trouble)
    with translation.override(language_of(request, link)):
        if request.method != "POST":
            return _ask(request, token)
        return _take(request, token)


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
        return unusable(request, trouble)
    context = {"said": inquiry.answer, "person": inquiry.resource.is_person}
    return render(request, "mapping/answered.html", context)
