"""Files that do not belong together, lack something or were cut between two rows are refused, by name."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from medspil.register.reading import Tally, UnreadableFile, sniff
from medspil.register.reading.bundle import SourceFile, as_bundle
from tests.factories.datafordeler import NEEDED, many, read

TWENTIETHS = [part / 20 for part in range(1, 20)]
FACTS = [entity for entity in NEEDED if entity != "Produktionsenhed"]


@pytest.mark.parametrize("missing", [entity for entity in NEEDED if entity != "Reklamebeskyttelse"])
def test_a_download_without_a_needed_file_is_refused_by_its_name(tmp_path: Path, missing: str) -> None:
    paths = many(3).write(tmp_path)
    del paths[missing]
    with pytest.raises(UnreadableFile, match=rf"lacks {missing}\."):
        read(paths.values())


def test_the_same_kind_twice_is_refused_with_both_names(tmp_path: Path) -> None:
    download = many(3)
    paths = [*download.write(tmp_path / "a").values(), *download.write(tmp_path / "b", entities=["Navn"]).values()]
    paths[-1] = paths[-1].rename(tmp_path / "navne.csv")
    with pytest.raises(UnreadableFile, match=r"CVR_V2_Navn_.*csv and navne\.csv both hold Navn"):
        read(paths)


def test_a_file_under_the_name_of_another_is_told_apart_by_what_is_in_it(tmp_path: Path) -> None:
    paths = many(3).write(tmp_path)
    paths["Branche"].write_bytes(paths["Navn"].read_bytes())
    paths["Navn"].unlink()
    del paths["Navn"]
    with pytest.raises(UnreadableFile, match=r"lacks Branche\..* CVR_V2_Branche_\S+ is called Branche but holds Navn"):
        read(paths.values())


def test_two_files_with_each_other_s_names_are_read_for_what_they_are(tmp_path: Path) -> None:
    paths = many(3).write(tmp_path)
    navn, branche = paths["Navn"].read_bytes(), paths["Branche"].read_bytes()
    paths["Navn"].write_bytes(branche)
    paths["Branche"].write_bytes(navn)
    assert read(paths.values())[0]["name"] == "Sted 0, Vejle"


@pytest.mark.parametrize(
    ("code", "values"), [("AnsvarligDataleverandoer", ["E&S", "T&S"]), ("Telefaxnummer", ["75830000", "75830001"])]
)
def test_kinds_with_the_same_columns_are_told_apart_by_their_values(
    tmp_path: Path, code: str, values: list[str]
) -> None:
    download = many(3)
    for value in values:
        download.add(code, CVREnhedsId="41000000001", vaerdi=value)
    rows = read(download.write(tmp_path).values())
    assert rows[0]["company_form"] == "80"
    assert "phone" not in rows[0]


def test_a_file_of_changes_is_no_download(tmp_path: Path) -> None:
    paths = many(3).write(tmp_path)
    paths["Navn"] = paths["Navn"].rename(tmp_path / paths["Navn"].name.replace("Total", "Delta"))
    with pytest.raises(UnreadableFile, match="DeltaDownload"):
        read(paths.values())


def test_a_file_of_another_register_is_refused_by_name(tmp_path: Path) -> None:
    paths = many(3).write(tmp_path)
    stranger = tmp_path / "CVR_V2_Fremtid_TotalDownload_csv_Current_525.csv"
    stranger.write_text("id,noget\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="CVR_V2_Fremtid"):
        read([*paths.values(), stranger])


@pytest.mark.parametrize("heading", ["id;pNummer;navn", "id;CVRNummer;P-nummer;navn", "id;type;status;P-nummer;navn"])
def test_a_table_of_one_s_own_with_a_few_of_the_names_is_still_a_table(tmp_path: Path, heading: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(f"{heading}\n" + ";".join("1" for _name in heading.split(";")) + "\n", encoding="utf-8")
    assert sniff(as_bundle(table)).kind == "csv"


def test_an_array_without_a_record_is_known_by_its_name(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Telefonnummer"] = []
    assert read(download.write(tmp_path, form="json").values())[0]["phone"] == ""


def test_a_table_of_one_s_own_among_the_files_is_refused(tmp_path: Path) -> None:
    paths = many(3).write(tmp_path)
    table = tmp_path / "mine.csv"
    table.write_text("P-nummer;Navn\n1000000001;Sted\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"together.*: table as text: mine\.csv; download .*, … \(8\)\. Leave"):
        read([*paths.values(), table])


@pytest.mark.parametrize(
    ("part", "entity"),
    [(part, FACTS[nth % len(FACTS)]) for nth, part in enumerate(TWENTIETHS)] + [(0.95, entity) for entity in FACTS],
)
def test_a_file_cut_between_two_rows_shows_by_what_the_others_speak_of(
    tmp_path: Path, entity: str, part: float
) -> None:
    download = many(80)
    rows = download.rows[entity]
    download.rows[entity] = rows[: int(len(rows) * part)]
    with pytest.raises(UnreadableFile, match=rf"{entity}_\S+ \({entity}\) is not whole"):
        read(download.write(tmp_path).values())


@pytest.mark.parametrize("part", [0.05, 0.5, 0.85])
def test_units_cut_off_show_by_the_companies_that_are_left_without(tmp_path: Path, part: float) -> None:
    download = many(80)
    download.rows["Produktionsenhed"] = download.rows["Produktionsenhed"][: int(80 * part)]
    with pytest.raises(UnreadableFile, match=r"\(Produktionsenhed\) is not whole"):
        read(download.write(tmp_path).values())


def test_a_file_with_nothing_but_its_heading_is_refused(tmp_path: Path) -> None:
    download = many(3)
    download.rows["Produktionsenhed"] = []
    with pytest.raises(UnreadableFile, match="Produktionsenhed holds no unit"):
        read(download.write(tmp_path).values())


def test_a_damaged_file_is_called_by_the_name_it_was_handed_in_under(tmp_path: Path) -> None:
    stored = tmp_path / "0a1b2c.data"
    for name in ("CVR_V2_Navn_TotalDownload_csv_Current_525.zip", "udtræk.csv"):
        stored.write_bytes(b"PK\x03\x04 and no more")
        with pytest.raises(UnreadableFile, match=rf"^{name} is damaged"):
            sniff([SourceFile(stored, name)])
    stored.write_bytes(gzip.compress(bytes(70 << 20)))
    with pytest.raises(UnreadableFile, match=r"^udtræk\.csv would unpack to far more"):
        sniff([SourceFile(stored, "udtræk.csv")])


def test_an_empty_file_is_refused_by_name(tmp_path: Path) -> None:
    paths = many(3).write(tmp_path)
    paths["Navn"].write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"CVR_V2_Navn_\S+ is empty"):
        read(paths.values())


def _older(day: str) -> Callable[[dict[str, str]], None]:
    return lambda row: row.update({"datafordelerOpdateringstid": f"{day}T04:00:00Z"})


def test_files_more_than_a_month_apart_are_refused_with_both_days(tmp_path: Path) -> None:
    download = many(5)
    for row in download.rows["Branche"]:
        _older("2026-09-01")(row)
    with pytest.raises(UnreadableFile, match=r"not of the same time: .*\(2026-11-13\) and .*Branche.*\(2026-09-01\)"):
        read(download.write(tmp_path).values())


def test_files_of_different_weeks_are_taken_and_counted(tmp_path: Path) -> None:
    download = many(5)
    for row in download.rows["Branche"]:
        _older("2026-11-01")(row)
    paths = download.write(tmp_path)
    paths["Navn"] = paths["Navn"].rename(tmp_path / re.sub("525", "524", paths["Navn"].name))
    tally = Tally()
    assert len(read(paths.values(), tally)) == 5
    assert tally["files_of_different_days"] == 2
    assert "524" in tally.examples["files_of_different_days"][0]
