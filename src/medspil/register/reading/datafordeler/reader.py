"""Reads a Datafordeler download: its files in, the units of the country out, one row each, by P-number."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from django.utils.translation import gettext as _

from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.bundle import Bundle, Row, SourceFile
from medspil.register.reading.datafordeler.ahead import Ahead, ahead
from medspil.register.reading.datafordeler.entities import BY_CODE
from medspil.register.reading.datafordeler.facts import FACTS_IN_ORDER, make_missing, read_facts, read_units
from medspil.register.reading.datafordeler.joined import heading, joined_rows, units
from medspil.register.reading.datafordeler.looking import Seen, look_at
from medspil.register.reading.datafordeler.patience import Join, patient
from medspil.register.reading.datafordeler.points import POINTS_IN_ORDER, read_points
from medspil.register.reading.datafordeler.reading import table_of
from medspil.register.reading.datafordeler.spool import joining, room_told, spool
from medspil.register.reading.datafordeler.whole import (
    require_belonging,
    require_same_time,
    require_whole,
    silent_is_protected,
)
from medspil.register.reading.layout import Layout
from medspil.register.reading.tally import Tally

KIND = "datafordeler"
_READ_SHARE = 0.5  # of the whole reading; the rest is handing the rows on


@dataclass(frozen=True, slots=True)
class Stage:
    """What one step of a reading took: for reports."""

    name: str
    seconds: float
    rows: int


def look(bundle: Bundle) -> Layout:
    """Say which fields these files can tell, or raise `UnreadableFile` with what is missing or wrong."""
    files = require_belonging([_seen(file) for file in bundle])
    return Layout(
        kind=KIND,
        encoding="utf-8",
        delimiter=",",
        header=heading(frozenset(files)),
        day_first=False,
        silent_is_protected=True,
    )


def rows(
    bundle: Bundle,
    layout: Layout,
    tally: Tally,
    *,
    stages: list[Stage] | None = None,
) -> Iterator[Row]:
    """Yield (row, cells under the layout's heading), by P-number.

    When the tally tells the P-numbers of our register, of ceased units only those are handed on; otherwise all are.
    `stages` is filled with what each step took.
    """
    files = require_belonging([_seen(file) for file in bundle], tally)
    with spool() as folder, room_told(), joining(folder) as connection, patient(connection, tally.beat) as join:
        stages = stages if stages is not None else []
        order = [files[code] for code in (*FACTS_IN_ORDER, *POINTS_IN_ORDER) if code in files]
        with ahead(order, folder, tally.beat) as unpacked:
            on, silent = _Reading(join, unpacked, files, tally=tally, stages=stages).read()
        present, total, began = frozenset(files), units(join), perf_counter()
        joined = joined_rows(join, tally, header=layout.header, present=present, on=on, silent_is_protected=silent)
        for row, cells in enumerate(joined, start=1):
            if row % 5_000 == 0:
                tally.share = _READ_SHARE + (1 - _READ_SHARE) * row / max(1, total)
            yield row, cells
        tally.share = 1.0
        stages.append(Stage("join and hand on", perf_counter() - began, total))


def _seen(file: SourceFile) -> Seen:
    seen = look_at(file)
    if seen is None:
        raise UnreadableFile(
            _(
                "%(file)s is none of the files of the business register that are known here."
                " Leave it out, or fetch it again."
            )
            % {"file": file.name}
        )
    return seen


class _Reading:
    """One reading under way: which files are read into which tables, and how long each step took."""

    def __init__(
        self,
        join: Join,
        unpacked: Ahead,
        files: dict[str, Seen],
        *,
        tally: Tally,
        stages: list[Stage],
    ) -> None:
        self.join, self.unpacked, self.files = join, unpacked, files
        self.tally, self.stages = tally, stages
        self._bytes = sum(seen.file.path.stat().st_size for seen in files.values()) or 1
        self._read = 0

    def read(self) -> tuple[str, bool]:
        """Read all files and hold them against each other; return the day they are of, and what silence means."""
        present = frozenset(self.files)
        with self._timed("number units and companies"):
            on = read_units(self.join, self.load, self.tally)
        with self._timed("keep the newest of each fact"):
            make_missing(self.join, frozenset(BY_CODE) - present)
            read_facts(self.join, self.load, self.tally, files=present, on=on)
        with self._timed("hold the files against each other"):
            require_same_time(self.join, self.files, self.tally)
            require_whole(self.join, self.files)
            silent = silent_is_protected(self.join, self.files)
        with self._timed("place units and streets"):
            read_points(self.join, self.load, present=present, on=on)
        return on, silent

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        """Note what a step took, without the files it loaded: these have stages of their own."""
        began, before = perf_counter(), len(self.stages)
        yield
        loaded = sum(stage.seconds for stage in self.stages[before:])
        self.stages.append(Stage(name, perf_counter() - began - loaded, 0))

    def load(self, entity: str, sql: str) -> int:
        """Read one file with a statement of the table of facts; a file that was not handed in is passed over."""
        seen = self.files.get(entity)
        if seen is None:
            return 0
        began = perf_counter()
        path = self.unpacked.plain(seen)
        unpacked = perf_counter()
        taken = table_of(self.join, seen=seen, path=path, sql=sql)
        if path != seen.file.path:
            path.unlink()
        self.tally.beat()
        self._read += seen.file.path.stat().st_size
        self.tally.share = _READ_SHARE * self._read / self._bytes
        self.stages.append(Stage(f"unpack {entity}", unpacked - began, 0))  # what was not done meanwhile
        self.stages.append(Stage(f"read {entity}", perf_counter() - unpacked, taken))
        return taken
