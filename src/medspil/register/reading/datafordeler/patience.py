"""Runs the statements of the join while saying, now and then, that the work goes on.

A statement over a whole file can take minutes on a slow disk, and a worker that is silent for two is taken for dead.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import duckdb

SECONDS_BETWEEN = 2.0


class Join:
    """The database of one reading. Asked from one thread, like any connection; it works in another."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, beat: Callable[[], None], pool: ThreadPoolExecutor
    ) -> None:
        self.connection, self._beat, self._pool = connection, beat, pool

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Run a statement; whoever waits for it gives a sign of life."""
        work = self._pool.submit(self.connection.execute, sql)
        try:
            while not wait([work], SECONDS_BETWEEN).done:
                self._beat()
        except BaseException:  # whoever asked gives up: so does the statement
            self.connection.interrupt()
            raise
        return work.result()

    def one(self, sql: str) -> Any:
        """Return the one value of a statement."""
        row = self.execute(sql).fetchone()
        return row[0] if row else None

    def number(self, sql: str) -> int:
        """Return the one number of a statement."""
        return int(self.one(sql) or 0)


@contextmanager
def patient(connection: duckdb.DuckDBPyConnection, beat: Callable[[], None]) -> Iterator[Join]:
    """Ask a connection patiently."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield Join(connection, beat, pool)
