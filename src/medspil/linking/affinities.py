"""The affinity table that comes with the catalogue, read once per process."""

from functools import cache
from importlib.resources import as_file, files

from medspil.matching import AffinityTable, read_affinity_csv


@cache
def affinities() -> AffinityTable:
    """Return the table industry × kind of resource that every ranking uses."""
    with as_file(files("medspil.catalogue").joinpath("data", "affinity.csv")) as path:
        return read_affinity_csv(path)
