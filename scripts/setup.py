"""Sets up what is missing after a clone, and says what it does: Python packages, front-end parts, translations.

    python3 scripts/setup.py run|dev [--port 8000]

Standard library only. Safe to run again: each part carries a stamp of what it was made from, so that a second run
takes no time. Everything lies inside the clone; deleting the folder removes it.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trouble import LOG, ROOT, Trouble, explain_os_error, run, say

OLDEST = (3, 11)
TOOLS, VENV, NODE_MODULES, LOCKS = ROOT / ".tools", ROOT / ".venv", ROOT / "node_modules", ROOT / "requirements"
NODE_OLDEST = 20
STAMP = "made-from.txt"


def main() -> int:
    """Set up for running the site (`run`) or for working on it (`dev`)."""
    parser = argparse.ArgumentParser(description="Set up Medspil in this folder.")
    parser.add_argument("mode", choices=["run", "dev"])
    parser.add_argument("--host", default="127.0.0.1", help="the address for the port")
    parser.add_argument("--port", help="a port that must be free afterwards")
    wish = parser.parse_args()
    use_new_enough_python()
    try:
        if wish.port is not None:
            refuse_taken_port(wish.host, wish.port)
        set_up(mode=wish.mode)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{explain_os_error(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the command again to go on.", file=sys.stderr)
        return 130
    return 0


def use_new_enough_python() -> None:
    """Go on with a newer Python if the machine has one beside an old `python3`, else say what to install."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606  (this script again, by a newer Python)
    here = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(f"Medspil needs Python 3.11 or newer and this is {here}: install it, or say: make PYTHON=/path/to/python3")


def refuse_taken_port(host: str, port: str) -> None:
    """Stop before the work if the site could not be served afterwards."""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise Trouble(f"{port} is no port: choose a number between 1024 and 65535: make demo PORT=8123")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            raise Trouble(
                f"Port {port} cannot be used (most often something else has it): choose another: make demo PORT=8123"
            ) from None


def set_up(*, mode: str) -> None:
    """Make every part that is missing or out of date, one set-up at a time."""
    started = time.monotonic()
    if not os.access(ROOT, os.W_OK):
        raise PermissionError(13, "Permission denied", str(ROOT))
    refuse_closed_data()
    TOOLS.mkdir(exist_ok=True)
    with alone():
        LOG.unlink(missing_ok=True)
        done = [python_packages(mode), front_end(mode), translations()]
    if any(done):
        say(f"Set up in {time.monotonic() - started:.0f} s; the details are in {LOG.relative_to(ROOT)}")


def refuse_closed_data() -> None:
    """Stop before the work if the folder that MEDSPIL_DATA names cannot be made or written in."""
    wish = os.environ.get("MEDSPIL_DATA")
    if not wish:
        return
    folder = Path(wish)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise Trouble(f"MEDSPIL_DATA={wish} is no folder that can be written in: name one that you may write in.")


@contextmanager
def alone() -> Iterator[None]:
    """Wait for another set-up in this folder to finish, and keep others waiting for this one."""
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up in this folder …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- stamps: what a part was made from -----------------------------------------------------------------------------


def print_of(*sources: Path | str) -> str:
    """Return a fingerprint of files and words."""
    total = hashlib.sha256()
    for source in sources:
        total.update(source.read_bytes() if isinstance(source, Path) else source.encode())
        total.update(b"\0")
    return total.hexdigest()


