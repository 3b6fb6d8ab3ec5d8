"""Writes requirements/*.lock and package-lock.json anew: exact versions with checksums, and no registry's address.

    python scripts/lock.py

A week behind the newest releases: a poisoned one is mostly found within days. Without addresses a lock can be served
by any mirror. Names come from pyproject.toml and package.json alone.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from setup import LOCKS, find_npm, find_uv
from trouble import ROOT, Trouble, run, say

WAIT = timedelta(days=7)
# lock -> what is in it
PYTHON_LOCKS = {
    "run": ("pyproject.toml",),
    "dev": ("pyproject.toml", "--group", "dev", "--group", "bench"),
    "tools": ("--group", "tools"),
    "node": ("--group", "node"),
}


def main() -> int:
    """Lock everything; a lock is replaced only when it could be made."""
    try:
        uv, env = find_uv()
        oldest = (datetime.now(tz=UTC) - WAIT).strftime("%Y-%m-%dT00:00:00Z")
        options = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--upgrade", "--quiet"]
        options += ["--no-emit-index-url", "--python-version", "3.11", "--exclude-newer", oldest]
        for name, what in PYTHON_LOCKS.items():
            say(f"· requirements/{name}.lock")
            run(f"Locking {name}", uv, "pip", "compile", *options, *what, "-o", LOCKS / f"{name}.lock", env=env)
        say("· requirements/build.lock")
        lock_build(uv, env, options)
        say("· package-lock.json")
        npm, npm_env = find_npm()
        wait = f"--before={oldest}"
        run("Locking front-end parts", npm, "install", "--package-lock-only", "--ignore-scripts", wait, env=npm_env)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    say("Look at the difference, then run: make check test")
    return 0


def lock_build(uv: object, env: dict[str, str], options: list[str]) -> None:
    """Lock what builds the package: hatchling, and what it needs for an editable install."""
    command = [str(uv), "pip", "compile", *options, "-", "-o", str(LOCKS / "build.lock")]
    wanted = "hatchling>=1.27\neditables\n"
    done = subprocess.run(
        command, input=wanted, text=True, cwd=ROOT, env={**os.environ, **env}, capture_output=True, check=False
    )
    if done.returncode:
        raise Trouble(f"Locking the build did not succeed: {done.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    sys.exit(main())
