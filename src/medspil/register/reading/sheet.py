"""Looks at a file and says how it is written; then reads it so."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from medspil.register.columns import known, looks_like_heading
from medspil.register.reading.bundle import Row
from medspil.register.reading.delimited import delimited_rows, guess_delimiter, sample_of
from medspil.register.reading.encoding import guess_encoding
from medspil.register.reading.layout import CSV, XLSX, Layout
from medspil.register.reading.packed import first_bytes, is_packed
from medspil.register.reading.problems import UnreadableFile
from medspil.register.reading.tally import Tally
from medspil.register.reading.workbook import check_archive, workbook_rows

ROWS_LOOKED_AT = 30
SAMPLE_ROWS = 300
_NUMBER = re.compile(r"[\d ]{4,}")  # no heading: a row with a number is a row of data
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}")


def is_workbook(path: Path) -> bool:
    """Return whether a file is an archive that holds a workbook."""
    return _start(path).startswith(b"PK") and not is_packed(path)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def sniff(path: Path, *, name: str = "") -> Layout:
    """Say how a file is written, or raise `UnreadableFile` with what to do. A packed table is read as it is."""
    packed = is_packed(path)
    start = first_bytes(path, 8, name=name) if packed else _start(path)
    if not start:
        raise UnreadableFile(_("The file is empty."))
    if start.startswith(b"PK") and not packed:
        check_archive(path)
        layout = Layout(kind=XLSX, encoding="", delimiter="")
    elif start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"<!DOC", b"<html", b"\x7fELF")):
        raise UnreadableFile(_("This is not a table that can be read here. Save it as CSV or XLSX and upload that."))
    else:
        encoding = guess_encoding(path, name=name)
        layout = Layout(kind=CSV, encoding=encoding, delimiter=guess_delimiter(sample_of(path, encoding, name=name)))
    return with_header(path, layout, name=name)


def with_header(path: Path, layout: Layout, *, name: str = "") -> Layout:
    """Find the heading and what the columns look like, with the encoding and separator given."""
    rows = list(islice(_raw_rows(path, layout, name=name), SAMPLE_ROWS))
    header_row, cells = _find_header(rows[:ROWS_LOOKED_AT])
    sample = [cells for row, cells in rows if row > header_row]
    return Layout.from_json(
        layout.as_json()
        | {
            "header_row": header_row,
            "header": _unique(cells),
            "decimal": _decimal_sign(sample),
            "day_first": _day_first(sample),
        }
    )


def read_rows(path: Path, layout: Layout, tally: Tally | None = None, *, name: str = "") -> Iterator[Row]:
    """Yield (row, cells) below the heading; wholly blank rows are left out."""
    for row, cells in _raw_rows(path, layout, tally, name):
        if row > layout.header_row and any(cells):
            yield row, cells


def _raw_rows(path: Path, layout: Layout, tally: Tally | None = None, name: str = "") -> Iterator[Row]:
    if layout.kind == XLSX:
        return workbook_rows(path)
    return delimited_rows(path, encoding=layout.encoding, delimiter=layout.delimiter, tally=tally, name=name)


def _find_header(rows: list[Row]) -> tuple[int, list[str]]:
    """Return the row with the most names we know; otherwise the first that looks like headings."""
    named = [(row, cells) for row, cells in rows if not any(_NUMBER.fullmatch(cell.strip()) for cell in cells)]
    best = max(named, key=lambda pair: (sum(map(known, pair[1])), -pair[0]), default=None)
    if best is not None and any(map(known, best[1])):
        return best
    for row, cells in rows:
        if looks_like_heading(cells):
            return row, cells
    raise UnreadableFile(
        _("No row with headings was found. The first row must name the columns, for example P-nummer;Navn;Postnr.")
    )


def _unique(cells: list[str]) -> list[str]:
    """Name blank headings, and number those that come twice, so that a column can be pointed at."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    names: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\x00", "").split())[:100] or f"#{at}"
        names.append(name if name not in names else f"{name} ({at})")
    return names


def _decimal_sign(rows: list[list[str]]) -> str:
    commas = sum(1 for cells in rows for cell in cells if _DECIMAL_COMMA.fullmatch(cell.strip()))
    return "," if commas else "."


def _day_first(rows: list[list[str]]) -> bool:
    found = [(int(match[1]), int(match[2])) for cells in rows for cell in cells if (match := _DATE.match(cell.strip()))]
    return not (any(second > 12 for _first, second in found) and not any(first > 12 for first, _second in found))
