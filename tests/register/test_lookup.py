"""One company looked up on the net: taken in as any file, every refusal a sentence, and off unless it is turned on."""

import threading
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, User
from medspil.register.lookup import LookupTroubled, is_on, look_up_company
from medspil.register.models import ImportRun, Unit
from tests.factories.cvrapi_answers import answer, place
from tests.factories.net import Question, Service, service
from tests.factories.registers import applied, clock, csv_file, row

pytestmark = pytest.mark.django_db
CVR = "12345674"


@pytest.fixture(autouse=True)
def straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask this machine without a detour."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def refused(cvr: str = CVR) -> str:
    """Return the sentence of a look-up that comes to nothing, and see that nothing was kept."""
    before = list(Unit.objects.order_by("number").values_list())
    with pytest.raises(LookupTroubled) as caught:
        look_up_company(cvr=cvr, clock=clock)
    assert list(Unit.objects.order_by("number").values_list()) == before
    assert not ImportRun.objects.exclude(state="applied").exists()
    return str(caught.value)


def test_it_is_off_unless_it_is_turned_on() -> None:
    assert not is_on()
    assert "not turned on" in refused()


def test_a_company_is_asked_for_under_our_own_name_and_taken_in_as_any_file(cvrapi: Service, anna: User) -> None:
    found = look_up_company(cvr="12 34 56 74", clock=clock, by=anna)
    assert [unit.name for unit in found.units] == ["Opdigtet Skole ApS", "Filialen"]
    assert {unit.source for unit in found.units} == {"cvrapi.dk"}
    assert [(one.path, one.query["vat"], one.query["version"], one.agent) for one in cvrapi.asked] == [
        ("/api", CVR, "6", "Medspil Vejle, it@vejle.example")
    ]
    assert HistoryEntry.objects.of(found.run).get().by == anna
    assert not found.run.complete
    assert not found.run.files.exclude(file="").exists()


def test_looking_up_again_changes_nothing_and_other_companies_stay(cvrapi: Service) -> None:
    look_up_company(cvr=CVR, clock=clock)
    cvrapi.answer = lambda question: (200, answer(productionunits=[place(1_000_000_001)]))
    found = look_up_company(cvr=CVR, clock=clock)
    assert (found.run.added, found.run.changed, found.run.gone, found.run.unchanged) == (0, 0, 0, 1)
    assert Unit.objects.active().count() == 2


def test_what_the_register_knew_better_is_kept(cvrapi: Service, tmp_path: Any) -> None:
    applied(csv_file(tmp_path, [row(CVR_nr=CVR, Navn="Før", Adresse="Havnegade 12, 1")]))
    cvrapi.answer = lambda question: (200, answer(productionunits=[place(1_000_000_001)]))
    [unit] = look_up_company(cvr=CVR, clock=clock).units
    assert (unit.name, unit.x, unit.point_quality) == ("Opdigtet Skole ApS", 533500.0, "address")


def test_owners_do_not_even_get_into_a_file(cvrapi: Service) -> None:
    cvrapi.answer = lambda question: (200, answer(owners=[{"name": "Person Opdigtet"}]))
    found = look_up_company(cvr=CVR, clock=clock)
    assert "participants_skipped" not in found.run.findings["left_out"]


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (404, {"error": "NOT_FOUND", "t": 0, "version": 6}, "no company with that CVR number"),
        (200, {"error": "QUOTA_EXCEEDED"}, "no more questions from here today"),
        (403, {"error": "INVALID_UA"}, "MEDSPIL_LOOKUP_AGENT"),
        (403, {"error": "BANNED"}, "shut this site out"),
        (500, {"error": "SOMETHING_NEW"}, "the code SOMETHING_NEW"),
        (200, answer(cvr=11_111_111), "about another company"),
        (200, answer(productionunits=[]), "no place of work"),
        (200, answer(enddate="03/09 - 2020"), "no place of work"),
        (200, [], "not an answer"),
        (502, b"<html>Bad gateway</html>", "not an answer (code 502)"),
        (200, b"", "not an answer"),
        (200, b"\xff\xfe{}", "not an answer"),
    ],
)
def test_every_refusal_is_a_sentence_and_changes_nothing(
    cvrapi: Service, status: int, body: Any, sentence: str
) -> None:
    cvrapi.answer = lambda question: (status, body)
    assert sentence in refused()


def test_a_number_that_is_no_cvr_number_is_never_sent(cvrapi: Service) -> None:
    for text in ("12345678", "1234567", "Bager", ""):
        assert "not a CVR number" in refused(text)
    assert cvrapi.asked == []


def test_a_redirect_to_elsewhere_is_not_followed(cvrapi: Service) -> None:
    with service(lambda question: (200, answer())) as elsewhere:
        cvrapi.answer = lambda question: (302, f"{elsewhere.address}/api".encode())
        assert "not an answer (code 302)" in refused()
        assert elsewhere.asked == []


def test_a_service_that_is_not_there_or_says_nothing_is_told_so(cvrapi: Service, settings: Settings) -> None:
    go_on = threading.Event()

    def wait(question: Question) -> tuple[int, Any]:
        go_on.wait(30)
        return 200, {}

    cvrapi.answer, settings.LOOKUP_SECONDS = wait, 0.2
    try:
        assert "did not answer within" in refused()
    finally:
        go_on.set()
    settings.LOOKUP_URL = "http://127.0.0.1:9/api"
    assert "cannot be reached" in refused()
    settings.LOOKUP_URL = "file:///etc/passwd"
    assert "not one of the net" in refused()


def test_an_answer_without_end_is_given_up(cvrapi: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medspil.register.lookup.asking.MOST_BYTES", 100_000)
    cvrapi.answer = lambda question: (200, b'{"vat": "' + b"1" * 200_000)
    assert "cannot be reached" in refused()
