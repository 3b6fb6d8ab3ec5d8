"""How far a long job got, told outside the database.

While an import is applied, its transaction holds SQLite's only writer, and nobody outside sees inside it on either
database. So progress is a small file beside the data: written seldom, replaced whole, and nothing is lost without it.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.conf import settings

SECONDS_BETWEEN = 0.3


@dataclass(frozen=True, slots=True)
class Progress:
    """A phase ("comparing", "applying", "indexing") and how much of it is done; total 0 is not known."""

    phase: str
    done: int
    total: int

    @property
    def percent(self) -> int | None:
        """Return whole per cent, None when the total is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None


class ProgressFile:
    """Writes the progress of one job."""

    def __init__(self, name: str) -> None:
        self._path = _path(name)
        self._written = -SECONDS_BETWEEN

    def tell(self, phase: str, done: int, total: int) -> None:
        """Write unless it was just written; a disk that refuses stops no import."""
        now = monotonic()
        if now - self._written < SECONDS_BETWEEN and done != total:
            return
        self._written = now
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            spare = self._path.with_suffix(f".{os.getpid()}")
            spare.write_text(json.dumps([phase, done, total]), encoding="utf-8")
            spare.replace(self._path)

    def finish(self) -> None:
        """Take the file away."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def read_progress(name: str) -> Progress | None:
    """Return how far a job got, None when nothing runs."""
    try:
        phase, done, total = json.loads(_path(name).read_text(encoding="utf-8"))
        return Progress(str(phase), int(done), int(total))
    except (OSError, ValueError, TypeError):
        return None


def _path(name: str) -> Path:
    return Path(settings.DATA_DIR) / "progress" / f"{name}.json"
