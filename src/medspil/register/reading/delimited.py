"""Reads CSV files: finds the separator and yields rows without holding the file in memory."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from medspil.register.columns import known
from medspil.register.reading.packed import opened
from medspil.register.reading.problems import UnreadableFile
from medspil.register.reading.tally import Tally

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_SIGNS = 1 << 16
# A cell of more lines than this is a quotation mark that was never closed, not a cell.
MOST_LINES_IN_A_ROW = 100
_TELL_EVERY = 4_096


def guess_delimiter(sample: str) -> str:
    """Return the separator that cuts the sample into the most even rows."""
    first = sample.lstrip("\ufeff").splitlines()[:1]
    if first and first[0].lower().startswith("sep=") and len(first[0]) == 5:
        return first[0][4]
    return max(DELIMITERS, key=lambda delimiter: _likelihood(sample, delimiter))


def _likelihood(sample: str, delimiter: str) -> tuple[int, float, int]:
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
    path: Path, *, encoding: str, delimiter: str, tally: Tally | None = None, name: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """Yield (row, cells); rows are counted as a spreadsheet does: headings and blank rows too."""
    with opened(path, name=name) as inside:
        text = io.TextIOWrapper(io.BufferedReader(inside), encoding=encoding, errors=_Cut.register(), newline="")
        reader = csv.reader(text, delimiter=delimiter)
        row, line = 0, 0
        try:
            for cells in reader:
                row += 1
                if reader.line_num - line > MOST_LINES_IN_A_ROW:
                    raise UnreadableFile(_open_quote(row))
                line = reader.line_num
                if row == 1 and cells:
                    cells[0] = cells[0].removeprefix("\ufeff")
                if tally is not None and row % _TELL_EVERY == 0:
                    tally.share = inside.share
                yield row, cells
        except csv.Error as error:
            one_line = reader.line_num - line <= 1
            raise UnreadableFile(_too_long(row + 1) if one_line else _open_quote(row + 1)) from error
        except UnicodeError as error:
            raise UnreadableFile(
                _("Row %(row)s has characters that are not %(encoding)s. Choose another encoding and try again.")
                % {"row": row + 1, "encoding": encoding}
            ) from error


def _open_quote(row: int) -> str:
    return _(
        "Row %(row)s opens a quotation mark that is never closed, so the rows after it cannot be told apart."
        " Mend that row in the file and upload it again."
    ) % {"row": row}


def _too_long(row: int) -> str:
    return _("Row %(row)s is far too long to be one of a register. Mend that row in the file and upload it again.") % {
        "row": row
    }


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
