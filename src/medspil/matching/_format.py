"""The index on disk: one folder with a header and one data file, and what can be wrong with it.

<folder>/CURRENT                      name of the index folder in force
<folder>/index-<id>/header            a digest, then JSON: facts, layout of the data file
<folder>/index-<id>/data              arrays, one after another, each aligned to 64 bytes
<folder>/index-<id>.tmp/              a build under way, or one that was killed
"""

import hashlib
import json
import mmap
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from medspil.matching._arrays import Array

FORMAT_VERSION: Final = 4
"""Goes up whenever an index written before can no longer be read, or would be scored differently."""

ENGINE_VERSION: Final = "3"
"""Goes up whenever the same index and the same need may give another answer."""

POINTER: Final = "CURRENT"
PREFIX: Final = "index-"
ALIGNMENT: Final = 64
_READ_AT_ONCE: Final = 1 << 20


class IndexUnusable(Exception):
    """There is no index to answer from; `reason` is a code, the text is for people who run the site."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class IndexMissing(IndexUnusable):
    """No index has been built yet (``never_built``), or its folder is gone (``folder_gone``)."""


class IndexDamaged(IndexUnusable):
    """The files are not what was written: ``header``, ``size`` or ``checksum``."""


class IndexOutdated(IndexUnusable):
    """Written in another format (``format_version``): build it again."""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Facts about an index. `checksum` is the SHA-256 of the data file, `built_id` names the folder."""

    format_version: int
    engine_version: str
    source: str
    date: str
    rows: int
    active_rows: int
    checksum: str
    built_id: str


class DataWriter:
    """Appends named arrays to a data file and remembers where they are."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")
        self._end = 0
        self.layout: dict[str, list[Any]] = {}

    def add(self, name: str, array: Array) -> None:
        """Append an array."""
        self._place(name, array.dtype, array.shape)
        self._file.seek(self.layout[name][0])
        self._file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")

    def reserve(self, name: str, dtype: str, count: int) -> Array:
        """Append room for a one-dimensional array and return it, mapped and writable.

        The room is taken on the disk at once, so that a full disk is an OSError here and not a
        crash while the map is written to.
        """
        kind = np.dtype(dtype)
        self._place(name, kind, (count,))
        if count == 0:
            return np.zeros(0, kind)
        offset = self.layout[name][0]
        self._file.flush()
        os.posix_fallocate(self._file.fileno(), offset, count * kind.itemsize)
        return np.memmap(self._path, kind, "r+", offset, (count,))

    def close(self) -> tuple[int, str]:
        """Write everything to disk; return the size in bytes and the SHA-256."""
        self._file.truncate(self._end)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._end, digest(self._path)

    def _place(self, name: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> None:
        offset = -(-self._end // ALIGNMENT) * ALIGNMENT
        self.layout[name] = [offset, dtype.str, list(shape)]
        self._end = offset + dtype.itemsize * int(np.prod(shape, dtype=np.int64))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_READ_AT_ONCE):
            total.update(part)
    return total.hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a small file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's list of names."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_header(folder: Path, info: IndexInfo, *, size: int, layout: dict[str, Any], extra: dict[str, Any]) -> None:
    """Write the header, led by its own digest."""
    facts = {"info": asdict(info), "size": size, "layout": layout, "extra": extra}
    body = json.dumps(facts, sort_keys=True).encode()
    write_durably(folder / "header", hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def read_header(folder: Path) -> tuple[IndexInfo, int, dict[str, Any], dict[str, Any]]:
    """Return facts, size of the data file, layout and extra facts of an index folder.

    Raises
    ------
    FileNotFoundError
        If there is no header at all.
    IndexDamaged, IndexOutdated
        If it cannot be trusted, or is of another format.
    """
    said, _, body = (folder / "header").read_bytes().partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != said:
        raise IndexDamaged("header", "The header of the index is not as it was written. Build the index again.")
    facts = json.loads(body)
    version = facts["info"]["format_version"]
    if version != FORMAT_VERSION:
        text = f"The index has format {version}, this engine reads {FORMAT_VERSION}. Build the index again."
        raise IndexOutdated("format_version", text)
    return IndexInfo(**facts["info"]), facts["size"], facts["layout"], facts["extra"]


def map_arrays(path: Path, size: int, layout: dict[str, Any]) -> dict[str, Array]:
    """Map the data file into memory and return its arrays, read-only.

    Raises
    ------
    IndexDamaged
        If the file is missing or has another size than was written.
    """
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno()).st_size
            if found != size:
                text = f"The data of the index is {found} bytes instead of {size}. Build the index again."
                raise IndexDamaged("size", text)
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise IndexDamaged("size", "The data of the index is gone. Build the index again.") from error
    return {
        name: np.frombuffer(whole, kind, int(np.prod(shape, dtype=np.int64)), offset).reshape(shape)
        if 0 not in shape
        else np.zeros(shape, kind)
        for name, (offset, kind, shape) in layout.items()
    }
