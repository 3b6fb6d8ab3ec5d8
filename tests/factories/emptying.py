"""Lets tests that commit be cleared away after them: what the database refuses to delete is let go for that moment.

On PostgreSQL tables are emptied by TRUNCATE, which no trigger on rows holds up. On SQLite they are emptied by DELETE.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

from medspil.common.frozen import REMAINS


@contextmanager
def triggers_down() -> Iterator[None]:
    """Take the triggers against deleting down, and put them up again as they were."""
    with connection.cursor() as cursor:
        found = []
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = [(name, sql) for name, sql in cursor.fetchall() if name.endswith(REMAINS)]
        for name, _sql in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in found:
                cursor.execute(sql)


def let_tests_empty_tables() -> None:
    """Do so around the clean-up of every test that commits."""
    emptied = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied_with_triggers_down(case: TransactionTestCase) -> None:
        with triggers_down():
            emptied(case)

    TransactionTestCase._fixture_teardown = emptied_with_triggers_down  # type: ignore[attr-defined]
