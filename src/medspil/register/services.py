"""What people can do with register files: hand one in, say what its columns are, compare it, apply it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from medspil.register.applying import ComparisonIncomplete, RegisterChanged, TooManyGone, apply, require_whole
from medspil.register.columns import header_hash, in_header, propose
from medspil.register.comparing import MappingIncomplete, compare, require_columns
from medspil.register.leases import LEASE, Clock, ImportBusy, Lease
from medspil.register.models import ColumnMapping, ImportRun, ImportState
from medspil.register.reading import Layout, UnreadableFile
from medspil.register.reading.layout import CSV
from medspil.register.reading.sheet import with_header
from medspil.register.receiving import (
    FILES_KEPT,
    FileChanged,
    FileTooBig,
    bundle_of,
    forget,
    forget_files,
    forget_old_files,
    receive_file,
    receive_files,
)
from medspil.register.troubles import DatabaseStopped, ImportTroubled, NoRoom

__all__ = [
    "FILES_KEPT",
    "ComparisonIncomplete",
    "DatabaseStopped",
    "FileChanged",
    "FileTooBig",
    "ImportBusy",
    "ImportTroubled",
    "MappingIncomplete",
    "NoRoom",
    "NoSuchMapping",
    "RegisterChanged",
    "TooManyGone",
    "UnreadableFile",
    "apply",
    "choose_columns",
    "compare",
    "discard",
    "discard_left_lying",
    "forget_files",
    "forget_old_files",
    "receive_file",
    "receive_files",
    "require_whole",
    "save_mapping",
    "use_mapping",
]

READING = ("encoding", "delimiter")  # a change of these means that the heading must be looked for again
_BEFORE_APPLYING = (ImportState.UPLOADED, ImportState.COMPARED, ImportState.FAILED)


class NoSuchMapping(ImportTroubled):
    """There is no saved mapping of that name, or its columns are not in this file."""


def choose_columns(*, run: ImportRun, columns: Mapping[str, str], settings: Mapping[str, Any]) -> ImportRun:
    """Say which column is what, and how the file is to be read; an earlier comparison counts no more.

    Raises `MappingIncomplete` when rows could not be taken, `UnreadableFile` when the file is not written so, and
    `ImportBusy` when the import is being worked on.
    """
    layout = Layout.from_json(run.layout | dict(settings))
    if layout.kind == CSV and any(settings.get(name, run.layout[name]) != run.layout[name] for name in READING):
        file = bundle_of(run)[0]
        layout = with_header(file.path, layout, name=file.name)
        columns = propose(layout.header)
    chosen = in_header(columns, layout.header)
    require_columns(chosen)
    changed = ImportRun.objects.filter(pk=run.pk, state__in=_BEFORE_APPLYING).update(
        layout=layout.as_json(), columns=chosen, state=ImportState.UPLOADED, problem=""
    )
    if not changed:
        raise ImportBusy
    run.refresh_from_db()
    return run


def save_mapping(*, run: ImportRun, name: str, now: datetime) -> ColumnMapping:
    """Keep an import's mapping under a name; files with the same heading will find it. The same name is replaced."""
    mapping, _created = ColumnMapping.objects.update_or_create(
        name=name.strip()[:120],
        defaults={
            "header": run.layout["header"],
            "header_hash": header_hash(run.layout["header"]),
            "columns": run.columns,
            "settings": {key: run.layout[key] for key in ("code_system", "silent_is_protected")},
            "created_at": now,
        },
    )
    return mapping


def use_mapping(*, run: ImportRun, name: str) -> ImportRun:
    """Take a saved mapping for an import, also when the heading is not quite the same."""
    mapping = ColumnMapping.objects.filter(name=name).first()
    if mapping is None:
        known = ", ".join(ColumnMapping.objects.order_by("name").values_list("name", flat=True)) or "–"
        raise NoSuchMapping(
            _("There is no mapping called “%(name)s”. Known: %(known)s.") % {"name": name, "known": known}
        )
    missing = sorted(set(mapping.columns.values()) - set(run.layout["header"]))
    if missing:
        raise NoSuchMapping(
            _("The mapping “%(name)s” needs columns that this file has not: %(missing)s.")
            % {"name": name, "missing": ", ".join(missing)}
        )
    return choose_columns(run=run, columns=mapping.columns, settings=mapping.settings)


def discard(*, run: ImportRun, clock: Clock) -> None:
    """Throw an import away that was never applied, with its file and what waited. Raises `ImportBusy`."""
    # Held first: what waits for an import that somebody compares or applies right now is not ours to take away.
    Lease(run=run, clock=clock).take(at=_BEFORE_APPLYING, become=ImportState.COMPARING)
    forget(run)
    run.delete()


def discard_left_lying(*, by_name: str, clock: Clock) -> int:
    """Throw away what a door began and never came back to, because it was killed; return how many imports.

    Nothing of them was applied: applying is one transaction, which the database took back.
    """
    now = clock()
    silent = ImportRun.objects.filter(by_name=by_name, created_at__lt=now - LEASE).exclude(lease_until__gte=now)
    silent.filter(state=ImportState.APPLYING).update(state=ImportState.COMPARED)
    left = list(silent.filter(state__in=(*_BEFORE_APPLYING, ImportState.COMPARING)))
    for run in left:
        with suppress(ImportBusy):  # somebody else throws it away just now
            discard(run=run, clock=clock)
    return len(left)
