"""Takes records out of JSON however it is written, one at a time: a line each, hits of a page, items of an array.

A record that cannot be read stops the reading with its line or number: what was lost would count as ceased.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import ijson
from django.utils.translation import gettext as _

from medspil.common.reading.packed import CHUNK, Member, Unpacked, first_bytes, members, opened
from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.bundle import SourceFile

# The largest true records, of companies with thousands of participants, are a few MB.
MOST_RECORD = 32 << 20
LOOKED_AT = 1 << 18
UNIT, COMPANY, PERSON, OTHER = "unit", "company", "person", "other"
_NAMES = {"VrproduktionsEnhed": UNIT, "Vrvirksomhed": COMPANY, "Vrdeltagerperson": PERSON, "Vrdeltager": PERSON}
_PAGE_KEYS = frozenset({"took", "hits", "timed_out", "_shards", "_scroll_id", "terminated_early"})
_FIRST_KEY = re.compile(r'\{\s*"((?:[^"\\]|\\.)*)"')
_MARK = "\ufeff"
_WRONG = (ijson.JSONError, ValueError, ArithmeticError, RecursionError)
Beat = Callable[[float], None]  # told how much of the file has been read, between 0 and 1


def read_records(file: SourceFile, *, beat: Beat | None = None) -> Iterator[tuple[str, Any]]:
    """Yield (kind, record) of all that a file holds, packed or not. Raises `UnreadableFile`."""
    inside = members(file.path, name=file.name)
    for done, member in enumerate(inside):
        shown = file.name if len(inside) == 1 else f"{file.name}/{member.name}"
        with opened(file.path, name=shown, member=member) as stream:
            for value in _values(stream, shown, how_written(file, member)):
                if beat is not None:
                    beat((done + stream.share) / len(inside))
                yield from told_apart(value)


def how_written(file: SourceFile, member: Member) -> str:
    """Return the ijson prefix of the records, or "lines" when each stands on a line of its own."""
    text = first_bytes(file.path, LOOKED_AT, name=file.name, member=member).decode("utf-8", "replace")
    text = text.removeprefix(_MARK).lstrip()
    if text.startswith("["):
        return "item"
    key = _FIRST_KEY.match(text)
    if key and key[1] in _PAGE_KEYS:
        return "hits.hits.item"
    first_line, newline, _rest = text.partition("\n")
    return "" if newline and first_line.rstrip().endswith(("{", "[", ",", ":")) else "lines"


def told_apart(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (kind, record) of what one value holds: a hit, a record with or without its name, or a whole page."""
    if not isinstance(value, dict):
        yield OTHER, value
        return
    if isinstance(value.get("_source"), dict):
        value = value["_source"]
    page = value.get("hits")
    if isinstance(page, dict) and isinstance(page.get("hits"), list):
        for hit in page["hits"]:
            yield from told_apart(hit)
        return
    named = [(kind, value[name]) for name, kind in _NAMES.items() if isinstance(value.get(name), dict)]
    yield from named or [(_by_its_keys(value), value)]


def _by_its_keys(record: dict[str, Any]) -> str:
    if "pNummer" in record and {"produktionsEnhedMetadata", "virksomhedsrelation"} & record.keys():
        return UNIT
    if "cvrNummer" in record and {"virksomhedMetadata", "penheder", "virksomhedsform"} & record.keys():
        return COMPANY
    return OTHER


def _values(stream: Unpacked, shown: str, written: str) -> Iterator[Any]:
    return _lines(stream, shown) if written == "lines" else _streamed(stream, shown, written)


def _lines(stream: Unpacked, shown: str) -> Iterator[Any]:
    number, rest = 0, b""
    while chunk := stream.read(CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            number += 1
            yield from _line(line, shown, number)
        if len(rest) > MOST_RECORD:
            raise UnreadableFile(
                _("%(file)s: line %(line)s is longer than any record of the register (%(limit)s MB). Fetch it again.")
                % {"file": shown, "line": number + 1, "limit": MOST_RECORD >> 20}
            )
    yield from _line(rest, shown, number + 1, last=True)


def _line(line: bytes, shown: str, number: int, *, last: bool = False) -> Iterator[Any]:
    if not line.strip():
        return
    try:
        yield json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        sentence = (
            _("%(file)s breaks off in line %(line)s. Fetch it again.")
            if last
            else _("%(file)s: line %(line)s is not the JSON it should be. Fetch the file again.")
        )
        raise UnreadableFile(sentence % {"file": shown, "line": number}) from error


def _streamed(stream: Unpacked, shown: str, prefix: str) -> Iterator[Any]:
    watched = _Watched(stream, shown)
    items = iter(ijson.items(watched, prefix, multiple_values=True))
    while True:
        try:
            value = next(items)
        except StopIteration:
            return
        except _WRONG as error:
            cut = isinstance(error, ijson.IncompleteJSONError) and "premature" in str(error).lower()
            sentence = (
                _("%(file)s breaks off after record %(record)s. Fetch it again.")
                if cut
                else _("%(file)s: after record %(record)s it is not the JSON it should be. Fetch the file again.")
            )
            raise UnreadableFile(sentence % {"file": shown, "record": watched.records}) from error
        watched.next_record()
        yield value


class _Watched:
    """A stream that refuses a record without end before it fills the memory."""

    def __init__(self, stream: Unpacked, shown: str) -> None:
        self._stream, self._shown = stream, shown
        self._since, self._begun = 0, False
        self.records = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, CHUNK) if size >= 0 else CHUNK) or b""
        if not self._begun and data:
            self._begun = True
            data = data.removeprefix(_MARK.encode()) or b" "
        self._since += len(data)
        if self._since > MOST_RECORD + CHUNK:
            raise UnreadableFile(
                _("%(file)s: record %(record)s is longer than any of the register (%(limit)s MB). Fetch it again.")
                % {"file": self._shown, "record": self.records + 1, "limit": MOST_RECORD >> 20}
            )
        return data

    def next_record(self) -> None:
        """Count a record that came whole."""
        self.records += 1
        self._since = 0
