"""Writes tables as CSV and XLSX that are safe to open in a spreadsheet.

A cell that starts like a formula would be run by the spreadsheet of whoever opens the file. In CSV it gets a leading
apostrophe, which spreadsheets hide and `plain_cell` takes off again; in XLSX it is stored as text.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | bool | date | datetime | None

_GUARD = "'"
# What spreadsheets take as the start of a formula or a command, with the full-width forms of the same signs.
_DANGEROUS = tuple("=+-@|%\t\r\n\0＝＋－＠｜％")
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,]*", re.ASCII)
_XLSX_REFUSES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XLSX_CELL_LIMIT = 32_767


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would run it."""
    return _GUARD + text if _needs_guard(text) else text


def plain_cell(text: str) -> str:
    """Return what `safe_cell` was given: the apostrophe off again, other apostrophes kept."""
    rest = text[len(_GUARD) :]
    return rest if text.startswith(_GUARD) and _needs_guard(rest) else text


def _needs_guard(text: str) -> bool:
    bare = text.lstrip(_GUARD)
    if bare == text and _PLAIN_NUMBER.fullmatch(text):
        return False
    return bare.startswith(_DANGEROUS) or bare.lstrip(" \u00a0").startswith(_DANGEROUS)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file as Danish spreadsheets want it, line by line: `;`, UTF-8 with a mark, CRLF.

    Without a heading only the rows come, to be added to a file that was begun.
    """
    spool = io.StringIO(newline="")
    writer = csv.writer(spool, delimiter=";", lineterminator="\r\n")
    if header:
        spool.write("\ufeff")
        writer.writerow([safe_cell(name) for name in header])
        yield _drain(spool)
    for row in rows:
        writer.writerow([safe_cell(_as_text(value)) for value in row])
        yield _drain(spool)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a whole CSV file; for long tables stream `csv_lines`."""
    return b"".join(csv_lines(header, rows))


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str = "Ark1") -> bytes:
    """Return a workbook of one sheet: bold heading that stays in sight, texts as texts whatever they start with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "Ark1")
    sheet.freeze_panes = "A2"
    sheet.append([_xlsx_cell(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    spool = io.BytesIO()
    book.save(spool)
    return spool.getvalue()


def _drain(spool: io.StringIO) -> bytes:
    # A lone surrogate cannot be written as UTF-8; it becomes a question mark instead of an error.
    text = spool.getvalue().encode("utf-8", "replace")
    spool.seek(0)
    spool.truncate()
    return text


def _as_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return str(value)


def _xlsx_cell(sheet: Worksheet, value: Cell, *, bold: bool = False) -> SheetCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = _XLSX_REFUSES.sub("", value)[:XLSX_CELL_LIMIT]
        cell.data_type = "s"
    else:
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if bold:
        cell.font = Font(bold=True)
    return cell
