"""Lists as people paste them: names of columns in two languages, which row and field is wrong, and back again."""

from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspil.common.reading.lists import rows_of_file, rows_of_text
from medspil.common.reading.problems import UnreadableFile
from medspil.common.tables import xlsx_bytes
from medspil.rounds import lines
from medspil.rounds.facts import FactUnreadable, overlapping, read_fact, read_number, shown_fact
from medspil.rounds.lines import Reading, read_rows
from medspil.rounds.programmes import PROGRAMMES, Fact, FactKind, programme

TIMES, GRADES = Fact("x", FactKind.TIMES, "x"), Fact("x", FactKind.GRADES, "x")
WORDS, DAY = Fact("x", FactKind.WORDS, "x"), Fact("x", FactKind.DAY, "x")


def read(text: str, *, kind: str = "classes", asks: bool = True) -> Reading:
    return read_rows(rows_of_text(text), programme=programme(kind), asks=asks)


@pytest.mark.parametrize("text", ["Klasse;Trin;Sted\n7.B;7;7100 Vejle", "Class\tGrade\tPlace\n7.B\t7\t7100 Vejle"])
def test_columns_are_known_in_danish_and_english(text: str) -> None:
    reading = read(text)
    assert not reading.faults
    (draft,) = reading.drafts
    assert (draft.label, draft.facts, draft.place) == ("7.B", {"grade": 7}, "7100 Vejle")
    assert draft.x is not None


def test_without_names_the_order_is_name_number_place() -> None:
    (draft,) = read("Netcaféen, 25, 8220 Brabrand", kind="computers").drafts
    assert (draft.label, draft.amount, draft.place) == ("Netcaféen", 25, "8220 Brabrand")


def test_a_name_alone_is_enough() -> None:
    assert [draft.label for draft in read("7.A\n7.B\n\n8.A").drafts] == ["7.A", "7.B", "8.A"]


def test_a_column_that_says_nothing_is_named() -> None:
    assert read("klasse;humør\n7.A;god").unused == ("humør",)


