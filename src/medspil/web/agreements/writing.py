"""Write a draft: begin it, one field at a time, days, propose it, put it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.accounts.models import HistoryEntry
from medspil.agreements import writing as services
from medspil.agreements.from_alignment import departures
from medspil.agreements.keeping import Changed, keep_and_tell
from medspil.agreements.models import AgreementField, FieldCode
from medspil.agreements.papers import PAGES, pages_ahead
from medspil.agreements.proposing import NotReady, lacking, propose
from medspil.agreements.rows import RowRefused, TooManyRows
from medspil.agreements.states import StepNotAllowed
from medspil.agreements.wording import in_words, lines
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.web.agreements import shown, views, words
from medspil.web.agreements.forms import DaysForm, FieldForm, RowForm, read_rows, row_forms
from medspil.web.agreements.loading import (
    draft_or_refuse,
    names_of,
    partners_there,
    run_or_refuse,
    run_version_or_refuse,
)
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest, conflict, whole_number
from medspil.web.parts import Difference


@require_POST
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the first draft, or a change of what counts."""
    partnership, _rights = run_or_refuse(request, pk)
    language = get_language() or "da"
    try:
        services.begin(partnership=partnership, by=request.user, now=timezone.now(), language=language)
    except services.NotGoing as trouble:
        return views.overview_page(request, pk, trouble=str(trouble), status=409)
    return redirect("agreements:overview", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def field(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Write one field: its rows and its text."""
    partnership, draft = draft_or_refuse(request, pk)
    one = get_object_or_404(draft.fields, code=code)
    names = names_of(request, partnership)
    partners = {each.pk: names[each.pk] for each in partners_there(partnership)}
    data = request.POST if request.method == "POST" else None
    form = FieldForm(data, code=FieldCode(code), initial={"version": one.version, "text": one.text})
    rows = row_forms(one, partners, data)
    context = {"partnership": partnership, "field": one, "label": FieldCode(code).label, "help": words.HELP[code]}
    status = 200
    if data is not None:
        status = _save_field(request, one, form, rows, context=context, names=names)
        if status == 302:
            more = "agreements:field" if "more" in data else "agreements:overview"
            return redirect(more, *([pk, code] if "more" in data else [pk]))
    return render(request, "agreements/field.html", context | {"form": form, "rows": rows}, status=status)


def _save_field(
    request: SignedInRequest,
    one: AgreementField,
    form: FieldForm,
    rows: list[RowForm],
    *,
    context: dict[str, Any],
    names: dict[int, str],
) -> int:
    """Save a field and return the status of the answer; what was written stays on the page where it is refused."""
    written, fine = read_rows(rows)
    if not form.is_valid() or not fine:
        context["row_errors"] = not fine
        return 422
    said = form.cleaned_data
    try:
        services.save_field(
            field=one, expected_version=said["version"], text=said["text"], rows=written, by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except EditConflict:
        one.refresh_from_db()
        theirs = "\n".join([*lines(FieldCode(one.code), one.rows, names), one.text])
        mine = "\n".join([*lines(FieldCode(one.code), _plain(written), names), said["text"]])
        latest = HistoryEntry.objects.of(one.agreement).filter(action="field_saved", changes__field=one.code).first()
        context["differences"] = [Difference(context["label"], theirs, mine)]
        context["conflict"] = latest
        with_version(form, one.version)
        return 409
    except (services.TextTooLong, RowRefused, TooManyRows, CprNumberFound, StepNotAllowed) as trouble:
        add_domain_error(form, trouble, "text" if isinstance(trouble, services.TextTooLong) else None)
        return 422
    messages.success(request, _("Saved."))
    return 302


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of a form as they are stored, without the blank ones."""
    found = []
    for row in rows:
        plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        plain["partner"] = int(plain["partner"]) if plain.get("partner") else None
        if any(value not in (None, "") for name, value in plain.items() if name != "partner"):
            found.append(plain)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write from when to when it is in force, and when it is looked at again."""
    partnership, draft = draft_or_refuse(request, pk)
    names = ("version", "starts_on", "ends_on", "look_again_on")
    form = DaysForm(request.POST or None, initial={name: getattr(draft, name) for name in names})
    context = {"partnership": partnership, "agreement": draft}
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            services.save_days(
                agreement=draft, expected_version=said.pop("version"), **said, by=request.user, now=timezone.now()
            )
        except EditConflict:
            return conflict(request, "agreements/days.html", form, draft, context)
        except (services.DaysTurned, StepNotAllowed) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("agreements:overview", pk=pk)
    return render(request, "agreements/days.html", context | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a draft as it would be confirmed, and propose it."""
    partnership, draft = draft_or_refuse(request, pk)
    trouble, status = "", 200
    if request.method == "POST":
        seen = whole_number(request.POST.get("version", ""))
        try:
            done = propose(agreement=draft, expected_version=seen, by=request.user, now=timezone.now())
        except (NotReady, StepNotAllowed, EditConflict) as refused:
            trouble, status = str(refused), 409
        else:
            messages.success(request, _("Proposed. Now each side confirms exactly this version."))
            return redirect("agreements:version", pk=pk, number=done.number)
    content = shown.content_for(draft)
    pages = pages_ahead(draft, partners_there(partnership), get_language() or "da")
    context = {
        "partnership": partnership,
        "agreement": draft,
        "facts": shown.facts_of(draft, content),
        "fields": in_words(content),
        "departures": departures(draft, partners_there(partnership)),
        "missing": shown.missing_of(partnership, lacking(draft, now=timezone.now())),
        "pages": pages,
        "too_long": pages > PAGES,
        "trouble": trouble,
    }
    return render(request, "agreements/suggest.html", context, status=status)


@require_POST
def put_away(request: SignedInRequest, pk: int, number: int, *, away: bool) -> HttpResponse:
    """Put a draft away, or bring it back."""
    _partnership, agreement = run_version_or_refuse(request, pk, number)
    try:
        services.put_away(
            agreement=agreement, away=away, expected_version=agreement.version, by=request.user, now=timezone.now()
        )
    except (StepNotAllowed, EditConflict) as trouble:
        return views.overview_page(request, pk, trouble=str(trouble), status=409)
    messages.success(request, _("The draft is put away. Nothing is deleted.") if away else _("The draft is back."))
    return redirect("agreements:overview", pk=pk)


@require_POST
def keep(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Put a draft away that changes nothing, so that the version before it is confirmed after all."""
    _partnership, agreement = run_version_or_refuse(request, pk, number)
    try:
        kept = keep_and_tell(draft=agreement, by=request.user, now=timezone.now())
    except (Changed, StepNotAllowed, EditConflict) as trouble:
        return views.overview_page(request, pk, trouble=str(trouble), status=409)
    messages.success(request, _("Nothing is changed after all. Those who had confirmed it count again."))
    return redirect("agreements:version", pk=pk, number=kept.number)
