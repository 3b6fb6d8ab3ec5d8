"""Files to take home: one answer for all of them, with a name that says in plain letters what is in it."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.text import slugify

from medspil.common.tables import Cell, csv_bytes, xlsx_bytes

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
}
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_LONGEST_NAME = 80


def file_answer(body: bytes, kind: str, *words: str) -> HttpResponse:
    """Return a file of a kind, named by words."""
    name = slugify(" ".join(words).casefold().translate(_PLAIN))[:_LONGEST_NAME] or "medspil"
    return HttpResponse(
        body,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"},
    )


def table_answer(
    kind: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], *words: str, title: str
) -> HttpResponse:
    """Return a table as a CSV or XLSX file, named by words; `title` is the name of its sheet."""
    body = csv_bytes(header, rows) if kind == "csv" else xlsx_bytes(header, rows, title=title)
    return file_answer(body, kind, *words)
