"""Affinities: how well an industry's core services fit a kind of resource."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from medspil.matching._arrays import Float64

CSV_TOP = 10
"""Affinities are written as 0–10 in the file."""

LEADING_COLUMNS = ("prefix", "system", "name_da", "name_en")


class UnknownKind(LookupError):
    """A need asks for a kind of resource that the affinity table does not have."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The affinity table has no kind of resource called {kind}.")
        self.kind = kind

    def __reduce__(self) -> tuple[type["UnknownKind"], tuple[str]]:
        """Come through to another process as it was."""
        return UnknownKind, (self.kind,)


class AffinityTableInvalid(ValueError):
    """The file with the affinities cannot be read as one; says where."""


class AffinityTable:
    """Affinities of industry prefixes to kinds of resource. Not to be changed once made.

    Parameters
    ----------
    version : str
        Version of the data, kept beside results.
    kinds : tuple of str
        The kinds of resource, one column each.
    rows : Mapping[(str, str), Sequence[float]]
        (prefix, system) to one value in [0, 1] per kind. System ``""`` holds for all systems.

    Examples
    --------
    >>> table = AffinityTable("1", ("repairs",), {("43", ""): [0.9], ("4339", "DB25"): [0.2]})
    >>> table.value("433900", "DB07", "repairs"), table.value("433900", "DB25", "repairs")
    (0.9, 0.2)
    """

    def __init__(self, version: str, kinds: tuple[str, ...], rows: Mapping[tuple[str, str], Sequence[float]]) -> None:
        self.version = version
        self.kinds = kinds
        self.rows = {key: tuple(float(value) for value in values) for key, values in rows.items()}
        self._column = {kind: at for at, kind in enumerate(kinds)}
        if len(self._column) != len(kinds):
            raise AffinityTableInvalid("A kind of resource has two columns.")
        for (prefix, system), values in self.rows.items():
            if len(values) != len(kinds) or not all(0.0 <= value <= 1.0 for value in values):
                raise AffinityTableInvalid(f"Row {prefix} {system}: one value in 0–1 per kind is needed.")
        self._nothing = (0.0,) * len(kinds)

    def value(self, industry: str, code_system: str, kind: str) -> float:
        """Return one affinity; 0 for an industry that no prefix covers."""
        return self._values(industry, code_system)[self.column(kind)]

    def fit(self, industries: Sequence[str], systems: Sequence[str], kinds: Sequence[str]) -> Float64:
        """Return the affinities of many industries, shape (len(industries), len(kinds)).

        Raises
        ------
        UnknownKind
            If the table lacks one of the kinds.
        """
        columns = [self.column(kind) for kind in kinds]
        rows = [self._values(*pair) for pair in zip(industries, systems, strict=True)]
        values = np.array(rows, np.float64).reshape(len(rows), len(self.kinds))
        return values[:, columns]

    def column(self, kind: str) -> int:
        """Return the place of a kind among `kinds`; raises UnknownKind."""
        try:
            return self._column[kind]
        except KeyError:
            raise UnknownKind(kind) from None

    def _values(self, industry: str, code_system: str) -> tuple[float, ...]:
        """The longest prefix wins; of equally long ones the row that names the system."""
        for length in range(len(industry), 0, -1):
            for system in (code_system, ""):
                found = self.rows.get((industry[:length], system))
                if found is not None:
                    return found
        return self._nothing


def read_affinity_csv(path: Path) -> AffinityTable:
    """Read the table from its file: ``;``-separated, UTF-8, ``# version: 1`` on the first line.

    The columns are ``prefix;system;name_da;name_en`` and one per kind of resource with values 0–10,
    blank for 0.

    Raises
    ------
    AffinityTableInvalid
        With the line that cannot be read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        first = file.readline()
        if not first.startswith("# version:"):
            raise AffinityTableInvalid(f"{path.name}: the first line is '# version: …'.")
        lines = csv.reader(file, delimiter=";")
        header = next(lines, [])
        if tuple(header[:4]) != LEADING_COLUMNS:
            raise AffinityTableInvalid(f"{path.name}: the columns begin with {';'.join(LEADING_COLUMNS)}.")
        rows = _read_rows(path, header, lines)
    return AffinityTable(first.removeprefix("# version:").strip(), tuple(header[4:]), rows)


def _read_rows(path: Path, header: Sequence[str], lines: Iterable[list[str]]) -> dict[tuple[str, str], list[float]]:
    rows: dict[tuple[str, str], list[float]] = {}
    for at, line in enumerate(lines, start=3):
        if not line or line[0].startswith("#"):
            continue
        key = (line[0].strip(), line[1].strip() if len(line) > 1 else "")
        if len(line) != len(header) or key in rows or not key[0]:
            raise AffinityTableInvalid(f"{path.name}, line {at}: wrong number of columns, or a prefix twice.")
        try:
            rows[key] = [float(cell.replace(",", ".") or 0) / CSV_TOP for cell in line[4:]]
        except ValueError as error:
            raise AffinityTableInvalid(f"{path.name}, line {at}: values are numbers 0–10.") from error
    return rows
