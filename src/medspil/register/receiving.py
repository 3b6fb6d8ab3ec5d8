"""Takes the files of an import in: stores them, hashes them, tells their shape; and forgets them again in time."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from medspil.register.columns import header_hash, in_header, propose
from medspil.register.models import ColumnMapping, ImportFile, ImportRun, ImportState
from medspil.register.reading import Bundle, Layout, SourceFile, always_part, asks_columns, entity_of, sniff
from medspil.register.staging import clear_staged
from medspil.register.troubles import ImportTroubled, plain_troubles

LARGEST_IMPORT = 64 * 1024**3
FILES_KEPT = timedelta(days=30)  # a file may hold people's names; the privacy page tells this number

STRAYS_KEPT = timedelta(days=1)  # longer than any upload takes


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


class FileChanged(ImportTroubled):
    """A stored file is not the one that was handed in."""

    def __init__(self) -> None:
        super().__init__(_("The stored file is missing or is not the one that was handed in. Upload it again."))


def receive_file(*, file: File[bytes], file_name: str, **told: Any) -> ImportRun:
    """Take in an import of one file; see `receive_files`."""
    return receive_files(files=[(file_name, file)], **told)


def receive_files(
    *,
    creation_key: UUID,
    files: Sequence[tuple[str, File[bytes]]],
    source: str,
    source_date: date,
    now: datetime,
    complete: bool = True,
    made_up: bool = False,
    by_name: str = "",
    limit_bytes: int = LARGEST_IMPORT,
) -> ImportRun:
    """Store the files of one import, look at how they are written and propose what their columns are.

    The same `creation_key` gives the same import again. Raises `FileTooBig` or `UnreadableFile`; then nothing is kept.
    """
    known = ImportRun.objects.filter(creation_key=creation_key).first()
    if known is not None:
        return known
    if sum(file.size for _name, file in files) > limit_bytes:
        raise FileTooBig(size=sum(file.size for _name, file in files), limit=limit_bytes)
    run = ImportRun(
        creation_key=creation_key,
        source=source,
        source_date=source_date,
        complete=complete,
        made_up=made_up,
        by_name=by_name,
        file_name=", ".join(shown_name(name) for name, _file in files)[:200],
        created_at=now,
    )
    stored: list[ImportFile] = []
    try:
        with plain_troubles(lambda: _("storing the files")):
            for name, file in files:
                stored.append(ImportFile(run=run, name=shown_name(name), size=file.size))
                _store(stored[-1], file)
            _understand(run, stored)
            with transaction.atomic():
                run.save()
                ImportFile.objects.bulk_create(stored)
    except IntegrityError:  # the same form came twice at the same moment, and the other was first
        _delete(stored)
        return ImportRun.objects.get(creation_key=creation_key)
    except BaseException:  # whatever it was: a file that belongs to no import is kept by nobody
        _delete(stored)
        raise
    return run


def shown_name(file_name: str) -> str:
    """Return a file name fit to be shown: no folders, no signs that turn the writing round."""
    name = re.split(r"[/\\]", file_name)[-1]
    name = "".join(sign for sign in name if sign.isprintable())
    return name[-200:] or "register"


def _store(stored: ImportFile, file: File[bytes]) -> None:
    stored.file.name = stored.file.field.generate_filename(stored, f"{uuid4().hex}.data")
    # Named before it is written, so that a file cut short by a full disk is found and taken away.
    stored.file.storage.save(stored.file.name, file)
    stored.sha256 = _sha256(Path(stored.file.path))


def _understand(run: ImportRun, stored: Iterable[ImportFile]) -> None:
    bundle = [SourceFile(Path(one.file.path), one.name) for one in stored]
    layout = sniff(bundle)
    for one, source_file in zip(stored, bundle, strict=True):
        one.entity = entity_of(source_file, layout)
    run.layout, run.columns = _known_or_proposed(layout)
    run.complete = run.complete and not always_part(layout.kind)


def _known_or_proposed(layout: Layout) -> tuple[dict[str, Any], dict[str, str]]:
    """Return layout and columns: our own names, those saved for this heading, or what the names suggest."""
    if not asks_columns(layout.kind):
        return layout.as_json(), {name: name for name in layout.header}
    saved = ColumnMapping.objects.filter(header_hash=header_hash(layout.header)).order_by("-created_at").first()
    if saved is None:
        return layout.as_json(), propose(layout.header)
    kept = {name: value for name, value in saved.settings.items() if name in ("code_system", "silent_is_protected")}
    return layout.as_json() | kept, in_header(saved.columns, layout.header)


def bundle_of(run: ImportRun) -> Bundle:
    """Return the stored files of an import. Raises `FileChanged` when one is no longer there."""
    files = list(run.files.order_by("pk"))
    if not files or not all(one.file for one in files):
        raise FileChanged
    return [SourceFile(Path(one.file.path), one.name) for one in files]


def require_same_files(run: ImportRun) -> Bundle:
    """Return the stored files, or raise `FileChanged` when one is not what was handed in."""
    bundle = bundle_of(run)
    hashes = run.files.order_by("pk").values_list("sha256", flat=True)
    try:
        same = all(_sha256(file.path) == told for file, told in zip(bundle, hashes, strict=True))
    except OSError:
        same = False
    if not same:
        raise FileChanged
    return bundle


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_old_files(*, now: datetime) -> int:
    """Throw away stored files older than a month, whatever came of them; return how many imports let go of theirs."""
    kept = ImportFile.objects.exclude(file="").values("run")
    old = ImportRun.objects.filter(created_at__lt=now - FILES_KEPT, pk__in=kept).exclude(lease_until__gte=now)
    for run in old:
        forget(run)
    _forget_strays(now)
    return len(old)


def _forget_strays(now: datetime) -> None:
    """Throw away files that no import knows: somebody was killed between storing them and saying so."""
    folder = Path(ImportFile._meta.get_field("file").storage.path("register"))
    known = set(ImportFile.objects.exclude(file="").values_list("file", flat=True))
    known |= set(ImportRun.objects.exclude(rejected_file="").values_list("rejected_file", flat=True))
    for path in folder.iterdir() if folder.is_dir() else ():
        if f"register/{path.name}" not in known and path.stat().st_mtime < (now - STRAYS_KEPT).timestamp():
            path.unlink(missing_ok=True)


def forget_files(*, run: ImportRun) -> None:
    """Throw away stored files of earlier imports of the same source, which may hold people's names, and what waited.

    Applying clears its waiting room itself; who was killed between the two left it full.
    """
    if run.state == ImportState.APPLIED:
        clear_staged(run)
    kept = ImportFile.objects.exclude(file="").values("run")
    for old in ImportRun.objects.filter(source=run.source, state=ImportState.APPLIED, pk__lt=run.pk, pk__in=kept):
        forget(old)


def forget(run: ImportRun) -> None:
    """Throw away what an import keeps on disk, and what waits for it; that it was there, and what came of it, stays."""
    clear_staged(run)  # without its files it can be applied no more
    _delete(run.files.exclude(file=""))
    with suppress(OSError):
        run.rejected_file.delete(save=False)
    run.files.update(file="")
    ImportRun.objects.filter(pk=run.pk).update(rejected_file="")


def _delete(stored: Iterable[ImportFile]) -> None:
    for one in stored:
        with suppress(OSError):
            one.file.delete(save=False)
