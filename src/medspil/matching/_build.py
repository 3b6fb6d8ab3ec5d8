"""Build an index folder from records and put it in force."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from medspil.matching._blocks import SIZE_CODES, write_blocks
from medspil.matching._format import (
    ENGINE_VERSION,
    FORMAT_VERSION,
    POINTER,
    PREFIX,
    DataWriter,
    IndexInfo,
    sync_folder,
    write_durably,
    write_header,
)
from medspil.matching._grid import write_grid
from medspil.matching._layout import BLOCK, CEASED, Layout, lay_out
from medspil.matching._postings import Order, mean_length, write_local_postings, write_postings
from medspil.matching._record import SECTORS, UnitRecord
from medspil.matching._spool import ACTIVE, Spool


class BuildRunning(Exception):
    """Another build is under way in the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"An index is being built in {folder} already.")


def build_index(
    records: Iterable[UnitRecord],
    folder: Path,
    *,
    source: str,
    date: str,
    progress: Callable[[int], None] | None = None,
) -> IndexInfo:
    """Build an index, put it in force at one stroke, and remove those nobody asks for any more.

    Whatever happens on the way – an exception, a kill, a power cut – the former index stays in
    force. Readers that have it open keep it until they let go.

    Parameters
    ----------
    records : iterable of UnitRecord
        Read once; their order makes no difference.
    folder : Path
        Made if it is not there.
    source, date : str
        Where the records come from and of what date; kept with the index, not interpreted.
    progress : callable, optional
        Told the number of records taken in, now and then.

    Raises
    ------
    DuplicateNumber
        If a unit number comes twice.
    ValueError
        If a record is out of range.
    BuildRunning
        If another process builds in the same folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_builder(folder):
        _remove(folder, keep=_in_force(folder))
        built_id = secrets.token_hex(8)
        name = PREFIX + built_id
        work = folder / (name + ".tmp")
        work.mkdir()
        try:
            info = _write(records, work, source=source, date=date, built_id=built_id, progress=progress)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        work.rename(folder / name)
        write_durably(folder / (POINTER + ".tmp"), name.encode())
        os.replace(folder / (POINTER + ".tmp"), folder / POINTER)
        sync_folder(folder)
        _remove(folder, keep=name)
    return info


def _write(
    records: Iterable[UnitRecord],
    work: Path,
    *,
    source: str,
    date: str,
    built_id: str,
    progress: Callable[[int], None] | None,
) -> IndexInfo:
    spool = Spool(work)
    spool.fill(records, progress)
    layout = lay_out(spool)
    writer = DataWriter(work / "data")
    write_blocks(spool, layout, writer)
    terms = write_postings(spool, layout, writer)
    grid = write_grid(spool, layout, writer)
    write_local_postings(spool, terms, Order(grid.record, grid.place), writer)
    _write_counts(spool, layout, writer)
    size, checksum = writer.close()
    spool.remove()
    rows = len(layout.order)
    active = int(np.count_nonzero(spool.column("flags") & ACTIVE))
    info = IndexInfo(FORMAT_VERSION, ENGINE_VERSION, source, date, rows, active, checksum, built_id)
    extra: dict[str, Any] = {
        "class_blocks": layout.class_blocks,
        "industries": layout.industries,
        "grid": grid.facts,
        "mean_length": mean_length(spool.column("length")),
    }
    write_header(work, info, size=size, layout=writer.layout, extra=extra)
    sync_folder(work)
    return info


def _write_counts(spool: Spool, layout: Layout, writer: DataWriter) -> None:
    """Write how many rows there are of each sort, for gates and filters that need no measuring."""
    kind = np.searchsorted(np.array(layout.class_blocks[1:3]) * BLOCK, layout.slots, "right")
    municipality = spool.column("municipality")[layout.order]
    codes = int(municipality.max(initial=0)) + 1
    pointless = np.isinf(spool.column("x")[layout.order])
    counts = np.zeros((3, 2, codes), np.int64)
    np.add.at(counts, (kind, pointless.astype(np.int64), municipality), 1)
    writer.add("count_municipality", counts)

    open_rows = kind == 0
    industry = layout.block_industry[layout.slots[open_rows] // BLOCK]
    sector = spool.column("sector")[layout.order][open_rows]
    size = spool.column("size")[layout.order][open_rows]
    mix = np.zeros((max(len(layout.industries), 1), len(SECTORS), SIZE_CODES), np.int64)
    np.add.at(mix, (industry, sector, size % SIZE_CODES), 1)
    writer.add("count_mix", mix)
    assert CEASED == len(counts) - 1  # noqa: S101 - one table per class


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when the process ends, however it ends."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunning(folder) from error
        yield


def _in_force(folder: Path) -> str:
    try:
        return (folder / POINTER).read_text().strip()
    except FileNotFoundError:
        return ""


def _remove(folder: Path, *, keep: str) -> None:
    """Remove finished indexes not in force, and what killed builds have left."""
    for path in folder.glob(PREFIX + "*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)
