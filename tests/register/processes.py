"""Runs pieces of imports in real processes of their own, on the test's database and folder, to be killed or starved."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import connection

START = """
import json, os, signal, sys
import django
django.setup()
from datetime import UTC, datetime, timedelta
from pathlib import Path
from django.conf import settings as _settings
_settings.INDEX_DIR = _settings.DATA_DIR / "index"
_settings.STORAGES["default"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": _settings.DATA_DIR / "files"}}
from medspil.register import services
from medspil.register.models import ImportRun
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
def clock():
    return NOW
"""


def database_url() -> str:
    """Return where the test's database is, as the setting wants it."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?host={parts['HOST']}"


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start a script that finds `services`, `NOW` and `clock` at hand and the arguments in `sys.argv`."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "medspil.config.settings",
        "MEDSPIL_LOCAL": "true",
        "MEDSPIL_DATA": str(settings.DATA_DIR),
        "MEDSPIL_DATABASE": database_url(),
        "PYTHONPATH": ":".join(sys.path),
        # A process whose files may not grow would leave a module half compiled for all others.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPYCACHEPREFIX": sys.pycache_prefix or "",
    }
    words = [sys.executable, "-c", START + script, *map(str, arguments)]
    return subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def told_by(script: str, *arguments: object) -> Any:
    """Run a script to its end; return the JSON in the last line it printed."""
    process = start(script, *arguments)
    output, _errors = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(output.splitlines()[-1])
