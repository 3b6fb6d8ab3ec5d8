"""The index folder: swapped at one stroke, checked when opened, never half in force."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from medspil.matching import (
    FORMAT_VERSION,
    BuildRunning,
    DuplicateNumber,
    Index,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    Need,
    UnitRecord,
    build_index,
    rank,
)
from tests.matching.helpers import build, unit
from tests.matching.strategies import TABLE

ROOT = Path(__file__).parents[2]


def in_force(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text()


def rewrite_header(folder: Path, **info: object) -> None:
    """Write other facts into the header, with a right digest."""
    header = in_force(folder) / "header"
    facts = json.loads(header.read_bytes().partition(b"\n")[2])
    facts["info"].update(info)
    body = json.dumps(facts).encode()
    header.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def test_an_index_says_what_it_was_built_from(tmp_path: Path) -> None:
    told: list[int] = []
    records = [unit(1), unit(2, active=False)]

    info = build_index(records, tmp_path, source="CVR", date="2025-03-01", progress=told.append)
    index = Index.open(tmp_path)

    assert index.info == info
    assert (info.source, info.date, info.rows, info.active_rows) == ("CVR", "2025-03-01", 2, 1)
    assert info.format_version == FORMAT_VERSION
    assert told == [2]
    index.verify()


def test_a_folder_without_an_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as caught:
        Index.open(tmp_path)
    assert caught.value.reason == "never_built"


def test_a_pointer_to_nothing_is_missing(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("index-gone")
    with pytest.raises(IndexMissing) as caught:
        Index.open(tmp_path)
    assert caught.value.reason == "folder_gone"


def test_a_half_written_data_file_is_damaged(tmp_path: Path) -> None:
    build([unit(1)], tmp_path)
    data = in_force(tmp_path) / "data"
    os.truncate(data, data.stat().st_size // 2)
    with pytest.raises(IndexDamaged) as caught:
        Index.open(tmp_path)
    assert caught.value.reason == "size"


def test_a_missing_data_file_is_damaged(tmp_path: Path) -> None:
    build([unit(1)], tmp_path)
    (in_force(tmp_path) / "data").unlink()
    with pytest.raises(IndexDamaged):
        Index.open(tmp_path)


@pytest.mark.parametrize("change", [b"", b"x", b"0" * 64 + b"\n{}"])
def test_a_damaged_header_is_seen_when_opening(tmp_path: Path, change: bytes) -> None:
    build([unit(1)], tmp_path)
    (in_force(tmp_path) / "header").write_bytes(change)
    with pytest.raises(IndexDamaged) as caught:
        Index.open(tmp_path)
    assert caught.value.reason == "header"


def test_a_flipped_byte_is_found_by_verify(tmp_path: Path) -> None:
    build([unit(1)], tmp_path)
    data = in_force(tmp_path) / "data"
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    with pytest.raises(IndexDamaged) as caught:
        Index.open(tmp_path).verify()
    assert caught.value.reason == "checksum"


def test_another_format_is_outdated(tmp_path: Path) -> None:
    build([unit(1)], tmp_path)
    rewrite_header(tmp_path, format_version=FORMAT_VERSION + 1)
    with pytest.raises(IndexOutdated) as caught:
        Index.open(tmp_path)
    assert caught.value.reason == "format_version"


def test_a_reader_keeps_the_old_index_while_a_new_one_comes_into_force(tmp_path: Path) -> None:
    build([unit(1)], tmp_path)
    old = Index.open(tmp_path)
    build([unit(2)], tmp_path)

    assert [found.number for found in rank(old, Need(), TABLE).units] == [1]
    assert [found.number for found in rank(Index.open(tmp_path), Need(), TABLE).units] == [2]
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_readers_that_open_during_swaps_always_get_a_whole_index(tmp_path: Path) -> None:
    build([unit(0)], tmp_path)
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                found = rank(Index.open(tmp_path), Need(), TABLE)
            except Exception as error:
                wrong.append(repr(error))
                return
            if len(found.units) != 1:
                wrong.append(repr(found))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 25):
        build([unit(number)], tmp_path)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_a_number_that_comes_twice_is_refused_and_the_old_index_stays(tmp_path: Path) -> None:
    build([unit(1)], tmp_path)
    with pytest.raises(DuplicateNumber) as caught:
        build([unit(7), unit(7)], tmp_path)
    assert caught.value.number == 7
    assert Index.open(tmp_path).row_of(1) is not None
    assert len(list(tmp_path.glob("index-*"))) == 1


@pytest.mark.parametrize("wrong", [{"size": 11}, {"size": -2}])
def test_a_record_out_of_range_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="Unit 5"):
        build([unit(5, **wrong)], tmp_path)  # type: ignore[arg-type]


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    def records() -> Iterator[UnitRecord]:
        with pytest.raises(BuildRunning):
            build([unit(1)], tmp_path)
        yield unit(2)

    build(records(), tmp_path)
    assert Index.open(tmp_path).row_of(2) is not None


KILLED = """
import os, signal, sys
from pathlib import Path
from medspil.matching import build_index
from tests.matching.helpers import unit
import medspil.matching._build as inside

def records():
    for number in range(10):
        yield unit(100 + number)
    if sys.argv[2] == "while reading":
        os.kill(os.getpid(), signal.SIGKILL)

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "before the header":
    inside.write_header = die
if sys.argv[2] == "before the pointer":
    inside.write_durably = die
build_index(records(), Path(sys.argv[1]), source="test", date="2025-01-01")
"""


@pytest.mark.parametrize("when", ["while reading", "before the header", "before the pointer"])
def test_a_build_that_is_killed_leaves_the_old_index_in_force(tmp_path: Path, when: str) -> None:
    build([unit(1)], tmp_path)

    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), when], check=False, cwd=ROOT)

    assert ended.returncode == -signal.SIGKILL
    index = Index.open(tmp_path)
    index.verify()
    assert index.row_of(1) is not None
    assert index.row_of(100) is None
    build([unit(2)], tmp_path)  # and the next build clears up what was left
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "CURRENT", in_force(tmp_path).name}
