"""Migrates an empty database once for a run of the tests in several processes; each of them takes a copy.

Migrating takes ten seconds of a core, and more with every migration. The process that hands the tests out does it while
the others still list them. What they copy was made by the real migrations, which each of them still applies: there are
none left. A run in one process migrates its own.
"""

import fcntl
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


class Migrated:
    """The migrated database of one run."""

    def __init__(self, run: str) -> None:
        self.on_postgres = connection.vendor == "postgresql"
        self.path: Path = settings.DATA_DIR / f"migrated-{run}.sqlite3"
        self.name = f"migrated_{run}" if self.on_postgres else str(self.path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else makes or removes it."""
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def is_there(self) -> bool:
        """Tell whether it was made."""
        if not self.on_postgres:
            return self.path.exists()
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [self.name])
            return bool(cursor.fetchone()[0])

    def make(self) -> None:
        """Run all migrations on an empty database."""
        before = connection.settings_dict["NAME"]
        if self.on_postgres:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{self.name}"')
        connection.settings_dict["NAME"] = self.name
        try:
            call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before

    def make_meanwhile(self, blocker: DjangoDbBlocker) -> None:
        """Begin to make it in a thread; whoever wants a copy waits from now on."""
        begun = threading.Event()

        def work() -> None:
            with self.alone():
                begun.set()
                with blocker.unblock():
                    self.make()

        threading.Thread(target=work, daemon=True).start()
        begun.wait()

    def copy_into_tests(self) -> None:
        """Have Django begin the tests' own database as a copy."""
        with self.alone():
            if not self.is_there():
                return
        if self.on_postgres:
            connection.settings_dict["TEST"]["TEMPLATE"] = self.name
            return
        creation: Any = connection.creation
        create = creation._create_test_db

        def copied(*args: Any, **kwargs: Any) -> str:
            name: str = create(*args, **kwargs)
            shutil.copy(self.path, name)
            return name

        creation._create_test_db = copied

    def remove(self) -> None:
        """Take it away, if nobody uses it any more."""
        with self.alone():
            if self.on_postgres:
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}"')
            self.path.unlink(missing_ok=True)
        self.path.with_suffix(".lock").unlink(missing_ok=True)
