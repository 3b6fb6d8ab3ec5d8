"""The affinity table that comes with the catalogue, read once per process, and the names of its rows."""

from functools import cache
from importlib.resources import as_file, files
from types import MappingProxyType
from typing import TYPE_CHECKING

from medspil.matching import AffinityTable, read_affinity_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = files("medspil.catalogue").joinpath("data", "affinity.csv")


@cache
def affinities() -> AffinityTable:
    """Return the table industry × kind of resource that every ranking uses."""
    with as_file(_FILE) as path:
        return read_affinity_csv(path)


@cache
def row_names() -> "Mapping[tuple[str, str], tuple[str, str]]":
    """Return the Danish and the English name of each row, by prefix and code system."""
    names = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "prefix;")) or not line.strip():
            continue
        prefix, system, name_da, name_en = line.split(";")[:4]
        names[prefix.strip(), system.strip()] = (name_da.strip(), name_en.strip())
    return MappingProxyType(names)
