"""Tables leave the house safe to open, and come back as they were."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from medspil.common.tables import csv_bytes, plain_cell, safe_cell, xlsx_bytes

DANGEROUS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "|x", "%x", "\t=1", "＝1+1", " =1+1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_stored_as_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-12,5", "+45", "1.000", "Bageriet", "d'Artagnan", "'t Hof", "", "A=B"])
def test_plain_texts_and_numbers_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text())
def test_what_was_made_safe_can_be_read_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@given(st.text())
def test_no_safe_cell_starts_like_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.startswith(("=", "@", "\t", "\r", "\n", "\0", "|", "%"))
    assert not safe.startswith(("+", "-")) or set(safe[1:]) <= set("0123456789.,")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n")), min_size=2))
def test_a_csv_file_holds_the_same_texts(texts: list[str]) -> None:
    content = csv_bytes(["a"] * len(texts), [texts])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [plain_cell(cell) for cell in rows[1]] == texts


def test_csv_writes_numbers_dates_and_blanks_as_danish_spreadsheets_read_them() -> None:
    row = [1.5, 3, None, True, date(2026, 11, 22), datetime(2026, 11, 22, 9, 30, tzinfo=UTC)]
    written = csv_bytes(["h"], [row]).decode("utf-8-sig").splitlines()[1]
    assert written == "1,5;3;;True;2026-11-22;2026-11-22 09:30+00:00"


def test_a_lone_surrogate_does_not_stop_the_file() -> None:
    assert b"a?b" in csv_bytes(["navn"], [["a\ud800b"]])


def test_a_workbook_keeps_formulas_as_text_and_numbers_as_numbers() -> None:
    content = xlsx_bytes(["Navn", "Antal"], [["=1+1", 3], ["nul\0tegn", None]], title="A/B")
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), (3, "n")]
    assert sheet["A3"].value == "nultegn"
    assert sheet["A1"].font.b