@pytest.mark.parametrize(
    ("text", "asks", "where"),
    [
        ("klasse;trin\n7.A;elleve", True, (2, "trin")),
        ("klasse;antal\n7.A;0", True, (2, "antal")),
        ("klasse;antal;mindst\n7.A;1;2", True, (2, "")),
        ("navn;km\nA;600", False, (2, "km")),
        ("navn;cvr\nA;123", False, (2, "cvr")),
        ("navn;samlet\nA;måske", False, (2, "samlet")),
        ("navn;x\nA;500000", True, (2, "")),
        ("navn;lat;lon\nA;48,1;2,2", True, (2, "")),
        ("navn\n010190-1234", True, (2, "navn")),
        ("navn;antal\n;3", True, (2, "navn")),
        (f"navn\n{'a' * 161}", True, (2, "navn")),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(text: str, asks: bool, where: tuple[int, str]) -> None:
    reading = read(text, asks=asks)
    assert [(fault.row, fault.column) for fault in reading.faults] == [where]
    assert reading.faults[0].text


@pytest.mark.parametrize(
    ("text", "where"), [("7.A;mange", "virksomheder ønskes"), ("7.A;1;7100 Vejle;Skolen;elleve", "klassetrin")]
)
def test_a_list_without_headings_is_faulted_in_the_words_of_the_page(text: str, where: str) -> None:
    with override("da"):
        assert [fault.column.lower() for fault in read(text).faults] == [where]


def test_a_number_of_a_person_is_not_repeated_in_the_fault() -> None:
    assert "010190" not in read("navn\n010190-1234").faults[0].text


def test_the_guard_of_our_own_files_is_taken_off() -> None:
    assert read("navn\n'=1+1 klassen").drafts[0].label == "=1+1 klassen"


def test_a_workbook_and_a_windows_file_read_the_same(tmp_path: Path) -> None:
    book, text = tmp_path / "a.xlsx", tmp_path / "a.csv"
    book.write_bytes(xlsx_bytes(["Klasse", "Trin"], [["7.Å", 7]]))
    text.write_bytes("Klasse;Trin\r\n7.Å;7\r\n".encode("cp1252"))
    found = [read_rows(rows_of_file(path), programme=programme("classes"), asks=True).drafts for path in (book, text)]
    assert found[0] == found[1] != ()


def test_a_heading_is_found_below_a_title_and_an_entry_is_none() -> None:
    reading = read("Tilmeldte klasser\n\nKlasse;Trin\n7.A;7")
    assert [(draft.row, draft.label, draft.facts) for draft in reading.drafts] == [(4, "7.A", {"grade": 7})]
    assert [draft.label for draft in read("Hr. Hansen\nHold\nFru Holm").drafts] == ["Hr. Hansen", "Hold", "Fru Holm"]


def test_headings_are_known_with_and_without_signs() -> None:
    (draft,) = read("Projekt:;CVR-nr.;Højst-km\nA;12345678;5", asks=False).drafts
    assert (draft.label, draft.cvr, draft.reach_km) == ("A", "12345678", 5)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for content in (b"", b"%PDF-1.7 xx", b"PK\x03\x04broken archive"):
        path.write_bytes(content)
        with pytest.raises(UnreadableFile):
            rows_of_file(path)


def test_a_list_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_ROWS", 3)
    with pytest.raises(UnreadableFile):
        read("\n".join("abcdef"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.sampled_from(sorted(PROGRAMMES)), st.booleans())
def test_any_text_gives_rows_or_faults_and_never_breaks(text: str, kind: str, asks: bool) -> None:
    try:
        reading = read(text, kind=kind, asks=asks)
    except UnreadableFile:
        return
    for draft in reading.drafts:
        assert draft.label
        assert draft.amount is None or draft.amount >= 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(0, 10), min_size=1))
def test_grades_are_written_as_they_are_read(grades: set[int]) -> None:
    kept = sorted(grades)
    assert read_fact(GRADES, shown_fact(FactKind.GRADES, kept)) == kept


SLOTS = st.tuples(st.integers(0, 6), st.integers(0, 22 * 60), st.integers(1, 60)).map(
    lambda slot: [slot[0], slot[1], slot[1] + slot[2]]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SLOTS, min_size=1, max_size=4))
def test_times_are_written_as_they_are_read(slots: list[list[int]]) -> None:
    assert read_fact(TIMES, shown_fact(FactKind.TIMES, sorted(slots))) == sorted(slots)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SLOTS, SLOTS)
def test_overlap_is_the_same_from_both_sides(one: list[int], other: list[int]) -> None:
    assert overlapping(one, other) == overlapping(other, one) <= one[2] - one[1]


@pytest.mark.parametrize("text", ["to 15-17", "Torsdag kl. 15.00–17.00", "thu 15-17", "TORS 15:00-17"])
def test_one_time_in_many_ways(text: str) -> None:
    assert read_fact(TIMES, text) == [[3, 900, 1020]]


@pytest.mark.parametrize("text", ["i morgen", "to 17-15", "to 15", "xyz 1-2", "to 15.75-17"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(FactUnreadable):
        read_fact(TIMES, text)


@pytest.mark.parametrize(("text", "number"), [("1.200", 1200), ("1 200", 1200), ("25", 25), ("3,0", 3)])
def test_numbers_are_read_as_people_write_them(text: str, number: int) -> None:
    assert read_number(text) == number


def test_words_and_days() -> None:
    assert read_fact(WORDS, "Dansk, arabisk og dansk") == ["dansk", "arabisk"]
    assert read_fact(DAY, "24.12.2026") == read_fact(DAY, "2026-12-24") == "2026-12-24"
    with pytest.raises(FactUnreadable):
        read_fact(DAY, "31-02-2026")
