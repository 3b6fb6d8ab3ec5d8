"""The fingerprint of a row: what tells at a glance that a file says of a unit the very same as last time.

It is taken of the raw cells that are used, before anything is read out of them, so that an unchanged row need not be
checked again. All that decides what is read out of the cells goes in as well: which columns are used and how the file
is to be read, the source, and the rules themselves. New rules make every row be looked at once more.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from operator import itemgetter
from typing import Any

from medspil.register.known import NO_PRINT
from medspil.register.models import ImportRun
from medspil.register.reading import Layout

# Where the rules are that make facts of cells; a test sees to it that none is missing.
RULES = (
    (
        "medspil.register",
        (
            "rows.py",
            "cells.py",
            "placing.py",
            "people.py",
            "forms.py",
            "statuses.py",
            "remembered.py",
            "fingerprints.py",
        ),
    ),
    ("medspil.geography", ("places.py", "projection.py", "data/municipalities.csv", "data/places.csv")),
)
_HOW_TO_READ = ("kind", "decimal", "day_first", "code_system")


@cache
def rules_version() -> str:
    """Return what changes whenever the rules for rows do: a hash of where they are written."""
    version = blake2b(digest_size=8)
    for package, names in RULES:
        for name in names:
            version.update(files(package).joinpath(*name.split("/")).read_bytes())
    return version.hexdigest()


class Fingerprints:
    """Takes the fingerprints of the rows of one import."""

    def __init__(self, *, run: ImportRun, layout: Layout, at: Mapping[str, int]) -> None:
        settings: dict[str, Any] = layout.as_json()
        told = [rules_version(), run.source, str(run.made_up), ",".join(sorted(at))]
        told += [str(settings[name]) for name in _HOW_TO_READ]
        self._start = blake2b("\x1f".join(told).encode("utf-8", "replace"), digest_size=8)
        self._width = len(layout.header)
        # In the order of our own names: a file with its columns moved about says the same.
        self._cells = itemgetter(*(at[field] for field in sorted(at))) if len(at) > 1 else None

    def of(self, cells: Sequence[str]) -> int:
        """Return the fingerprint of a row; `NO_PRINT` of one that has not the width of the heading."""
        if len(cells) != self._width or self._cells is None:
            return NO_PRINT
        taken = self._start.copy()
        taken.update("\x1f".join(self._cells(cells)).encode("utf-8", "surrogatepass"))
        return int.from_bytes(taken.digest(), "big")


def as_text(print_: int) -> str:
    """Return a fingerprint as it is stored; blank for `NO_PRINT`."""
    return f"{print_:016x}" if print_ != NO_PRINT else ""
