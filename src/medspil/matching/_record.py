"""What one unit of the register brings into the index."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

EMPLOYMENT_CLASSES: Final = (
    "0",
    "1",
    "2-4",
    "5-9",
    "10-19",
    "20-49",
    "50-99",
    "100-199",
    "200-499",
    "500-999",
    "1000+",
)
"""The register's intervals of employees; `UnitRecord.size` is an index into them."""

UNKNOWN_SIZE: Final = -1
PRIVATE: Final = 0
PUBLIC: Final = 1
VOLUNTARY: Final = 2
SECTORS: Final = (PRIVATE, PUBLIC, VOLUNTARY)
PLACE_PREFIX: Final = "@"
"""Terms that start with this are place words: searched for, never counted as relevance."""


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One production unit of the register.

    Parameters
    ----------
    number : int
        The register's number of the unit, unique, not negative.
    industry : str
        Industry code, digits only, such as ``"439990"``; empty when unknown.
    code_system : str
        The nomenclature the code belongs to, such as ``"DB07"``.
    municipality : int
        Municipality code (101–860), 0 when unknown.
    x, y : float or None
        EPSG:25832 coordinates in metres; a unit without both has no point.
    size : int
        Index into `EMPLOYMENT_CLASSES`, -1 when unknown.
    active : bool
        False for a ceased unit: it can be searched for, never proposed.
    protected : bool
        Protected against advertising: proposed only with documented consent.
    sector : int
        0 private, 1 public, 2 voluntary.
    terms : Mapping[str, float]
        Term to weight (field weight times token weight, summed over the fields).
    """

    number: int
    industry: str
    code_system: str
    municipality: int
    x: float | None
    y: float | None
    size: int
    active: bool
    protected: bool
    sector: int = PRIVATE
    terms: Mapping[str, float] = field(default_factory=dict)


def check_record(record: UnitRecord) -> None:
    """Raise ValueError if a record is out of range."""
    if not UNKNOWN_SIZE <= record.size < len(EMPLOYMENT_CLASSES) or record.sector not in SECTORS:
        raise ValueError(f"Unit {record.number}: size or sector is out of range.")
    if record.number < 0:
        raise ValueError(f"Unit {record.number}: numbers are not negative.")


def point_of(record: UnitRecord) -> tuple[float, float]:
    """Return the point, infinitely far away if there is none: distances and boxes then need no special case."""
    if record.x is None or record.y is None or not (math.isfinite(record.x) and math.isfinite(record.y)):
        return math.inf, math.inf
    return record.x, record.y
