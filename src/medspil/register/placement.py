"""Finds better places for units that only their postal code places: the middle of their street, or their own address.

A file that comes later and knows the place keeps it or betters it; one that only tells the postal code changes nothing
as long as the address is the same (see staging.py).
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from medspil.geography.streets import street_and_house, street_key
from medspil.register.leases import Clock
from medspil.register.lookup import addresses
from medspil.register.lookup.asking import LookupTroubled
from medspil.register.models import ImportRun, PointQuality, RegisterVersion, Unit, UnitQuerySet, UnitStatus
from medspil.register.reading import datafordeler

T = TypeVar("T")
PACE = 0.5  # seconds between two questions to the address service: nobody else should notice
_PORTION = 2_000
_WRITTEN = 25  # found points are written after so many units, so that little is asked again after a kill
_COARSE = (PointQuality.POSTCODE, PointQuality.NONE)


class Found(NamedTuple):
    """A point for a unit, and the address it is the point of."""

    number: int
    address: str
    postcode: str
    x: float
    y: float


class Placed(NamedTuple):
    """What came of asking: how many units were asked about, how many found, and whether the end was reached."""

    asked: int
    found: int
    finished: bool
    problem: str = ""


def place_by_street(*, now: datetime) -> int:
    """Place units in the middle of the known addresses of their street and postal code; return how many."""
    coarse = Unit.objects.filter(point_quality__in=_COARSE).exclude(address="").exclude(postcode="").order_by()
    known = Unit.objects.filter(point_quality=PointQuality.ADDRESS).exclude(address="").order_by()
    if not known.exists() or not coarse.exists():
        return 0
    middles = _middles(known)
    placed = 0
    rows = coarse.values_list("number", "address", "postcode").iterator(chunk_size=_PORTION)
    for some in _portions(rows, _PORTION):
        found = [Found(*told, *middles[key]) for told in some if (key := _street(*told[1:])) in middles]
        placed += _write(found, quality=PointQuality.STREET, now=now)
    return placed


def place_after_import(*, run: ImportRun, now: datetime) -> int:
    """Place by their street what an import brought without a point; return how many."""
    # A Datafordeler download has all addresses of a street in it, and its reader has looked among those already.
    if run.layout.get("kind") == datafordeler.KIND or not (run.added or run.changed):
        return 0
    return place_by_street(now=now)


def place_by_address(
    *,
    limit: int,
    clock: Clock,
    municipality: str = "",
    pace: float = PACE,
    wait: Callable[[float], None] = time.sleep,
    tell: Callable[[str, int, int], None] | None = None,
) -> Placed:
    """Ask the address service about units that lack their own point, as many as `limit`, and go on there next time.

    Raises `LookupTroubled` when no service is named; trouble on the way ends the work and is told in the answer.
    """
    if not addresses.is_on():
        raise LookupTroubled(_("No address service is named in the settings (MEDSPIL_ADDRESSES)."))
    bookmark = _Bookmark(municipality)
    waiting = list(_lacking(municipality).filter(number__gt=bookmark.number).order_by("number")[:limit])
    asked, placed, problem = 0, 0, ""
    for some in _portions(waiting, _WRITTEN):
        found: list[Found] = []
        for unit in some:
            if asked:
                wait(pace)
            try:
                point = _point_of(unit)
            except LookupTroubled as trouble:
                problem = str(trouble)
                break
            asked += 1
            bookmark.number = unit.number
            if point is not None:
                found.append(Found(unit.number, unit.address, unit.postcode, *point))
        placed += _write(found, quality=PointQuality.ADDRESS, now=clock())
        bookmark.write()
        if tell is not None:
            tell("placing", asked, len(waiting))
        if problem:
            return Placed(asked, placed, finished=False, problem=problem)
    finished = len(waiting) < limit
    if finished:
        bookmark.forget()  # the next time begins again: the service learns of new addresses
    return Placed(asked, placed, finished=finished)


def _lacking(municipality: str) -> UnitQuerySet:
    units = Unit.objects.filter(status=UnitStatus.ACTIVE, made_up=False).exclude(point_quality=PointQuality.ADDRESS)
    units = units.exclude(address="", address_id="")
    return units.filter(municipality=municipality) if municipality else units


def _point_of(unit: Unit) -> tuple[float, float] | None:
    return addresses.point_of(
        address=unit.address, postcode=unit.postcode, municipality=unit.municipality, address_id=unit.address_id
    )


def _middles(known: UnitQuerySet) -> dict[tuple[str, str], tuple[float, float]]:
    """Return {(postal code, street): mean point} of units whose address is known."""
    sums: dict[tuple[str, str], tuple[float, float, int]] = {}
    for address, postcode, x, y in known.values_list("address", "postcode", "x", "y").iterator(chunk_size=_PORTION):
        if x is not None and y is not None:
            key = _street(address, postcode)
            east, north, count = sums.get(key, (0.0, 0.0, 0))
            sums[key] = (east + x, north + y, count + 1)
    return {key: (round(east / count, 1), round(north / count, 1)) for key, (east, north, count) in sums.items()}


def _street(address: str, postcode: str) -> tuple[str, str]:
    return postcode, street_key(street_and_house(address)[0])


def _write(found: list[Found], *, quality: PointQuality, now: datetime) -> int:
    """Write points of units that still lack a better one and have not moved; the register counts one version on."""
    if not found:
        return 0
    points = {(one.number, one.address, one.postcode): one for one in found}
    worse = {PointQuality.STREET: _COARSE, PointQuality.ADDRESS: (*_COARSE, PointQuality.STREET)}[quality]
    with transaction.atomic():
        # First the version: imports queue at it, and one that was compared before this is compared again.
        RegisterVersion.objects.get_or_create(pk=1)
        RegisterVersion.objects.filter(pk=1).update(version=F("version") + 1, changed_at=now)
        units = Unit.objects.filter(number__in=[one.number for one in found], point_quality__in=worse)
        placed = [unit for unit in units if (unit.number, unit.address, unit.postcode) in points]
        for unit in placed:
            point = points[unit.number, unit.address, unit.postcode]
            unit.x, unit.y, unit.point_quality = point.x, point.y, quality
        Unit.objects.bulk_update(placed, ["x", "y", "point_quality"], batch_size=200)
    return len(placed)


class _Bookmark:
    """How far asking got, in a file: a command that was stopped goes on there."""

    def __init__(self, municipality: str) -> None:
        self._path = Path(settings.DATA_DIR) / f"placing{'-' if municipality else ''}{municipality}.json"
        self.number = 0
        with suppress(OSError, ValueError, TypeError):
            told: Any = json.loads(self._path.read_text())
            self.number = int(told["after"])

    def write(self) -> None:
        """Keep the number of the last unit asked about."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps({"after": self.number}))
        new.replace(self._path)

    def forget(self) -> None:
        """Begin from the start the next time."""
        self._path.unlink(missing_ok=True)


def _portions(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while some := list(islice(iterator, size)):
        yield some
