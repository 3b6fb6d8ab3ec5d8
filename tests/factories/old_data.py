"""Lets a test begin with data of an older version: an empty database beside that of the tests, migrated in steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

SCHEMA = "old_data"
Goal = tuple[str, str]


def migrated(*goals: Goal) -> Apps:
    """Migrate the old database so far, and return the models as they were then. Rooms not named stay as they are."""
    executor = MigrationExecutor(connections["default"])
    executor.migrate(list(goals))
    return executor.loader.project_state(list(goals)).apps


@contextmanager
def old_database() -> Iterator[None]:
    """Have all that asks for the database ask an empty one; on PostgreSQL it is a schema of its own."""
    ours, old = connection.settings_dict, connections.create_connection("default")
    told: dict[str, Any] = {**ours, "OPTIONS": dict(ours.get("OPTIONS", {}))}
    on_postgres = old.vendor == "postgresql"
    if on_postgres:
        _run(f"CREATE SCHEMA {SCHEMA}")
        told["OPTIONS"] |= {"options": f"-c search_path={SCHEMA}"}
    else:
        told["NAME"] = ":memory:"
    old.settings_dict = told
    before = connections["default"]
    connections["default"] = old
    try:
        yield
    finally:
        old.close() if on_postgres else old.connection.close()
        connections["default"] = before
        if on_postgres:
            _run(f"DROP SCHEMA {SCHEMA} CASCADE")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
