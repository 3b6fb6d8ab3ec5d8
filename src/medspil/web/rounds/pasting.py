"""A list that is pasted or brought as a file: read, shown as it was understood, added all together or not at all."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from medspil.common.reading.lists import rows_of_file, rows_of_text, stored, text_of_rows
from medspil.common.reading.problems import UnreadableFile
from medspil.rounds import services
from medspil.rounds.facts import shown_facts
from medspil.rounds.finding import understood
from medspil.rounds.lines import read_rows
from medspil.rounds.models import Round
from medspil.rounds.programmes import Programme, programme
from medspil.rounds.repeats import repeated
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.rounds.forms import ListForm
from medspil.web.rounds.loading import round_run
from medspil.web.rounds.rows import areas_of

PAGE = ["GET", "HEAD", "POST"]
SHOWN = 200


@require_http_methods(PAGE)
def paste(request: SignedInRequest, pk: int, asks: bool) -> HttpResponse:
    """Take a list, show how it was understood, and add it when the person says so."""
    round_ = round_run(request, pk)
    kind = programme(round_.programme)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ListForm(*sent)
    context: dict[str, Any] = {
        "round": round_, "kind": kind, "asks": asks, "side": kind.demand if asks else kind.supply, "form": form
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            context |= _preview(request, round_, kind, form, asks=asks)
        except UnreadableFile as trouble:
            add_domain_error(form, trouble, "file" if form.cleaned_data.get("file") else "text")
        else:
            chosen = context["filled"] if request.POST.get("add") == "all" else context["fresh"]
            if "add" in request.POST and not context["faults"] and chosen:
                return _add(request, round_, chosen, form, asks=asks)
    wrong = form.errors or context.get("faults")
    return render(request, "rounds/paste.html", context, status=422 if wrong else 200)


def _preview(request: SignedInRequest, round_: Round, kind: Programme, form: ListForm, *, asks: bool) -> dict[str, Any]:
    """Return how a list was understood: rows in words, faults, columns that say nothing, and the list as a text."""
    rows = _rows(form)
    reading = read_rows(rows, programme=kind, asks=asks)
    areas = list(areas_of(request, round_))
    filled, unknown = understood(reading.drafts, areas=areas, asks=asks)
    if asks and len(areas) == 1:
        filled = [services.Filled(one.draft, areas[0], one.organisation, one.unit) for one in filled]
    side = kind.demand if asks else kind.supply
    known = repeated([one.draft for one in filled], round_=round_, asks=asks, batch=form.cleaned_data["creation_key"])
    return {
        "filled": filled,
        "fresh": [one for one in filled if one.draft.row not in known],
        "known": len(known),
        "text": text_of_rows(rows),
        "faults": sorted([*reading.faults, *unknown], key=lambda fault: fault.row),
        "unused": reading.unused,
        "preview": [
            {
                "row": one.draft.row,
                "known": one.draft.row in known,
                "label": one.draft.label,
                "amount": one.draft.amount or (kind.wanted if asks else 1),
                "place": one.draft.place,
                "placed": one.draft.x is not None,
                "area": one.area.name if one.area else "",
                "party": one.organisation or (one.unit.name if one.unit else ""),
                "facts": shown_facts(side.facts, one.draft.facts),
            }
            for one in filled[:SHOWN]
        ],
        "more": max(0, len(filled) - SHOWN),
        "unplaced": sum(1 for one in filled if one.draft.place and one.draft.x is None),
    }


def _rows(form: ListForm) -> list[tuple[int, list[str]]]:
    file = form.cleaned_data.get("file")
    if not file:
        return rows_of_text(form.cleaned_data["text"])
    with stored(file.chunks()) as path:
        return list(rows_of_file(path, name=file.name))


def _add(
    request: SignedInRequest, round_: Round, filled: list[services.Filled], form: ListForm, *, asks: bool
) -> HttpResponse:
    try:
        services.add_rows(
            round_=round_,
            asks=asks,
            rows=filled,
            batch=form.cleaned_data["creation_key"],
            by=request.user,
            now=timezone.now(),
        )
    except services.RoundClosed as trouble:
        messages.error(request, str(trouble))
    else:
        number = len(filled)
        told = ngettext("{number} row is added.", "{number} rows are added.", number)
        messages.success(request, told.format(number=number))
    return redirect("rounds:rows", pk=round_.pk, asks=asks)
