"""Looks at a file and says how it is written; then reads it so."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from medspil.common.reading.headings import ROWS_LOOKED_AT, Row, find_heading, unlike
from medspil.common.reading.lists import NoHeading
from medspil.common.reading.writing import Written, how_written, raw_rows
from medspil.register.columns import known
from medspil.register.reading.layout import CSV, XLSX, Layout
from medspil.register.reading.tally import Tally

SAMPLE_ROWS = 300
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}")


def sniff(path: Path, *, name: str = "") -> Layout:
    """Say how a file is written, or raise `UnreadableFile` with what to do. A packed table is read as it is."""
    written = how_written(path, name=name, known=known)
    kind = XLSX if written.workbook else CSV
    return with_header(path, Layout(kind=kind, encoding=written.encoding, delimiter=written.delimiter), name=name)


def with_header(path: Path, layout: Layout, *, name: str = "") -> Layout:
    """Find the heading and what the columns look like, with the encoding and separator given."""
    rows = list(islice(_raw_rows(path, layout, name=name), SAMPLE_ROWS))
    found = find_heading(rows[:ROWS_LOOKED_AT], known)
    if found is None:
        raise NoHeading("P-nummer;Navn;Postnr.")
    header_row, cells = found
    sample = [cells for row, cells in rows if row > header_row]
    return Layout.from_json(
        layout.as_json()
        | {
            "header_row": header_row,
            "header": unlike(cells),
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
    written = Written() if layout.kind == XLSX else Written(layout.encoding, layout.delimiter)
    return raw_rows(path, written, name=name, share=tally)


def _decimal_sign(rows: list[list[str]]) -> str:
    commas = sum(1 for cells in rows for cell in cells if _DECIMAL_COMMA.fullmatch(cell.strip()))
    return "," if commas else "."


def _day_first(rows: list[list[str]]) -> bool:
    found = [(int(match[1]), int(match[2])) for cells in rows for cell in cells if (match := _DATE.match(cell.strip()))]
    return not (any(second > 12 for _first, second in found) and not any(first > 12 for first, _second in found))
