"""Files of resources: taken in, mapped column by column, compared, brought in, and thrown away again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.privacy import looks_like_cpr
from medspil.common.reading.lists import filled, rows_of_file, stored, with_heading
from medspil.mapping.bringing import Brought, bring_in
from medspil.mapping.columns import BY_FIELD, EXAMPLE, REQUIRED, Reading, known, propose
from medspil.mapping.drafts import HIDDEN, MOST_LINES, NOTHING_CHOSEN, Choices, Draft, Preview, TooMany, compare
from medspil.mapping.models import ResourceList

KEPT = timedelta(days=7)
ABOVE = 30  # rows that a file may have above and with its heading
LONGEST_CELL = 5_001  # one more than a text may have, so that a longer one is noticed


class ListGone(Exception):
    """The rows of a list are no longer kept."""

    def __init__(self) -> None:
        super().__init__(_("The list is no longer kept here. Upload the file again."))


class ColumnMissing(Exception):
    """Without a column of names no row can be understood."""

    def __init__(self) -> None:
        super().__init__(_("Say which column holds the name."))


def take_in(*, area: Area, file: IO[bytes], name: str, creation_key: UUID, by: User, now: datetime) -> ResourceList:
    """Read a CSV or XLSX file and keep its rows for a week at the most; the same key again returns the list that is
    there. Columns are proposed by their headings. Raises `UnreadableFile` and `TooMany`, each with a sentence.
    """
    rows_there = ResourceList.objects.filter(creation_key=creation_key)
    if earlier := rows_there.first():
        return earlier
    with stored(iter(lambda: file.read(1 << 20), b"")) as path:
        rows = filled(rows_of_file(path, name=name, known=known), most=MOST_LINES + ABOVE)
    table = with_heading(rows, known=known, example=EXAMPLE)
    if len(table.rows) > MOST_LINES:
        raise TooMany
    cells = [[row, [_kept(cell) for cell in found]] for row, found in table.rows]
    header = [_kept(name) for name in table.heading]
    try:
        with transaction.atomic():
            return ResourceList.objects.create(
                creation_key=creation_key, area=area, name=Path(name).name[:200], header=header,
                first_row=table.heading_row, rows=cells, columns=propose(header), by=by, created_at=now,
            )  # fmt: skip
    except IntegrityError:
        if faster := rows_there.first():
            return faster
        raise


def map_columns(*, waiting: ResourceList, columns: Mapping[str, str]) -> ResourceList:
    """Say which column is what; what is no column of the file or no fact of ours is left out.

    Raises `ColumnMissing`.
    """
    chosen = {field: name for field, name in columns.items() if field in BY_FIELD and name in waiting.header}
    if any(field not in chosen for field in REQUIRED):
        raise ColumnMissing
    ResourceList.objects.filter(pk=waiting.pk, applied_at=None).update(columns=chosen)
    waiting.columns = chosen
    return waiting


def preview(waiting: ResourceList, *, choices: Choices = NOTHING_CHOSEN) -> Preview:
    """Return what would happen if the list were brought in. Raises `ListGone`, `ColumnMissing`."""
    return compare(waiting.area, drafts_of(waiting, choices=choices))


def apply_list(
    *,
    waiting: ResourceList,
    by: User,
    now: datetime,
    choices: Choices = NOTHING_CHOSEN,
    together: Mapping[int, str] | None = None,
) -> Brought:
    """Bring a list in, all or nothing but what was chosen to be left out, and throw its rows away; a second click
    changes nothing.

    Raises `NotUnderstood`, `ListGone`, `ColumnMissing`.
    """
    with transaction.atomic():
        current = ResourceList.objects.select_for_update(of=("self",)).select_related("area").get(pk=waiting.pk)
        if current.applied_at:
            return Brought(current.added, current.known, current.merged)
        drafts = drafts_of(current, choices=choices)
        brought = bring_in(
            area=current.area, drafts=drafts, creation_key=current.creation_key, by=by, now=now,
            together=together, source=current.name,
        )  # fmt: skip
        ResourceList.objects.filter(pk=current.pk).update(
            rows=[], applied_at=now, added=brought.added, known=brought.known, merged=brought.merged
        )
    return brought


def drop(*, waiting: ResourceList) -> None:
    """Throw the rows of a list away that will not be brought in."""
    ResourceList.objects.filter(pk=waiting.pk).update(rows=[])


def forget_old_lists(*, now: datetime) -> int:
    """Throw away rows that have waited a week; return of how many lists."""
    return ResourceList.objects.filter(created_at__lt=now - KEPT).exclude(rows=[]).update(rows=[])


def drafts_of(waiting: ResourceList, *, choices: Choices) -> list[Draft]:
    """Return the rows of a list as they are understood; `choices` say what they do not say themselves."""
    if waiting.applied_at or not waiting.rows:
        raise ListGone
    if any(field not in waiting.columns for field in REQUIRED):
        raise ColumnMissing
    reading = Reading(waiting.columns, waiting.header, choices, source=waiting.name)
    return [reading.draft(row, cells) for row, cells in waiting.rows]


def _kept(cell: str) -> str:
    """Return a cell as it may be kept; in a column that is used, a hidden number makes its row a bad one."""
    return HIDDEN if looks_like_cpr(cell) else cell.replace("\x00", "")[:LONGEST_CELL]
