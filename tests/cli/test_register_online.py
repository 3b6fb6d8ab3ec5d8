"""`medspil register lookup` and `place` from the terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings

from medspil.cli.register import register
from medspil.register.index import index_state
from medspil.register.models import Unit
from tests.factories.net import Service, service
from tests.factories.registers import applied, csv_file, row, use_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write nothing outside the test's own folder, and ask this machine without a detour."""
    use_folder(settings, tmp_path / "data")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def run(*words: str) -> Result:
    return CliRunner().invoke(register, list(words))


def test_a_company_is_fetched_shown_and_searchable(cvrapi: Service) -> None:
    result = run("lookup", "12345674")
    assert result.exit_code == 0
    assert "P 1000000002  Filialen  7000 Vejle  [protected]" in result.output
    assert "2 added, 0 changed. Source: cvrapi.dk." in result.output
    assert index_state().current
    told = json.loads(run("lookup", "12345674", "--json").stdout)
    assert [unit["protected"] for unit in told["units"]] == [False, True]


def test_a_refusal_is_one_sentence_and_exit_code_1(cvrapi: Service) -> None:
    cvrapi.answer = lambda question: (404, {"error": "NOT_FOUND"})
    result = run("lookup", "12345674")
    assert (result.exit_code, result.output.strip()) == (1, "Error: There is no company with that CVR number.")


def test_units_are_placed_by_their_street_and_the_lack_of_a_service_is_told(tmp_path: Path) -> None:
    rows = [row(Adresse="Ågade 2"), row(1_000_000_002, Adresse="Ågade 9", X="", Y="")]
    applied(csv_file(tmp_path, rows))
    result = run("place")
    assert result.exit_code == 0
    assert "1 units placed in the middle of their street." in result.output
    assert "No address service" in result.output
    assert Unit.objects.get(number=1_000_000_002).point_quality == "street"
    assert index_state().current


def test_the_address_service_is_asked_and_its_trouble_told(tmp_path: Path, settings: Settings) -> None:
    applied(csv_file(tmp_path, [row(Adresse="Ågade 9", X="", Y="")]))
    with service(lambda question: (403, {})) as running:
        settings.ADDRESSES_URL, settings.LOOKUP_AGENT = running.address, "Medspil Vejle, it@vejle.example"
        result = run("place", "--municipality", "0630", "--limit", "5")
        assert len(running.asked) == 1
    assert "0 of 0 units placed at their address." in result.output
    assert "does not accept the token" in result.output
    assert run("place", "--municipality", "Vejle").exit_code == 2


def test_an_import_places_units_by_their_street_at_once(tmp_path: Path) -> None:
    rows = [row(Adresse="Ågade 2"), row(1_000_000_002, Adresse="Aagade 9", X="", Y="")]
    path = csv_file(tmp_path, rows)
    assert run("import", str(path), "--source", "CVR", "--date", "2026-11-01", "--apply").exit_code == 0
    assert Unit.objects.get(number=1_000_000_002).point_quality == "street"
    assert index_state().current
    again = run("import", str(path), "--source", "CVR", "--date", "2026-11-01", "--apply", "--json")
    assert json.loads(again.stdout)["unchanged"] == 2
