"""Lists that people paste or bring as a file: their rows, and the heading among them.

Whoever reads a list says which headings it knows, how many rows are too many, and what a row means.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from csv import writer
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from medspil.common.reading.delimited import SAMPLE_SIGNS, cut_rows, guess_delimiter, without_separator_line
from medspil.common.reading.headings import (
    ROWS_LOOKED_AT,
    Known,
    Row,
    best_known,
    find_heading,
    nothing_known,
    unlike,
)
from medspil.common.reading.packed import is_packed
from medspil.common.reading.problems import UnreadableFile
from medspil.common.reading.writing import NoTable, how_written, raw_rows

LARGEST = 5 * 1024 * 1024
_STRONG = ("\t", ";")


@dataclass(frozen=True, slots=True)
class Table:
    """A list with a heading: its row as a spreadsheet counts, the names of the columns, and the rows below."""

    heading_row: int
    heading: tuple[str, ...]
    rows: list[Row]


def rows_of_text(text: str, *, known: Known = nothing_known) -> list[Row]:
    """Return the rows of a pasted text; what comes from a spreadsheet is cut at tabs. Raises `UnreadableFile`."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    strong = next((sign for sign in _STRONG if sign in first and not first.lower().startswith("sep=")), "")
    delimiter = strong or guess_delimiter(text[:SAMPLE_SIGNS], known)
    return list(without_separator_line(cut_rows(io.StringIO(text, newline=""), delimiter)))


def rows_of_file(path: Path, *, name: str = "", known: Known = nothing_known) -> Iterator[Row]:
    """Yield the rows of a CSV or XLSX file. Raises `UnreadableFile`."""
    if is_packed(path):
        raise NoTable
    return without_separator_line(raw_rows(path, how_written(path, name=name, known=known), name=name))


def filled(rows: Iterable[Row], *, most: int) -> list[Row]:
    """Return the rows in which something stands: one more than `most` at the most, so that too many are noticed."""
    return list(islice(((row, cells) for row, cells in rows if any(cell.strip() for cell in cells)), most + 1))


def with_heading(rows: Sequence[Row], *, known: Known, example: str) -> Table:
    """Return filled rows below their heading, which every list must have here: the row with the most names that are
    known, else the first that looks like one. Raises `NoHeading`.
    """
    first = rows[:ROWS_LOOKED_AT]
    found = _surely_heading(first, known) or find_heading(first, nothing_known)
    if found is None:
        raise NoHeading(example)
    return Table(found[0], tuple(unlike(found[1])), [one for one in rows if one[0] > found[0]])


def heading_with(rows: Sequence[Row], *, known: Known, needed: Known) -> Row | None:
    """Return the heading of a list that may have none: as for `with_heading`, with one name that is `needed`."""
    found = _surely_heading(rows[:ROWS_LOOKED_AT], known)
    return found if found is not None and any(map(needed, found[1])) else None


def _surely_heading(rows: Sequence[Row], known: Known) -> Row | None:
    """Return the row with the most names that are known: further down than the first row one name alone is more
    likely to be an entry, as in “Haven; sted”.
    """
    found = best_known(rows, known)
    if found is None or (found[0] != rows[0][0] and sum(map(known, found[1])) < 2):
        return None
    return found


def text_of_rows(rows: Iterable[Row]) -> str:
    """Return rows as a text that `rows_of_text` reads back, each run of blanks as one; row numbers stay."""
    spool = io.StringIO(newline="")
    tabs = writer(spool, delimiter="\t", lineterminator="\n")
    written = 0
    for row, cells in rows:
        spool.write("\n" * (row - 1 - written))
        plain = [" ".join(cell.split()) for cell in cells]
        tabs.writerow(plain if len(plain) > 1 else [*plain, ""])  # the first row shows that tabs cut
        written = row
    return spool.getvalue()


@contextmanager
def stored(chunks: Iterable[bytes]) -> Iterator[Path]:
    """Keep an uploaded file on the disk for as long as it is read: readers want a path. Raises `UnreadableFile`."""
    with TemporaryDirectory(prefix="medspil-list-") as folder:
        path = Path(folder) / "list.xlsx"  # readers of workbooks want the ending; texts are known by their inside
        size = 0
        with path.open("wb") as copy:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise UnreadableFile(str(_("The file is larger than 5 MB. Bring it in in parts.")))
                copy.write(chunk)
        yield path


class NoHeading(UnreadableFile):
    """Nothing says what the columns are."""

    def __init__(self, example: str) -> None:
        super().__init__(
            _("No row with headings was found. The first row must name the columns, for example %(example)s.")
            % {"example": example}
        )
