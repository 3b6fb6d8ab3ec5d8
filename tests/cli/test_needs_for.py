"""`medspil needs-for` and `medspil rank --all`: the ranking the other way round, and all of it, in the terminal."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.needs_for import needs_for_command
from medspil.cli.rank import rank
from medspil.linking.services import ask
from medspil.register.models import Unit
from tests.factories.people import NOW


def run(command: click.Command, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_the_needs_of_a_company_come_with_the_points_of_their_rankings(units: dict[str, Unit], need: Need) -> None:
    told = json.loads(run(needs_for_command, units["photo"].number, "--json").output)
    first = ask(need=need, by=None, now=NOW).answer["units"][0]
    assert told["needs"][0]["need"] == need.pk
    assert round(told["needs"][0]["score"], 6) == first["score"]
    table = run(needs_for_command, units["photo"].number).output
    for part in ("Lysets Fotostudie ApS", need.title, "0.9 km", "gives: photo_film 1.0", "1 of 1 open needs"):
        assert part in table


def test_a_protected_company_is_told_why_there_is_nothing(units: dict[str, Unit], need: Need) -> None:
    told = run(needs_for_command, units["protected"].number).output
    assert "No open need is left." in told
    assert "1 may not be brought to it: it is protected from advertising" in told


def test_as_somebody_only_her_needs_are_told(units: dict[str, Unit], need: Need, anna: User, carl: User) -> None:
    assert need.title in run(needs_for_command, units["photo"].number, "--as", anna.email).output
    assert need.title not in run(needs_for_command, units["photo"].number, "--as", carl.email).output


@pytest.mark.usefixtures("db")
def test_an_unknown_company_is_one_sentence() -> None:
    told = run(needs_for_command, 4711)
    assert (told.exit_code, told.output) == (1, "Error: The register has no unit with P-number 4711.\n")


def test_all_needs_go_into_a_file_and_the_last_line_tells_the_speed(
    units: dict[str, Unit], need: Need, anna: User, carl: User, tmp_path: Path
) -> None:
    out = tmp_path / "all.csv"
    told = run(rank, "--all", "--out", out, "--limit", 3)
    assert told.exit_code == 0, told.output
    assert f"3 rows in {out}. 1 needs ranked in" in told.output
    assert "needs/s." in told.output.splitlines()[-1]
    assert len(out.read_bytes().splitlines()) == 4
    assert "0 rows" in run(rank, "--all", "--out", out, "--as", carl.email).output


def test_a_stopped_batch_says_how_to_go_on(
    units: dict[str, Unit], need: Need, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: object, phase: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("medspil.cli.long_work.Bar.tell", stop)
    told = run(rank, "--all", "--out", tmp_path / "all.ndjson")
    assert (told.exit_code, told.output) == (1, "Error: Stopped. The same command goes on where this one stopped.\n")
    monkeypatch.undo()
    assert run(rank, "--all", "--out", tmp_path / "all.ndjson").exit_code == 0


def test_a_folder_that_is_not_there_is_one_sentence(units: dict[str, Unit], need: Need, tmp_path: Path) -> None:
    told = run(rank, "--all", "--out", tmp_path / "none" / "all.csv")
    assert told.exit_code == 1
    assert told.output.startswith("Error: ")
    assert "cannot be written" in told.output


@pytest.mark.parametrize(
    "words",
    [
        ["--all"],
        ["--all", "--out", "x.txt"],
        ["--all", "1", "--out", "x.csv"],
        ["--all", "--out", "x.csv", "--json"],
        ["1", "--out", "x.csv"],
        ["1", "--limit", "51"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(words: list[str]) -> None:
    assert run(rank, *words).exit_code == 2
