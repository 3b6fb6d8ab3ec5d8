"""Reads CSV files: finds the separator and yields rows without holding the file in memory."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from medspil.common.reading.headings import Known, Row, nothing_known
from medspil.common.reading.packed import opened
from medspil.common.reading.problems import UnreadableFile

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_SIGNS = 1 << 16
# A cell of more lines than this is a quotation mark that was never closed, not a cell.
MOST_LINES_IN_A_ROW = 100
_TELL_EVERY = 4_096


class Share(Protocol):
    """Is told which share of a file has been read."""

    share: float


def guess_delimiter(sample: str, known: Known = nothing_known) -> str:
    """Return the separator that shows the most headings that are known and cuts the sample into the most even rows."""
    first = sample.lstrip("\ufeff").splitlines()[:1]
    if first and first[0].lower().startswith("sep=") and len(first[0]) == 5:
        return first[0][4]
    return max(DELIMITERS, key=lambda delimiter: _likelihood(sample, delimiter, known))


def _likelihood(sample: str, delimiter: str, known: Known) -> tuple[int, float, int]:
    """Return how many headings we know it lets us read, how even its rows are, and how many cells they have."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 200):
            rows += [row] if row else []
    widths = [len(row) for row in rows]
    if not widths:
        return 0, 0.0, 0
    headings = max(sum(map(known, row)) for row in rows[:30])
    usual = max(set(widths), key=lambda width: (widths.count(width) if width > 1 else 0, width))
    return headings, widths.count(usual) / len(widths) if usual > 1 else 0.0, usual


def sample_of(path: Path, encoding: str, *, name: str = "") -> str:
    """Return the beginning of the file, cut after a whole line."""
    with (
        opened(path, name=name) as inside,
        io.TextIOWrapper(io.BufferedReader(inside), encoding, "replace", newline="") as file,
    ):
        text = file.read(SAMPLE_SIGNS)
        if len(text) == SAMPLE_SIGNS:
            text += file.readline(SAMPLE_SIGNS)
    return text


def delimited_rows(
    path: Path, *, encoding: str, delimiter: str, share: Share | None = None, name: str = ""
) -> Iterator[Row]:
    """Yield (row, cells); rows are counted as a spreadsheet does: headings and blank rows too."""
    with opened(path, name=name) as inside:
        text = io.TextIOWrapper(io.BufferedReader(inside), encoding=encoding, errors=_Cut.register(), newline="")
        row = 0
        try:
            for row, cells in cut_rows(text, delimiter):
                if share is not None and row % _TELL_EVERY == 0:
                    share.share = inside.share
                yield row, cells
        except UnicodeError as error:
            raise UnreadableFile(
                _("Row %(row)s has characters that are not %(encoding)s. Choose another encoding and try again.")
                % {"row": row + 1, "encoding": encoding}
            ) from error


def cut_rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Yield (row, cells) of a text. Raises `UnreadableFile` where a quotation mark is never closed."""
    reader = csv.reader(lines, delimiter=delimiter)
    row, line = 0, 0
    try:
        for cells in reader:
            row += 1
            if reader.line_num - line > MOST_LINES_IN_A_ROW:
                raise UnreadableFile(_open_quote(row))
            line = reader.line_num
            if row == 1 and cells:
                cells[0] = cells[0].removeprefix("\ufeff")
            yield row, cells
    except csv.Error as error:
        one_line = reader.line_num - line <= 1
        raise UnreadableFile(_too_long(row + 1) if one_line else _open_quote(row + 1)) from error


def without_separator_line(rows: Iterable[Row]) -> Iterator[Row]:
    """Leave out the first line that spreadsheets write to say their separator: `sep=;`."""
    return ((row, cells) for row, cells in rows if row > 1 or not _says_separator(cells))


def _says_separator(cells: list[str]) -> bool:
    return bool(cells) and cells[0].lower().startswith("sep=") and len("".join(cells)) <= len("sep=;")


def _open_quote(row: int) -> str:
    return _(
        "Row %(row)s opens a quotation mark that is never closed, so the rows after it cannot be told apart."
        " Mend that row in the file and upload it again."
    ) % {"row": row}


def _too_long(row: int) -> str:
    return _("Row %(row)s is far too long. Mend that row in the file and upload it again.") % {"row": row}


class _Cut:
    """Reads a letter that was cut in half at the very end of the file as a question mark; elsewhere it is an error."""

    NAME = "medspil-cut-at-the-end"

    @classmethod
    def register(cls) -> str:
        """Make the error handler known to Python's codecs."""
        codecs.register_error(cls.NAME, cls.handle)
        return cls.NAME

    @staticmethod
    def handle(error: UnicodeError) -> tuple[str, int]:
        """Accept only what an unfinished last sign looks like."""
        if (
            isinstance(error, UnicodeDecodeError)
            and error.end >= len(error.object)
            and len(error.object) - error.start < 4
        ):
            if "unexpected end" in error.reason or "truncated" in error.reason:
                return "\ufffd", error.end
        raise error
