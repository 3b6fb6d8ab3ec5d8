"""System checks: settings that would lose data or open doors are refused before the first request."""

import sqlite3
from collections.abc import Sequence
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Complaint
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

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


@register()
def mail_can_leave(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a sender that is no address and a password in the clear; complain where nobody can be written to."""
    problems: list[CheckMessage] = []
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if not settings.LOCAL and not settings.EMAIL_HOST:
        hint = "Set MEDSPIL_SMTP_HOST: without it nobody gets a link to choose a password or to answer by."
        problems.append(Complaint("No mail server is set up.", hint=hint, id="medspil.W001"))
    if not _is_address(sender) or (settings.EMAIL_HOST and sender == "medspil@localhost"):
        hint = "Set MEDSPIL_FROM, such as: Medspil Vejle <medspil@vejle.example>."
        problems.append(Error("Mails have no sender that answers could go to.", hint=hint, id="medspil.E007"))
    unsafe = not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL)
    if unsafe and settings.EMAIL_HOST and not _is_this_machine(settings.EMAIL_HOST):
        hint = "Set MEDSPIL_SMTP_SECURITY to starttls or tls."
        problems.append(Error("Mails and the password would go in the clear.", hint=hint, id="medspil.E008"))
    return problems


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
