"""What is in the register: how much, from which sources, how old, what changed last, and whether it can be searched."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q

from medspil.register.counts import Counts, count_register
from medspil.register.freshness import is_stale, stale_days, stale_sentence, whole_imports
from medspil.register.index import IndexState, index_state
from medspil.register.models import ImportRun, RegisterVersion, Unit, UnitChange
from medspil.register.models.changes import latest_imports


@dataclass(frozen=True, slots=True)
class LastImport:
    """What the newest import of a source changed; `kinds` counts what people near it would hear of."""

    pk: int
    day: date
    finished_at: datetime | None
    complete: bool
    added: int
    changed: int
    gone: int
    unchanged: int
    rejected: int
    fields: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    parts: dict[str, date] = field(default_factory=dict)  # what came in files of its own, each with its day


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: its units, the date of its newest data, how old that is, and its last import."""

    name: str
    units: int
    date: date
    age_days: int
    made_up: bool
    stale: bool = False
    last: LastImport | None = None


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """The whole register."""

    counts: Counts
    sources: tuple[SourceStatus, ...]
    index: IndexState
    stale: str = ""
    stale_days: int = 0

    @property
    def units(self) -> int:
        """Return how many units there are, whatever their state."""
        return self.counts.all.active + self.counts.all.closed

    @property
    def active(self) -> int:
        """Return how many units are in business."""
        return self.counts.all.active

    @property
    def protected(self) -> int:
        """Return how many active units are protected from advertising."""
        return self.counts.all.protected

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        index = {"ready": self.index.info is not None, "current": self.index.current, "problem": self.index.problem}
        return {
            "units": self.units,
            "active": self.active,
            "protected": self.protected,
            "size_unknown": self.counts.all.size_unknown,
            "by_status": self.counts.by_status,
            "by_sector": self.counts.by_sector,
            "by_point": self.counts.by_point,
            "by_municipality": {code: asdict(tally) for code, tally in sorted(self.counts.by_municipality.items())},
            "by_industry": [
                {"code_system": system, "division": division, **asdict(tally)}
                for (system, division), tally in sorted(self.counts.by_industry.items())
            ],
            "sources": [_plain(source) for source in self.sources],
            "stale": self.stale,
            "stale_days": self.stale_days,
            "index": index,
        }


def register_status(*, today: date) -> RegisterStatus:
    """Return how the register stands.

    It was counted when its index was built; counting it anew, where it was changed since, takes a few seconds for a
    million units.
    """
    return RegisterStatus(
        counts=_counts(),
        sources=_sources(today),
        index=index_state(),
        stale=stale_sentence(today=today),
        stale_days=stale_days(),
    )


def source_date(unit: Unit) -> date:
    """Return how new what we know of a unit is: the newest whole file of its source would have told otherwise."""
    latest = ImportRun.objects.latest_applied(unit.source)
    if latest is None or not latest.complete:
        return unit.source_date
    return max(latest.source_date, unit.source_date)


def _counts() -> Counts:
    version = RegisterVersion.objects.filter(pk=1).first()
    if version and version.version and version.indexed_version == version.version:
        counted = version.indexed_with.get("counts")
        return Counts.from_json(counted) if counted else count_register()
    return count_register()


def _sources(today: date) -> tuple[SourceStatus, ...]:
    """Return the sources, the newest data first."""
    whole, last = whole_imports(), _last_imports()
    rows = (
        Unit.objects.values_list("source")
        .annotate(n=Count("pk"), newest=Max("source_date"), made_up=Count("pk", filter=Q(made_up=True)))
        .order_by("source")
    )
    found = []
    for name, units, newest, made_up in rows:
        day = max(newest, whole.get(name, newest))
        age = (today - day).days
        stale = is_stale(day, today=today)
        found.append(SourceStatus(name, units, day, age, made_up == units, stale, last.get(name)))
    return tuple(sorted(found, key=lambda source: source.date, reverse=True))


def _last_imports() -> dict[str, LastImport]:
    """Return the newest applied import of each source with what it changed. Three small queries."""
    runs = list(ImportRun.objects.filter(pk__in=latest_imports()))
    kinds: dict[int, dict[str, int]] = {}
    changes = UnitChange.objects.filter(run__in=runs).values_list("run_id", "kind").annotate(n=Count("pk"))
    for run_id, kind, number in changes.order_by():
        kinds.setdefault(run_id, {})[kind] = number
    return {
        run.source: LastImport(
            pk=run.pk,
            day=run.source_date,
            finished_at=run.finished_at,
            complete=run.complete,
            added=run.added,
            changed=run.changed,
            gone=run.gone,
            unchanged=run.unchanged,
            rejected=run.rejected,
            fields=run.findings.get("fields", {}),
            kinds=kinds.get(run.pk, {}),
            parts={code: date.fromisoformat(day) for code, day in run.findings.get("days", {}).items()},
        )
        for run in runs
    }


def _plain(source: SourceStatus) -> dict[str, Any]:
    told = asdict(source) | {"date": source.date.isoformat(), "last": None}
    if source.last:
        last = asdict(source.last)
        finished = source.last.finished_at
        last |= {"day": source.last.day.isoformat(), "finished_at": finished.isoformat() if finished else None}
        told["last"] = last | {"parts": {code: day.isoformat() for code, day in source.last.parts.items()}}
    return told
