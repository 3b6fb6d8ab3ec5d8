"""Compares a file with the register, row by row, and changes nothing but its own waiting room.

The file is read twice: once for the numbers (how many rows, which come twice, which are missing), once for the facts.
What would be added or changed is staged in short transactions, so that others can write meanwhile.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from medspil.register.findings import Findings
from medspil.register.leases import Clock, ImportTroubled, Lease, LeaseLost, held
from medspil.register.models import GoneUnit, ImportRun, ImportState, RegisterVersion, StagedUnit, Unit, UnitStatus
from medspil.register.reading import Bundle, Layout, Tally, UnreadableFile, read_rows
from medspil.register.receiving import require_same_files
from medspil.register.rows import RowChecker
from medspil.register.staging import Batch

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
BATCH = 2_000
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


def clear_staged(run: ImportRun) -> None:
    """Empty an import's waiting room, in short transactions."""
    for model in (StagedUnit, GoneUnit):
        waiting = model._default_manager.filter(run_id=run.pk)
        while True:
            some = list(waiting.order_by("pk").values_list("pk", flat=True)[:5_000])
            if not some:
                break
            waiting.filter(pk__lte=some[-1])._raw_delete(waiting.db)


def _silent(phase: str, done: int, total: int) -> None:
    """Tell nobody."""


class _Comparison:
    """One comparison under way."""

    def __init__(self, *, run: ImportRun, bundle: Bundle, lease: Lease, tell: Tell) -> None:
        self.run, self.bundle, self.lease, self.tell = run, bundle, lease, tell
        self.layout = Layout.from_json(run.layout)
        self.tally = Tally()
        self.checker = RowChecker(
            layout=self.layout, columns=run.columns, source_date=run.source_date, tally=self.tally
        )
        self.findings = Findings(run=run, header=self.layout.header, tally=self.tally)

    def make(self) -> Findings:
        numbers, first_rows = self._numbers()
        with self.findings:
            done = 0
            for rows in _batched(read_rows(self.bundle, self.layout, self.tally), BATCH):
                batch = Batch(run=self.run, layout=self.layout, findings=self.findings)
                for row, cells in rows:
                    batch.take(row, cells, self.checker.check(cells), first_rows.get(row))
                batch.stage()
                done += len(rows)
                self.lease.renew()
                self.tell("comparing", done, self.findings.rows)
            if self.run.complete:
                self._find_gone(numbers)
        return self.findings

    def _numbers(self) -> tuple[npt.NDArray[np.int64], dict[int, int]]:
        """Return all numbers sorted, and {row: the earlier row with the same number}. Sixteen bytes a row."""
        numbers, rows = array("q"), array("q")
        total = 0
        for row, cells in read_rows(self.bundle, self.layout, Tally()):
            total += 1
            number = self.checker.number_of(cells)
            if number:
                numbers.append(number)
                rows.append(row)
            if total % 20_000 == 0:
                self.lease.renew()
                self.tell("reading", total, 0)
        self.findings.rows = total
        found, at = np.frombuffer(numbers, np.int64), np.frombuffer(rows, np.int64)
        order = np.argsort(found, kind="stable")
        found, at = found[order], at[order]
        repeats = np.flatnonzero(found[1:] == found[:-1]) + 1
        firsts = at[np.searchsorted(found, found[repeats], "left")]
        return found, dict(zip(at[repeats].tolist(), firsts.tolist(), strict=True))

    def _find_gone(self, numbers: npt.NDArray[np.int64]) -> None:
        """Stage the units of this source that the file no longer holds."""
        ours = Unit.objects.filter(source=self.run.source).exclude(status=UnitStatus.CEASED).order_by("number")
        gone, ours_in_all = array("q"), 0
        for some in _batched(ours.values_list("number", flat=True).iterator(chunk_size=20_000), 20_000):
            ours_in_all += len(some)
            here = np.array(some, np.int64)
            gone.extend(here[~np.isin(here, numbers)].tolist())
            self.lease.renew()
        for chunk in _batched(gone, 5_000):
            GoneUnit.objects.bulk_create([GoneUnit(run=self.run, number=number) for number in chunk], batch_size=400)
        self.findings.found_gone(list(gone[: self.findings.SAMPLES]), count=len(gone), of=ours_in_all)


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
