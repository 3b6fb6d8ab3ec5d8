"""Runs the tests the way CI does: on SQLite, again on PostgreSQL, then in a browser if the machine has one.

python scripts/run_tests.py [options of pytest]
"""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bytecode import shared_bytecode

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT_DATABASE = ("allocation", "architecture", "bench", "documents", "geography", "language", "matching")
# Clocks of tests are set (see tests/conftest.py), once to the hour in which it is tomorrow in Denmark and today in UTC.
AFTER_MIDNIGHT = ("--at", "2026-11-22T23:30:00+00:00")
NO_TESTS = 5  # pytest's exit code when a selection is empty
# A process for each core and one for the time the others wait, each with a database of its own; one that is done takes
# tests over from the others.
CORES = os.cpu_count() or 1
SIDE_BY_SIDE = ("--dist=worksteal", "-n", str(min(CORES + 1, 4)))


@dataclass(frozen=True)
class Part:
    """Some of the tests, and how they are run."""

    name: str
    command: list[str]

    def passes(self, env: dict[str, str], *, empty_is_fine: bool, words: IO[str] | None = None) -> bool:
        """Run it under a heading; all that is said goes into `words`, if there is such a file."""
        print(f"\n===== Tests {self.name} =====\n", file=words, flush=True)
        started = time.monotonic()
        code = subprocess.run(self.command, env=env, check=False, stdout=words, stderr=words).returncode
        print(f"(tests {self.name}: {time.monotonic() - started:.0f} s)", file=words, flush=True)
        return code == 0 or (code == NO_TESTS and empty_is_fine)


def main() -> int:
    """Run every part, also after one failed; tell at the end which did."""
    os.chdir(ROOT)
    wishes = sys.argv[1:]
    pytest = [sys.executable, "-m", "pytest", *SIDE_BY_SIDE]
    env = shared_bytecode({**os.environ, "MEDSPIL_LOCAL": "true"})
    env.pop("MEDSPIL_DATABASE", None)
    on_postgres = [sys.executable, "scripts/with_postgres.py", *pytest]
    # What touches no database, or makes its own, is not run a second time.
    database_tests = ["tests", *(f"--ignore=tests/{room}" for room in WITHOUT_DATABASE)]
    parts = [
        Part("on SQLite", [*pytest, "-m", "not browser", *wishes]),
        Part(
            "on PostgreSQL",
            [
                *on_postgres,
                *AFTER_MIDNIGHT,
                "-m",
                "database and not browser and not alone",
                *(wishes or database_tests),
            ],
        ),
    ]
    # They stop the server, which those beside them would not survive: they have one of their own.
    alone = Part("that stop PostgreSQL", [*on_postgres, "-n0", "-m", "alone", *(wishes or ["tests/register"])])
    browser = find_browser()
    if browser:
        env["MEDSPIL_CHROMIUM"] = browser
        parts.append(Part(f"in the browser {browser}", [*pytest, "-m", "browser", *(wishes or ["tests/browser"])]))
    *earlier, last = parts
    failed = [part.name for part in earlier if not part.passes(env, empty_is_fine=bool(wishes))]
    # A browser often waits: those few tests fit beside it. What they say is shown when it is done.
    with TemporaryFile("w+", encoding="utf-8") as words, ThreadPoolExecutor(max_workers=1) as beside:
        other = beside.submit(alone.passes, env, empty_is_fine=bool(wishes), words=words)
        failed += [] if last.passes(env, empty_is_fine=bool(wishes)) else [last.name]
        failed += [] if other.result() else [alone.name]
        words.seek(0)
        print(words.read(), flush=True)
    if not browser:
        print("\nTests in a browser were skipped: no Chromium on PATH (Debian: apt-get install chromium), and", end=" ")
        print("MEDSPIL_CHROMIUM names none.")
    print(f"\nFailed: tests {', '.join(failed)}" if failed else "\nAll tests passed.")
    return 1 if failed else 0


def find_browser() -> str | None:
    """Return the Chromium that the machine has."""
    named = os.environ.get("MEDSPIL_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


if __name__ == "__main__":
    sys.exit(main())
