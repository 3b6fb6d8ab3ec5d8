"""What is taken along: the walk on paper with its map, and the file for a calendar."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import medspil.walks
from medspil.accounts.models import User
from medspil.documents import render_pdf
from medspil.linking.deleted_sentences import heading_of
from medspil.notices.calendar_file import Method, calendar_file
from medspil.walks.inviting import gathering_of, length_now, words_of
from medspil.walks.models import Walk
from medspil.walks.permissions import WalkRights
from medspil.web.files import file_answer
from medspil.web.http import SignedInRequest
from medspil.web.walks import words
from medspil.web.walks.loading import open_or_refuse
from medspil.web.walks.shown import MARKS, ShownStop, length_shown, map_of, people_of, stops_of

TEMPLATE = Path(medspil.walks.__file__).parent / "documents" / "walk.typ"


@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the walk on paper. People of the area stand in it by name only if they agreed to be in print."""
    walk, rights = open_or_refuse(request, pk)
    now = timezone.now()
    data = data_of(walk, request.user, rights)
    body = render_pdf(TEMPLATE, data, created=now, font_folders=[settings.FRONTEND_PARTS / "fonts"])
    return file_answer(body, "pdf", _("walk"), walk.link.area.name, f"{timezone.localtime(walk.starts_at):%Y-%m-%d}")


@require_safe
def invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the file by which a calendar takes the walk in."""
    walk, _rights = open_or_refuse(request, pk)
    body = calendar_file(
        gathering_of(walk, length_now(walk)),
        words_of(walk, contact=walk.planned_by),
        method=Method.PUBLISH,
        organiser=walk.planned_by.email,
        now=timezone.now(),
    )
    return file_answer(body.encode(), "ics", _("walk"), walk.link.area.name)


def data_of(walk: Walk, user: User, rights: WalkRights) -> dict[str, Any]:
    """Return the data of the paper, in the language that is active."""
    area = walk.link.area
    stops, people = stops_of(walk, user, rights, in_print=True), people_of(walk, user, in_print=True)
    drawn, takes = map_of(walk, stops), length_shown(walk, stops)
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return {
        "title": _("Walk in {area}").format(area=area.name),
        "lang": (get_language() or "da")[:2],
        "foot": f"Medspil · {area.name} · {day}",
        "lead": heading_of(walk.link),
        "map": render_to_string("mapping/map_paper.svg", {"map": drawn}) if drawn else "",
        "map_alt": _("Map of the walk; the stops stand beneath in their order."),
        "marks": [{"name": str(mark.label), "fill": mark.fill} for mark in MARKS.values()],
        "facts": [
            [_("When"), words.when(walk.starts_at)],
            [_("Meeting point"), walk.meeting_place],
            [_("How long"), _length(takes)],
            *([str(who), ", ".join(one.name or "–" for one in some)] for who, some in people),
            [_("Talk to"), f"{walk.planned_by}, {walk.planned_by.email}"],
        ],
        "stops": [_stop(one) for one in stops],
        "rule": takes.rule,
        "labels": {
            "stops": _("The stops"),
            "none": _("No stops are chosen yet."),
            "shown_by": _("Shown by"),
            "noted": _("Noted here"),
            "note": _("People are named only where they have said yes to it. Made on %(day)s.") % {"day": day},
        },
    }  # fmt: skip


def _length(takes: Any) -> str:
    return _("{total}: {way} in {walking} on foot, and {standing} at the stops").format(
        total=takes.total, way=takes.metres, walking=takes.walking, standing=takes.standing
    )


def _stop(one: ShownStop) -> dict[str, Any]:
    return {
        "number": str(one.number),
        "title": one.title,
        "what": ", ".join(part for part in (str(one.what), one.place) if part),
        "minutes": words.minutes(one.stop.minutes),
        "shower": one.shower,
        "shows": one.shows,
    }
