"""No file names a package registry or a machine: any mirror may serve the locks, any folder hold the clone."""

import re
from pathlib import Path

from tests.architecture.tree import faults, own_files, shown

# In parts, so that this file does not name them itself.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "debian" + ".org/debian",
    "jsdelivr" + ".net",
    "unpkg" + ".com",
]
FOLDERS = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Use" + r"rs/\w+)/")
TEXT = own_files()


def named(path: Path) -> list[str]:
    """Return the registries and folders of machines that a file names."""
    text = path.read_bytes().decode("utf-8", errors="ignore")
    return [host for host in REGISTRIES if host in text] + FOLDERS.findall(text)


def test_no_registry_and_no_folder_of_a_machine_is_named() -> None:
    assert not faults(TEXT, named)


def test_the_locks_are_looked_at() -> None:
    names = {shown(path) for path in TEXT}
    assert {"requirements/run.lock", "requirements/dev.lock", "package-lock.json", "pyproject.toml"} <= names


def test_every_locked_package_has_a_checksum() -> None:
    for path in own_files(".lock"):
        entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        loose = [line for line in entries if "==" in line and "--hash=sha256:" not in line]
        assert loose == [], shown(path)
    npm = next(path for path in TEXT if path.name == "package-lock.json").read_text(encoding="utf-8")
    assert npm.count('"version"') == npm.count('"integrity"')
