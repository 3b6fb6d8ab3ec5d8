"""Reads XLSX files row by row, after a look at the archive: a small file can unpack to a huge one."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from medspil.common.reading.problems import UnreadableFile

MOST_MEMBERS = 500
MOST_UNPACKED = 300 * 1024 * 1024
# Sheets of repeated words pack 10 to 20 times; only an archive made to explode packs more.
MOST_RATIO = 24
RATIO_COUNTS_FROM = 10 * 1024 * 1024
MOST_COLUMNS = 500
SHARED_TEXTS = "xl/sharedStrings.xml"
# The texts of a workbook are held in memory while it is read; the rows are not.
MOST_SHARED_TEXTS = 80 * 1024 * 1024


def check_archive(path: Path) -> None:
    """Refuse an archive that is cut off or would unpack to more than a register can be; reads only its directory."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(_damaged()) from error
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    texts = sum(member.file_size for member in members if member.filename == SHARED_TEXTS)
    explodes = unpacked > RATIO_COUNTS_FROM and unpacked / packed > MOST_RATIO
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or texts > MOST_SHARED_TEXTS or explodes:
        raise UnreadableFile(
            _(
                "This workbook of %(packed)s MB would unpack to %(unpacked)s MB, so it was not opened."
                " Save the sheet as CSV and upload that."
            )
            % {"packed": max(1, packed >> 20), "unpacked": max(1, unpacked >> 20)}
        )


def workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (row, cells as text) of the first sheet."""
    check_archive(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            if not book.worksheets:
                raise UnreadableFile(_("The workbook has no sheet with rows."))
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            for row, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield row, [_as_text(value) for value in values[:MOST_COLUMNS]]
        finally:
            book.close()
    except DefusedXmlException as error:
        raise UnreadableFile(
            _("This workbook holds instructions that ordinary workbooks do not, so it was not read.")
        ) from error
    except _BROKEN as error:
        raise UnreadableFile(_damaged()) from error


# What openpyxl lets through when the inside of a workbook is broken.
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    RuntimeError,  # a part that says it is locked, or packed in a way nobody here knows
    zlib.error,
)


def _damaged() -> str:
    return _(
        "The workbook is damaged or was cut off on the way. Open it in your spreadsheet, save it again and upload it."
    )


def _as_text(value: Any) -> str:
    if value is None or (isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A"))):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
