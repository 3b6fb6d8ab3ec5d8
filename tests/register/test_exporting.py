"""The register is written as CSV and read again: the same units, safe in a spreadsheet, protection always told."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from medspil.cli.register import register as command
from medspil.register.columns import propose
from medspil.register.exporting import HEADER, HEADINGS, export_file, units_to_export
from medspil.register.models import ImportRun, Unit
from tests.factories.registers import HEADER as TABLE
from tests.factories.registers import applied, compared, csv_file, many, row

FACTS = [name for name in HEADINGS if name != "number"]
WIDE = ("P-nummer", "CVR-nr", "Navn", "Virksomhed", "Virksomhedsform", "Branchekode", "Branchetekst", "Kodesystem",
        "Vejnavn", "Husnr", "Postnr", "By", "Kommunekode", "X", "Y", "Ansatte", "Startdato", "Ophørsdato", "Status",
        "Reklamebeskyttelse", "Formål", "Telefon", "E-mail", "Hjemmeside", "Adresse-id", "Socialøkonomisk")  # fmt: skip
SNIPPETS = st.sampled_from(
    [
        "=cmd()",
        "'=1+1",
        "''-2",
        " v/ Anna",
        "c/o Bo",
        ";",
        '"',
        "\n",
        "\t",
        "NULL",
        "Ærø",
        "A\u030arhus",
        "@x",
        "|",
        "\ufffd",
        "'",
    ]
)
TEXT = st.lists(SNIPPETS | st.text(max_size=12), max_size=4).map("".join)
CELLS = st.tuples(
    st.sampled_from(["12345674", "12345678", ""]),
    TEXT.map(lambda text: text or "A"),
    TEXT,
    st.sampled_from(["10", "80", "115", "", "ApS", "?"]),
    st.sampled_from(["251100", "11300", "62", "0113", ""]),
    TEXT,
    st.sampled_from(["DB07", "DB25", ""]),
    TEXT,
    st.sampled_from(["007", "1", ""]),
    st.sampled_from(["7100", "0999", "", "1050"]),
    TEXT,
    st.sampled_from(["630", "0101", "9999", ""]),
    st.sampled_from(["533500,0", "9,53", "", "1"]),
    st.sampled_from(["6174000,0", "55,7", "", "1"]),
    st.sampled_from(["20-49", "1000+", "7", "", "mange"]),
    st.sampled_from(["01-02-2003", ""]),
    st.sampled_from(["", "31-12-2026"]),
    st.sampled_from(["Aktiv", "Under konkurs", ""]),
    st.sampled_from(["ja", "nej", "måske"]),
    TEXT,
    st.sampled_from(["75 12 34 56", "+4575123456", "x"]),
    st.sampled_from(["a@b.dk", "=a@b.dk", ""]),
    st.sampled_from(["www.b.dk", "https://b.dk/=1", ""]),
    st.sampled_from(["0a3f507a-ec3b-32b8-e044-0003ba298018", ""]),
    st.sampled_from(["ja", "nej"]),
)


def facts() -> list[dict[str, Any]]:
    return [dict(unit) for unit in Unit.objects.order_by("number").values("number", *FACTS)]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([list(WIDE), *rows])
    return path


@pytest.mark.django_db
@given(st.lists(CELLS, min_size=1, max_size=4))
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_exported_and_brought_in_again_is_the_same(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    Unit.objects.all().delete()
    applied(write(tmp_path / "r.csv", [[str(1_000_000_001 + nth), *cells] for nth, cells in enumerate(rows)]))
    before = facts()
    path = tmp_path / "ud.csv"
    assert export_file(units=units_to_export(), path=path) == len(before)
    again = compared(path)
    assert (again.unchanged, again.added, again.changed, again.gone) == (len(before), 0, 0, 0)
    Unit.objects.all().delete()
    applied(path)
    assert facts() == before


def test_the_headings_are_known_to_the_import_each_as_what_it_is() -> None:
    assert propose(HEADER) == HEADINGS


@pytest.mark.django_db
def test_a_formula_is_guarded_and_protection_is_told(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [row(Navn="=cmd()", Reklamebeskyttelse="ja"), row(1_000_000_002)]))
    path = tmp_path / "ud.csv"
    export_file(units=units_to_export(), path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file, delimiter=";"))
    assert [(one["Navn"], one["Reklamebeskyttelse"]) for one in told] == [
        ("'=cmd()", "ja"), ("Havnens Smedje ApS", "nej"),
    ]  # fmt: skip
    assert (told[0]["Kilde"], told[0]["Kildens dato"]) == ("CVR-udtræk", "2026-11-01")


@pytest.mark.django_db
def test_ceased_units_and_other_municipalities_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    header = (*TABLE, "Status")
    applied(csv_file(tmp_path, [[*cells, "Aktiv"] for cells in many(3)], header))
    gone = [[*many(3)[0], "Ophørt"], [*row(1_000_000_002, Kommunekode="101"), "Aktiv"], [*many(3)[2], "Aktiv"]]
    applied(csv_file(tmp_path, gone, header), source_date=date(2026, 11, 2))
    assert Unit.objects.filter(status="ceased").count() == 1
    out = tmp_path / "ud.csv"

    def exported(*words: str) -> int:
        result = CliRunner().invoke(command, ["export", "--out", str(out), *words])
        assert result.exit_code == 0, result.output
        return len(out.read_bytes().splitlines()) - 1

    assert exported() == 2
    assert exported("--all") == 3
    assert exported("--municipality", "0101") == 1
    assert exported("--municipality", "0101", "--municipality", "0630") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("words", [["--municipality", "12"], ["--municipality", "9999"]])
def test_a_municipality_that_is_none_is_wrong_usage(tmp_path: Path, words: list[str]) -> None:
    assert CliRunner().invoke(command, ["export", "--out", str(tmp_path / "a"), *words]).exit_code == 2


@pytest.mark.django_db
def test_a_place_that_cannot_be_written_to_is_one_sentence_and_an_older_file_is_kept(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["export", "--out", str(tmp_path / "no" / "such" / "ud.csv")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert not ImportRun.objects.exists()
