"""The register's own JSON however it is written: lines, pages, arrays, packed; and where something is wrong with it."""

import gzip
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.register.reading import Layout, Tally, UnreadableFile, as_bundle, entity_of, read_rows, sniff
from medspil.register.reading.virk import records as records_module
from medspil.register.reading.virk import side_table
from tests.factories.virk_records import company, hit, lines, page, unit, written

ALL = [unit(1_000_000_002, name="Filialen"), company(), unit()]


def read(*paths: Path) -> tuple[Layout, list[dict[str, str]], Tally]:
    """Return layout, rows by field, and what was counted."""
    bundle, tally = as_bundle(*paths), Tally()
    layout = sniff(bundle)
    rows = [dict(zip(layout.header, cells, strict=True)) for _row, cells in read_rows(bundle, layout, tally)]
    return layout, rows, tally


def refused(*paths: Path) -> str:
    """Return the sentence with which files are refused."""
    with pytest.raises(UnreadableFile) as caught:
        read(*paths)
    return str(caught.value)


def zipped(folder: Path, **files: str) -> Path:
    with zipfile.ZipFile(folder / "virk.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.json", content)
    return folder / "virk.zip"


@pytest.fixture
def expected(tmp_path: Path) -> list[dict[str, str]]:
    return read(written(tmp_path, lines(ALL), "first.json"))[1]


@pytest.mark.parametrize(
    "content",
    [
        lines(ALL),
        "\ufeff" + lines(ALL),
        lines(ALL).replace("\n", "\r\n\r\n"),
        lines(ALL).rstrip("\n"),
        lines([hit(record) for record in ALL]),
        lines([next(iter(record.values())) for record in ALL]),
        page(ALL),
        page(ALL, indent=2),
        page(ALL[:1]) + "\n" + page(ALL[1:]),
        json.dumps(ALL),
        json.dumps([hit(record) for record in ALL], indent=1),
        json.dumps([json.loads(page(ALL))]),
        "\n".join(json.dumps(record, indent=2) for record in ALL),
    ],
    ids=["lines", "mark", "windows", "no last newline", "hits by line", "bare", "page", "page indented",
         "two pages", "array", "array of hits", "array of pages", "indented one after the other"],
)  # fmt: skip
def test_every_way_of_writing_gives_the_same_rows(tmp_path: Path, content: str, expected: list[dict[str, str]]) -> None:
    layout, rows, _tally = read(written(tmp_path, content))
    assert layout.kind == "virk"
    assert rows == expected
    assert [row["number"] for row in rows] == ["1000000001", "1000000002"]
    assert [row["company_name"] for row in rows] == ["Havnens Smedje ApS"] * 2


def test_packed_and_in_several_files_it_is_the_same(tmp_path: Path, expected: list[dict[str, str]]) -> None:
    packed = written(tmp_path, gzip.compress(lines(ALL).encode()), "virk.ndjson.gz")
    assert read(packed)[1] == expected
    assert read(zipped(tmp_path, units=page([ALL[0], ALL[2]]), companies=lines([ALL[1]])))[1] == expected
    units, companies = (
        written(tmp_path, lines([ALL[2], ALL[0]]), "u.json"),
        written(tmp_path, lines([ALL[1]]), "c.json"),
    )
    assert read(units, companies)[1] == read(companies, units)[1] == expected
    layout = sniff(as_bundle(units, companies))
    assert [entity_of(file, layout) for file in as_bundle(units, companies)] == ["Produktionsenhed", "Virksomhed"]


def test_units_alone_do_not_tell_of_companies_so_that_nothing_is_overwritten(tmp_path: Path) -> None:
    layout, rows, tally = read(written(tmp_path, lines([unit()])))
    assert not {"company_name", "company_form", "purpose", "phone", "email"} & set(layout.header)
    assert (rows[0]["cvr"], rows[0]["name"]) == ("12345674", "Havnens Smedje")
    assert tally["unit_without_company"] == 0


def test_units_and_companies_far_apart_in_one_file_are_both_seen(tmp_path: Path) -> None:
    many = [unit(1_000_000_001 + nth) for nth in range(400)]
    layout, rows, _tally = read(written(tmp_path, lines([*many, company()])))
    assert "company_form" in layout.header
    assert {row["company_form"] for row in rows} == {"80"}


def test_a_damaged_line_is_refused_with_its_number(tmp_path: Path) -> None:
    content = lines(ALL).splitlines()
    content[1] = content[1].replace('"penheder": [', '"penheder": ', 1)
    assert "line 2 is not the JSON" in refused(written(tmp_path, "\n".join(content) + "\n"))


def test_a_damaged_page_is_refused_with_the_record_before(tmp_path: Path) -> None:
    content = page(ALL).replace('"pNummer": 1000000001, "virk', '"pNummer": 1000000001x, "virk')
    assert "after record 2" in refused(written(tmp_path, content))


def test_a_record_without_end_is_refused_with_its_line_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_module, "MOST_RECORD", 100_000)
    monkeypatch.setattr(records_module, "CHUNK", 10_000)
    endless = unit(1_000_000_003, name="x" * 400_000)
    assert "line 4 is longer" in refused(written(tmp_path, lines([*ALL, endless, *ALL])))
    assert "record 4 is longer" in refused(written(tmp_path, page([*ALL, endless])))
    packed = written(tmp_path, gzip.compress(lines([*ALL, endless]).encode()), "virk.gz")
    assert "line 4 is longer" in refused(packed)


