"""`medspil register import` with a folder or several files: one import, and what was left out is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from medspil.cli.register import register
from medspil.register.models import ImportRun, Unit
from tests.factories.datafordeler import DAY, Download
from tests.factories.registers import HEADER, applied, csv_file, many, row, use_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Write nothing outside the test's own folder."""
    use_folder(settings, tmp_path / "data")


def bring_in(*words: str | Path) -> Result:
    told = ["import", *map(str, words), "--source", "CVR", "--date", DAY, "--apply", "--no-index"]
    return CliRunner().invoke(register, told)


def download(folder: Path) -> list[Path]:
    wanted = Download()
    wanted.unit(cvr=wanted.company("12345674")[1:])
    return list(wanted.write(folder).values())


def test_the_files_of_a_folder_are_one_import(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    download(folder)
    (folder / ".hidden").write_text("not meant")
    result = bring_in(folder, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["state"], told["added"], told["shape"]) == ("applied", 1, "datafordeler")
    assert Unit.objects.get().name == "Havnens Smedje"


def test_several_files_are_one_import(tmp_path: Path) -> None:
    assert bring_in(*download(tmp_path / "d")).exit_code == 0
    assert ImportRun.objects.get().files.count() > 5


def test_an_empty_folder_is_one_sentence(tmp_path: Path) -> None:
    result = bring_in(tmp_path)
    assert result.exit_code == 1
    assert "There is no file in" in result.output


def test_what_was_left_out_is_told_in_words_and_by_code(tmp_path: Path) -> None:
    header = (*HEADER, "Ophørsdato", "Telefonnummer")
    rows = [[*row(), "", "75123456"], [*row(1_000_000_002), "01-01-2020", ""]]
    path = csv_file(tmp_path, rows, header)
    result = bring_in(path)
    assert "Left out:\n" in result.output
    assert "         1  units that ceased before the register ever knew them: not taken in\n" in result.output
    assert "contact points not kept" in result.output
    told = json.loads(bring_in(path, "--json").stdout)
    assert told["left_out"] == {"ceased_before": 1}


def test_that_warnings_are_told_once_is_said(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, many(2)), source="CVR")
    result = bring_in(csv_file(tmp_path, [*many(2), row(1_000_000_009, Ansatte="mange")]))
    assert "2 unchanged" in result.output
    assert "Warnings are told of new and changed rows only." in result.output


def test_the_rows_of_a_reason_are_named(tmp_path: Path) -> None:
    rows = [row(), *(row(f"12{letter}") for letter in "ABCD")]
    result = bring_in(csv_file(tmp_path, rows))
    assert "(for example row 3: 12A; row 4: 12B; row 5: 12C)\n" in result.output
    download = Download()
    download.unit(99, cvr=download.company("12345674")[1:])
    download.unit(cvr="12345674")
    told = json.loads(bring_in(*download.write(tmp_path / "d").values(), "--part", "--json").stdout)
    assert told["examples"]["number_length"] == [{"row": None, "value": "99"}]


def test_what_was_there_already_is_not_called_a_change(tmp_path: Path) -> None:
    path = csv_file(tmp_path, many(2))
    assert bring_in(path).output.endswith("\nThe register is changed.\n")
    assert bring_in(path).output.endswith("\nThere was nothing to change: the register stands as it was.\n")


def test_without_a_database_every_command_says_what_to_do(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "MEDSPIL_DATABASE"}
    own |= {"MEDSPIL_LOCAL": "true", "MEDSPIL_DATA": str(tmp_path / "not-there")}
    for words in (("status",), ("import", __file__, "--source", "CVR", "--date", DAY)):
        command = [sys.executable, "-m", "medspil.cli.main", "register", *words]
        done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines() == [
            "Error: The database cannot be reached, or is not set up. `medspil doctor` tells what is missing."
        ]
        told = told_by_doctor(own)  # makes the folder, so that the second command finds an empty database
        assert "migrations are waiting; run `medspil demo` or migrate." in told


def told_by_doctor(env: dict[str, str]) -> str:
    """Return what the doctor finds wrong."""
    command = [sys.executable, "-m", "medspil.cli.main", "doctor"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout
