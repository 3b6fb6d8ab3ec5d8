"""Holds a batch of checked rows against the register and stages what differs."""

from typing import Any

from medspil.register.findings import Findings
from medspil.register.models import ImportRun, PointQuality, StagedUnit, Unit, UnitFacts
from medspil.register.notes import Note
from medspil.register.reading import Layout
from medspil.register.rows import Checked, fingerprint

FACTS = tuple(field.name for field in UnitFacts._meta.fields)
_BLANK: dict[str, Any] = {
    field.name: field.get_default() for field in UnitFacts._meta.fields if field.has_default()
} | {field.name: None if field.null else "" for field in UnitFacts._meta.fields if not field.has_default()}
_POINT = ("x", "y", "point_quality")


class Batch:
    """Some thousand rows on their way: taken one by one, then compared and staged together."""

    def __init__(self, *, run: ImportRun, layout: Layout, findings: Findings) -> None:
        self.run, self.layout, self.findings = run, layout, findings
        self._facts: dict[int, dict[str, Any]] = {}
        self._rows: dict[int, tuple[int, list[Note], list[str]]] = {}

    def take(self, row: int, cells: list[str], checked: Checked, earlier_row: int | None) -> None:
        """Take a checked row; a number that came before is rejected, naming both rows."""
        if checked.facts is None:
            self.findings.note(row, checked.notes, cells)
        elif earlier_row is not None:
            note = Note("number", "duplicate", f"{checked.number} (#{earlier_row}, #{row})", True)
            self.findings.note(row, [note], cells)
        else:
            self._facts[checked.number] = checked.facts
            self._rows[checked.number] = (row, checked.notes, cells)

    def stage(self) -> None:
        """Compare with the register, and write what would be added or changed to the waiting room."""
        known = {
            number: (print_, source)
            for number, print_, source in Unit.objects.filter(number__in=self._facts).values_list(
                "number", "fingerprint", "source"
            )
        }
        prints = {
            number: fingerprint(facts, source=self.run.source, made_up=self.run.made_up)
            for number, facts in self._facts.items()
        }
        differing = [number for number, (print_, _source) in known.items() if print_ != prints[number]]
        old = {unit["number"]: unit for unit in Unit.objects.filter(number__in=differing).values("number", *FACTS)}
        staged = []
        for number, facts in self._facts.items():
            row, notes, cells = self._rows[number]
            if number not in known:
                staged.append(self._added(number, facts, prints[number]))
            elif number in old:
                if old[number]["source"] != self.run.source:
                    notes = [*notes, Note("source", "other_source", old[number]["source"], False)]
                staged += self._changed(old[number], facts, prints[number])
            else:
                self.findings.unchanged += 1
            self.findings.note(row, notes, cells)
        StagedUnit.objects.bulk_create(staged, batch_size=400)
        self.findings.write_notes()

    def _unit(self, number: int, facts: dict[str, Any], print_: str) -> StagedUnit:
        whole = _BLANK | facts
        whole |= {
            "source": self.run.source,
            "source_date": self.run.source_date,
            "made_up": self.run.made_up,
            "fingerprint": print_,
        }
        return StagedUnit(run_id=self.run.pk, number=number, **whole)

    def _added(self, number: int, facts: dict[str, Any], print_: str) -> StagedUnit:
        self.findings.added += 1
        self.findings.sample("added", number, facts["name"])
        return self._unit(number, {"protected": self.layout.silent_is_protected} | facts, print_)

    def _changed(self, old: dict[str, Any], facts: dict[str, Any], print_: str) -> list[StagedUnit]:
        """Return the unit as it would be; nothing when the file only tells the same in another way."""
        if _keeps_better_point(old, facts):
            facts = {name: value for name, value in facts.items() if name not in _POINT}
        told = facts | {"source": self.run.source, "made_up": self.run.made_up}
        changes = [(name, old[name], value) for name, value in told.items() if old[name] != value]
        if not changes:
            self.findings.unchanged += 1
            return []
        self.findings.changed += 1
        self.findings.fields.update(name for name, _old, _new in changes)
        self.findings.sample("changed", old["number"], facts["name"], changes)
        kept = {name: old[name] for name in FACTS}
        return [self._unit(old["number"], kept | facts, print_)]


def _keeps_better_point(old: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Whether the register knows the place better than a file that only tells the postal code."""
    return (
        old["point_quality"] in (PointQuality.ADDRESS, PointQuality.STREET)
        and facts.get("point_quality") in (PointQuality.POSTCODE, PointQuality.NONE)
        and old["postcode"] == facts.get("postcode", old["postcode"])
        and old["address"] == facts.get("address", old["address"])
    )
