"""What people can do with register files: hand one in, say what its columns are, compare it, apply it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from medspil.register.applying import ComparisonIncomplete, RegisterChanged, TooManyGone, apply, require_whole
from medspil.register.columns import BY_FIELD, header_hash, propose
from medspil.register.comparing import FileChanged, MappingIncomplete, clear_staged, compare, file_hash, require_columns
from medspil.register.leases import Clock, ImportBusy, ImportTroubled, Lease
from medspil.register.models import ColumnMapping, ImportRun, ImportState
from medspil.register.reading import Layout, UnreadableFile, sniff
from medspil.register.reading.layout import CSV
from medspil.register.reading.sheet import with_header

__all__ = [
    "ComparisonIncomplete",
    "FileChanged",
    "FileTooBig",
    "ImportBusy",
    "ImportTroubled",
    "MappingIncomplete",
    "NoSuchMapping",
    "RegisterChanged",
    "TooManyGone",
    "UnreadableFile",
    "apply",
    "choose_columns",
    "compare",
    "discard",
    "forget_files",
    "forget_old_files",
    "receive_file",
    "require_whole",
    "save_mapping",
    "use_mapping",
]

LARGEST_FILE = 4 * 1024**3
FILES_KEPT = timedelta(days=30)  # a file may hold people's names; the privacy page tells this number
READING = ("encoding", "delimiter")  # a change of these means that the heading must be looked for again
_BEFORE_APPLYING = (ImportState.UPLOADED, ImportState.COMPARED, ImportState.FAILED)


class FileTooBig(ImportTroubled):
    """The file is larger than this door lets in."""

    def __init__(self, *, size: int, limit: int) -> None:
        super().__init__(
            _(
                "The file is %(size)s MB; here at most %(limit)s MB can be uploaded."
                " Larger files are imported on the server with: medspil register import"
            )
            % {"size": -(-size >> 20), "limit": limit >> 20}
        )


class NoSuchMapping(ImportTroubled):
    """There is no saved mapping of that name, or its columns are not in this file."""


def receive_file(
    *,
    creation_key: UUID,
    file: "File[Any]",
    file_name: str,
    source: str,
    source_date: date,
    now: datetime,
    complete: bool = True,
    made_up: bool = False,
    by_name: str = "",
    limit_bytes: int = LARGEST_FILE,
) -> ImportRun:
    """Store a file, look at how it is written and propose what its columns are.

    The same `creation_key` gives the same import again. Raises `FileTooBig` or `UnreadableFile`; then nothing is kept.
    """
    known = ImportRun.objects.filter(creation_key=creation_key).first()
    if known is not None:
        return known
    if file.size > limit_bytes:
        raise FileTooBig(size=file.size, limit=limit_bytes)
    run = ImportRun(
        creation_key=creation_key,
        source=source,
        source_date=source_date,
        complete=complete,
        made_up=made_up,
        by_name=by_name,
        file_name=shown_name(file_name),
        created_at=now,
    )
    run.file.save(f"{uuid4().hex}.data", file, save=False)
    try:
        path = Path(run.file.path)
        layout = sniff(path)
        run.file_hash = file_hash(path)
        run.layout, run.columns = _known_or_proposed(layout)
        with transaction.atomic():
            run.save()
    except IntegrityError:  # the same form came twice at the same moment, and the other was first
        run.file.delete(save=False)
        return ImportRun.objects.get(creation_key=creation_key)
    except UnreadableFile:
        run.file.delete(save=False)
        raise
    return run


def shown_name(file_name: str) -> str:
    """Return a file name fit to be shown: no folders, no signs that turn the writing round."""
    name = re.split(r"[/\\]", file_name)[-1]
    name = "".join(sign for sign in name if sign.isprintable())
    return name[-200:] or "register"


def _known_or_proposed(layout: Layout) -> tuple[dict[str, Any], dict[str, str]]:
    """Return layout and columns: those saved for this heading, or what the names of the columns suggest."""
    saved = ColumnMapping.objects.filter(header_hash=header_hash(layout.header)).order_by("-created_at").first()
    if saved is None:
        return layout.as_json(), propose(layout.header)
    kept = {name: value for name, value in saved.settings.items() if name in ("code_system", "silent_is_protected")}
    return layout.as_json() | kept, _in_header(saved.columns, layout.header)


def _in_header(columns: Mapping[str, str], header: tuple[str, ...]) -> dict[str, str]:
    return {field: name for field, name in columns.items() if field in BY_FIELD and name in header}


def choose_columns(*, run: ImportRun, columns: Mapping[str, str], settings: Mapping[str, Any]) -> ImportRun:
    """Say which column is what, and how the file is to be read; an earlier comparison counts no more.

    Raises `MappingIncomplete` when rows could not be taken, `UnreadableFile` when the file is not written so, and
    `ImportBusy` when the import is being worked on.
    """
    layout = Layout.from_json(run.layout | dict(settings))
    if layout.kind == CSV and any(settings.get(name, run.layout[name]) != run.layout[name] for name in READING):
        layout = with_header(Path(run.file.path), layout)
        columns = propose(layout.header)
    chosen = _in_header(columns, layout.header)
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


def forget_old_files(*, now: datetime) -> int:
    """Throw away stored files older than a month, whatever came of them; return how many imports let go of theirs."""
    old = ImportRun.objects.filter(created_at__lt=now - FILES_KEPT).exclude(file="").exclude(lease_until__gte=now)
    for run in old:
        _forget(run)
    return len(old)


def forget_files(*, run: ImportRun) -> None:
    """Throw away stored files of earlier imports of the same source: they may hold people's names."""
    earlier = ImportRun.objects.filter(source=run.source, state=ImportState.APPLIED, pk__lt=run.pk).exclude(file="")
    for old in earlier:
        _forget(old)


def _forget(run: ImportRun) -> None:
    with suppress(OSError):
        run.file.delete(save=False)
        run.rejected_file.delete(save=False)
    ImportRun.objects.filter(pk=run.pk).update(file="", rejected_file="")


def discard(*, run: ImportRun, clock: Clock) -> None:
    """Throw an import away that was never applied, with its file and what waited. Raises `ImportBusy`."""
    # Held first: what waits for an import that somebody compares or applies right now is not ours to take away.
    Lease(run=run, clock=clock).take(at=_BEFORE_APPLYING, become=ImportState.COMPARING)
    clear_staged(run)
    run.delete()
    with suppress(OSError):
        run.file.delete(save=False)
        run.rejected_file.delete(save=False)
