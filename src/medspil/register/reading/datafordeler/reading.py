"""Reads one file of a download into a table of the join: everything as text, only the columns that are needed.

A damaged file is refused, with the line: a download is made by a machine and can be fetched again, and a row that is
not where it should be may have swallowed others.
"""

# ruff: noqa: S608 - statements are put together from the constants of this package; values are quoted

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.common.reading.packed import is_packed, unpack
from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.datafordeler.looking import ARRAY, CSV, LINES, Seen
from medspil.register.reading.datafordeler.patience import Join

LONGEST_LINE = 1 << 20
LONGEST_RECORD = 16 << 20
_CHUNK = 1 << 20
Beat = Callable[[], None]

_LONG = gettext_lazy("line %(line)s is far too long to be one of a register")
_WRONG = {
    "INVALID ENCODING": "letters",
    "UNQUOTED VALUE": "quotes",
    "LINE SIZE OVER MAXIMUM": "long",
    "MISSING COLUMNS": "cells",
    "TOO MANY COLUMNS": "cells",
}


def plain(seen: Seen, folder: Path, beat: Beat) -> Path:
    """Return the file as it can be read: itself, or unpacked into the folder. Checks what the join cannot see."""
    if not is_packed(seen.file.path):
        _check(seen, seen.file.path, cut_shows=True, beat=beat)
        return seen.file.path
    path = folder / f"{seen.entity.code}.plain"
    with path.open("wb") as whole:
        unpack(seen.file.path, whole, name=seen.file.name, beat=beat)
    _check(seen, path, cut_shows=False, beat=beat)
    return path


def table_of(join: Join, *, seen: Seen, path: Path, sql: str) -> int:
    """Make a table from one file by a statement with {file} where the rows come from; return how many it took."""
    source = _csv_source(seen, path) if seen.kind == CSV else _json_source(seen, path)
    try:
        counted = join.execute(sql.replace("{file}", source)).fetchone()
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise UnreadableFile(_damaged(seen, str(error))) from error
    if seen.kind == CSV:
        _require_no_rejects(join, seen)
    return int(counted[0]) if counted else 0


def _csv_source(seen: Seen, path: Path) -> str:
    columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in _distinct(seen.header))
    rows = (
        f"read_csv({_quoted(str(path))}, columns={{{columns}}}, auto_detect=false, header=true, strict_mode=true,"
        f" delim={_quoted(seen.delimiter)}, quote='\"', escape='\"', allow_quoted_nulls=true,"
        f" max_line_size={LONGEST_LINE}, store_rejects=true, rejects_limit=20)"
    )
    return _renamed(seen, rows)


def _json_source(seen: Seen, path: Path) -> str:
    columns = ", ".join(f"{_quoted(str(seen.written(name)))}: 'VARCHAR'" for name in seen.entity.reads)
    form = "array" if seen.kind == ARRAY else "newline_delimited"
    rows = (
        f"read_json({_quoted(str(path))}, columns={{{columns}}}, format='{form}',"
        f" maximum_object_size={LONGEST_RECORD}, compression='none')"
    )
    return _renamed(seen, rows)


def _renamed(seen: Seen, rows: str) -> str:
    """Give the columns the names of the table of entities, blank cells as NULL; what a file lacks is NULL."""
    blank = "%s" if seen.kind == CSV else "nullif(%s, '')"  # the CSV reader makes NULL of a blank cell itself
    picked = []
    for name in seen.entity.reads:
        written = seen.written(name)
        picked.append(f"{'NULL::VARCHAR' if written is None else blank % _name(written)} AS {_name(name)}")
    return f"(SELECT {', '.join(picked)} FROM {rows})"


def _distinct(header: tuple[str, ...]) -> list[str]:
    names: list[str] = []
    for at, name in enumerate(header):
        taken = name.casefold() in {other.casefold() for other in names}
        names.append(f"{name} #{at}" if taken or not name else name)
    return names


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _require_no_rejects(join: Join, seen: Seen) -> None:
    found = join.execute(
        "SELECT line, min(error_type::VARCHAR) FROM reject_errors GROUP BY line ORDER BY line LIMIT 1"
    ).fetchone()
    lines = join.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchone()
    join.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if found is None or lines is None:
        return
    sentences = {
        "letters": _("line %(line)s has characters that are not UTF-8"),
        "quotes": _("line %(line)s has a quotation mark that is not closed where it should be"),
        "long": str(_LONG),
        "cells": _("line %(line)s does not have the columns of the heading: the file is cut off there or damaged"),
    }
    raise UnreadableFile(_refusal(seen, sentences[_WRONG.get(str(found[1]), "cells")] % {"line": found[0]}))


_PLACE = re.compile(r"in (?:line|record/value) (\d+): ([^\n]*)")
_TOO_LONG = re.compile(r"maximum_object_size|exceeds? the maximum", re.IGNORECASE)


def _damaged(seen: Seen, error: str) -> str:
    place = _PLACE.search(error)
    record = max(1, int(place[1]) - 1) if place else 0
    if _TOO_LONG.search(error):
        what = _("a record is far too long to be one of a register")
    elif not record:
        what = _("it is not written as such a file should be")
    elif "UTF-8" in error:
        what = _("record %(record)s has characters that are not UTF-8") % {"record": record}
    elif "end of data" in error:
        what = _("it breaks off in record %(record)s") % {"record": record}
    else:
        what = _("record %(record)s is damaged") % {"record": record}
    return _refusal(seen, what)


def _refusal(seen: Seen, what: str) -> str:
    return _("%(file)s (%(entity)s) cannot be read: %(what)s. Fetch the file again.") % {
        "file": seen.file.name,
        "entity": seen.entity.code,
        "what": what,
    }


def _check(seen: Seen, path: Path, *, cut_shows: bool, beat: Beat) -> None:
    """Refuse NULs, a line far too long, and a file that ends where no row or record does."""
    line, last, length = 1, b"", 0
    longest = {CSV: LONGEST_LINE, LINES: LONGEST_RECORD}.get(seen.kind, 0)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            at = chunk.find(b"\x00")
            if at >= 0:
                line += chunk.count(b"\n", 0, at)
                raise UnreadableFile(_refusal(seen, _("line %(line)s has signs that are no text") % {"line": line}))
            end = chunk.find(b"\n")
            length += len(chunk) if end < 0 else end
            if 0 < longest < length:
                raise UnreadableFile(_refusal(seen, _LONG % {"line": line}))
            if end >= 0:
                line += chunk.count(b"\n")
                length = len(chunk) - chunk.rfind(b"\n")
            last = (last + chunk)[-64:]
            beat()
    whole = last.rstrip()[-1:]
    # A packed file has a checksum. A plain one that does not end with its last row was cut, or saved by other hands.
    cut = (
        (seen.kind == ARRAY and whole != b"]")
        or (seen.kind == LINES and whole != b"}")
        or (seen.kind == CSV and cut_shows and last[-1:] not in b"\r\n")
    )
    if cut:
        raise UnreadableFile(
            _(
                "%(file)s (%(entity)s) breaks off in line %(line)s. Fetch it again, and hand it in packed as it was"
                " fetched."
            )
            % {"file": seen.file.name, "entity": seen.entity.code, "line": line}
        )
