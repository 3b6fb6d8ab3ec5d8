"""Files as offices send them are read: encodings, separators, headings; and files that cannot be read say why."""

import gzip
import io
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook

from medspil.register.columns import header_hash, propose
from medspil.register.reading import Layout, UnreadableFile
from medspil.register.reading.sheet import read_rows, sniff
from tests.factories.registers import HEADER, csv_text, row

MIDNIGHT = datetime(2003, 2, 1, tzinfo=UTC).replace(tzinfo=None)  # workbooks know no time zones
DANISH = csv_text([row(Navn="Rødgrød på Ærø ApS")])


def rows_of(path: Path) -> list[list[str]]:
    return [cells for _row, cells in read_rows(path, sniff(path))]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_danish_letters_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(DANISH.encode(encoding))
    assert rows_of(path)[0][2] == "Rødgrød på Ærø ApS"


def test_the_wrong_encoding_is_refused_with_the_row_and_nothing_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(csv_text([row(), row(2, Navn="Ærø")]).encode("cp1252"))
    layout = Layout.from_json(sniff(path).as_json() | {"encoding": "utf-8"})
    with pytest.raises(UnreadableFile, match="utf-8"):
        list(read_rows(path, layout))


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_separator_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"sep{delimiter}P-nummer{delimiter}Navn\nx{delimiter}1000000001{delimiter}A\n")
    assert sniff(path).delimiter == delimiter
    assert rows_of(path) == [["x", "1000000001", "A"]]


def test_a_line_that_names_the_separator_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("sep=|\nP-nummer|Navn\n1000000001|A; B, C\n")
    assert rows_of(path) == [["1000000001", "A; B, C"]]


def test_the_heading_is_found_below_a_title_and_rows_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Udtræk november;;\n\nP-nummer;Navn;Navn\n\n1000000001;A;B\n")
    layout = sniff(path)
    assert layout.header == ("P-nummer", "Navn", "Navn (3)")
    assert list(read_rows(path, layout)) == [(5, ["1000000001", "A", "B"])]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom|empty"),
        (b"1000000001;12345674\n1000000002;12345674\n", "P-nummer;Navn;Postnr"),
        (b"1000000001;A;DB25\n1000000002;B;DB25\n", "P-nummer;Navn;Postnr"),
        (b"%PDF-1.7 ...", "CSV"),
        (b"PK\x03\x04 not a workbook", "damaged|beskadiget"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=sentence):
        sniff(path)


def test_a_quotation_mark_never_closed_names_its_row_and_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    lines = [f"{1_000_000_001 + nth};Navn {nth}" for nth in range(400)]
    lines[7] = '1000000008;"Navn uden slut'
    path.write_text("P-nummer;Navn\n" + "\n".join(lines))
    with pytest.raises(UnreadableFile, match="9"):
        list(read_rows(path, sniff(path)))


def test_a_line_far_too_long_is_not_taken_for_an_open_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"P-nummer;Navn\n1000000001;{'x' * 200_000}\n1000000002;Navn\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Row 2 is far too long"):
        sniff(path)


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    book.save(path)
    return path


def test_a_workbook_gives_the_texts_a_person_sees(tmp_path: Path) -> None:
    values: list[object] = [
        1_000_000_001,
        "Ærø",
        101,
        datetime(2003, 2, 1, tzinfo=UTC).replace(tzinfo=None),
        date(2004, 5, 6),
        True,
        12.5,
        None,
    ]
    path = workbook(tmp_path / "r.xlsx", [["P-nummer", "Navn", "Postnr", "a", "b", "c", "d", "e"], values])
    assert rows_of(path) == [["1000000001", "Ærø", "101", "2003-02-01", "2004-05-06", "1", "12.5"]]


