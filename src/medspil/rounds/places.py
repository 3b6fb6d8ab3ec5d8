"""Where a row lies: its own place, else what its area or the register knows."""

from collections.abc import Iterable
from math import hypot

from medspil.areas.models import Area
from medspil.register.models import Unit
from medspil.rounds.models import Demand, Supply
from medspil.rounds.models.rows import Row

Point = tuple[float, float]


def unit_of(row: Supply) -> Unit | None:
    """Return the entry in the register that a row stands for."""
    return row.unit or (row.organisation.unit if row.organisation else None)


def point_of_demand(row: Demand) -> Point | None:
    """Return where a row that asks lies: without a place of its own in the middle of its area."""
    for place in (row, row.area):
        if place is not None and place.x is not None and place.y is not None:
            return place.x, place.y
    return None


def nearest_area(row: Row, areas: Iterable[Area]) -> Area | None:
    """Return the area whose middle is nearest to a row's own place; None where that is not known."""
    x, y = row.x, row.y
    known = [(hypot(area.x - x, area.y - y), area.pk, area) for area in areas if None not in (area.x, area.y, x, y)]  # type: ignore[operator]
    return min(known)[2] if known else None


def point_of_supply(row: Supply) -> Point | None:
    """Return where a row that gives lies: without a place of its own where the register says."""
    for place in (row, unit_of(row)):
        if place is not None and place.x is not None and place.y is not None:
            return place.x, place.y
    return None
