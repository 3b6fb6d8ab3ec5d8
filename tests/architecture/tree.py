"""What the architecture tests look at: the project's own files, without what the set-up fetched."""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "medspil"
FETCHED = {".git", ".venv", ".tools", "node_modules", "var", "build", "dist", "screenshots"}


def own_files(*endings: str, under: Path = ROOT) -> list[Path]:
    """Return our files with one of these endings (all without), sorted; caches and what was fetched are left out."""
    found = []
    for path in sorted(under.iterdir()):
        name = path.name
        if path.is_dir():
            hidden = name.startswith(".") and name != ".ci"
            if not (name in FETCHED or hidden or name == "__pycache__" or name.endswith(".egg-info")):
                found += own_files(*endings, under=path)
        elif path.is_file() and (not endings or path.suffix in endings) and path.suffix not in {".mo", ".pyc"}:
            found.append(path)
    return found


def shown(path: Path) -> str:
    """Return a path as people write it."""
    return path.relative_to(ROOT).as_posix()


def faults(paths: Iterable[Path], look: Callable[[Path], object]) -> dict[str, object]:
    """Return what is found at each file where anything is found.

    All files in one test: thousands of tests that take a millisecond each spend most of their time being counted.
    """
    return {shown(path): found for path in paths if (found := look(path))}


def layers() -> dict[str, int]:
    """Return each room's height as import-linter knows it: one place says how the rooms lie."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts: list[dict[str, Any]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(): height
        for height, line in enumerate(reversed(lines))
        for room in line.replace(":", "|").split("|")
    }
