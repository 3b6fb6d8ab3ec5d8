"""System checks: settings that would lose data or open doors are refused before the first request."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

SAFE_SQLITE = (3, 51, 3)


@register(Tags.database)
def sqlite_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse SQLite settings that were measured to lose transactions, and versions with the WAL-reset bug."""
    database: dict[str, Any] = dict(settings.DATABASES["default"])
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    pragmas = str(options.get("init_command", "")).replace(" ", "").lower()
    problems: list[CheckMessage] = []
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        problems.append(
            Error(
                f"SQLite {sqlite3.sqlite_version} can corrupt a database that two processes write.",
                hint="Install the wheel pysqlite3, or use PostgreSQL.",
                id="medspil.E001",
            )
        )
    if options.get("transaction_mode") != "IMMEDIATE":
        problems.append(
            Error(
                "SQLite must begin transactions as IMMEDIATE: otherwise concurrent writers fail at once.",
                hint='Set OPTIONS["transaction_mode"] = "IMMEDIATE".',
                id="medspil.E002",
            )
        )
    for pragma, number in (("journal_mode=wal", 3), ("synchronous=full", 4)):
        if pragma not in pragmas:
            problems.append(
                Error(
                    f"SQLite must run with {pragma}.",
                    hint="See init_command in settings.",
                    id=f"medspil.E00{number}",
                )
            )
    if "mmap_size" in pragmas:
        problems.append(Error("SQLite must not set mmap_size.", hint="It makes damage worse.", id="medspil.E005"))
    return problems


@register(Tags.database)
def postgres_checks_connections(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse kept connections without a health check: the first request after a restart would fail."""
    database: dict[str, Any] = dict(settings.DATABASES["default"])
    if database["ENGINE"].endswith("postgresql") and not database.get("CONN_HEALTH_CHECKS"):
        return [Error("PostgreSQL needs CONN_HEALTH_CHECKS = True.", id="medspil.E006")]
    return []
