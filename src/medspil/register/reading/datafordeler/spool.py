"""A folder for the time of one reading: unpacked files, the database of the join and what it puts aside.

Nothing stays behind. A process that ends takes its folder away; the folder of one that was killed is taken away by the
next that begins: a living one holds a lock on its own.
"""

import errno
import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

import duckdb
from django.conf import settings
from django.utils.translation import gettext as _

from medspil.common.reading.problems import UnreadableFile

MEMORY = "600MB"
THREADS = 2
_LOCK = "held"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def spool_root() -> Path:
    """Return the folder that holds the folders of all readings under way."""
    return Path(settings.DATA_DIR) / "spool"


@contextmanager
def spool() -> Iterator[Path]:
    """Give a folder of one's own, and take it away afterwards, whatever happens."""
    folder, lock = _new_folder(spool_root())
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _new_folder(root: Path) -> tuple[Path, IO[bytes]]:
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("ab") as door:  # one at a time: nobody sweeps a folder that is just being made
        fcntl.flock(door, fcntl.LOCK_EX)
        sweep(root)
        folder = root / uuid4().hex
        folder.mkdir(mode=0o700)
        lock = (folder / _LOCK).open("wb")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def sweep(root: Path) -> None:
    """Take away the folders of processes that were killed."""
    for folder in (path for path in root.iterdir() if path.is_dir()):
        try:
            lock = (folder / _LOCK).open("ab")
        except OSError:
            continue  # just being taken away by its own process
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue  # its process lives
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def joining(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of one reading. It never holds more than its memory; the rest lies in the folder."""
    connection = duckdb.connect(
        ":memory:",  # tables that do not fit go to the folder as well; nothing is written that need not be
        config={
            "memory_limit": MEMORY,
            "threads": THREADS,
            "temp_directory": str(folder / "aside"),
            "preserve_insertion_order": False,
            # Joins are made in the order they are written, the smaller side held: how much memory that takes is known.
            "disabled_optimizers": "join_order,build_side_probe_side",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        connection.execute("SET enable_progress_bar = false")
        yield connection
    finally:
        with suppress(duckdb.Error):
            connection.close()


@contextmanager
def room_told() -> Iterator[None]:
    """Turn a full disk, wherever it is noticed, into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise UnreadableFile(_full()) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise UnreadableFile(_full()) from error


def _full() -> str:
    return _(
        "There was not enough room on the disk (in %(folder)s) to unpack and join the files. Nothing was changed."
        " Make room there, and start the import again."
    ) % {"folder": spool_root()}
