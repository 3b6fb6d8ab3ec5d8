"""`medspil rank`: the ranking in the terminal, for people and for scripts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.rank import rank
from medspil.linking.models import Run
from medspil.linking.services import ask
from medspil.register.models import Unit
from medspil.web.linking.forms import FilterForm
from tests.conftest import NOW


def run(*words: object) -> Result:
    return CliRunner().invoke(rank, [str(word) for word in words])


def test_the_table_gives_companies_with_reasons(units: dict[str, Unit], need: Need) -> None:
    told = run(need.pk)
    assert told.exit_code == 0
    first = told.output.splitlines()[2]
    assert first.startswith("  1")
    assert "Lysets Fotostudie ApS" in first
    for reason in ("capability", "gives: photo_film 1.0", "0.9 km", "1 are protected from advertising and left out"):
        assert reason in told.output


def test_json_is_the_answer_of_the_service(units: dict[str, Unit], need: Need) -> None:
    told = json.loads(run(need.pk, "--json").output)
    asked = ask(need=need, by=None, now=NOW)
    assert told["answer"] == asked.answer
    assert told["question"] == asked.question
    assert told["fingerprint"] == asked.fingerprint


def test_nothing_is_stored(units: dict[str, Unit], need: Need) -> None:
    run(need.pk)
    assert not Run.objects.exists()


def test_filters_and_limit_narrow_the_table(units: dict[str, Unit], need: Need) -> None:
    told = run(need.pk, "--within", 2, "--model", "strategically_integrated", "--limit", 1).output
    assert "Lysets Fotostudie ApS" in told
    assert "=1+1 Foto" not in told


def test_the_terminal_narrows_as_the_page_does(units: dict[str, Unit], need: Need) -> None:
    told = json.loads(run(need.pk, "--json", "--sector", "private", "--size", "micro", "--size", "unknown").output)
    page = FilterForm({"sector": ["0"], "size": ["micro", "unknown"]}).filters()
    assert told["answer"] == ask(need=need, by=None, now=NOW, filters=page).answer
    assert told["answer"]["filtered_out"] > 0


def test_as_somebody_sees_what_she_may_see(units: dict[str, Unit], need: Need, anna: User, carl: User) -> None:
    assert run(need.pk, "--as", anna.email.upper()).exit_code == 0
    for email in (carl.email, "nobody@example.org"):
        refused = run(need.pk, "--as", email)
        assert refused.exit_code == 1
        assert refused.output.startswith("Error: ")
        assert email in refused.output


@pytest.mark.usefixtures("db")
def test_an_unknown_need_is_one_sentence_and_code_1() -> None:
    told = run(4711)
    assert (told.exit_code, told.output) == (1, "Error: There is no need number 4711.\n")


def test_a_missing_index_is_one_sentence_and_code_1(need: Need, settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    told = run(need.pk)
    assert told.exit_code == 1
    assert "medspil register index" in told.output
    assert len(told.output.splitlines()) == 1


@pytest.mark.parametrize("words", [["x"], [], ["1", "--limit", "0"], ["1", "--model", "both"]])
def test_wrong_usage_is_code_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2
