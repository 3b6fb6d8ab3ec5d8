"""Reads the data files that come with Medspil and says where a fault is: file, line and field."""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


class DataError(ValueError):
    """A data file does not hold what it should; the message names file, line and field."""

    def __init__(self, *, source: str, line: int, field: str, problem: str) -> None:
        place = f"{source}, line {line}" + (f", field {field}" if field else "")
        super().__init__(f"{place}: {problem}")
        self.source, self.line, self.field, self.problem = source, line, field, problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file with the line it stands on."""

    source: str
    line: int
    values: dict[str, str]

    def text(self, field: str) -> str:
        """The field's text, which must not be empty."""
        value = self.values[field].strip()
        if not value:
            raise self.error(field, "is empty")
        return value

    def whole_number(self, field: str) -> int:
        value = self.text(field)
        if not re.fullmatch(r"-?\d+", value):
            raise self.error(field, f"{value!r} is not a whole number")
        return int(value)

    def error(self, field: str, problem: str) -> DataError:
        return DataError(source=self.source, line=self.line, field=field, problem=problem)


def package_text(package: str, name: str) -> str:
    """The text of a file in the data folder of a package."""
    return files(package).joinpath("data", name).read_text(encoding="utf-8")


def read_rows(text: str, *, source: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a `;`-separated table; lines that start with # are comments."""
    header_seen = False
    for line, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        cells = next(csv.reader(io.StringIO(raw), delimiter=";", strict=True))
        if not header_seen:
            if cells != list(columns):
                problem = f"the columns are {cells}, not {list(columns)}"
                raise DataError(source=source, line=line, field="", problem=problem)
            header_seen = True
            continue
        if len(cells) != len(columns):
            problem = f"has {len(cells)} cells, not {len(columns)}"
            raise DataError(source=source, line=line, field="", problem=problem)
        yield Row(source, line, dict(zip(columns, cells, strict=True)))


def read_tables(text: str, *, source: str) -> dict[str, Any]:
    """The contents of a TOML file; a fault in the writing becomes a DataError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"line (\d+)", str(fault))
        line = int(found[1]) if found else 1
        raise DataError(source=source, line=line, field="", problem=str(fault)) from fault


def table_lines(text: str, table: str) -> list[int]:
    """The lines on which the entries of a `[[table]]` start, in order."""
    start = f"[[{table}]]"
    return [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == start]
