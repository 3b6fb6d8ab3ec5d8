"""The files of one import: where each is stored, and the name it was handed in under."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class SourceFile(NamedTuple):
    """One file of an import. Stored files have names of their own, so what a name tells is asked of `name`."""

    path: Path
    name: str


Bundle = Sequence[SourceFile]
Row = tuple[int, list[str]]


def as_bundle(*paths: Path) -> Bundle:
    """Return files under the names they have on disk."""
    return tuple(SourceFile(path, path.name) for path in paths)
