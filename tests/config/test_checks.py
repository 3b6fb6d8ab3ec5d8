"""System checks refuse databases that would lose data."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from medspil.config import checks
from medspil.config.env import SQLITE_OPTIONS

POSTGRESQL = "django.db.backends.postgresql"
Ids = Callable[..., list[str | None]]
OURS = str(SQLITE_OPTIONS["init_command"])


@pytest.fixture
def ids(monkeypatch: pytest.MonkeyPatch) -> Ids:
    """Return what the checks object to in a database with these options."""

    def look(engine: str = "django.db.backends.sqlite3", **options: Any) -> list[str | None]:
        database = {"ENGINE": engine, "NAME": "x", "OPTIONS": SQLITE_OPTIONS | options}
        monkeypatch.setattr(settings, "DATABASES", {"default": database | options.get("beside", {})})
        return [message.id for message in [*checks.sqlite_is_safe(None), *checks.postgres_checks_connections(None)]]

    return look


def test_our_own_settings_are_safe(ids: Ids) -> None:
    assert ids() == []


def test_the_sqlite_that_is_loaded_is_free_of_the_wal_bug() -> None:
    assert sqlite3.sqlite_version_info >= checks.SAFE_SQLITE


@pytest.mark.parametrize(
    ("options", "objection"),
    [
        ({"transaction_mode": "DEFERRED"}, "medspil.E002"),
        ({"init_command": "PRAGMA synchronous=FULL;"}, "medspil.E003"),
        ({"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}, "medspil.E004"),
        ({"init_command": OURS + " PRAGMA mmap_size=1;"}, "medspil.E005"),
    ],
)
def test_settings_that_lose_data_are_refused(ids: Ids, options: dict[str, Any], objection: str) -> None:
    assert ids(**options) == [objection]


def test_an_old_sqlite_is_refused(ids: Ids, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert ids() == ["medspil.E001"]


def test_kept_connections_to_postgresql_are_looked_at_before_use(ids: Ids) -> None:
    assert ids(engine=POSTGRESQL) == ["medspil.E006"]
    assert ids(engine=POSTGRESQL, beside={"CONN_HEALTH_CHECKS": True}) == []


def mail_trouble(settings: Settings, **told: Any) -> list[str | None]:
    """Return what the check of mail objects to in a site with a mail server elsewhere and these settings."""
    usual = {"LOCAL": False, "EMAIL_HOST": "mail.example.org", "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False}
    for name, value in (usual | {"DEFAULT_FROM_EMAIL": "Medspil <medspil@vejle.example>"} | told).items():
        setattr(settings, name, value)
    return [message.id for message in checks.mail_can_leave(None)]


@pytest.mark.parametrize(
    ("told", "objections"),
    [
        ({}, []),
        ({"EMAIL_HOST": ""}, ["medspil.W001"]),
        ({"EMAIL_HOST": "", "LOCAL": True}, []),
        ({"DEFAULT_FROM_EMAIL": "Medspil <medspil@localhost>"}, ["medspil.E007"]),
        ({"DEFAULT_FROM_EMAIL": "Medspil"}, ["medspil.E007"]),
        ({"DEFAULT_FROM_EMAIL": "Medspil", "EMAIL_HOST": "", "LOCAL": True}, ["medspil.E007"]),
        ({"EMAIL_USE_TLS": False}, ["medspil.E008"]),
        ({"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}, []),
        ({"EMAIL_USE_TLS": False, "EMAIL_HOST": "127.0.0.1"}, []),
        ({"EMAIL_USE_TLS": False, "EMAIL_HOST": "localhost"}, []),
    ],
)
def test_a_site_that_could_write_to_nobody_or_in_the_clear_is_told(
    settings: Settings, told: dict[str, Any], objections: list[str]
) -> None:
    assert mail_trouble(settings, **told) == objections
