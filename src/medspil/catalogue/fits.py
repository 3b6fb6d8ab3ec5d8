"""Which industries could give a kind of resource, by the affinity table: for counting, not for ranking.

The engine reads the same file for its scores. Here two questions are answered, with yes or no.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from medspil.catalogue.datafiles import data_text, read_rows
from medspil.catalogue.vocabulary import vocabulary

SOURCE = "affinity.csv"
LEADING = ("prefix", "system", "name_da", "name_en")
COULD = 5
"""From here up the table says: it can with some effort, it is part of what it does, or it is its trade."""

CARRIES = 6
"""From here up the kind is part of what the industry does: the partnership is strategically integrated."""


def could_give(kind: str, code: str, system: str) -> bool:
    """Return whether companies of an industry could give a kind; no for an industry the table does not cover."""
    return _fit(kind, code, system) >= COULD


def carries(kind: str, code: str, system: str) -> bool:
    """Return whether a kind is part of what companies of an industry do; no for one the table does not cover."""
    return _fit(kind, code, system) >= CARRIES


def _fit(kind: str, code: str, system: str) -> int:
    table = _table()
    for length in range(len(code), 0, -1):
        for edition in (system, ""):
            row = table.get((code[:length], edition))
            if row is not None:
                return row.get(kind, 0)
    return 0


@cache
def _table() -> Mapping[tuple[str, str], Mapping[str, int]]:
    kinds = tuple(vocabulary().resource_kinds)
    rows = read_rows(data_text(SOURCE), source=SOURCE, columns=(*LEADING, *kinds))
    found = {
        (row.text("prefix"), row.values["system"].strip()): {
            kind: int(row.values[kind]) for kind in kinds if row.values[kind].strip()
        }
        for row in rows
    }
    return MappingProxyType(found)
