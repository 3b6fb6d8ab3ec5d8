"""How every section is saved: by its button, by itself as a draft, and when somebody else was first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from medspil.areas.changes import last_change
from medspil.areas.figures import FigureRefused
from medspil.areas.privacy import CprNumberFound
from medspil.areas.sections import Section
from medspil.areas.services import ChallengeElsewhere, NoHostYet, StartsNowhere, UnknownKind
from medspil.common.models import EditConflict
from medspil.web.areas.forms import SectionForm
from medspil.web.forms import with_version
from medspil.web.http import SignedInRequest
from medspil.web.parts import Difference

TROUBLES = (CprNumberFound, ChallengeElsewhere, StartsNowhere, NoHostYet, UnknownKind, FigureRefused)


def handle(
    request: SignedInRequest, form: SectionForm, *, template: str, context: dict[str, Any], back: str
) -> HttpResponse:
    """Show a section, save it and go back, or save it as a draft when the page asks by itself."""
    if request.method != "POST":
        return render(request, template, context | {"form": form})
    valid = form.is_valid()
    if request.htmx and valid is False and not _worth_saving(form):
        return _unsaved(form)
    if valid or request.htmx:
        try:
            saved = form.save(by=request.user, now=timezone.now())
        except EditConflict:
            return _conflict(request, form, template, context)
        except TROUBLES as trouble:
            form.add_error(None, ValidationError(str(trouble)))
        except ValidationError as trouble:
            form.add_error(None, ValidationError(trouble.messages))
        else:
            return _saved(form) if request.htmx else _done(request, saved, context.get("section"), back)
    if request.htmx:
        return _unsaved(form)
    return render(request, template, context | {"form": form}, status=422)


def _worth_saving(form: SectionForm) -> bool:
    """Whether something of a draft can be saved although something else in it cannot."""
    whole = {"geojson", "centre", "radius_m", "file", "reach", "reach_km", "counted_on", "kinds"}
    return "version" in form.cleaned_data and not form.non_field_errors() and not whole & set(form.errors)


def _saved(form: SectionForm) -> HttpResponse:
    said = _("Saved %(time)s") % {"time": date_format(timezone.localtime(), "TIME_FORMAT")}
    if form.errors:
        names = get_text_list([str(form.fields[name].label) for name in form.errors], _("and"))
        said = _("%(saved)s – except %(names)s, which must be put right.") % {"saved": said, "names": names}
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def _unsaved(form: SectionForm) -> HttpResponse:
    errors = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return HttpResponse(
        _("Not saved yet: %(errors)s") % {"errors": errors}, status=422, content_type="text/plain; charset=utf-8"
    )


def _done(request: SignedInRequest, saved: Any, section: Section[Any] | None, back: str) -> HttpResponse:
    missing = section.missing(saved) if section and not section.optional else []
    if missing:
        what = get_text_list([str(one) for one in missing], _("and"))
        messages.info(request, _("Saved. Still missing: %(what)s.") % {"what": what})
    else:
        messages.success(request, _("Saved."))
    return redirect(back)


def _conflict(request: SignedInRequest, form: SectionForm, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer 409: what somebody else saved beside what stands in the form, which now carries the new version."""
    theirs = last_change(form.record, since=form.cleaned_data["version"], by=request.user)
    if request.htmx:
        who = theirs.by if theirs else _("Somebody else")
        said = _("Not saved: %(who)s changed this in the meantime. Save with the button to compare; your text is kept.")
        return HttpResponse(said % {"who": who}, status=409, content_type="text/plain; charset=utf-8")
    form.record.refresh_from_db()
    shown = {
        "form": with_version(form, form.record.version),
        "differences": differences(form),
        "conflict": True,
        "conflict_by": theirs.by if theirs else None,
        "conflict_at": theirs.at if theirs else None,
    }
    return render(request, template, context | shown, status=409)


def differences(form: SectionForm) -> list[Difference]:
    """Return the fields of a form in which the record now says something else."""
    stored = form.stored(form.record)
    found = []
    for bound in form.visible_fields():
        theirs, mine = stored.get(bound.name), form.cleaned_data.get(bound.name)
        if (theirs or None) != (mine or None):
            found.append(Difference(str(bound.label), _words(bound.field, theirs), _words(bound.field, mine)))
    return found


def _words(field: Any, value: Any) -> str:
    known: dict[str, Any] = {}
    for code, label in getattr(field, "choices", None) or []:
        known |= {str(each): name for each, name in label} if isinstance(label, list) else {str(code): label}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(known.get(str(each), each)) for each in values if each not in (None, ""))
