"""Finished needs on disk, one after another, so that a batch can be stopped anywhere and go on.

<path>    a line of JSON (what was asked), then records: length and CRC-32, then one `NeedTop`

A record that was cut off, by a kill or a power cut, is dropped when the file is opened again, with all after it.
"""

import hashlib
import json
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Final
from zlib import crc32

import numpy as np

from medspil.matching._answer import Gate
from medspil.matching._batch import NeedTop
from medspil.matching._need import Need
from medspil.matching._weights import DEFAULT_WEIGHTS, Criterion, Weights

if TYPE_CHECKING:
    from medspil.matching._affinity import AffinityTable
    from medspil.matching._index import Index

_FRAME: Final = struct.Struct("<II")
_HEAD: Final = struct.Struct(f"<qqI{len(Gate)}q")
_FORMAT: Final = 1


class BatchOfAnother(ValueError):
    """The file holds answers to other needs, or from another index, table or weights."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} holds the answers to something else. Give another file, or remove it.")


def batch_id(
    index: "Index",
    needs: Mapping[int, Need],
    table: "AffinityTable",
    *,
    k: int = 100,
    weights: Weights = DEFAULT_WEIGHTS,
) -> str:
    """Return 64 signs that are the same when the same is asked of the same index, and otherwise differ."""
    total = hashlib.sha256()
    total.update(repr((index.info.checksum, index.info.engine_version, k, astuple(weights))).encode())
    total.update(repr((table.version, table.kinds, sorted(table.rows.items()))).encode())
    for key in sorted(needs):
        total.update(repr((key, _plain(astuple(needs[key])))).encode())
    return total.hexdigest()


def _plain(value: object) -> object:
    """Return a value whose `repr` does not depend on the order in which sets and mappings were made."""
    if isinstance(value, Mapping):
        return sorted(((_plain(key), _plain(one)) for key, one in value.items()), key=repr)
    if isinstance(value, frozenset):
        return sorted((_plain(one) for one in value), key=repr)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


class BatchFile:
    """Finished needs in a file. One process writes at a time; use it in a ``with``.

    Examples
    --------
    ::

        with BatchFile(path, of=batch_id(index, needs, table)) as file:
            for top in rank_all(index, needs, table, done=file.done):
                file.append(top)
    """

    def __init__(self, path: Path, *, of: str) -> None:
        """Open the file, or make it.

        Parameters
        ----------
        of : str
            What is asked: `batch_id`.

        Raises
        ------
        BatchOfAnother
            If the file is there and was made for something else.
        """
        self.path = path
        self.done: set[int] = set()
        """The needs that are finished."""
        self._first = json.dumps({"format": _FORMAT, "of": of}).encode() + b"\n"
        self._file: BinaryIO = path.open("r+b" if path.exists() else "x+b")
        try:
            self._go_to_end()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "BatchFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def append(self, top: NeedTop) -> None:
        """Add a finished need; after this a kill of the process cannot lose it."""
        body = _packed(top)
        self._file.write(_FRAME.pack(len(body), crc32(body)) + body)
        self._file.flush()
        self.done.add(top.key)

    def __iter__(self) -> Iterator[NeedTop]:
        """Yield what is in the file, in the order in which it was finished."""
        with self.path.open("rb") as file:
            file.readline()
            for body in _bodies(file):
                yield _unpacked(body)

    def close(self) -> None:
        """Wait until the disk has everything, and close the file."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def _go_to_end(self) -> None:
        """Read what is there, cut off what is not whole, and stand behind it."""
        first = self._file.readline()
        if first != self._first:
            if first.endswith(b"\n") or not self._first.startswith(first):
                raise BatchOfAnother(self.path)
            self._file.seek(0)
            self._file.truncate()
            self._file.write(self._first)
            self._file.flush()
        end = self._file.tell()
        for body in _bodies(self._file):
            self.done.add(int(_HEAD.unpack_from(body)[0]))
            end += _FRAME.size + len(body)
        self._file.seek(end)
        self._file.truncate()


def _bodies(file: BinaryIO) -> Iterator[bytes]:
    """Yield the whole records from where a file stands."""
    while len(frame := file.read(_FRAME.size)) == _FRAME.size:
        length, said = _FRAME.unpack(frame)
        body = file.read(length)
        if len(body) < length or crc32(body) != said:
            return
        yield body


def _packed(top: NeedTop) -> bytes:
    head = _HEAD.pack(top.key, top.eligible, len(top.numbers), *(top.left_out[gate] for gate in Gate))
    return head + top.numbers.astype("<i8").tobytes() + top.scores.astype("<f8").tobytes() + top.points.tobytes()


def _unpacked(body: bytes) -> NeedTop:
    key, eligible, count, *left_out = _HEAD.unpack_from(body)
    numbers = np.frombuffer(body, "<i8", count, _HEAD.size)
    rest = np.frombuffer(body, "<f8", count * (1 + len(Criterion)), _HEAD.size + 8 * count)
    points = rest[count:].reshape(count, len(Criterion))
    return NeedTop(key, numbers, rest[:count], points, dict(zip(Gate, left_out, strict=True)), eligible)
