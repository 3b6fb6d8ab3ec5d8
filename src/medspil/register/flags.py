"""Flags on companies in use: one that has ceased, is being wound up or has turned protected since we chose it.

Worked out from the register whenever somebody looks; nothing is stored twice. Shortlists, organisations and whatever
else keeps a company ask here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from medspil.register.models import ChangeKind, Unit, UnitChange, UnitStatus


class FlagKind(StrEnum):
    """What is wrong with a company in use, the gravest first."""

    CEASED = "ceased"
    CLOSING = "closing"
    PROTECTED = "protected"


_TOLD_BY: dict[FlagKind, tuple[ChangeKind, ...]] = {
    FlagKind.CEASED: (ChangeKind.CEASED, ChangeKind.GONE),
    FlagKind.CLOSING: (ChangeKind.CLOSING,),
    FlagKind.PROTECTED: (ChangeKind.PROTECTED,),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag on one unit: what is wrong and since when; no day where the register does not tell one."""

    unit: Unit
    kind: FlagKind
    day: date | None
    gone: bool = False  # the register's file no longer holds it, rather than says that it has ceased

    @property
    def closed(self) -> bool:
        """Return whether nothing can be planned with the company, rather than that it may not be approached."""
        return self.kind is not FlagKind.PROTECTED


def flagged(path: str = "") -> Q:
    """Return the condition that a unit would be flagged; `path` leads to it, as in `unit__`."""
    return Q(**{f"{path}protected": True}) | ~Q(**{f"{path}status": UnitStatus.ACTIVE})


def flag_kind(unit: Unit) -> FlagKind | None:
    """Return what is wrong with a unit as the register knows it now."""
    if unit.status == UnitStatus.CEASED:
        return FlagKind.CEASED
    if unit.status == UnitStatus.CLOSING:
        return FlagKind.CLOSING
    return FlagKind.PROTECTED if unit.protected else None


def flags_of(units: Iterable[Unit], *, since: Mapping[int, datetime] | None = None) -> dict[int, Flag]:
    """Return the flags of units by P-number. One query, and none where nothing is wrong.

    A shortlist takes no company that is closed or protected, so whatever is wrong now has come since. What may have
    been protected already when it was taken into use names that moment in `since`: protection then counts only where
    an import has told of it later, for as long as changes are kept.
    """
    wrong = {unit.number: (unit, kind) for unit in units if (kind := flag_kind(unit))}
    told = _told(wrong)
    flags = {}
    for number, (unit, kind) in wrong.items():
        change = told.get((number, kind))
        if kind is FlagKind.PROTECTED and since is not None and not _after(change, since.get(number)):
            continue
        ended = unit.ended_on if kind is FlagKind.CEASED else None
        day = ended or (change.run.source_date if change else None)
        flags[number] = Flag(unit, kind, day, gone=change is not None and change.kind == ChangeKind.GONE)
    return flags


def _told(wrong: Iterable[int]) -> dict[tuple[int, FlagKind], UnitChange]:
    """Return the newest change that told of each thing that is wrong."""
    numbers = list(wrong)
    if not numbers:
        return {}
    kinds = {told_by: kind for kind, kinds in _TOLD_BY.items() for told_by in kinds}
    changes = UnitChange.objects.filter(unit__in=numbers, kind__in=list(kinds)).select_related("run").order_by("pk")
    return {(change.unit_id, kinds[ChangeKind(change.kind)]): change for change in changes}


def _after(change: UnitChange | None, moment: datetime | None) -> bool:
    finished = change.run.finished_at if change else None
    return finished is not None and (moment is None or finished >= moment)
