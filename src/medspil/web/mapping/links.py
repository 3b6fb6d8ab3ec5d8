"""How many links each resource has; the size of its sign on the map."""

from collections.abc import Iterable, Mapping
from math import log1p

from medspil.mapping.models import Resource

MOST = 8  # from so many links on, a sign grows no larger


def links_of(resources: Iterable[Resource]) -> Mapping[int, int]:
    """Return the number of links of each resource that has any."""
    return dict.fromkeys((one.pk for one in resources), 0)


def size(links: int) -> float:
    """Return the size of a sign, from 0 to 1: the first links count most."""
    return 0.3 + 0.7 * min(1.0, log1p(links) / log1p(MOST))
