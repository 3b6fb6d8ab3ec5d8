"""Zip and gzip files: read as they are, and refused in one sentence when something is wrong with them."""

import gzip
import io
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from medspil.common.reading import packed
from medspil.common.reading.packed import first_bytes, is_packed, members, opened, unpack
from medspil.common.reading.problems import UnreadableFile

TEXT = "".join(f"10{number:08};Bager {number * 7919 % 1000}\n" for number in range(2_000)).encode()


def zipped(path: Path, **files: bytes) -> Path:
    """Write a zip; the keywords name its members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def gzipped(path: Path, content: bytes) -> Path:
    """Write a gzip."""
    path.write_bytes(gzip.compress(content))
    return path


def whole(path: Path) -> bytes:
    """Return all that is in a file."""
    to = io.BytesIO()
    unpack(path, to)
    return to.getvalue()


def refused(path: Path) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(UnreadableFile) as caught:
        whole(path)
    return str(caught.value)


def test_a_zip_a_gzip_and_a_plain_file_give_the_same_text(tmp_path: Path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_bytes(TEXT)
    assert whole(plain) == TEXT
    assert whole(zipped(tmp_path / "a.zip", **{"a.csv": TEXT})) == TEXT
    assert whole(gzipped(tmp_path / "a.gz", TEXT)) == TEXT
    assert (is_packed(plain), is_packed(tmp_path / "a.zip"), is_packed(tmp_path / "a.gz")) == (False, True, True)


def test_how_much_has_been_read_rises_to_all_of_it(tmp_path: Path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_bytes(TEXT)
    for path in (plain, zipped(tmp_path / "a.zip", **{"a.csv": TEXT}), gzipped(tmp_path / "a.gz", TEXT)):
        with opened(path) as inside:
            shares = [inside.share]
            while inside.read(5_000):
                shares.append(inside.share)
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


def test_only_the_beginning_is_unpacked_when_only_that_is_asked_for(tmp_path: Path) -> None:
    assert first_bytes(zipped(tmp_path / "a.zip", **{"a.csv": TEXT}), 12) == TEXT[:12]


def test_what_lies_beside_the_data_and_folders_do_not_count_and_names_lose_their_folders(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        **{"__MACOSX/._a.csv": b"x", "../../etc/data.csv": TEXT, "README.txt": b"hej", "a_Metadata.json": b"{}"},
    )
    assert [one.name for one in members(path)] == ["data.csv"]
    assert whole(path) == TEXT


def test_several_members_are_listed_and_each_can_be_opened(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"navn.csv": b"navn", "branche.csv": b"branche"})
    assert "navn.csv, branche.csv" in refused(path)
    assert [first_bytes(path, 10, member=one) for one in members(path)] == [b"navn", b"branche"]


def test_a_workbook_is_no_packed_file(tmp_path: Path) -> None:
    first = zipped(tmp_path / "a.xlsx", **{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    later = zipped(tmp_path / "b.xlsx", **{"other.xml": b"<x/>", "[Content_Types].xml": b"<x/>"})
    assert not is_packed(first)
    assert not is_packed(later)
    first.write_bytes(first.read_bytes()[:60])
    assert not is_packed(first)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", **{"a.csv": TEXT}).read_bytes()
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    assert "another archive" in refused(zipped(tmp_path / "a.zip", **{"inner.zip": inner}))
    assert "another archive" in refused(gzipped(tmp_path / "b.gz", gzip.compress(TEXT)))
    assert "another archive" in refused(gzipped(tmp_path / "a.tar.gz", tar.getvalue()))


def test_what_unpacks_to_far_more_than_it_should_is_refused_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "RATIO_COUNTS_FROM", 100_000)
    bomb = b"0" * 20_000_000
    for path in (zipped(tmp_path / "a.zip", **{"a.csv": bomb}), gzipped(tmp_path / "a.gz", bomb)):
        to = io.BytesIO()
        with pytest.raises(UnreadableFile, match="far more than a register"):
            unpack(path, to)
        assert len(to.getvalue()) < 5_000_000


def test_a_directory_that_tells_of_more_than_a_register_is_refused_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", len(TEXT) - 1)
    assert "far more" in refused(zipped(tmp_path / "a.zip", **{"a.csv": TEXT}))
    assert "far more" in refused(gzipped(tmp_path / "a.gz", TEXT))
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1 << 30)
    many = zipped(tmp_path / "b.zip", **{f"{number}.csv": b"x" for number in range(packed.MOST_MEMBERS + 1)})
    assert "far more" in refused(many)


def test_a_locked_zip_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": TEXT})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    assert "password" in refused(path)


def test_a_method_of_packing_we_cannot_read_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": TEXT})
    data = bytearray(path.read_bytes())
    for mark, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + method] = 9  # Deflate64, which Windows uses for large files
    path.write_bytes(data)
    assert "packed in a way" in refused(path)


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    assert "nothing in it" in refused(zipped(tmp_path / "a.zip"))


@pytest.mark.parametrize("twentieth", range(1, 20))
@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_an_archive_cut_off_anywhere_is_refused_and_never_read_as_whole(
    tmp_path: Path, kind: str, twentieth: int
) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(path, **{"a.csv": TEXT})
    else:
        gzipped(path, TEXT)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * twentieth // 20])
    assert is_packed(path)
    assert "damaged or was cut off" in refused(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["zip", "gz"]), at=st.floats(0, 0.9999), flip=st.integers(1, 255))
@example(kind="zip", at=0.5, flip=1)
def test_a_flipped_byte_is_harmless_or_told_but_never_gives_another_text(
    tmp_path: Path, kind: str, at: float, flip: int
) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(path, **{"a.csv": TEXT})
    else:
        gzipped(path, TEXT)
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= flip
    path.write_bytes(data)
    if not is_packed(path):
        return  # then it is a text of strange signs, which other readers refuse
    with suppress(UnreadableFile):
        assert whole(path) == TEXT


def test_what_the_reader_of_the_stream_raises_is_left_alone(tmp_path: Path) -> None:
    path = gzipped(tmp_path / "a.gz", TEXT)
    with pytest.raises(ValueError, match="mine"), opened(path):
        raise ValueError("mine")
