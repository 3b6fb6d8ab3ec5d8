"""`medspil allocate`: a round or two files, the same answer as on the board; links only on demand, and once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from medspil.accounts.models import User
from medspil.cli.allocate import allocate
from medspil.linking.models import Link
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Proposal, Round
from tests.conftest import NOW
from tests.factories import people, places, rounds

pytestmark = pytest.mark.django_db


def call(*arguments: object) -> Result:
    return CliRunner().invoke(allocate, [str(one) for one in arguments])


def files(folder: Path, asks: str = rounds.CLASSES, gives: str = rounds.COMPANIES) -> tuple[Path, Path]:
    """Write both tables."""
    both = folder / "klasser.csv", folder / "virksomheder.csv"
    for path, text in zip(both, (asks, gives), strict=True):
        path.write_text(text, encoding="utf-8")
    return both


@pytest.fixture
def round_(vejle: Organisation, anna: User) -> Round:
    """Return ten classes of one area and seven companies that are organisations here, not yet run."""
    area = places.area(vejle)
    made = rounds.adoption(vejle, anna, area=area, need=places.need(area, "Adoption", ("company_visit",)))
    for row in made.supplies.all():
        company = people.organisation(f"{row.label} A/S", "company")
        services.edit_row(row=row, expected_version=made.version, by=anna, now=NOW, organisation=company)
        made.refresh_from_db()
    return made


def test_two_files_need_no_round(tmp_path: Path) -> None:
    result = call("--file", *files(tmp_path), "--programme", "classes")
    assert result.exit_code == 0, result.output
    assert "10 of 10 given, 10 of 10 have their least, 0 left over.\nProven: no other way" in result.output
    assert result.output.count("Klodsfabrikken") == 3
    assert not Proposal.objects.exists()


def test_two_files_as_json_are_the_same_answer_each_time(tmp_path: Path) -> None:
    both = files(tmp_path, rounds.PROJECTS, rounds.LOTS)
    told = [json.loads(call("--file", *both, "--programme", "computers", "--json").stdout) for _time in range(2)]
    assert told[0] == told[1]
    assert told[0]["answer"]["figures"]["given"] == 153


def test_what_is_short_is_told_with_its_reason(tmp_path: Path) -> None:
    result = call("--file", *files(tmp_path), "--programme", "classes", "--within", 5)
    assert result.exit_code == 0
    assert "too far away" in result.output
    assert "The nearest of those too far away is 5.7 km off." in result.output


def test_a_wrong_row_stops_both_files_and_is_named(tmp_path: Path) -> None:
    both = files(tmp_path, asks="klasse;klassetrin\n7.A;7\n;8\n9.A;tolv")
    result = call("--file", *both, "--programme", "classes")
    assert result.exit_code == 1
    assert "klasser.csv: row 3, klasse: The name is missing." in result.stderr
    assert "klasser.csv: row 4, klassetrin: “tolv”" in result.stderr
    assert "2 things must be put right" in result.stderr
    one = call("--file", *files(tmp_path, asks="klasse;klassetrin\n7.A;7\n;8"), "--programme", "classes")
    assert "1 thing must be put right" in one.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["1", "--programme", "classes"],
        ["1", "--apply"],
        ["1", "--within", "5"],
        ["--programme", "classes"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(arguments: list[str]) -> None:
    assert call(*arguments).exit_code == 2


def test_a_round_is_shown_and_nothing_is_stored(round_: Round) -> None:
    result = call(round_.pk)
    assert result.exit_code == 0, result.output
    assert "10 of 10 given" in result.output
    assert not Proposal.objects.exists()


def test_links_are_made_by_somebody_and_once(round_: Round, anna: User, carl: User) -> None:
    assert call(round_.pk, "--apply", "--as", carl.email).exit_code == 1
    assert not Proposal.objects.exists()
    result = call(round_.pk, "--apply", "--as", anna.email)
    assert result.exit_code == 0, result.output
    assert "10 links made" in result.output
    again = call(round_.pk, "--apply", "--as", anna.email)
    assert again.exit_code == 1
    assert "closed" in again.stderr
    assert Link.objects.count() == 10


def test_an_unknown_round_and_an_unknown_person_are_refused(anna: User) -> None:
    assert "There is no allocation number 99" in call(99).stderr
    assert "Nobody signs in as nobody@example.org" in call(99, "--as", "nobody@example.org").stderr
