"""Unpacks the next file of a download while the present one is read.

Unpacking keeps one core busy and takes as long as reading; side by side they take the longer of the two. At most two
unpacked files lie in the folder.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from django.utils import translation

from medspil.common.reading.packed import is_packed
from medspil.register.reading.datafordeler.looking import Seen
from medspil.register.reading.datafordeler.patience import SECONDS_BETWEEN
from medspil.register.reading.datafordeler.reading import plain

Beat = Callable[[], None]


class _GivenUp(Exception):
    """Nobody waits for this file any longer."""


class Ahead:
    """Hands out files as they can be read; `order` is the order in which they will be asked for."""

    def __init__(self, order: Sequence[Seen], folder: Path, beat: Beat, pool: ThreadPoolExecutor) -> None:
        self._left, self._folder, self._beat, self._pool = list(order), folder, beat, pool
        self._begun: dict[str, Future[Path]] = {}
        self._language = translation.get_language()
        self._given_up = Event()

    def plain(self, seen: Seen) -> Path:
        """Return the path of a file that can be read, and begin with the next. Raises what reading it would."""
        work = self._begun.pop(seen.entity.code, None) or self._begin(seen)
        while not wait([work], SECONDS_BETWEEN).done:
            self._beat()
        path = work.result()
        self._left = [other for other in self._left if other is not seen]
        if self._left and self._left[0].entity.code not in self._begun and is_packed(self._left[0].file.path):
            self._begun[self._left[0].entity.code] = self._begin(self._left[0])
        return path

    def give_up(self) -> None:
        """Stop what is under way."""
        self._given_up.set()

    def _begin(self, seen: Seen) -> Future[Path]:
        return self._pool.submit(self._unpack, seen)

    def _unpack(self, seen: Seen) -> Path:
        # A thread of its own speaks no language yet, and gives no signs of life: these go to the database.
        with translation.override(self._language):
            return plain(seen, self._folder, self._go_on)

    def _go_on(self) -> None:
        if self._given_up.is_set():
            raise _GivenUp


@contextmanager
def ahead(order: Sequence[Seen], folder: Path, beat: Beat) -> Iterator[Ahead]:
    """Unpack ahead as long as this holds; afterwards nothing is written to the folder any more."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        files = Ahead(order, folder, beat, pool)
        try:
            yield files
        finally:
            files.give_up()
