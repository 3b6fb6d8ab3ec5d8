"""The button that fetches a company the register lacks: offered only where it works, and only to who may."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import people
from tests.factories.cvrapi_answers import answer, place
from tests.factories.net import Service
from tests.factories.registers import use_folder

pytestmark = pytest.mark.django_db
CVR = "12345674"
BUTTON = "Fetch the company"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write nothing outside the test's own folder, speak English, and ask this machine without a detour."""
    use_folder(settings, tmp_path / "data")
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def as_reader(vejle: Organisation) -> Client:
    return people.signed_in(people.member(vejle, Role.READER, name="Rita"))


def search(client: Client, text: str) -> str:
    return client.get(reverse("register:list"), {"q": text}).content.decode()


def fetch(client: Client, cvr: str = CVR) -> str:
    """Press the button, and return the page one comes to."""
    response = client.post(reverse("register:lookup"), {"cvr": cvr}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_button_stands_where_a_cvr_number_finds_nothing(as_anna: Client, cvrapi: Service) -> None:
    page = search(as_anna, "CVR 12 34 56 74")
    assert BUTTON in page
    assert "cvrapi.dk" in page
    assert BUTTON not in search(as_anna, "12345678")  # no CVR number
    assert BUTTON not in search(as_anna, "Bager")
    assert cvrapi.asked == []


def test_what_is_here_but_has_ceased_is_not_called_unknown(as_anna: Client, cvrapi: Service) -> None:
    fetch(as_anna)
    Unit.objects.update(status="ceased")
    assert BUTTON not in search(as_anna, CVR)


def test_nothing_is_offered_where_no_service_is_named(as_anna: Client) -> None:
    assert BUTTON not in search(as_anna, CVR)
    assert "not turned on" in fetch(as_anna)


def test_who_may_only_look_gets_no_button_and_no_answer(as_reader: Client, cvrapi: Service) -> None:
    assert BUTTON not in search(as_reader, CVR)
    assert as_reader.post(reverse("register:lookup"), {"cvr": CVR}).status_code == 403
    assert cvrapi.asked == []


def test_fetching_takes_the_units_in_shows_them_and_has_the_index_built(as_anna: Client, cvrapi: Service) -> None:
    page = fetch(as_anna)
    assert "2 places of work were fetched from cvrapi.dk." in page
    assert "Filialen" in page
    assert BUTTON not in page
    assert DBTaskResult.objects.filter(task_path__endswith="build_search_index").exists()


def test_the_only_unit_is_shown_on_its_own_page(as_anna: Client, cvrapi: Service) -> None:
    cvrapi.answer = lambda question: (200, answer(productionunits=[place()]))
    assert "<h1>Opdigtet Skole ApS</h1>" in fetch(as_anna)


def test_what_went_wrong_is_told_beside_the_search(as_anna: Client, cvrapi: Service) -> None:
    cvrapi.answer = lambda question: (404, {"error": "NOT_FOUND"})
    page = fetch(as_anna)
    assert "There is no company with that CVR number." in page
    assert f'value="{CVR}"' in page
    assert "not a CVR number" in fetch(as_anna, "<b>x</b>")
    assert not Unit.objects.exists()


def test_the_privacy_page_says_what_leaves_the_house_and_to_whom(client: Client, cvrapi: Service) -> None:
    page = client.get(reverse("privacy")).content.decode()
    assert "its CVR number is sent to cvrapi.dk; not who asks" in page
