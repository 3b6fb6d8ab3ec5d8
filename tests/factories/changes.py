"""Makes imports that were applied, and what they changed about companies."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from medspil.register.models import ImportRun, ImportState, Unit, UnitChange
from tests.factories import companies

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def applied_run(source: str = "prøve", **fields: Any) -> ImportRun:
    """Make an import that was applied."""
    facts: dict[str, Any] = {
        "source_date": date(2026, 11, 15),
        "file_name": "register.csv",
        "created_at": NOW,
        "finished_at": NOW,
        "state": ImportState.APPLIED,
    } | fields
    return ImportRun.objects.create(creation_key=uuid4(), source=source, **facts)


def change(run: ImportRun, kind: str = "new", unit: Unit | None = None, **fields: Any) -> UnitChange:
    """Make a change of a unit, where the unit lies."""
    of = unit or companies.unit(f"Virksomhed {kind}")
    facts: dict[str, Any] = {"x": of.x, "y": of.y, "municipality": of.municipality} | fields
    return UnitChange.objects.create(run=run, unit=of, kind=kind, **facts)