def is_made(folder: Path, wanted: list[str]) -> bool:
    """Tell whether a folder was made from one of these fingerprints."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() in wanted


def mark(folder: Path, fingerprint: str) -> None:
    """Write down what a folder was made from, after everything in it succeeded."""
    (folder / STAMP).write_text(fingerprint + "\n", encoding="utf-8")


# --- the parts ------------------------------------------------------------------------------------------------------


def python_packages(mode: str) -> bool:
    """Install exactly the locked packages into `.venv`, and Medspil itself as an editable package."""
    build = LOCKS / "build.lock"
    prints = {name: print_of(LOCKS / f"{name}.lock", build, our_package(), name, here()) for name in ("run", "dev")}
    # Whoever set up for work has all that running needs.
    if is_made(VENV, [prints["dev"], prints[mode]]) and (VENV / "bin" / "python").exists():
        return False
    uv, env = find_uv()
    place = VENV / "place.txt"
    if not (VENV / "bin" / "python").exists() or not place.exists() or place.read_text(encoding="utf-8") != here():
        say("· Making a Python environment in .venv")
        run("Making .venv", uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV, env=env)
        place.write_text(here(), encoding="utf-8")
    (VENV / STAMP).unlink(missing_ok=True)
    say(f"· Installing the Python packages in requirements/{mode}.lock (the first time: some hundred MB)")
    python = ("--python", VENV / "bin" / "python")
    run("Installing Python packages", uv, "pip", "sync", "--require-hashes", *python, LOCKS / f"{mode}.lock", env=env)
    say("· Installing Medspil itself")
    options = ("--no-deps", "--build-constraints", build, "-e", ROOT)
    run("Installing Medspil", uv, "pip", "install", *python, *options, env=env)
    mark(VENV, prints[mode])
    return True


def here() -> str:
    """Return the Python and the folder: an environment that was moved, or whose Python went, is made anew."""
    return f"{sys.version_info[:2]} {ROOT}"


def our_package() -> str:
    """Return what the installed package is made from; the settings of tools beside it do not matter."""
    import tomllib  # noqa: PLC0415  (an older Python must get as far as the sentence that says so)

    with (ROOT / "pyproject.toml").open("rb") as file:
        tables = tomllib.load(file)
    version = re.search(r"^## \[\d.*", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    return json.dumps([tables["project"], tables["build-system"], version and version[0]])


def find_uv() -> tuple[Path, dict[str, str]]:
    """Return the installer uv and the environment it needs; it is put into `.tools` by pip, or taken from PATH."""
    lock = LOCKS / "tools.lock"
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "true"}
    fingerprint = print_of(lock, here())
    if not is_made(TOOLS, [fingerprint]):
        if not can_make_environments():
            elsewhere = shutil.which("uv")
            if elsewhere:
                return Path(elsewhere), env
            raise Trouble(
                "Python lacks its parts venv and pip: install them (Debian, Ubuntu: apt-get install python3-venv) "
                "and run the command again."
            )
        say("· Fetching the installer uv into .tools")
        run("Making .tools", sys.executable, "-m", "venv", "--clear", TOOLS / "env")
        pip = (TOOLS / "env" / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        run("Fetching uv", *pip, "--require-hashes", "--only-binary=:all:", "-r", lock)
        mark(TOOLS, fingerprint)
    return TOOLS / "env" / "bin" / "uv", env | mirror_of_pip()


def can_make_environments() -> bool:
    """Tell whether `venv` works; as root on Debian, where it is a package of its own, fetch that package."""
    try:
        run("Looking for venv", sys.executable, "-c", "import venv, ensurepip")
    except Trouble:
        if os.geteuid() != 0 or not shutil.which("apt-get") or not sys.executable.startswith("/usr/bin/"):
            return False
        say("· Python lacks venv; you are root, so it is fetched: apt-get install python3-venv")
        run("Asking for the list of Debian packages", "apt-get", "update")
        run("Installing python3-venv", "apt-get", "install", "-y", "--no-install-recommends", "python3-venv")
    return True


def mirror_of_pip() -> dict[str, str]:
    """Return pip's mirror and certificate for uv, which does not read pip's settings: one place to set them."""
    listing = run("Asking pip for its settings", TOOLS / "env" / "bin" / "python", "-m", "pip", "config", "list")
    settings = dict(line.split("=", 1) for line in listing.splitlines() if "=" in line)
    found: dict[str, str] = {}
    for option, name in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        for scope in ("global", "install", ":env:"):
            value = settings.get(f"{scope}.{option}", "").strip("'\"")
            if value and name not in os.environ:
                found[name] = value
    return found


def front_end(mode: str) -> bool:
    """Fetch the locked front-end parts with npm, and lay what the pages use where Django finds it."""
    lock, copier = ROOT / "package-lock.json", ROOT / "scripts" / "front_end_parts.py"
    prints = {name: print_of(lock, name) for name in ("run", "dev")}
    made = is_made(NODE_MODULES, [prints["dev"], prints[mode]])
    if not made:
        npm, env = find_npm()
        say("· Fetching the front-end parts in package-lock.json")
        options = ["--ignore-scripts", "--no-audit", "--no-fund", *(["--omit=dev"] if mode == "run" else [])]
        run("Fetching front-end parts", npm, "ci", *options, env=env)
        mark(NODE_MODULES, prints[mode])
    # Has a stamp of its own, in the folder it fills.
    run("Laying front-end parts ready", VENV / "bin" / "python", copier)
    return not made


def find_npm() -> tuple[Path, dict[str, str]]:
    """Return the machine's npm if its node is new enough, else npm from a wheel in `.tools`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = run("Asking for node's version", node, "--version").strip().lstrip("v")
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= NODE_OLDEST:
            return Path(npm), {}
    home, lock = TOOLS / "node", LOCKS / "node.lock"
    bin_folder = home / "bin"
    if not is_made(home, [print_of(lock)]):
        say("· No node of version 20 or newer here: fetching one into .tools")
        uv, env = find_uv()
        run("Making a place for node", uv, "venv", "--quiet", "--clear", "--python", sys.executable, home, env=env)
        python = ("--python", bin_folder / "python")
        run("Fetching node", uv, "pip", "sync", "--require-hashes", *python, lock, env=env)
        mark(home, print_of(lock))
    return bin_folder / "npm", {"PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def translations() -> bool:
    """Compile every catalogue of translations that is newer than its compiled form."""
    done = False
    for source in sorted((ROOT / "src" / "medspil" / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        language = source.parent.parent.name
        say(f"· Compiling the texts in '{language}'")
        babel = (VENV / "bin" / "python", "-m", "babel.messages.frontend", "compile")
        run("Compiling translations", *babel, "-l", language, "-i", source, "-o", target)
        done = True
    return done


if __name__ == "__main__":
    sys.exit(main())
