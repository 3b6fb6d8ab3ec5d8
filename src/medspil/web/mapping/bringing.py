"""Many resources at once: paste a list or bring a file in, look at what would happen, choose, bring in."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas.models import Area
from medspil.common.reading.problems import UnreadableFile
from medspil.mapping import files
from medspil.mapping.bringing import Brought, bring_in
from medspil.mapping.drafts import Choices, Chosen, Draft, NotUnderstood, Preview, TooMany, compare
from medspil.mapping.merging import MergeRefused
from medspil.mapping.models import ResourceList
from medspil.mapping.pasting import understand, with_kinds
from medspil.organisations.roles import Ability
from medspil.web.areas.loading import sent
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.mapping.bringing_forms import ColumnsForm, FileForm, PasteForm, possible_kinds
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.mapping.previewed import outcome, shown

PAGE = ["GET", "HEAD", "POST"]
TROUBLES = (NotUnderstood, TooMany, MergeRefused, files.ListGone, files.ColumnMissing)


@require_http_methods(PAGE)
def paste(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a pasted list, show what would happen, and bring it in when the person says so."""
    area, _may = area_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = PasteForm(*sent(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, "mapping/paste.html", area, form)
    said = form.cleaned_data
    drafts = with_kinds(understand(said["text"], default_kind=said["default_kind"]), _kinds(request.POST))
    try:
        preview = compare(area, drafts)
        if "bring" in request.POST and preview.ready:
            return _brought(request, area, _bring(request, area, drafts, preview, said["creation_key"]))
    except TROUBLES as trouble:
        add_domain_error(form, trouble)
        return _page(request, "mapping/paste.html", area, form)
    return render(request, "mapping/paste.html", {"area": area, "form": form, **shown(preview, request.POST)})


@require_http_methods(PAGE)
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file in; which column is what comes next."""
    area, _may = area_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = FileForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            waiting = files.take_in(
                area=area,
                file=file,
                name=file.name,
                creation_key=form.cleaned_data["creation_key"],
                by=request.user,
                now=timezone.now(),
            )
        except (UnreadableFile, TooMany) as trouble:
            add_domain_error(form, trouble, "file")
        else:
            return redirect("mapping:file", pk=waiting.pk)
    return _page(request, "mapping/upload.html", area, form)


@require_http_methods(PAGE)
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which column is what, see what would happen, and bring the file in."""
    waiting = _waiting(request, pk)
    form = ColumnsForm(*sent(request), waiting=waiting)
    context: dict[str, Any] = {"area": waiting.area, "waiting": waiting, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            files.map_columns(waiting=waiting, columns=form.chosen())
            choices = _choices(form.cleaned_data, request.POST)
            preview = files.preview(waiting, choices=choices)
            if "bring" in request.POST and preview.ready:
                together = _together(preview, request.POST)
                by, now = request.user, timezone.now()
                done = files.apply_list(waiting=waiting, choices=choices, together=together, by=by, now=now)
                return _brought(request, waiting.area, done)
            context |= shown(preview, request.POST)
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
    return render(request, "mapping/file.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the rows of a file away that will not be brought in."""
    waiting = _waiting(request, pk)
    files.drop(waiting=waiting)
    messages.success(request, _("The file is thrown away. Nothing was added."))
    return redirect("mapping:list", pk=waiting.area_id)


def _waiting(request: SignedInRequest, pk: int) -> ResourceList:
    """Return a file that was brought into an area; for those who may not map the area it is not there."""
    found = ResourceList.objects.visible_to(request.user).select_related("area__owner")
    waiting = get_object_or_404(found, pk=pk)
    area_or_refuse(request, waiting.area_id, Ability.MAP_RESOURCES)
    return waiting


def _page(request: SignedInRequest, template: str, area: Area, form: Any) -> HttpResponse:
    return render(request, template, {"area": area, "form": form}, status=422 if form.errors else 200)


def _bring(
    request: SignedInRequest, area: Area, drafts: Sequence[Draft], preview: Preview, creation_key: UUID
) -> Brought:
    return bring_in(
        area=area,
        drafts=drafts,
        creation_key=creation_key,
        together=_together(preview, request.POST),
        source=_("pasted list"),
        by=request.user,
        now=timezone.now(),
    )


def _kinds(said: QueryDict) -> dict[tuple[int, str], str]:
    """Return the kinds chosen line by line: each counts as long as its line still says the same."""
    known = dict(possible_kinds())
    chosen = {name.removeprefix("kind-"): value for name, value in said.items() if name.startswith("kind-")}
    return {
        (int(number), str(said.get(f"line-{number}", ""))): kind
        for number, kind in chosen.items()
        if number.isdecimal() and kind in known
    }


def _choices(fields: Mapping[str, Any], said: QueryDict) -> Choices:
    """Return what is said of a file: of all its rows, of those that say a word we do not know, and of single ones."""
    kinds, named = dict(possible_kinds()), [name.partition("-") for name in said]
    numbers = {end for start, _sign, end in named if start in ("kind", "name", "out") and end.isdecimal()}
    words = {end: said.get(f"word-{end}", "") for start, _sign, end in named if start == "word"}
    rows = {
        int(number): Chosen(
            kind=kind if (kind := said.get(f"kind-{number}", "")) in kinds else "",
            name=" ".join(said.get(f"name-{number}", "").replace("\x00", "").split()),
            leave_out=f"out-{number}" in said,
        )
        for number in numbers
    }
    by_word = {word: kind for word, kind in words.items() if kind in kinds}
    return Choices(fields["default_kind"], fields["purpose"], by_word, rows)


def _together(preview: Preview, said: QueryDict) -> dict[int, str]:
    """Return which lines the person says are the same as something else."""
    asked = {line.draft.line: said.get(f"same-{line.draft.line}", "") for line in preview.warned}
    return {number: target for number, target in asked.items() if target}


def _brought(request: SignedInRequest, area: Area, brought: Brought) -> HttpResponse:
    numbers = {"added": brought.added, "merged": brought.merged, "known": brought.known}
    told = [outcome(**numbers, left_out=brought.left_out)]
    if brought.contacts:
        contacts = ngettext(
            "%(number)d contact was added to what was here.",
            "%(number)d contacts were added to what was here.",
            brought.contacts,
        )
        told.append(contacts % {"number": brought.contacts})
    messages.success(request, " ".join(told))
    return redirect("mapping:list", pk=area.pk)
