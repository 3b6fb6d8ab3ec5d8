"""What is said to a company on one page of paper: the data that partnerships/documents/pitch.typ is given."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

import medspil.partnerships
from medspil.documents import render_pdf
from medspil.partnerships.facts import facts_of
from medspil.partnerships.pitching import LANGUAGES
from medspil.partnerships.told import Told, ToldCase, told
from medspil.web.files import file_answer
from medspil.web.http import SignedInRequest
from medspil.web.partnerships.loading import refusal_of, settled, side_or_refuse

MOST_ASKS = 8
TEMPLATE = Path(medspil.partnerships.__file__).parent / "documents" / "pitch.typ"


@require_safe
def sheet(request: SignedInRequest, pk: int, party: int, language: str) -> HttpResponse:
    """Give the paper in a language; where nobody may approach the company, the way to the page that says why."""
    link, side = side_or_refuse(request, pk, party)
    if language not in LANGUAGES:
        raise Http404
    if refusal_of(link, side):
        return redirect("partnerships:pitch", pk=pk, party=party)
    facts = facts_of(link, side)
    contact, hours = settled(link, side, request.user, facts.hours)
    now = timezone.now()
    body = paper(told(facts, language=language, contact=contact, hours=hours), now=now)
    return file_answer(body, "pdf", link.area.name, facts.name, language)


def paper(said: Told, *, now: datetime) -> bytes:
    """Return the PDF of what is said to a company."""
    with translation.override(said.language):
        data = sheet_of(said, now)
    return render_pdf(TEMPLATE, data, created=now, font_folders=[settings.FRONTEND_PARTS / "fonts"])


def sheet_of(said: Told, now: datetime) -> dict[str, Any]:
    """Return the data of the paper, in the language that is active."""
    asks = [*said.asks[:MOST_ASKS], *([said.unsaid] if said.unsaid else [])]
    if said.hours:
        words = ngettext("About {hours} hour in half a year", "About {hours} hours in half a year", said.hours)
        asks.append(words.format(hours=said.hours))
    place = ", ".join(part for part in (said.area, said.town) if part)
    return {
        "title": _("An idea for {company}").format(company=said.company),
        "lang": said.language,
        "foot": f"{said.organisation} · {said.area} · {date_format(timezone.localdate(now), 'DATE_FORMAT')}",
        "place": f"{said.organisation} · {place}",
        "sentence": said.sentence,
        "about": f"{said.wish}. {said.about}" if said.about else said.wish,
        "gains": said.gains,
        "area_gains": said.area_gains,
        "asks": asks,
        "case": _case(said.case) if said.case else None,
        "next": _("Let us meet in {area} and walk round for half an hour. You owe us nothing for it.").format(
            area=said.area
        ),
        "contact": [said.contact, said.organisation, said.contact_email],
        "labels": {
            "gains": _("What you can expect to gain"),
            "area_gains": _("What the area gains"),
            "asks": _("What we ask of you"),
            "case": _("Others have done it"),
            "took": _("What it took:"),
            "gained": _("What the company gained:"),
            "next": _("What happens next"),
            "contact": _("Your one contact person"),
        },
    }


def _case(case: ToldCase) -> dict[str, Any]:
    return {
        "name": case.name,
        "where": case.where,
        "summary": case.summary,
        "effort": "; ".join(case.effort),
        "gains": "; ".join(case.gains),
    }
