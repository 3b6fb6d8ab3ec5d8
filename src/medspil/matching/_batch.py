"""Rank every need against the whole register: one after another, or in several processes over the same files."""

import atexit
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from medspil.matching._answer import Gate
from medspil.matching._arrays import Float64, Int64
from medspil.matching._contest import contest
from medspil.matching._index import Index
from medspil.matching._need import Filters, Need
from medspil.matching._query import prepare
from medspil.matching._weights import DEFAULT_WEIGHTS, Weights

if TYPE_CHECKING:
    from medspil.matching._affinity import AffinityTable

AT_ONCE: Final = 8
"""Needs handed to a process at a time: few enough to stop soon, enough to pay for the handing over."""

AHEAD: Final = 3
"""Portions handed out for each process; what is finished and not yet fetched is bounded by this."""


class NeedTop(NamedTuple):
    """The best units for one need as figures; `explain_unit` says the rest of any of them.

    Attributes
    ----------
    key : int
        The need's own number.
    numbers : ndarray of int64, shape (n,)
        The units, best first: the same as `rank` gives.
    scores : ndarray of float64, shape (n,)
    points : ndarray of float64, shape (n, 7)
        By criterion, in the order of `Criterion`; their sum, rounded, is the score.
    left_out : dict of Gate to int
    eligible : int
    """

    key: int
    numbers: Int64
    scores: Float64
    points: Float64
    left_out: Mapping[Gate, int]
    eligible: int


def rank_all(
    index: Index,
    needs: Mapping[int, Need],
    table: "AffinityTable",
    *,
    k: int = 100,
    weights: Weights = DEFAULT_WEIGHTS,
    processes: int = 1,
    done: Collection[int] = (),
    on_done: Callable[[int, int], None] | None = None,
) -> Generator[NeedTop]:
    """Yield the `k` best units of the whole register for each need, in the order in which needs are finished.

    Stop it by closing the iterator or leaving the loop; go on later by giving the finished keys as
    `done`. `BatchFile` keeps both on disk. Memory is bounded: nothing is gathered here.

    Parameters
    ----------
    needs : Mapping[int, Need]
        Need by its own number.
    k : int
        How many units to keep for each.
    processes : int
        1 works here; more start that many processes that map the same files of the index. They are
        started anew (``spawn``), so the program's own module must be importable.
    done : collection of int
        Needs to be left out, because they have been finished before.
    on_done : callable, optional
        Told how many needs are finished, those in `done` included, of how many.

    Raises
    ------
    UnknownKind
        If a need asks for a kind that the table does not have.
    IndexMissing
        If the files of the index have been removed when the processes open them.
    concurrent.futures.process.BrokenProcessPool
        If one of the processes has been killed. What was yielded before is right.
    """
    finished = frozenset(done)
    todo = [(key, needs[key]) for key in sorted(needs) if key not in finished]
    before = len(needs) - len(todo)
    asking = _Asking(table, k, weights)
    tops = _alone(index, todo, asking) if processes < 2 else _together(index.folder, todo, asking, processes)
    try:
        for count, top in enumerate(tops, start=before + 1):
            if on_done is not None:
                on_done(count, len(needs))
            yield top
    finally:
        tops.close()


class _Asking(NamedTuple):
    """What is the same for all needs."""

    table: "AffinityTable"
    k: int
    weights: Weights

    def top(self, index: Index, key: int, need: Need) -> NeedTop:
        """Return the figures for one need."""
        found = contest(prepare(index, need, self.table, self.weights), self.k, Filters())
        scored, best = found.scored, found.best
        points = scored.points[:, best].T.copy()
        return NeedTop(key, scored.numbers[best], scored.score[best], points, found.left_out, found.eligible)


Asked = Sequence[tuple[int, Need]]


def _alone(index: Index, todo: Asked, asking: _Asking) -> Generator[NeedTop]:
    for key, need in todo:
        yield asking.top(index, key, need)


def _together(folder: Path, todo: Asked, asking: _Asking, processes: int) -> Generator[NeedTop]:
    """Hand out portions, never many ahead, and yield what comes back."""
    portions = [todo[at : at + AT_ONCE] for at in range(0, len(todo), AT_ONCE)]
    portions.reverse()
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin, initargs=(folder, asking))
    running: set[Future[list[NeedTop]]] = set()
    try:
        while portions or running:
            while portions and len(running) < processes * AHEAD:
                with _without_interrupts():
                    running.add(pool.submit(_work, portions.pop()))
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for portion in finished:
                yield from portion.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _without_interrupts() -> Generator[None]:
    """Keep Ctrl-C, which reaches all processes at once, from those started meanwhile; here it is answered after."""
    resource_tracker.ensure_running()  # starting it would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_here: tuple[Path, _Asking] | None = None
"""In a started process: what it works with."""


@lru_cache(maxsize=1)
def _opened(folder: Path) -> Index:
    """Return the index of a started process."""
    index = Index.open_at(folder)
    gc.freeze()  # the collector has nothing to find in what stays to the end
    atexit.register(gc.unfreeze)  # then other libraries are cleared away as they expect
    return index


def _begin(folder: Path, asking: _Asking) -> None:
    global _here  # noqa: PLW0603 - one per started process
    _here = folder, asking
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the process that started this one, and end after it: killed, it can tell nobody to stop."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - this runs in started processes only
    parent.join()
    os._exit(1)


def _work(portion: Asked) -> list[NeedTop]:
    assert _here is not None  # noqa: S101 - `_begin` has run
    folder, asking = _here
    return [asking.top(_opened(folder), key, need) for key, need in portion]
