"""How a file is written: found by looking, shown to the user, and corrected by hand when it was a bad guess."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

CSV, XLSX = "csv", "xlsx"


@dataclass(frozen=True, slots=True)
class Layout:
    """What one must know to read a file the same way again."""

    kind: str = CSV
    encoding: str = "utf-8-sig"
    delimiter: str = ";"
    header_row: int = 1  # counted from 1, as spreadsheets do
    header: tuple[str, ...] = ()
    decimal: str = "."
    day_first: bool = True
    code_system: str = "DB25"
    silent_is_protected: bool = True  # what a file without a column for advertising protection means

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON field."""
        return asdict(self) | {"header": list(self.header)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read what `as_json` wrote; unknown keys of an older version are dropped."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        return cls(**kept | {"header": tuple(kept.get("header", ()))})
