"""Every open need against the whole register, into one file: it can be stopped anywhere and goes on where it stopped.

What is finished stands in `<file>.unfinished`, tied to the needs, the index, the affinities and the weights as they
are. The file itself is written when all needs are finished, in one step, so that half of it is never taken for all.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from medspil import matching
from medspil.areas.models import Need
from medspil.common.tables import csv_lines
from medspil.linking.affinities import affinities
from medspil.linking.answer import DIGITS, closed_since, unit_facts
from medspil.linking.question import need_of, question_of
from medspil.matching import BatchFile, BatchOfAnother, Criterion, Filters, Index, NeedTop, batch_id, rank_all
from medspil.register.index import open_index

ENDINGS = (".ndjson", ".csv")
HEADER = ["need", "title", "area", "rank", "number", "cvr", "name", "score", *(str(one) for one in Criterion)]
Tell = Callable[[str, int, int], None]
Asked = dict[int, matching.Need]


class BatchBusy(Exception):
    """Another process writes the same file just now."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is being written already. Wait until that is done, or name another file.")


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch did: how many needs it finished itself and in how long, and what stood finished before."""

    needs: int
    before: int
    rows: int
    seconds: float
    units: int
    anew: bool

    @property
    def per_second(self) -> float:
        """Return the needs finished in a second by this run."""
        return (self.needs - self.before) / self.seconds if self.seconds else 0.0


def rank_everything(
    *, needs: Iterable[Need], out: Path, now: datetime, tell: Tell, k: int = 100, processes: int = 1
) -> Batch:
    """Write the `k` best units of the whole register for each need to a file, as NDJSON or CSV by its ending.

    What an earlier run finished is not ranked again, unless something that is asked or asked of has changed since.
    Raises `BatchBusy`, `BatchOfAnother`, `medspil.matching.IndexUnusable`.
    """
    index = open_index()
    rows = list(needs)
    unfinished = out.with_name(f"{out.name}.unfinished")
    with _alone(unfinished):
        asked = _questions(rows, now, tell, k)
        file, anew = _opened(unfinished, batch_id(index, asked, affinities(), k=k))
        with file:
            before, began = len(file.done), time.perf_counter()
            _rank(index, asked, file, k=k, processes=processes, tell=tell)
            seconds = time.perf_counter() - began
            written = _write(out, rows, sorted(file, key=lambda top: top.key), tell)
        unfinished.unlink()
    return Batch(len(rows), before, written, seconds, index.info.active_rows, anew)


def _questions(needs: list[Need], now: datetime, tell: Tell, k: int) -> Asked:
    """Return what each need asks, just as its own page would ask."""
    asked: Asked = {}
    for count, need in enumerate(needs, start=1):
        asked[need.pk] = need_of(question_of(need=need, now=now, filters=Filters(), k=k))
        tell("asking", count, len(needs))
    return asked


def _rank(index: Index, asked: Asked, file: BatchFile, *, k: int, processes: int, tell: Tell) -> None:
    done = frozenset(file.done)
    tops = rank_all(
        index,
        asked,
        affinities(),
        k=k,
        processes=processes,
        done=done,
        on_done=lambda finished, of: tell("ranking", finished, of),
    )
    with closing(tops):
        for top in tops:
            file.append(top)


@contextmanager
def _alone(unfinished: Path) -> Iterator[None]:
    """Hold the file of finished needs; the system lets go of it when the process ends, however it ends."""
    with unfinished.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BatchBusy(unfinished) from None
        if not unfinished.exists() or not os.path.samestat(os.fstat(lock.fileno()), unfinished.stat()):
            raise BatchBusy(unfinished)  # the other one ended between the two lines above
        yield


def _opened(unfinished: Path, of: str) -> tuple[BatchFile, bool]:
    """Return the file of finished needs, and whether it begins anew because something else is asked now."""
    try:
        return BatchFile(unfinished, of=of), False
    except BatchOfAnother:
        if not _is_ours(unfinished):
            raise
        os.truncate(unfinished, 0)
        return BatchFile(unfinished, of=of), True


def _is_ours(unfinished: Path) -> bool:
    """Tell whether a file was made by a batch: nothing else is ever overwritten."""
    with unfinished.open("rb") as file:
        try:
            first = json.loads(file.readline(10_000))
        except ValueError:
            return False
    return isinstance(first, dict) and first.keys() == {"format", "of"}


def _write(out: Path, needs: list[Need], tops: list[NeedTop], tell: Tell) -> int:
    """Write the rows and put the file in its place when it is whole; return how many rows there are."""
    by_key = {need.pk: need for need in needs}
    fresh = out.with_name(f"{out.name}.new")
    written = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal written
        for count, top in enumerate(tops, start=1):
            for row in _rows_of(by_key[top.key], top):
                written += 1
                yield row
            tell("writing", count, len(tops))

    lines = _csv(rows()) if out.suffix == ".csv" else _ndjson(rows())
    with fresh.open("wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(out)
    return written


def _rows_of(need: Need, top: NeedTop) -> Iterator[dict[str, Any]]:
    """Yield the units of a need, but none that was protected or closed after the index was built. One query."""
    numbers = top.numbers.tolist()
    facts = unit_facts(numbers)
    rank = 0
    for number, score, points in zip(numbers, top.scores.tolist(), top.points.tolist(), strict=True):
        unit = facts.get(number)
        if unit is None or closed_since(unit):
            continue
        rank += 1
        parts = {str(one): round(part, DIGITS) for one, part in zip(Criterion, points, strict=True)}
        yield {
            "need": need.pk,
            "title": need.title,
            "area": need.area.name,
            "rank": rank,
            "number": number,
            "cvr": unit["cvr"],
            "name": unit["name"],
            "score": round(score, DIGITS),
            "points": parts,
        }


def _ndjson(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    return csv_lines(HEADER, ([row.get(name, row["points"].get(name)) for name in HEADER] for row in rows))
