"""How a sheet is saved: as a draft by itself or by a button, and handed in; what went wrong is said, nothing lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspil.alignment.models import Sheet
from medspil.alignment.questions import questions
from medspil.alignment.sheets import AnswerMissing, AnswerTooLong, WhoSaidIt
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead
from medspil.partnerships.going_on import NotNow
from medspil.web.alignment.forms import SheetForm
from medspil.web.forms import with_version
from medspil.web.parts import Difference

TROUBLES = (NotNow, AnswerMissing, AnswerTooLong, WhoSaidIt, DayAhead, CprNumberFound)
"""What keeping and handing in can raise besides `EditConflict`."""


class Show(Protocol):
    """Draws the page with a form again."""

    def __call__(self, form: Any, *, status: int, **more: Any) -> HttpResponse: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is particular to a page with a sheet: how it keeps, hands in and shows, and what stands there by now."""

    keep: Callable[[], Sheet]
    kept: Callable[[], HttpResponse]
    hand_in: Callable[[], HttpResponse]
    show: Show
    stands: Callable[[], tuple[Sheet | None, Mapping[str, str]]]


def take(request: HttpRequest, form: SheetForm, desk: Desk) -> HttpResponse:
    """Keep what was written when the page asks by itself or by a button, or hand it in."""
    whole, by_itself = form.is_valid(), "HX-Request" in request.headers
    try:
        if by_itself:
            return _kept_by_itself(request, desk)
        if request.POST.get("do") == "save":
            desk.keep()
            return desk.kept()
        if whole:
            return desk.hand_in()
    except EditConflict:
        return _first_by_itself(request) if by_itself else _conflict(form, desk)
    except TROUBLES as trouble:
        _add_trouble(form, trouble)
    return desk.show(form, status=422)


def version_of(form: SheetForm) -> int:
    """Return the version that a page began with; one that no draft has where it is missing."""
    return int(form.cleaned_data.get("version", -1))


def _add_trouble(form: SheetForm, trouble: Exception) -> None:
    """Put a sentence at its question, or where it belongs; all answers that are missing are named at once."""
    if isinstance(trouble, AnswerMissing):
        for code, sentence in trouble.sentences.items():
            form.add_error(code, ValidationError(sentence))
        if "said_by" in form.fields and not (form.data.get("said_by") and form.data.get("said_on")):
            form.add_error("said_by", ValidationError(str(WhoSaidIt())))
        return
    name = getattr(trouble, "code", None)
    if isinstance(trouble, WhoSaidIt):
        name = "said_by"
    if isinstance(trouble, DayAhead):
        name = "said_on"
    form.add_error(name if name in form.fields else None, ValidationError(str(trouble)))


def _kept_by_itself(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep a draft while somebody writes, and answer with a few words and the version that the page goes on with."""
    try:
        version = desk.keep().version
    except TROUBLES as trouble:
        words = _("Not saved yet: %(errors)s") % {"errors": trouble}
        return render(request, "alignment/_kept.html", {"words": words}, status=422)
    words = _("Saved %(time)s") % {"time": date_format(timezone.localtime(), "TIME_FORMAT")}
    return render(request, "alignment/_kept.html", {"words": words, "version": version})


def _first_by_itself(request: HttpRequest) -> HttpResponse:
    """Say that somebody else of the same side was first; the page keeps its text."""
    said = _("Not saved: somebody else of your side changed it meanwhile. Save with the button to compare.")
    return render(request, "alignment/_kept.html", {"words": said}, status=409)


def _conflict(form: SheetForm, desk: Desk) -> HttpResponse:
    """Show what two of one side wrote at once: both versions, and the form with the newer one's number."""
    there, newest = desk.stands()
    language = get_language() or "da"
    theirs = there.answers if there and any(there.answers.values()) else newest
    mine = form.answers()
    found = [
        Difference(
            question.name(language),
            question.shown(theirs.get(code, ""), language),
            question.shown(mine[code].strip(), language),
        )
        for code, question in questions().items()
        if theirs.get(code, "") != mine[code].replace("\r\n", "\n").strip()
    ]
    return desk.show(
        with_version(form, there.version if there else 0),
        status=409,
        differences=found,
        conflict=True,
        conflict_by=there.by if there else None,
        conflict_at=there.updated_at if there else None,
    )
