"""`medspil register` from the terminal: dry by default, exit codes, one sentence when something is wrong."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from medspil.cli.register import register
from medspil.cli.serve import TIDYING, tidy_once
from medspil.register.models import ImportRun, StagedUnit, Unit, UnitChange
from medspil.register.services import save_mapping
from tests.factories.changes import applied_run, change
from tests.factories.registers import NOW, csv_file, many, received, row, use_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder."""
    use_folder(settings, tmp_path / "data")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(register, [str(word) for word in words])


def bring_in(path: Path, *more: str) -> Result:
    return run("import", path, "--source", "CVR", "--date", "2026-11-01", *more)


def test_an_import_is_dry_unless_told_to_apply_and_leaves_nothing_behind(tmp_path: Path) -> None:
    result = bring_in(csv_file(tmp_path, [*many(3), row("x")]))
    assert result.exit_code == 0
    assert "3 added" in result.output
    assert "1 rejected" in result.output
    assert "--apply" in result.output
    assert not Unit.objects.exists()
    assert not ImportRun.objects.exists()
    assert not StagedUnit.objects.exists()
    assert not list((tmp_path / "data" / "files").rglob("*.*"))


def test_applying_brings_the_units_in_and_builds_the_index(tmp_path: Path) -> None:
    result = bring_in(csv_file(tmp_path, many(3)), "--apply", "--made-up", "--json")
    assert json.loads(result.stdout)["state"] == "applied"
    assert Unit.objects.filter(made_up=True).count() == 3
    status = json.loads(run("status", "--json").stdout)
    assert (status["units"], status["index"]) == (3, {"ready": True, "current": True, "problem": ""})
    assert "3 units" in run("status").output
    found = json.loads(run("search", "virksomhed", "2", "--json").stdout)
    assert found[0]["name"] == "Virksomhed 2 ApS"
    assert "Virksomhed 1" in run("search", "virksomhed 1").output


def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    empty = tmp_path / "tom.csv"
    empty.touch()
    result = bring_in(empty)
    assert (result.exit_code, result.output.strip()) == (1, "Error: The file is empty.")


def test_a_file_of_companies_only_is_one_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    result = bring_in(csv_file(tmp_path, [["12345674", "A"]], header=("CVR-nr", "Navn")), "--apply")
    assert result.exit_code == 1
    assert "P-numbers" in result.output
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    "words",
    [["import"], ["import", "/does/not/exist", "--source", "a", "--date", "2026-01-01"], ["search"], ["nonsense"],
     ["search", "a", "--municipality", "12"]],
)  # fmt: skip
def test_wrong_usage_is_exit_code_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_a_date_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert run("import", csv_file(tmp_path, many(1)), "--source", "a", "--date", "i går").exit_code == 2


def test_a_saved_mapping_is_taken_by_name_and_an_unknown_one_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(2))
    save_mapping(run=received(path), name="Min", now=NOW)
    assert bring_in(path, "--mapping", "Min", "--apply").exit_code == 0
    refused = bring_in(path, "--mapping", "Anden")
    assert refused.exit_code == 1
    assert "Min" in refused.output


def test_a_file_that_lacks_much_needs_a_word_more(tmp_path: Path) -> None:
    bring_in(csv_file(tmp_path, many(40)), "--apply")
    refused = bring_in(csv_file(tmp_path, many(10)), "--apply")
    assert refused.exit_code == 1
    assert Unit.objects.active().count() == 40
    assert bring_in(csv_file(tmp_path, many(10)), "--apply", "--accept-gone").exit_code == 0
    assert Unit.objects.active().count() == 10


def test_a_part_of_a_source_makes_nobody_gone(tmp_path: Path) -> None:
    bring_in(csv_file(tmp_path, many(40)), "--apply")
    assert bring_in(csv_file(tmp_path, many(10)), "--apply", "--part").exit_code == 0
    assert Unit.objects.active().count() == 40


def test_searching_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    bring_in(csv_file(tmp_path, many(2)), "--apply", "--no-index")
    result = run("search", "virksomhed")
    assert "medspil register index" in result.stderr
    assert "Virksomhed 0" in result.stdout
    assert run("index").output == "The index holds 2 units.\n"
    assert run("search", "xqzxqz").exit_code == 1


def test_the_state_tells_counts_ages_and_what_changed_last(tmp_path: Path, settings: Settings) -> None:
    settings.REGISTER_STALE_DAYS = 1
    bring_in(csv_file(tmp_path, many(3)), "--apply")
    path = csv_file(tmp_path, [*many(2), row(1_000_000_004, Navn="Ny ApS", Kommunekode="101")])
    run("import", path, "--source", "CVR", "--date", "2026-11-08", "--apply")
    told = run("status", "--all").output
    for text in (
        "OLD: The register is old",
        "last import: 1 added, 0 changed, 1 gone, 2 unchanged",
        "of which: 1 new, 1 no longer in the register",
        "2  Vejle",
        "1  København",
        "3  25 ",
        "current",
    ):
        assert text in told, told
    plain = json.loads(run("status", "--json").stdout)
    assert plain["by_municipality"]["0630"]["active"] == 2
    assert plain["by_industry"][0]["division"] == "25"
    assert plain["sources"][0]["last"]["kinds"] == {"gone": 1, "new": 1}
    assert plain["stale"]


def test_the_worker_forgets_old_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    change(applied_run(finished_at=NOW - timedelta(days=3_000)), "new")
    monkeypatch.setattr("medspil.cli.serve.connection.close", lambda: None)
    for job in TIDYING:
        tidy_once(job)
    assert not UnitChange.objects.exists()
