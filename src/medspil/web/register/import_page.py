"""What the pages of an import show: steps, counts, reasons, samples, and what can be done next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.forms import BoundField
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspil.accounts.models import User
from medspil.register import tasks
from medspil.register.columns import BY_FIELD, REQUIRED
from medspil.register.models import ImportRun, ImportState, RowNote, Unit
from medspil.register.notes import reason
from medspil.register.progress import read_progress
from medspil.register.reading import Layout, Tally, UnreadableFile, asks_columns, read_rows
from medspil.register.reading.layout import CSV
from medspil.register.reading.shapes import told_by
from medspil.register.reading.tally import counted
from medspil.register.receiving import bundle_of
from medspil.register.troubles import ImportTroubled
from medspil.web.parts import Step
from medspil.web.register.forms import ApplyForm, ColumnsForm
from medspil.web.register.shown import number, unit_url
from medspil.web.tables import Column, Table

SAMPLE_ROWS = 3
NOTES_SHOWN = 100
BUSY = (ImportState.COMPARING, ImportState.APPLYING)


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice of a column, with the first values of what is chosen."""

    field: BoundField
    required: bool
    chosen: str
    sample: str


def run_table(runs: Iterable[ImportRun]) -> Table:
    """Return the table of imports."""
    columns = (
        Column(_("Source"), "source", url=lambda run: reverse("register:import", args=[run.pk])),
        Column(_("Date of the data"), lambda run: date_format(run.source_date, "DATE_FORMAT")),
        Column(_("State"), lambda run: run.get_state_display()),
        Column(_("Added"), lambda run: number(run.added), numeric=True),
        Column(_("Changed"), lambda run: number(run.changed), numeric=True),
        Column(_("Gone"), lambda run: number(run.gone), numeric=True),
        Column(_("Rejected"), lambda run: number(run.rejected), numeric=True),
        Column(_("Who"), "by_name"),
    )
    return Table(caption=_("Imports"), describe=columns, records=runs, caption_hidden=True)


def last_source(user: "User | AnonymousUser") -> dict[str, Any]:
    """Return the source of the last import, so that the next one is not misspelt."""
    last = ImportRun.objects.visible_to(user).for_list().first()
    return {"source": last.source} if last else {}


def columns_context(run: ImportRun, form: ColumnsForm) -> dict[str, Any]:
    """Return what the page of columns shows: each choice with the first values of its column."""
    samples = _samples(run)
    choices = [
        Choice(
            field=field,
            required=field.name.removeprefix("column_") in REQUIRED,
            chosen=str(field.value() or ""),
            sample=" · ".join(samples.get(str(field.value() or ""), [])),
        )
        for field in form.column_fields
    ]
    return {
        "run": run,
        "form": form,
        "steps": steps(run, on_columns=True),
        "required": [choice for choice in choices if choice.required],
        "found": [choice for choice in choices if not choice.required and choice.chosen],
        "others": [choice for choice in choices if not choice.required and not choice.chosen],
        "unused": [heading for heading in run.layout["header"] if heading not in run.columns.values()],
        "only_companies": "number" not in run.columns and "cvr" in run.columns,
        "silent_on_protection": "protected" not in run.columns,
    }


def _samples(run: ImportRun) -> dict[str, list[str]]:
    layout = Layout.from_json(run.layout)
    try:
        rows = list(islice(read_rows(bundle_of(run), layout, Tally()), SAMPLE_ROWS))
    except (OSError, ImportTroubled, UnreadableFile):
        return {}
    return {
        heading: [cells[at][:40] for _row, cells in rows if at < len(cells) and cells[at].strip()]
        for at, heading in enumerate(layout.header)
    }


def steps(run: ImportRun, *, on_columns: bool = False) -> list[Step]:
    """Return the four steps of an import and where it is; on the page of columns it is there."""
    at = (
        1
        if on_columns
        else {
            ImportState.UPLOADED: 1,
            ImportState.COMPARING: 2,
            ImportState.COMPARED: 3,
            ImportState.APPLYING: 3,
            ImportState.APPLIED: 4,
            ImportState.FAILED: 2,
        }[ImportState(run.state)]
    )
    asks = asks_columns(run.layout.get("kind", CSV))
    may_change = asks and run.state not in (*BUSY, ImportState.APPLIED)
    columns_url = reverse("register:columns", args=[run.pk]) if may_change else ""
    titles = ((_("File"), ""), (_("Columns"), columns_url), (_("Comparison"), ""), (_("Into the register"), ""))
    failed = run.state == ImportState.FAILED
    return [
        Step(
            title, "done" if nth < at else "error" if failed and nth == at else "current" if nth == at else "todo", url
        )
        for nth, (title, url) in enumerate(titles)
        if asks or nth != 1
    ]


