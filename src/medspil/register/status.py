"""What is in the register: how much, from which sources, how old, and whether it can be searched."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from medspil.matching import PRIVATE, PUBLIC, VOLUNTARY
from medspil.register.forms import sector_of
from medspil.register.index import IndexState, index_state
from medspil.register.models import ImportRun, ImportState, Unit, UnitStatus

SECTORS = {PRIVATE: "private", PUBLIC: "public", VOLUNTARY: "voluntary"}


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: its units, the date of its newest data, and how old that is."""

    name: str
    units: int
    date: date
    age_days: int
    made_up: bool


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """The whole register."""

    units: int
    active: int
    protected: int
    by_status: dict[str, int]
    by_sector: dict[str, int]
    by_point: dict[str, int]
    sources: tuple[SourceStatus, ...]
    index: IndexState

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        index = {"ready": self.index.info is not None, "current": self.index.current, "problem": self.index.problem}
        sources = [asdict(source) | {"date": source.date.isoformat()} for source in self.sources]
        return {
            "units": self.units,
            "active": self.active,
            "protected": self.protected,
            "by_status": self.by_status,
            "by_sector": self.by_sector,
            "by_point": self.by_point,
            "sources": sources,
            "index": index,
        }


def register_status(*, today: date) -> RegisterStatus:
    """Count the register; three passes over it, so at a million units a page of some seconds, not of every day."""
    by_status = _counts("status")
    by_sector: Counter[str] = Counter()
    active = Unit.objects.active()
    for form, count in active.values_list("company_form").annotate(n=Count("pk")).order_by():
        by_sector[SECTORS[sector_of(form)]] += count
    by_point = dict(active.values_list("point_quality").annotate(n=Count("pk")).order_by())
    return RegisterStatus(
        units=sum(by_status.values()),
        active=by_status.get(UnitStatus.ACTIVE, 0),
        protected=active.filter(protected=True).count(),
        by_status=by_status,
        by_sector=dict(by_sector),
        by_point=by_point,
        sources=_sources(today),
        index=index_state(),
    )


def source_date(unit: Unit) -> date:
    """Return how new what we know of a unit is: the newest whole file of its source would have told otherwise."""
    latest = ImportRun.objects.latest_applied(unit.source)
    if latest is None or not latest.complete:
        return unit.source_date
    return max(latest.source_date, unit.source_date)


def _counts(field: str) -> dict[str, int]:
    return dict(Unit.objects.values_list(field).annotate(n=Count("pk")).order_by())


def _sources(today: date) -> tuple[SourceStatus, ...]:
    imported = dict(
        ImportRun.objects.filter(state=ImportState.APPLIED)
        .values_list("source")
        .annotate(newest=Max("source_date"))
        .order_by()
    )
    rows = (
        Unit.objects.values_list("source")
        .annotate(n=Count("pk"), newest=Max("source_date"), made_up=Count("pk", filter=Q(made_up=True)))
        .order_by("source")
    )
    found = []
    for name, units, newest, made_up in rows:
        day = max(newest, imported.get(name, newest))
        found.append(SourceStatus(name, units, day, (today - day).days, made_up == units))
    return tuple(found)
