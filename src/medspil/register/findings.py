"""What a comparison found: counts, reasons, samples for the page, notes on rows, and the file of rejected rows."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from medspil.common.tables import Cell, csv_lines
from medspil.register.models import ImportRun, RowNote, Unit
from medspil.register.notes import Note, reason
from medspil.register.reading import Tally, asks_columns
from medspil.register.rejected import kept_cells

# Samples shown, and notes kept, per reason; the counts are complete, and so is the file of rejected rows.
NOTES_PER_REASON = 200
# A complete file that lacks more than this share of a source is more likely cut off than true.
MANY_GONE_SHARE, MANY_GONE_FROM = 0.10, 10


class Findings:
    """Collects what a comparison finds; a context manager, because the rejected rows go to a file on the way."""

    SAMPLES = 20

    def __init__(self, *, run: ImportRun, header: tuple[str, ...], tally: Tally) -> None:
        self.run, self.header, self.tally = run, header, tally
        self.rows = self.added = self.changed = self.unchanged = self.rejected = self.warned = self.gone = 0
        self.reasons: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        self.samples: dict[str, list[dict[str, Any]]] = {"added": [], "changed": [], "gone": []}
        self.units_of_source = 0
        self._tells_rows = asks_columns(run.layout["kind"])
        self._waiting: list[RowNote] = []
        self._rejected: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._rejected = TemporaryFile(dir=_big_enough())
        heading = (_("Row"), _("Field"), _("Value"), _("Problem"), _("What you can do"), *self.header)
        self._rejected.writelines(csv_lines(heading, []))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.write_notes()
        if self._rejected is None:
            return
        if kind is None and self.run.rejected_file:
            self.run.rejected_file.delete(save=False)
        if kind is None and self.rejected:
            self._rejected.seek(0)
            self.run.rejected_file.save(f"{uuid4().hex}.csv", File(self._rejected), save=False)
        self._rejected.close()

    def note(self, row: int, notes: list[Note], cells: list[str], *, number: int = 0) -> None:
        """Count the notes on a row, and keep them as long as there are not too many of a kind.

        Where rows are joined of several files a row number says nothing: there the P-number stands in the value.
        """
        if not notes:
            return
        if notes[0].rejected:
            self.rejected += 1
            self._keep_row(row, notes[0], cells)
        else:
            self.warned += 1
        where = f"P {number}: " if number and not self._tells_rows else ""
        for note in notes:
            self.reasons[note.code] += 1
            if self.reasons[note.code] <= NOTES_PER_REASON:
                kept = note._replace(value=_storable(where + note.value))
                self._waiting.append(RowNote(run=self.run, row=row, **kept._asdict()))

    def _keep_row(self, row: int, note: Note, cells: list[str]) -> None:
        if self._rejected is not None:
            why = reason(note.code)
            kept = kept_cells(cells, header=self.header, columns=self.run.columns)
            line: list[Cell] = [row, note.field, note.value, str(why.problem), str(why.advice), *kept]
            self._rejected.writelines(csv_lines((), [line]))

    def sample(self, kind: str, number: int, name: str, changes: list[tuple[str, Any, Any]] | None = None) -> None:
        """Keep the first few units of a kind for the page: {number, name, changes: [field, old, new]}."""
        kept = self.samples[kind]
        if len(kept) < self.SAMPLES:
            told = [[field, _shown(old), _shown(new)] for field, old, new in changes or []]
            kept.append({"number": number, "name": name, "changes": told})

    def found_gone(self, first: list[int], *, count: int, of: int) -> None:
        """Keep how many units the file lacks, and the first of them with their names."""
        self.gone, self.units_of_source = count, of
        names = dict(Unit.objects.filter(number__in=first).values_list("number", "name"))
        for number in first:
            self.sample("gone", number, names.get(number, ""))

    def write_notes(self) -> None:
        """Store the notes kept so far."""
        if self._waiting:
            RowNote.objects.bulk_create(self._waiting, batch_size=100)
            self._waiting = []

    @property
    def many_gone(self) -> bool:
        """Whether so much is missing that the file is probably not whole."""
        return self.gone > max(MANY_GONE_FROM, self.units_of_source * MANY_GONE_SHARE)

    def as_fields(self) -> dict[str, Any]:
        """Return what is stored on the import once it is compared."""
        run = self.run
        latest = ImportRun.objects.latest_applied(run.source)
        older = latest is not None and latest.source_date > run.source_date
        return {
            "rows_total": self.rows,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "gone": self.gone,
            "rejected": self.rejected,
            "warned": self.warned,
            "rejected_file": run.rejected_file.name or "",
            "findings": {
                "reasons": dict(self.reasons.most_common()),
                "fields": dict(self.fields.most_common()),
                "samples": self.samples,
                "notes_per_reason": NOTES_PER_REASON,
                "many_gone": self.many_gone,
                "units_of_source": self.units_of_source,
                "older_than": latest.source_date.isoformat() if latest is not None and older else "",
                "silent_on_protection": "protected" not in run.columns,
            }
            | self.tally.as_json(),
        }


def _big_enough() -> Path:
    """Return the data folder: the machine's folder for temporary files may be small, or memory."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _storable(text: str) -> str:
    """Return text that both databases store: no null, no half of a sign."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()[:200]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:200]