def context(run: ImportRun, *, now: datetime) -> dict[str, Any]:
    """Return what the page of an import shows."""
    working = run.state in BUSY and run.lease_until is not None and run.lease_until > now
    queued = not working and tasks.is_queued(run)
    silent = run.state in BUSY and not working and not queued
    findings = run.findings
    return {
        "run": run,
        "steps": steps(run),
        "busy": working or queued,
        "progress": read_progress(run.progress_name) if working or queued else None,
        "silent": silent,
        "asks_columns": asks_columns(run.layout.get("kind", CSV)),
        "files": list(run.files.order_by("pk")),
        "counts": _counts(run),
        "left_out": _counted(findings, left_out=True),
        "noticed": _counted(findings, left_out=False),
        "reasons": [(reason(code), count) for code, count in findings.get("reasons", {}).items()],
        "fields": [(_label(name), number(count)) for name, count in findings.get("fields", {}).items()],
        "added": _samples_of(run, "added"),
        "changed": _samples_of(run, "changed"),
        "gone": _samples_of(run, "gone"),
        "older_than": date.fromisoformat(findings["older_than"]) if findings.get("older_than") else None,
        "notes": _note_table(run) if run.state in (ImportState.COMPARED, ImportState.APPLIED) else None,
        "apply_form": ApplyForm(),
        "indexing": read_progress(tasks.INDEX_PROGRESS) if run.state == ImportState.APPLIED else None,
    }


def _counts(run: ImportRun) -> list[tuple[str, str, str]]:
    """Return (number, word, kind) of each count."""
    return [
        (number(run.added), pgettext("units", "added"), "success" if run.added else ""),
        (number(run.changed), pgettext("units", "changed"), "info" if run.changed else ""),
        (number(run.gone), pgettext("units", "gone"), "warning" if run.gone else ""),
        (number(run.unchanged), pgettext("units", "unchanged"), ""),
        (number(run.rejected), pgettext("rows", "rejected"), "error" if run.rejected else ""),
        (number(run.warned), pgettext("rows", "with a warning"), "warning" if run.warned else ""),
    ]


def _counted(findings: dict[str, Any], *, left_out: bool) -> list[tuple[str, str, str]]:
    """Return (number, what it counts, examples) of what was left out, or only noticed, on the way."""
    examples = findings.get("left_out_examples", {})
    return [
        (number(count), str(counted(code).sentence), " · ".join(examples.get(code, [])))
        for code, count in findings.get("left_out", {}).items()
        if counted(code).left_out == left_out
    ]


def _samples_of(run: ImportRun, kind: str) -> list[dict[str, Any]]:
    """Return samples with labels in place of field names, and links to units that are in the register."""
    there = kind != "added" or run.state == ImportState.APPLIED
    return [
        sample
        | {
            "url": unit_url(sample["number"]) if there else "",
            "changes": [(_label(name), _word(name, old), _word(name, new)) for name, old, new in sample["changes"]],
        }
        for sample in run.findings.get("samples", {}).get(kind, [])
    ]


def _label(name: str) -> str:
    if name in BY_FIELD:
        return str(BY_FIELD[name].label)
    # Only fields of the table itself come here; django-stubs allows for relations, which have no such name.
    return str(Unit._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _word(name: str, value: str) -> str:
    """Return a value as people read it: the name of a choice, yes and no."""
    field = Unit._meta.get_field(name)
    choices = {str(code): str(label) for code, label in getattr(field, "flatchoices", [])}
    known = choices | {"True": _("yes"), "False": _("no"), "": "–"}
    return known.get(value, value)


def _note_table(run: ImportRun) -> Table | None:
    def what(note: RowNote) -> str:
        return f"{reason(note.code).problem} {reason(note.code).advice}"

    def where(note: RowNote) -> str:
        entity = told_by(note.field, run.layout.get("kind", CSV))
        return f"{_label(note.field)} ({entity})" if entity else _label(note.field) if note.field else ""

    notes = list(run.notes.order_by("-rejected", "row", "pk")[:NOTES_SHOWN])
    columns = (
        *([Column(_("Row"), "row", numeric=True)] if asks_columns(run.layout.get("kind", CSV)) else []),
        Column(_("Column"), where),
        Column(_("Value"), "value"),
        Column(_("Taken"), lambda note: _("no") if note.rejected else _("yes")),
        Column(_("What is wrong, and what you can do"), what),
    )
    caption = _("Rejected rows and warnings, one by one")
    return Table(caption=caption, describe=columns, records=notes, caption_hidden=True) if notes else None
