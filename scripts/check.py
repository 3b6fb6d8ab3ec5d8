"""Looks at everything but the tests: form, types, rooms, templates, migrations, settings, translations.

    python scripts/check.py [words in the names of the checks to run]

All checks run, two at a time; what a check says is shown only if it fails.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bytecode import shared_bytecode

ROOT = Path(__file__).resolve().parent.parent
CODE = ("src", "tests", "scripts", "bench")
PROGRAMS = Path(sys.executable).parent
DJANGO = ("python", "-m", "django")
SETTINGS = ("--settings", "medspil.config.settings")
# The settings of a real site, so that what Django warns of before a deployment is seen here.
LIKE_PRODUCTION = {
    "MEDSPIL_LOCAL": "false",
    "MEDSPIL_SECRET_KEY": "a-key-for-the-check-alone-0123456789-abcdefghijklmnopqrstuvwxyz-%&",
    "MEDSPIL_HOSTS": "medspil.example.org",
    "MEDSPIL_ORIGINS": "https://medspil.example.org",
    "MEDSPIL_BEHIND_PROXY": "true",
    "MEDSPIL_SMTP_HOST": "mail.example.org",
    "MEDSPIL_FROM": "Medspil <medspil@example.org>",
}


@dataclass(frozen=True)
class Check:
    """One look at the code: a name, why it is made, and the command (a program in `.venv/bin`)."""

    name: str
    why: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def templates() -> list[str]:
    """Return every template."""
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / "src").glob("**/templates/**/*.html"))]


def checks() -> list[Check]:
    """Return all checks, the slow one first so that the others run beside it."""
    deploy = (*DJANGO, "check", "--deploy", "--fail-level", "WARNING", *SETTINGS)
    migrations = (*DJANGO, "makemigrations", "--check", "--dry-run", *SETTINGS)
    return [
        Check("mypy", "types hold, strictly", ("mypy",)),
        # Also leaves behind what Python compiled of them, for the tests that follow.
        Check("tests", "every test can be loaded", ("pytest", "--collect-only", "--quiet", "-n0")),
        Check("ruff format", "code is laid out alike", ("ruff", "format", "--check", *CODE)),
        Check("ruff", "no known mistakes", ("ruff", "check", *CODE)),
        Check("import-linter", "rooms import downwards only", ("lint-imports",)),
        Check("djade", "templates are written alike", ("djade", "--check", "--target-version", "5.2", *templates())),
        Check("djlint", "templates are sound HTML", ("djlint", "--lint", "--quiet", "src/medspil")),
        Check("migrations", "every model has its migration", migrations),
        Check("deployment", "the settings of a real site are safe", deploy, LIKE_PRODUCTION),
        Check("translations", "every text is in Danish and English", ("python", "scripts/messages.py", "--check")),
    ]


def run(check: Check) -> tuple[Check, int, str, float]:
    """Run one check and keep what it says."""
    started = time.monotonic()
    done = subprocess.run(
        [PROGRAMS / check.command[0], *check.command[1:]],
        cwd=ROOT,
        env=shared_bytecode({**os.environ, "MEDSPIL_LOCAL": "true", "PYTHONWARNINGS": "default", **check.env}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return check, done.returncode, done.stdout, time.monotonic() - started


def main() -> int:
    """Run the checks and name those that failed."""
    wished = [check for check in checks() if not sys.argv[1:] or any(word in check.name for word in sys.argv[1:])]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, code, output, seconds in pool.map(run, wished):
            print(f"{'failed' if code else 'ok':8}{check.name:16}{check.why} ({seconds:.0f} s)", flush=True)
            if code:
                failed.append(check.name)
                print("\n" + output.strip() + "\n", flush=True)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
