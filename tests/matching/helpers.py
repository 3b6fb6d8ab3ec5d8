"""Small registers for the tests of the engine."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from medspil.matching import Index, UnitRecord, build_index

# Thousands of tiny indexes: waiting for a disk to have each of them for good would be most of the time.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def unit(
    number: int,
    *,
    industry: str = "433200",
    x: float | None = 575_000.0,
    y: float | None = 6_220_000.0,
    size: int = 4,
    active: bool = True,
    terms: dict[str, float] | None = None,
) -> UnitRecord:
    """Return a joiner's workshop in Aarhus, or whatever is asked for."""
    return UnitRecord(number, industry, "DB07", 751, x, y, size, active, False, 0, terms or {"tømrer": 1.0})


def build(records: Iterable[UnitRecord], folder: Path) -> None:
    """Build an index in a folder."""
    build_index(records, folder, source="test", date="2025-01-01")


def opened(records: Iterable[UnitRecord]) -> Index:
    """Build and open an index; it stays readable after its folder is gone."""
    with TemporaryDirectory(dir=IN_MEMORY) as name:
        build(records, Path(name))
        return Index.open(Path(name))
