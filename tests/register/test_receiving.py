"""A file is handed in: stored once, its columns proposed, corrected, saved and found again."""

from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files import File

from medspil.register import applying, services
from medspil.register.models import ColumnMapping, ImportRun, ImportState, StagedUnit, Unit
from tests.factories.registers import (
    NOW,
    applied,
    clock,
    compared,
    csv_file,
    many,
    received,
)

pytestmark = pytest.mark.django_db


def test_a_file_that_tells_nothing_of_protection_makes_new_units_protected_unless_told_otherwise(
    tmp_path: Path,
) -> None:
    path = csv_file(tmp_path, [["1000000001", "A"]], header=("P-nummer", "Navn"))
    run = compared(path)
    assert run.findings["silent_on_protection"]
    services.choose_columns(run=run, columns=run.columns, settings={"silent_is_protected": False})
    services.apply(run=services.compare(run=run, clock=clock), clock=clock)
    assert not Unit.objects.get().protected
    applied(csv_file(tmp_path, [["1000000002", "B"]], header=("P-nummer", "Navn")), complete=False)
    assert Unit.objects.get(number=1_000_000_002).protected


def test_a_file_of_companies_without_units_says_so(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, [["12345674", "A"]], header=("CVR-nr", "Navn")))
    with pytest.raises(services.MappingIncomplete, match="P-num"):
        services.compare(run=run, clock=clock)
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert "P-num" in run.problem


def test_the_same_creation_key_gives_the_same_import(tmp_path: Path) -> None:
    path, creation_key = csv_file(tmp_path, many(2)), uuid4()
    first = received(path, creation_key=creation_key)
    assert received(path, creation_key=creation_key) == first
    assert ImportRun.objects.count() == 1


def test_a_file_that_is_too_big_or_unreadable_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(services.FileTooBig, match="medspil register import"):
        received(csv_file(tmp_path, many(2)), limit_bytes=10)
    empty = tmp_path / "tom.csv"
    empty.touch()
    with pytest.raises(services.UnreadableFile):
        received(empty)
    assert not ImportRun.objects.exists()
    assert not list((tmp_path / "data" / "files").rglob("*.data"))


def test_a_mapping_is_corrected_saved_and_found_again_by_the_heading(tmp_path: Path) -> None:
    header = ("Nummer på stedet", "Kaldes", "Postnr")
    path = csv_file(tmp_path, [["1000000001", "A", "7100"]], header=header)
    run = received(path)
    assert run.columns == {"postcode": "Postnr"}
    chosen = {"number": "Nummer på stedet", "name": "Kaldes", "postcode": "Postnr"}
    services.choose_columns(run=run, columns=chosen, settings={"code_system": "DB07"})
    services.save_mapping(run=run, name="Fra konsulenten", now=NOW)
    again = received(path)
    assert again.columns == chosen
    assert again.layout["code_system"] == "DB07"
    assert ColumnMapping.objects.get().name == "Fra konsulenten"
    assert services.use_mapping(run=received(path), name="Fra konsulenten").columns == chosen


def test_a_mapping_that_is_unknown_or_does_not_fit_is_refused_by_name(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(1)))
    services.save_mapping(run=run, name="Gammel", now=NOW)
    with pytest.raises(services.NoSuchMapping, match="Gammel"):
        services.use_mapping(run=run, name="Ukendt")
    other = received(csv_file(tmp_path, [["1000000001", "A"]], header=("P-nummer", "Navn")))
    with pytest.raises(services.NoSuchMapping, match="Ansatte"):
        services.use_mapping(run=other, name="Gammel")


def test_another_encoding_can_be_chosen_and_the_heading_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("P-nummer;Navn;Formål\r\n1000000001;Ærø;Møl\r\n".encode("cp1252"))
    run = received(path)
    services.choose_columns(run=run, columns=run.columns, settings={"encoding": "cp850"})
    assert "Formål" not in run.layout["header"]
    services.choose_columns(run=run, columns=run.columns, settings={"encoding": "cp1252"})
    assert run.columns["purpose"] == "Formål"


def stored_path(run: ImportRun) -> Path:
    return Path(run.files.get().file.path)


def test_files_of_earlier_imports_of_the_source_are_thrown_away(tmp_path: Path) -> None:
    old, new = applied(csv_file(tmp_path, many(3))), applied(csv_file(tmp_path, many(4)))
    path = stored_path(old)
    services.forget_files(run=new)
    assert not path.exists()
    assert not old.files.get().file
    assert stored_path(new).exists()


def test_what_a_kill_after_applying_left_waiting_is_thrown_away_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "clear_staged", lambda _run: None)  # killed before it came to that
    run = applied(csv_file(tmp_path, many(3)))
    assert StagedUnit.objects.count() == 3
    services.forget_files(run=run)
    assert not StagedUnit.objects.exists()
    assert stored_path(run).exists()


def test_files_are_not_kept_longer_than_a_month_whatever_came_of_them(tmp_path: Path) -> None:
    run = received(csv_file(tmp_path, many(3)))
    path = stored_path(run)
    assert services.forget_old_files(now=run.created_at + services.FILES_KEPT) == 0
    assert path.exists()
    assert services.forget_old_files(now=run.created_at + services.FILES_KEPT + timedelta(seconds=1)) == 1
    assert not path.exists()
    assert not run.files.get().file


def hand_in(*paths: Path) -> ImportRun:
    with ExitStack() as stack:
        files = [(path.name, File(stack.enter_context(path.open("rb")))) for path in paths]
        return services.receive_files(
            creation_key=uuid4(), files=files, source="a", source_date=date(2026, 1, 1), now=NOW
        )


def test_tables_that_do_not_belong_together_are_refused_and_none_of_them_is_kept(tmp_path: Path) -> None:
    first, second = csv_file(tmp_path, many(1)), csv_file(tmp_path, many(2), name="s.csv")
    with pytest.raises(services.UnreadableFile, match="CSV"):
        hand_in(first, second)
    assert not list((tmp_path / "data" / "files").rglob("*.data"))
    assert hand_in(first).files.get().name == "r.csv"


def test_a_file_name_with_folders_and_odd_signs_is_shown_without_them(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(1))
    with path.open("rb") as file:
        run = services.receive_file(
            creation_key=uuid4(), file=File(file), file_name="..\\..\\x/\u202eregi\x00ster.csv", source="a",
            source_date=date(2026, 1, 1), now=NOW,
        )  # fmt: skip
    assert run.file_name == "register.csv"
