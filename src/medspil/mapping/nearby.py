"""How many companies near an area could bring a kind of resource, by their industry: counted now, never stored."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from medspil.areas.models import Area
from medspil.catalogue.fits import could_give
from medspil.register.index import RegisterNotReady
from medspil.register.near import industries_within

REACH_KM = 5
REACHES_KM = (2, 5, 10, 20)


class NotCounted(StrEnum):
    """Why it is not known how many companies could."""

    NO_PLACE = "no_place"  # the area has no place on the map
    NOT_READY = "not_ready"  # the register has no index
    NOT_ALLOWED = "not_allowed"  # the person may not look companies up


@dataclass(frozen=True, slots=True)
class Nearby:
    """How many places of work near an area could bring each kind; without counts it says why."""

    reach_km: int
    counts: dict[str, int] = field(default_factory=dict)
    why_not: NotCounted | None = None

    def of(self, kind: str) -> int | None:
        """Return how many could bring a kind; None when that is not known."""
        return self.counts.get(kind) if self.why_not is None else None


def nearby(area: Area, kinds: Collection[str], *, reach_km: int = REACH_KM, may_look: bool = True) -> Nearby:
    """Count the companies around the middle of an area whose industry could bring each kind.

    In business and without advertising protection, as a ranking would propose them. Speaks of industries, never of a
    company's will.
    """
    if not may_look:
        return Nearby(reach_km, why_not=NotCounted.NOT_ALLOWED)
    if area.x is None or area.y is None:
        return Nearby(reach_km, why_not=NotCounted.NO_PLACE)
    try:
        industries = industries_within(x=area.x, y=area.y, reach_m=reach_km * 1000.0)
    except RegisterNotReady:
        return Nearby(reach_km, why_not=NotCounted.NOT_READY)
    counts = {
        kind: sum(number for (code, system), number in industries.items() if could_give(kind, code, system))
        for kind in kinds
    }
    return Nearby(reach_km, counts)
