"""Writes many rows into a table at once: by COPY on PostgreSQL, by one prepared statement on SQLite."""

from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, connections, models, router, transaction

Values = Sequence[Any]


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Write rows, all or none of them, in a short transaction; values in the order of the columns, days as text."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    table, listed = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({listed}) VALUES ({marks})"  # noqa: S608  (names of our own models)
            cursor.executemany(statement, rows)


def empty(model: type[models.Model], *, run_id: int) -> None:
    """Take an import's rows out of a table that only imports write to, in short transactions.

    When no other import has rows there the whole table is emptied, which takes no time however many they are.
    """
    waiting = model._default_manager.filter(run_id=run_id)
    if not waiting.exists() or _emptied_whole(model, run_id):
        return
    while True:
        some = list(waiting.order_by("pk").values_list("pk", flat=True)[:20_000])
        if not some:
            break
        waiting.filter(pk__lte=some[-1])._raw_delete(waiting.db)


def _emptied_whole(model: type[models.Model], run_id: int) -> bool:
    connection = connections[router.db_for_write(model)]
    table = connection.ops.quote_name(model._meta.db_table)
    alone = model._default_manager.exclude(run_id=run_id)
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Nobody may add between the look and the emptying; whoever is at the table now is not waited for.
                cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT")
            if alone.exists():
                return False
            cursor.execute(f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}")  # noqa: S608
    except OperationalError:
        return False
    return True
