"""Looks at the beginning of one file and says which entity it holds and how it is written. What is inside decides;
the name only helps where two entities look the same."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from medspil.common.reading.packed import first_bytes
from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.bundle import SourceFile
from medspil.register.reading.datafordeler.entities import (
    BY_CODE,
    EMAIL,
    ENTITIES,
    FAX,
    FORM,
    PHONE,
    PROTECTION,
    SUPPLIER,
    Entity,
    Told,
    told_by,
)

CSV, ARRAY, LINES = "csv", "array", "lines"
LOOKED_AT = 1 << 18
RECORDS_LOOKED_AT = 200
_SEPARATORS = ",;\t|"
_KNOWN = frozenset(name.casefold() for entity in ENTITIES for name in (*entity.marks, *entity.reads))
_FLAGS = frozenset({"true", "false", "1", "0", "ja", "nej"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of a bundle after the look."""

    file: SourceFile
    entity: Entity
    told: Told
    kind: str
    header: tuple[str, ...]  # CSV: every column as written; JSON: the keys met so far
    delimiter: str = ","

    def written(self, attribute: str) -> str | None:
        """Return how this file writes an attribute; None for a CSV without it."""
        wanted = attribute.casefold()
        found = next((name for name in self.header if name.casefold() == wanted), None)
        return found if found or self.kind == CSV else attribute


def recognises(file: SourceFile) -> bool:
    """Return whether a file is a Datafordeler download; a damaged one is known by its name."""
    if told_by(file.name).register:
        return True
    try:
        return look_at(file) is not None
    except (UnreadableFile, OSError):
        return False


def entity_of(file: SourceFile) -> str:
    """Return the entity a file holds; blank when it cannot be told."""
    try:
        seen = look_at(file)
    except (UnreadableFile, OSError):
        return ""
    return seen.entity.code if seen else ""


def look_at(file: SourceFile) -> Seen | None:
    """Return what a file holds, None when it is no entity we know. Raises `UnreadableFile` for a damaged one."""
    start = first_bytes(file.path, LOOKED_AT, name=file.name)
    text = start.decode("utf-8-sig", "replace").lstrip()
    if not text:
        if told_by(file.name).register:
            raise UnreadableFile(_("%(file)s is empty. Fetch it again.") % {"file": file.name})
        return None
    if text[0] in "[{":
        kind, delimiter = (ARRAY if text[0] == "[" else LINES), ""
        records = _json_records(text.lstrip("["))
        header = tuple(dict.fromkeys(key for record in records for key in record))
    else:
        kind = CSV
        delimiter, header, records = _csv_records(text)
    told = told_by(file.name)
    entity = _entity(header, records, told)
    return Seen(file, entity, told, kind, header, delimiter) if entity else None


def _csv_records(text: str) -> tuple[str, tuple[str, ...], list[dict[str, Any]]]:
    lines = text.splitlines()
    first = lines[0].lstrip("\ufeff")
    rows: list[tuple[int, str, list[str]]] = []
    for separator in _SEPARATORS:
        cells = [cell.strip() for cell in _parsed([first], separator)[0]]
        rows.append((sum(cell.casefold() in _KNOWN for cell in cells), separator, cells))
    _known, delimiter, header = max(rows, key=lambda row: row[0])
    whole = lines[1 : RECORDS_LOOKED_AT + 1] if text.endswith(("\n", "\r")) else lines[1:-1][:RECORDS_LOOKED_AT]
    records = [dict(zip(header, row, strict=False)) for row in _parsed(whole, delimiter)]
    return delimiter, tuple(header), records


def _parsed(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader((line.replace("\x00", "") for line in lines), delimiter=delimiter):
            rows.append(row)
    except csv.Error:
        pass  # a damaged row is told with its line when the whole file is read
    return rows or [[]]


def _json_records(text: str) -> list[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), 0
    records: list[dict[str, Any]] = []
    while len(records) < RECORDS_LOOKED_AT:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        if not isinstance(record, dict):
            break
        records.append(record)
    return records


def _entity(header: Sequence[str], records: list[dict[str, Any]], told: Told) -> Entity | None:
    if not header:  # a JSON file with no record in it
        return BY_CODE.get(told.code)
    keys = {name.casefold() for name in header}
    fitting = [
        entity
        for entity in ENTITIES
        if all(mark.casefold() in keys for mark in entity.marks)
        and not any(name.casefold() in keys for name in entity.lacks)
    ]
    if len(fitting) > 1:
        key = next(name for name in header if name.casefold() == "vaerdi")
        codes = _by_values([str(record.get(key) or "") for record in records if record.get(key) is not None])
        if told.code and told.code in codes:
            return BY_CODE[told.code]
        if not codes:
            return next((entity for entity in fitting if entity.code == told.code), None)
        fitting = [entity for entity in fitting if entity.code in codes]
    return fitting[0] if fitting else None


def _by_values(values: list[str]) -> tuple[str, ...]:
    """Return the entities whose values look like these; several have the same columns."""
    words = [value.strip().casefold() for value in values if value.strip()]
    if not words:
        return ()
    if all(word in _FLAGS for word in words):
        return (PROTECTION,)
    if sum("@" in word for word in words) * 2 > len(words):
        return (EMAIL,)
    if all(word.isdigit() and len(word) <= 3 for word in words):
        return (FORM,)
    digits = sum(sum(sign.isdigit() for sign in word) >= 6 for word in words)
    return (PHONE, FAX) if digits * 2 > len(words) else (SUPPLIER,)
