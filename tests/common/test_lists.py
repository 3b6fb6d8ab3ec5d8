"""Lists that people paste or bring: cut into rows, with the heading among them, whatever wrote them."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspil.common.reading.lists import (
    LARGEST,
    NoHeading,
    filled,
    heading_with,
    rows_of_file,
    rows_of_text,
    stored,
    text_of_rows,
    with_heading,
)
from medspil.common.reading.problems import UnreadableFile
from medspil.common.tables import xlsx_bytes

KNOWN = {"navn", "sted"}


def known(heading: str) -> bool:
    """Know two headings."""
    return heading.lower() in KNOWN


def rows_of(path: Path, content: bytes) -> list[list[str]]:
    """Return the cells of a file."""
    path.write_bytes(content)
    return [cells for _row, cells in rows_of_file(path, known=known)]


@pytest.mark.parametrize(
    "content",
    [
        "Navn;Sted\nØen;Vejle, by\n".encode("cp1252"),
        "\ufeffNavn;Sted\r\nØen;Vejle, by\r\n".encode(),
        "Navn\tSted\nØen\tVejle, by\n".encode("utf-16"),
        'Navn,Sted\nØen,"Vejle, by"\n'.encode(),
        xlsx_bytes(["Navn", "Sted"], [["Øen", "Vejle, by"]]),
    ],
)
def test_one_table_in_many_writings(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path / "a.xlsx", content) == [["Navn", "Sted"], ["Øen", "Vejle, by"]]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 xx", b"PK\x03\x04broken", gzip.compress(b"Navn;Sted\n", mtime=0)])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        rows_of(tmp_path / "a.csv", content)


def test_a_line_that_tells_the_separator_is_no_row() -> None:
    assert rows_of_text("sep=,\nNavn,Sted\n") == [(2, ["Navn", "Sted"])]


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row() -> None:
    with pytest.raises(UnreadableFile, match="Row 2 opens a quotation mark"):
        rows_of_text('Navn;Sted\n"Øen;Vejle\n' + "x;y\n" * 200)


def test_the_heading_may_stand_below_a_title_but_an_entry_is_none() -> None:
    table = with_heading(rows_of_text("Foreninger 2026;\nNavn;Sted\nØen;Vejle\n"), known=known, example="x")
    assert (table.heading_row, table.heading, table.rows) == (2, ("Navn", "Sted"), [(3, ["Øen", "Vejle"])])
    table = with_heading(rows_of_text("Ting;Hvilken\nHaven;sted\n"), known=known, example="x")
    assert (table.heading, table.rows) == (("Ting", "Hvilken"), [(2, ["Haven", "sted"])])
    with pytest.raises(NoHeading, match="for example Navn;Sted"):
        with_heading(rows_of_text("7;8\n"), known=known, example="Navn;Sted")


def test_a_list_may_have_no_heading() -> None:
    assert heading_with(rows_of_text("Øen;Vejle\nHaven;sted"), known=known, needed=known) is None
    assert heading_with([], known=known, needed=known) is None


def test_columns_of_one_name_and_of_none_are_told_apart() -> None:
    assert with_heading([(1, ["Navn", "", "navn ", "Navn", " "])], known=known, example="x").heading == (
        "Navn", "#2", "navn", "Navn (4)",
    )  # fmt: skip


def test_no_more_rows_are_kept_than_show_that_there_are_too_many() -> None:
    assert filled([(1, ["a"]), (2, [" "]), (3, ["b"]), (4, ["c"])], most=1) == [(1, ["a"]), (3, ["b"])]


def test_a_file_that_is_too_large_is_not_kept() -> None:
    with pytest.raises(UnreadableFile, match="5 MB"), stored([b"x" * LARGEST, b"x"]):
        pytest.fail("it was kept")


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=4)))
def test_a_text_made_of_rows_reads_back_the_same(table: list[list[str]]) -> None:
    def plain(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
        cut = [(row, [" ".join(cell.split()) for cell in cells]) for row, cells in rows]
        return [(row, cells if len(cells) > 1 else [*cells, ""]) for row, cells in cut if any(cells)]

    rows = list(enumerate(table, start=1))
    assert plain(rows_of_text(text_of_rows(rows))) == plain(rows)
