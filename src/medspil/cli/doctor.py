"""`medspil doctor`: what is here, what is missing, and what to do about it."""

import shutil
import sqlite3
import sys

import click
import django
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, OperationalError
from django.utils import timezone

from medspil.notices.models import Message
from medspil.notices.transport import is_set_up
from medspil.register.index import index_state

FREE_BYTES = 500 * 1024 * 1024


def findings() -> list[tuple[bool, str, str]]:
    """Return (is it well, what was looked at, what was found or what to do)."""
    return [_python(), _database(), _settings(), _parts(), _index(), _mail(), _room_on_disk()]


def _python() -> tuple[bool, str, str]:
    versions = f"{sys.version.split()[0]}, Django {django.get_version()}, SQLite {sqlite3.sqlite_version}"
    return sys.version_info >= (3, 11), "Python", versions


def _database() -> tuple[bool, str, str]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, but not the folder of it
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as problem:
        return False, "Database", f"cannot be opened ({problem}); look at MEDSPIL_DATABASE."
    if waiting:
        return False, "Database", f"{len(waiting)} migrations are waiting; run `medspil demo` or migrate."
    return True, "Database", f"{connection.vendor}, up to date"


def _settings() -> tuple[bool, str, str]:
    try:
        found = run_checks(databases=["default"])
    except OperationalError:  # told above; what can be said without the database is said here
        found = run_checks()
    errors = [message for message in found if message.level >= ERROR]
    return not errors, "Settings", "; ".join(str(error.msg) for error in errors) or "no errors"


def _parts() -> tuple[bool, str, str]:
    there = settings.FRONTEND_PARTS.exists()
    return there, "Front-end parts", "in place" if there else "missing; run `make demo`, which sets up what is missing."


def _index() -> tuple[bool, str, str]:
    try:
        state = index_state()
    except DatabaseError:
        return False, "Index", "cannot be looked at before the database is up to date."
    if state.info is None:
        return False, "Index", state.problem
    found = f"{state.info.rows} units, {state.info.source}, {state.info.date}"
    if not state.current:
        return False, "Index", f"{found}; {state.reason} Run `medspil register index`."
    return True, "Index", found


def _mail() -> tuple[bool, str, str]:
    if not is_set_up():
        return False, "Mail", "no mail server: people get no links; set MEDSPIL_SMTP_HOST."
    server = settings.EMAIL_HOST or "no mail server, mails are printed"
    try:
        troubled = Message.objects.troubled().filter(forgotten_at=None).count()
        overdue = Message.objects.overdue(timezone.now()).count()
    except DatabaseError:
        return False, "Mail", "cannot be looked at before the database is up to date."
    if troubled or overdue:
        return (
            False,
            "Mail",
            f"{server}; {troubled} need a person, {overdue} are late; see `medspil mail status`.",
        )
    return True, "Mail", server


def _room_on_disk() -> tuple[bool, str, str]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return free >= FREE_BYTES, "Disk", f"{free // 1_000_000} MB free in {settings.DATA_DIR}"


@click.command()
def doctor() -> None:
    """Say what is here and what is missing; exit code 1 if something is."""
    found = findings()
    for well, what, text in found:
        click.echo(f"{'ok     ' if well else 'MISSING'}  {what}: {text}")
    if not all(well for well, _, _ in found):
        raise SystemExit(1)
