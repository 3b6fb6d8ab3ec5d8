"""Reads the environment and fails loudly when a value cannot be used."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return a variable, or what stands in the file named by `<name>_FILE` (a mounted secret)."""
    secret_file = os.environ.get(f"{name}_FILE")
    if secret_file:
        return Path(secret_file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; anything but the four known words is an error, not a guess."""
    value = text(name)
    known = {"": default, "1": True, "true": True, "0": False, "false": False}
    if value.lower() not in known:
        raise ImproperlyConfigured(f"{name} is '{value}'; use 'true' or 'false'.")
    return known[value.lower()]


def days(name: str, default: int) -> int:
    """Return a number of days, at least one; anything else is an error."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 36_500):
        raise ImproperlyConfigured(f"{name} is '{value}'; use a whole number of days, such as {default}.")
    return int(value)


def port(name: str, default: int) -> int:
    """Return the number of a port; anything else is an error."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65_535):
        raise ImproperlyConfigured(f"{name} is '{value}'; use the number of a port, such as {default}.")
    return int(value)


def one_of(name: str, *known: str) -> str:
    """Return one of a few words, the first by default; anything else is an error."""
    value = text(name, known[0]).lower()
    if value not in known:
        raise ImproperlyConfigured(f"{name} is '{value}'; use {', '.join(known)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


SQLITE_OPTIONS = {
    # IMMEDIATE: with Django's default (DEFERRED) concurrent writers fail at once instead of waiting.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
        " PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;"
    ),
}


def database(name: str, *, default: Path) -> dict[str, Any]:
    """Return Django's database settings from a URL: `sqlite:///path` or `postgresql://user:pw@host/db`."""
    url = text(name)
    if not url or url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///")) if url else default
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": SQLITE_OPTIONS,
            # A file and not memory, since concurrency tests open it from several threads; one per run of the tests.
            "TEST": {"NAME": path.with_name(f"test-{os.getpid()}-{path.name}")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{name} starts with '{parts.scheme}'; use sqlite:/// or postgresql://.")
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host) or parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