def test_a_cut_off_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [["P-nummer", "Navn"], [1_000_000_001, "A"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UnreadableFile, match=r"damaged|beskadiget"):
        sniff(path)


def bomb(path: Path, *, unpacked: int) -> Path:
    """Write a workbook whose sheet is mostly one sign repeated, with some noise to make the archive 2 MB."""
    real = io.BytesIO()
    Workbook().save(real)
    noise = bytes((nth * 7919 + nth // 251) % 251 for nth in range(50_000)).hex().encode() * 2
    with zipfile.ZipFile(real) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData", b"<!--" + b"0" * unpacked + b"--><sheetData")
            new.writestr(member, content)
        new.writestr("xl/media/noise.bin", noise, compress_type=zipfile.ZIP_STORED)
    return path


def test_two_megabytes_that_unpack_to_fifty_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = bomb(tmp_path / "r.xlsx", unpacked=50 << 20)
    assert path.stat().st_size < 2 << 20
    with pytest.raises(UnreadableFile, match="MB"):
        sniff(path)


def test_a_workbook_with_an_external_entity_reads_nothing_from_outside(tmp_path: Path) -> None:
    path = workbook(tmp_path / "old.xlsx", [["P-nummer", "Navn"], [1_000_000_001, "A"]])
    evil = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
                content = entity + content.removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>")
            new.writestr(member, content)
    with pytest.raises(UnreadableFile):
        rows_of(evil)


OLD_CVR = (
    "cvrnr;pnr;livsforloeb_startdato;livsforloeb_ophoersdato;reklamebeskyttelse;navn_tekst;beliggenhedsadresse_vejnavn;"
    "beliggenhedsadresse_husnummerFra;beliggenhedsadresse_postnr;beliggenhedsadresse_postdistrikt;"
    "beliggenhedsadresse_kommune_kode;postadresse_postnr;hovedbranche_kode;hovedbranche_tekst;virksomhedsform_kode;"
    "aarsbeskaeftigelse_antalansatteinterval;beliggenhedsadresse_conavn"
)


def test_the_old_cvr_layout_is_known() -> None:
    header = OLD_CVR.split(";")
    found = propose(header)
    assert found == {
        "cvr": "cvrnr",
        "number": "pnr",
        "started_on": "livsforloeb_startdato",
        "ended_on": "livsforloeb_ophoersdato",
        "protected": "reklamebeskyttelse",
        "name": "navn_tekst",
        "street": "beliggenhedsadresse_vejnavn",
        "house_number": "beliggenhedsadresse_husnummerFra",
        "postcode": "beliggenhedsadresse_postnr",
        "city": "beliggenhedsadresse_postdistrikt",
        "municipality": "beliggenhedsadresse_kommune_kode",
        "industry": "hovedbranche_kode",
        "industry_text": "hovedbranche_tekst",
        "company_form": "virksomhedsform_kode",
        "employees": "aarsbeskaeftigelse_antalansatteinterval",
    }


def test_the_new_cvr_layout_and_english_files_are_known() -> None:
    new = ["pNummer", "tilknyttetVirksomhedsCVRNummer", "produktionsenhedOphoersdato", "CVRAdresse_vejnavn",
           "CVRAdresse_postnummer", "CVRAdresse_kommunekode"]  # fmt: skip
    assert list(propose(new)) == ["number", "cvr", "street", "postcode", "municipality", "ended_on"]
    english = ["pno", "vat", "name", "address", "zipcode", "city", "protected", "industrycode", "employees"]
    assert set(propose(english)) == {
        "number", "cvr", "name", "address", "postcode", "city", "protected", "industry", "employees",
    }  # fmt: skip


def test_people_are_never_proposed_as_a_column() -> None:
    assert propose(["conavn", "deltager_navn", "ejer", "kontaktperson", "postadresse_vejnavn"]) == {}


def test_headings_are_the_same_whatever_their_case_and_signs() -> None:
    assert header_hash(["P-nummer", "Navn"]) == header_hash(["p nummer", "NAVN"]) != header_hash(["Navn", "P-nummer"])


@given(st.binary(max_size=3_000))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with suppress(UnreadableFile):
        assert all(isinstance(cell, str) for cells in rows_of(path) for cell in cells)


@given(st.binary(min_size=1, max_size=200), st.integers(0, 6_000))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(tmp_path: Path, noise: bytes, at: int) -> None:
    path = workbook(tmp_path / "r.xlsx", [list(HEADER), list(row())])
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    with suppress(UnreadableFile):
        rows_of(path)


def test_a_workbook_whose_parts_say_they_are_locked_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [list(HEADER), list(row())])
    whole = path.read_bytes()
    entry = whole.rindex(b"PK\x01\x02", 0, whole.rindex(b"xl/workbook.xml"))  # its line in the directory
    path.write_bytes(whole[: entry + 8] + b"\x01" + whole[entry + 9 :])
    with pytest.raises(UnreadableFile, match="damaged"):
        rows_of(path)


@pytest.mark.parametrize("name", ["r.csv.gz", "r.zip"])
def test_a_packed_table_is_read_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(DANISH.encode("cp1252")))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("udtræk.csv", DANISH.encode("cp1252"))
    assert sniff(path).encoding == "cp1252"
    assert rows_of(path)[0][2] == "Rødgrød på Ærø ApS"


def test_a_packed_table_beside_another_is_refused_with_the_name_it_was_handed_in_under(tmp_path: Path) -> None:
    path = tmp_path / "x.data"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", DANISH)
        archive.writestr("b.csv", DANISH)
    with pytest.raises(UnreadableFile, match=r"udtræk\.zip"):
        sniff(path, name="udtræk.zip")