def test_a_file_of_participants_is_refused_without_being_read(tmp_path: Path) -> None:
    person = {"Vrdeltagerperson": {"enhedsNummer": 4_000_000_001, "navne": [{"navn": "Person Opdigtet"}]}}
    assert "never reads those" in refused(written(tmp_path, lines([person])))
    _layout, rows, tally = read(written(tmp_path, lines([person, *ALL])))
    assert len(rows) == 2
    assert tally["participants_skipped"] == 1 + 3


def test_records_of_another_kind_are_counted(tmp_path: Path) -> None:
    _layout, rows, tally = read(written(tmp_path, lines([{"index": {"_id": "1"}}, *ALL, 7, None, "tekst"])))
    assert len(rows) == 2
    assert tally["other_record"] == 4


def test_files_of_companies_with_several_units_say_that_the_units_are_needed(tmp_path: Path) -> None:
    assert "fetch the units" in refused(written(tmp_path, lines([company()])))


def test_a_disk_that_fills_up_is_told_and_other_troubles_are_not_called_so(tmp_path: Path) -> None:
    def full() -> None:
        with side_table.side_table(tmp_path) as table:
            table._connection.execute("PRAGMA max_page_count=30")
            for number in range(10_000):
                table.put_unit(number, {"cvr": "12345674", "version": 1, "name": "x" * 500})

    with pytest.raises(UnreadableFile, match="not enough room"):
        full()
    (tmp_path / "side.sqlite3").unlink()
    with pytest.raises(sqlite3.OperationalError), side_table.side_table(tmp_path) as table:
        table._connection.execute("SELECT nonsense")


@pytest.mark.parametrize("twentieth", range(1, 20))
@pytest.mark.parametrize("shape", ["lines", "page", "array", "gz"])
def test_a_file_cut_off_anywhere_is_refused_or_holds_only_whole_records(
    tmp_path: Path, shape: str, twentieth: int
) -> None:
    content = {"lines": lines(ALL), "page": page(ALL), "array": json.dumps(ALL), "gz": lines(ALL)}[shape].encode()
    data = gzip.compress(content) if shape == "gz" else content
    path = written(tmp_path, data[: len(data) * twentieth // 20], "virk.json.gz")
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert str(caught.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=st.sampled_from(["lines", "page", "array"]), at=st.floats(0, 0.9999), byte=st.integers(0, 255))
def test_a_flipped_byte_is_told_in_a_sentence_or_read_as_what_it_says(
    tmp_path: Path, shape: str, at: float, byte: int
) -> None:
    content = bytearray({"lines": lines(ALL), "page": page(ALL), "array": json.dumps(ALL)}[shape].encode())
    content[int(len(content) * at)] = byte
    try:
        layout, rows, _tally = read(written(tmp_path, bytes(content)))
    except UnreadableFile:
        return
    assert all(len(row) == len(layout.header) for row in rows)


_LEAF: Any = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
# Deferred, not recursive: of the latter Hypothesis reads the source again while the test runs, and warns of what it
# finds there when the file has been edited in between.
_ANY: Any = st.deferred(
    lambda: _LEAF | st.lists(_ANY, max_size=3) | st.dictionaries(st.text(max_size=5), _ANY, max_size=3)
)
_KEYS = sorted(
    {key for record in ALL for inner in record.values() for key in inner}
    | set(ALL[1]["Vrvirksomhed"]["virksomhedMetadata"])
    | {"periode", "gyldigTil", "gyldigFra", "navn", "vaerdier", "vaerdi", "type", "aar", "kvartal", "antalAnsatte"}
)
_MESSY: Any = st.deferred(
    lambda: (
        _LEAF
        | st.sampled_from(["FORMÅL", "2015-01-01", "ANTAL_2_4", "true"])
        | st.lists(_MESSY, max_size=3)
        | st.dictionaries(st.sampled_from(_KEYS), _MESSY, max_size=6)
    )
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["VrproduktionsEnhed", "Vrvirksomhed"]),
    changed=st.dictionaries(st.sampled_from(_KEYS), _ANY | _MESSY, max_size=8),
    dropped=st.sets(st.sampled_from(_KEYS)),
    as_page=st.booleans(),
)
def test_a_record_may_lack_anything_and_hold_anything(
    tmp_path: Path, kind: str, changed: dict[str, Any], dropped: set[str], as_page: bool
) -> None:
    record = next(one for one in reversed(ALL) if kind in one)[kind]
    messy = {kind: {key: value for key, value in record.items() if key not in dropped} | changed}
    content = (page if as_page else lines)([unit(1_999_999_999), messy])
    try:
        _layout, rows, _tally = read(written(tmp_path, content))
    except UnreadableFile as problem:
        assert "is not the JSON" in str(problem) or "hold" in str(problem)  # noqa: PT017 - either way will do
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.values())
    assert any(row["number"] == "1999999999" for row in rows)
