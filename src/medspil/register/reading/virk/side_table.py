"""Keeps what was read until all files are through, on disk: units and companies come in any order and any file."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from medspil.common.reading.problems import UnreadableFile

_TABLES = """
    CREATE TABLE unit (number INTEGER PRIMARY KEY, cvr TEXT, version INTEGER, told TEXT);
    CREATE TABLE company (cvr TEXT PRIMARY KEY, version INTEGER, only INTEGER, living INTEGER, told TEXT) WITHOUT ROWID;
"""
# The same record may come twice, from two pages or two days: the register counts its versions.
_PUT_UNIT = """
    INSERT INTO unit VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE
    SET cvr = excluded.cvr, version = excluded.version, told = excluded.told WHERE excluded.version >= unit.version
"""
_PUT_COMPANY = """
    INSERT INTO company VALUES (?, ?, ?, ?, ?) ON CONFLICT (cvr) DO UPDATE
    SET version = excluded.version, only = excluded.only, living = excluded.living, told = excluded.told
    WHERE excluded.version >= company.version
"""
_MEMORY_KB = 64_000
Told = dict[str, Any]


class SideTable:
    """The units and companies of one reading, by their numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.put_units = self.put_companies = 0

    def put_unit(self, number: int, told: Told) -> None:
        """Keep a unit; of two records of it the newer."""
        self.put_units += 1
        self._connection.execute(_PUT_UNIT, (number, told["cvr"], told["version"], json.dumps(told)))

    def put_company(self, told: Told, *, only: int | None, living: bool) -> None:
        """Keep a company; `only` is the number of the one unit it has."""
        self.put_companies += 1
        row = (told["cvr"], told["version"], only, living, json.dumps(told))
        self._connection.execute(_PUT_COMPANY, row)

    def add_only_units(self) -> int:
        """Make units of living companies that have only one, where no record of that unit came; return how many."""
        added = self._connection.execute(
            "INSERT OR IGNORE INTO unit SELECT only, cvr, version, told FROM company WHERE only IS NOT NULL AND living"
        )
        return added.rowcount

    def companies_without_units(self) -> int:
        """Return how many companies in business have no unit here."""
        self._connection.execute("CREATE INDEX unit_by_cvr ON unit (cvr)")
        return self._count("company WHERE living AND NOT EXISTS (SELECT 1 FROM unit WHERE unit.cvr = company.cvr)")

    def repeated(self) -> int:
        """Return how many records told again what another had told. Asked before units are made of companies."""
        return self.put_units - self._count("unit") + self.put_companies - self._count("company")

    def units(self) -> int:
        """Return how many units there are."""
        return self._count("unit")

    def joined(self) -> Iterator[tuple[int, Told, Told | None]]:
        """Yield (number, unit, its company or None) by number."""
        rows = self._connection.execute(
            "SELECT unit.number, unit.told, company.told FROM unit LEFT JOIN company USING (cvr) ORDER BY unit.number"
        )
        for number, unit, company in rows:
            yield number, json.loads(unit), json.loads(company) if company else None

    def _count(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own


@contextmanager
def side_table(folder: Path) -> Iterator[SideTable]:
    """Open an empty side table in a folder; a disk that fills up is told in a sentence."""
    connection = sqlite3.connect(folder / "side.sqlite3", isolation_level=None)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{_MEMORY_KB};")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        yield SideTable(connection)
    except sqlite3.OperationalError as error:
        if not {"full", "i/o"} & set(str(error).lower().split()):
            raise
        raise UnreadableFile(
            _(
                "There was not enough room on the disk to sort the files (in %(folder)s). Nothing was changed."
                " Make room there, and start the import again."
            )
            % {"folder": folder}
        ) from error
    finally:
        connection.close()
