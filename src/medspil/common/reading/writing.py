"""How a table is written: a workbook, or a text with its encoding and separator; what is no table is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from medspil.common.reading.delimited import Share, delimited_rows, guess_delimiter, sample_of
from medspil.common.reading.encoding import guess_encoding
from medspil.common.reading.headings import Known, Row, nothing_known
from medspil.common.reading.packed import first_bytes, is_packed
from medspil.common.reading.problems import UnreadableFile
from medspil.common.reading.workbook import check_archive, workbook_rows

_OTHER = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"<!DOC", b"<html", b"\x7fELF")


class NoTable(UnreadableFile):
    """A file of another kind."""

    def __init__(self) -> None:
        super().__init__(_("This is not a table that can be read here. Save it as CSV or XLSX and upload that."))


@dataclass(frozen=True, slots=True)
class Written:
    """What one must know to cut a file into rows; `encoding` and `delimiter` are blank for a workbook."""

    encoding: str = ""
    delimiter: str = ""

    @property
    def workbook(self) -> bool:
        """Return whether it is a workbook."""
        return not self.encoding


def is_workbook(path: Path) -> bool:
    """Return whether a file is an archive that holds a workbook."""
    return _start(path).startswith(b"PK") and not is_packed(path)


def how_written(path: Path, *, name: str = "", known: Known = nothing_known) -> Written:
    """Say how a file is written, or raise `UnreadableFile` with what to do. A packed table is read as it is."""
    packed = is_packed(path)
    start = first_bytes(path, 8, name=name) if packed else _start(path)
    if not start:
        raise UnreadableFile(_("The file is empty."))
    if start.startswith(b"PK") and not packed:
        check_archive(path)
        return Written()
    if start.startswith(_OTHER):
        raise NoTable
    encoding = guess_encoding(path, name=name)
    return Written(encoding, guess_delimiter(sample_of(path, encoding, name=name), known))


def raw_rows(path: Path, written: Written, *, name: str = "", share: Share | None = None) -> Iterator[Row]:
    """Yield (row, cells); rows are counted as a spreadsheet does: headings and blank rows too."""
    if written.workbook:
        return workbook_rows(path)
    return delimited_rows(path, encoding=written.encoding, delimiter=written.delimiter, share=share, name=name)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)
