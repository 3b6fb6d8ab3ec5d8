"""The affinity table as a heat table: which industries can give what, from 0 to 10."""

from dataclasses import dataclass

from django.utils.translation import get_language

from medspil.catalogue.industries import industry_groups
from medspil.linking.affinities import affinities, row_names
from medspil.matching import INTEGRATED_FROM
from medspil.web.linking import wording

TOP = 10
INTEGRATED_TOP = round(INTEGRATED_FROM * TOP)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value; `shade` picks the colour, `strong` says that it is part of what the industry does."""

    kind: str
    value: int
    shade: int
    strong: bool


@dataclass(frozen=True, slots=True)
class AffinityRow:
    """One industry; `depth` is 0 for a division and grows with finer codes."""

    code: str
    system: str
    name: str
    depth: int
    cells: tuple[Cell, ...]


def kinds(only: str = "") -> list[tuple[str, str]]:
    """Return code and name of the columns."""
    return [(kind, wording.kind_name(kind)) for kind in affinities().kinds if only in ("", kind)]


def heat_rows(*, group: str = "", kind: str = "") -> list[AffinityRow]:
    """Return the table's rows in the order of the codes.

    Without a group: the divisions. With a group: its divisions, each followed by its finer rows. With a kind: all
    rows that can give it, best first.
    """
    keys = sorted(affinities().rows)
    if group:
        divisions = industry_groups()[group].divisions
        keys = [key for key in keys if key[0][:2] in divisions]
    elif not kind:
        keys = [key for key in keys if len(key[0]) == 2]
    rows = [_row(prefix, system, kind) for prefix, system in keys]
    if not kind:
        return rows
    giving = [row for row in rows if row.cells[0].value]
    return sorted(giving, key=lambda row: (-row.cells[0].value, row.code, row.system))


def _row(prefix: str, system: str, only: str) -> AffinityRow:
    table = affinities()
    values = dict(zip(table.kinds, table.rows[prefix, system], strict=True))
    name_da, name_en = row_names().get((prefix, system), ("", ""))
    danish = (get_language() or "da").startswith("da")
    return AffinityRow(
        code=prefix,
        system=system,
        name=name_da if danish else name_en,
        depth=max(0, min(len(prefix), 4) - 2),
        cells=tuple(_cell(kind, values[kind]) for kind, _name in kinds(only)),
    )


def _cell(kind: str, value: float) -> Cell:
    written = round(value * TOP)
    return Cell(kind=kind, value=written, shade=written, strong=written >= INTEGRATED_TOP)
