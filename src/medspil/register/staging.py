"""Holds checked rows against the register and writes what differs to the import's waiting room."""

from datetime import date
from typing import Any, NamedTuple

from medspil.register.bulk import empty, write_rows
from medspil.register.findings import Findings
from medspil.register.fingerprints import as_text
from medspil.register.known import NO_PRINT
from medspil.register.models import GoneUnit, ImportRun, PointQuality, StagedPrint, StagedUnit, Unit, UnitFacts
from medspil.register.notes import Note
from medspil.register.reading import Layout

FACTS = tuple(field.name for field in UnitFacts._meta.fields)
_BLANK: dict[str, Any] = {
    field.name: field.get_default() for field in UnitFacts._meta.fields if field.has_default()
} | {field.name: None if field.null else "" for field in UnitFacts._meta.fields if not field.has_default()}
_POINT = ("x", "y", "point_quality")
# Both databases take days as text, and SQLite takes them no other way.
_DAYS = ("started_on", "ended_on", "source_date")
_COLUMNS = ("run_id", "number", *FACTS)
_PRINT_COLUMNS = ("run_id", "number", "fingerprint")


def clear_staged(run: ImportRun) -> None:
    """Empty an import's waiting room."""
    for model in (StagedUnit, StagedPrint, GoneUnit):
        empty(model, run_id=run.pk)


class Taken(NamedTuple):
    """A row that was checked and is good: its facts, its fingerprint, and whether the register knows the unit."""

    row: int
    cells: list[str]
    number: int
    facts: dict[str, Any]
    notes: list[Note]
    print: int
    known: bool


class Batch:
    """Some thousand rows on their way: taken one by one, then compared and staged together."""

    def __init__(self, *, run: ImportRun, layout: Layout, findings: Findings) -> None:
        self.run, self.findings = run, findings
        self._taken: list[Taken] = []
        self._staged: list[list[Any]] = []
        self._prints: list[tuple[int, int, str]] = []
        self._newest = ImportRun.objects.newest_days()
        # What a new unit says where the file says nothing.
        self._new = _BLANK | {"protected": layout.silent_is_protected}
        self._told = {"source": run.source, "source_date": run.source_date, "made_up": run.made_up}

    def take(self, taken: Taken) -> None:
        """Take a good row."""
        self._taken.append(taken)

    def stage(self) -> None:
        """Compare with the register, and write what would be added or changed to the waiting room."""
        known = [one.number for one in self._taken if one.known]
        rows = Unit.objects.filter(number__in=known).values_list("number", *FACTS) if known else []
        old = {row[0]: dict(zip(FACTS, row[1:], strict=True)) for row in rows}
        for one in self._taken:
            if one.number in old:
                self._compare(one, old[one.number])
            else:
                self.findings.added += 1
                self.findings.sample("added", one.number, one.facts["name"])
                self.findings.note(one.row, one.notes, one.cells, number=one.number)
                self._stage(one, self._new, self._told)
        if self._staged:
            write_rows(StagedUnit, _COLUMNS, self._staged)
        if self._prints:
            write_rows(StagedPrint, _PRINT_COLUMNS, self._prints)
        self.findings.write_notes()

    def _compare(self, one: Taken, old: dict[str, Any]) -> None:
        """Stage the unit as it would be, or only its fingerprint when the row tells the same in another way."""
        facts, notes = one.facts, one.notes
        if _keeps_better_point(old, facts):
            facts = {name: value for name, value in facts.items() if name not in _POINT}
        belongs = self._told
        if self._lifts_newer_protection(old, facts):
            # It goes on to belong to the newer source: what this file says of it again must not lift it either.
            belongs = belongs | {name: old[name] for name in ("source", "source_date")}
            facts = facts | {"protected": True}
            notes = [*notes, Note("protected", "protection_kept", old["source"], False)]
            one = one._replace(print=NO_PRINT)  # nor is the same row in a newer file to pass as known
        elif old["source"] != self.run.source:
            notes = [*notes, Note("source", "other_source", old["source"], False)]
        told = facts | {name: belongs[name] for name in ("source", "made_up")}
        changes = [(name, old[name], value) for name, value in told.items() if old[name] != value]
        self.findings.note(one.row, notes, one.cells, number=one.number)
        if not changes:
            self.findings.unchanged += 1
            if old["fingerprint"] != as_text(one.print):
                self._prints.append((self.run.pk, one.number, as_text(one.print)))
            return
        self.findings.changed += 1
        self.findings.fields.update(name for name, _old, _new in changes)
        self.findings.sample("changed", one.number, one.facts["name"], changes)
        self._stage(one._replace(facts=facts), old, belongs)

    def _lifts_newer_protection(self, old: dict[str, Any], facts: dict[str, Any]) -> bool:
        """Whether a file says that a unit is not protected, of which a newer source said that it is."""
        told: date = max(old["source_date"], self._newest.get(old["source"], old["source_date"]))
        return bool(old["protected"] and facts.get("protected") is False and told > self.run.source_date)

    def _stage(self, one: Taken, rest: dict[str, Any], belongs: dict[str, Any]) -> None:
        whole = {**rest, **one.facts, **belongs, "fingerprint": as_text(one.print)}
        for name in _DAYS:
            if whole[name] is not None:
                whole[name] = whole[name].isoformat()
        self._staged.append([self.run.pk, one.number, *(whole[name] for name in FACTS)])


def _keeps_better_point(old: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Whether the register knows the place better than a file that only tells the postal code."""
    return (
        old["point_quality"] in (PointQuality.ADDRESS, PointQuality.STREET)
        and facts.get("point_quality") in (PointQuality.POSTCODE, PointQuality.NONE)
        and old["postcode"] == facts.get("postcode", old["postcode"])
        and old["address"] == facts.get("address", old["address"])
    )
