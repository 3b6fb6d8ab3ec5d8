"""Compares a file with the register, row by row, and changes nothing but its own waiting room.

The file is read once. A row that says the very same as last time is known by its fingerprint and looked at no further;
the others are checked, held against the register, and staged in short transactions, so that others can write meanwhile.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

import numpy as np
from django.utils.translation import gettext as _

from medspil.register.bulk import write_rows
from medspil.register.findings import Findings
from medspil.register.fingerprints import Fingerprints
from medspil.register.known import NO_PRINT, Known, Seen
from medspil.register.leases import Clock, Lease, LeaseLost, held
from medspil.register.models import (
    GoneUnit,
    ImportRun,
    ImportState,
    RegisterVersion,
    Unit,
    UnitStatus,
)
from medspil.register.notes import Note
from medspil.register.reading import Bundle, Layout, Tally, UnreadableFile, read_rows
from medspil.register.receiving import require_same_files
from medspil.register.rows import RowChecker
from medspil.register.staging import Batch, Taken, clear_staged
from medspil.register.troubles import ImportTroubled

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
BATCH = 4_000
_STARTABLE = (ImportState.UPLOADED, ImportState.COMPARED, ImportState.FAILED)


class MappingIncomplete(ImportTroubled):
    """A column without which no row can be taken has not been chosen."""


class CannotRead(ImportTroubled):
    """The file stopped making sense on the way; the message is the reader's."""


def require_columns(columns: dict[str, str]) -> None:
    """Raise `MappingIncomplete` unless there are columns for the P-number and the name."""
    if "number" not in columns and "cvr" in columns:
        raise MappingIncomplete(
            _(
                "The file has CVR numbers but no column with P-numbers. Medspil needs the places of work, not only"
                " the companies: order the extract with production units (P-numbers)."
            )
        )
    if "number" not in columns:
        raise MappingIncomplete(_("Choose the column that holds the P-number (10 digits)."))
    if "name" not in columns:
        raise MappingIncomplete(_("Choose the column that holds the name."))


def compare(*, run: ImportRun, clock: Clock, tell: Tell | None = None) -> ImportRun:
    """Compare a file with the register: counts, reasons and samples are kept on the import, the register as it was.

    Raises `ImportBusy`, `MappingIncomplete`, `FileChanged`, `CannotRead`, `LeaseLost`. Can be repeated any time.
    """
    with held(run=run, clock=clock, at=_STARTABLE, become=ImportState.COMPARING, back_to=ImportState.UPLOADED) as lease:
        clear_staged(run)
        run.notes.all().delete()
        require_columns(run.columns)
        bundle = require_same_files(run)
        version, _created = RegisterVersion.objects.get_or_create(pk=1)
        try:
            findings = _Comparison(run=run, bundle=bundle, lease=lease, tell=tell or _silent).make()
        except UnreadableFile as error:
            raise CannotRead(str(error)) from error
        found = findings.as_fields() | {"state": ImportState.COMPARED, "register_version": version.version}
        if not ImportRun.objects.filter(pk=run.pk, lease=lease.token).update(**found):
            raise LeaseLost
        run.state = ImportState.COMPARED
    return run


def _silent(phase: str, done: int, total: int) -> None:
    """Tell nobody."""


class _Comparison:
    """One comparison under way."""

    def __init__(self, *, run: ImportRun, bundle: Bundle, lease: Lease, tell: Tell) -> None:
        self.run, self.bundle, self.lease, self.tell = run, bundle, lease, tell
        self.layout, self.tally = Layout.from_json(run.layout), Tally()
        self.checker = RowChecker(
            layout=self.layout, columns=run.columns, source_date=run.source_date, tally=self.tally
        )
        self.prints = Fingerprints(run=run, layout=self.layout, at=self.checker.at)
        self.findings = Findings(run=run, header=self.layout.header, tally=self.tally)
        self.known, self.seen = Known.load(), Seen()
        self.tally.known, self.tally.beat = self.known.numbers, self._goes_on

    def make(self) -> Findings:
        with self.findings:
            for rows in _batched(read_rows(self.bundle, self.layout, self.tally), BATCH):
                self._take(rows)
                self.findings.rows += len(rows)
                self.lease.row = self.findings.rows
                self.lease.renew()
                self.tell("comparing", self.findings.rows, self._expected())
            if self.run.complete:
                self._find_gone()
        return self.findings

    def _goes_on(self) -> None:
        """Say that the work goes on while a reader has no rows yet."""
        self.lease.renew()
        self.tell("reading", round(self.tally.share * 100), 100)

    def _expected(self) -> int:
        """Return about how many rows there are, by how much of the source has been read; 0 when nobody knows."""
        share = self.tally.share
        return max(self.findings.rows, round(self.findings.rows / share)) if share > 0 else 0

    def _take(self, rows: list[tuple[int, list[str]]]) -> None:
        """Count the rows that say the same as last time and those that are only history; look at the others."""
        numbers = np.array([self.checker.number_of(cells) for _row, cells in rows], np.int64)
        prints = np.array([self.prints.of(cells) for _row, cells in rows], np.uint64)
        known, same = self.known.compare(numbers, prints)
        readable = numbers > 0
        history = np.zeros(len(rows), np.bool_)
        for at in np.flatnonzero(readable & ~known).tolist():
            history[at] = self.checker.has_ceased(rows[at][1])
        self.tally.add("ceased_before", int(history.sum()))
        told = readable & ~history
        repeats = self.seen.take(numbers[told], np.array([row for row, _cells in rows], np.int64)[told])
        if repeats:
            same &= np.array([row not in repeats for row, _cells in rows])
        self.findings.unchanged += int(same.sum())
        batch = Batch(run=self.run, layout=self.layout, findings=self.findings)
        for at in np.flatnonzero(~same & ~history).tolist():
            row, cells = rows[at]
            self._check(batch, row, cells, earlier=repeats.get(row), print_=int(prints[at]), known=bool(known[at]))
        batch.stage()

    def _check(
        self, batch: Batch, row: int, cells: list[str], *, earlier: int | None, print_: int, known: bool
    ) -> None:
        """Check a row: it is rejected or taken."""
        number, facts, notes = self.checker.check(cells)
        if facts is None:
            self.findings.note(row, notes, cells, number=number)
        elif earlier is not None:
            note = Note("number", "duplicate", f"{number} (#{earlier}, #{row})", True)
            self.findings.note(row, [note], cells, number=number)
        else:
            # What changes with the days is read anew each time.
            lasting = not facts.get("ended_on") or facts["ended_on"] <= self.run.source_date
            batch.take(Taken(row, cells, number, facts, notes, print_ if lasting else NO_PRINT, known))

    def _find_gone(self) -> None:
        """Stage the units of this source that the file no longer holds."""
        ours = Unit.objects.filter(source=self.run.source).exclude(status=UnitStatus.CEASED).order_by()
        numbers = array("q", ours.values_list("number", flat=True).iterator(chunk_size=20_000))
        gone = self.seen.lacks(numbers).tolist()
        for chunk in _batched(gone, 20_000):
            write_rows(GoneUnit, ("run_id", "number"), [(self.run.pk, number) for number in chunk])
            self.lease.renew()
        self.findings.found_gone(gone[: self.findings.SAMPLES], count=len(gone), of=len(numbers))


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
