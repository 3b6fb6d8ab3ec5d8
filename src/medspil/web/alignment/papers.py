"""What each side wants on one page of paper for the meeting: the data that side_by_side.typ is given."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import medspil.alignment
from medspil.alignment.questions import questions
from medspil.alignment.seeing import reads_others, words_of
from medspil.documents import render_pdf
from medspil.partnerships.models import Partnership
from medspil.web.alignment.acting import Actor
from medspil.web.alignment.loading import actor_or_404
from medspil.web.alignment.shown import page_of
from medspil.web.files import file_answer
from medspil.web.http import SignedInRequest

LANGUAGES = ("da", "en")
TEMPLATE = Path(medspil.alignment.__file__).parent / "documents" / "side_by_side.typ"


@require_safe
def paper(request: SignedInRequest, pk: int, language: str) -> HttpResponse:
    """Give the paper in a language to those who may read the words of all sides."""
    partnership, actor = actor_or_404(request, pk)
    if language not in LANGUAGES:
        raise Http404
    if not reads_others(words_of(partnership, actor.viewer)):
        raise PermissionDenied(_("Each side hands in its own before it reads what the others wrote."))
    now = timezone.now()
    with translation.override(language):
        data = sheet_of(partnership, actor, now)
    body = render_pdf(TEMPLATE, data, created=now, font_folders=[settings.FRONTEND_PARTS / "fonts"])
    return file_answer(body, "pdf", partnership.link.area.name, "afstemning", language)


def sheet_of(partnership: Partnership, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return the data of the paper, in the active language; a side that has not spoken gets lines to write on."""
    language = translation.get_language() or "da"
    sides = [side for side in words_of(partnership, actor.viewer) if side.there]
    groups = page_of(partnership, actor)["groups"]
    link = partnership.link
    return {
        "title": _("What each side wants"),
        "lang": language,
        "foot": f"{link.area.name} · {date_format(timezone.localdate(now), 'DATE_FORMAT')}",
        "place": f"{partnership.name} · {link.area.name}",
        "sides": [actor.names.get(side.partner.pk, "") for side in sides],
        "rows": [
            {
                "question": question.name(language),
                "cells": [
                    {
                        "text": question.shown(side.latest.answers.get(code, ""), language) if side.latest else "",
                        "writes": side.latest is None,
                    }
                    for side in sides
                ],
            }
            for code, question in questions().items()
        ],
        "differences": [
            {"title": one.title, "sentence": one.sentence or (_("It may stay as it is.") if one.outcome else "")}
            for one in (*groups.get("open", ()), *groups.get("settled", ()))
        ],
        "labels": {
            "question": _("Question"),
            "differences": _("What differs, and how it is settled"),
            "none": _("Nothing differs by the words."),
        },
    }
