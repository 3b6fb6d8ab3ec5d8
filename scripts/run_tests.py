"""Runs the tests the way CI does: on SQLite, again on PostgreSQL, then in a browser if the machine has one.

python scripts/run_tests.py [options of pytest]
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bytecode import shared_bytecode

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT_DATABASE = ("allocation", "architecture", "bench", "documents", "geography", "language", "matching")
NO_TESTS = 5  # pytest's exit code when a selection is empty
# A process for each core and one for the time the others wait, each with a database of its own; one that is done takes
# tests over from the others. A browser waits little.
CORES = os.cpu_count() or 1
SIDE_BY_SIDE = ("--dist=worksteal", "-n", str(min(CORES + 1, 4)))
BROWSERS_SIDE_BY_SIDE = ("--dist=worksteal", "-n", str(min(CORES, 4)))


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
        ("on SQLite", [*pytest, "-m", "not browser", *wishes]),
        ("on PostgreSQL", [*on_postgres, "-m", "database and not browser and not alone", *(wishes or database_tests)]),
        # They stop the server, which those beside them would not survive.
        ("that stop PostgreSQL", [*on_postgres, "-n0", "-m", "alone", *(wishes or ["tests/register"])]),
    ]
    browser = find_browser()
    if browser:
        env["MEDSPIL_CHROMIUM"] = browser
        parts.append(
            (
                f"in the browser {browser}",
                [*pytest, *BROWSERS_SIDE_BY_SIDE, "-m", "browser", *(wishes or ["tests/browser"])],
            )
        )
    failed = [name for name, command in parts if not passes(name, command, env, empty_is_fine=bool(wishes))]
    if not browser:
        print("\nTests in a browser were skipped: no Chromium on PATH (Debian: apt-get install chromium), and", end=" ")
        print("MEDSPIL_CHROMIUM names none.")
    print(f"\nFailed: tests {', '.join(failed)}" if failed else "\nAll tests passed.")
    return 1 if failed else 0


def find_browser() -> str | None:
    """Return the Chromium that the machine has."""
    named = os.environ.get("MEDSPIL_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def passes(name: str, command: list[str], env: dict[str, str], *, empty_is_fine: bool) -> bool:
    """Run one part under a heading."""
    print(f"\n===== Tests {name} =====\n", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, env=env, check=False).returncode
    print(f"(tests {name}: {time.monotonic() - started:.0f} s)", flush=True)
    return code == 0 or (code == NO_TESTS and empty_is_fine)


if __name__ == "__main__":
    sys.exit(main())
