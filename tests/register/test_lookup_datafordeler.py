"""One company looked up at Datafordeler: a question for each entity, the answers read as a download is."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from medspil.register.lookup import LookupTroubled, datafordeler, look_up_company
from medspil.register.models import Unit
from tests.factories.net import Question, Service, service
from tests.factories.registers import clock

pytestmark = pytest.mark.django_db
CVR, KEY = "12345674", "made-up-key"
_SINCE = {"virkningFra": "2015-03-01", "virkningTil": None, "registreringFra": "2015-03-01T08:00:00Z"}
_ALWAYS = {**_SINCE, "registreringTil": None, "datafordelerOpdateringstid": "2026-11-20T04:00:00Z"}


def of(owner: str, **told: Any) -> dict[str, Any]:
    return {"CVREnhedsId": owner, **told, **_ALWAYS}


NODES: dict[str, list[dict[str, Any]]] = {
    "Virksomhed": [
        {"id": "C1", "CVRNummer": 12_345_674, "status": "aktiv", "virksomhedStartdato": "2015-03-01",
         "virksomhedOphoersdato": None, **_ALWAYS}
    ],
    "Produktionsenhed": [
        {"id": f"U{nth}", "pNummer": 1_000_000_000 + nth, "status": "aktiv", "produktionsenhedStartdato": "2015-03-01",
         "produktionsenhedOphoersdato": None, "tilknyttetVirksomhedsCVRNummer": 12_345_674,
         "tilknyttetTilVirksomhedOphoersdato": None, **_ALWAYS}
        for nth in (1, 2)
    ],
    "Navn": [of("C1", vaerdi="Opdigtet ApS", sekvens=0), of("U1", vaerdi="Opdigtet", sekvens=0),
             of("U2", vaerdi="Filialen", sekvens=0)],
    "Adressering": [
        of(owner, AdresseringAnvendelse="beliggenhedsadresse", Adresse="0a3f50bc-fde6-32b8-e044-0003ba298018",
           CVRAdresse_vejnavn="Havnegade", CVRAdresse_husnummerFra="12", CVRAdresse_husnummerTil=None,
           CVRAdresse_etagebetegnelse=None, CVRAdresse_doerbetegnelse=None, CVRAdresse_postnummer="7100",
           CVRAdresse_postdistrikt="Vejle", CVRAdresse_kommunekode="630", CVRAdresse_landekode="DK")
        for owner in ("C1", "U1", "U2")
    ],
    "Branche": [of(owner, vaerdi="251100", vaerdiTekst="Metal", sekvens=0) for owner in ("C1", "U1", "U2")],
    "Virksomhedsform": [of("C1", vaerdi="80", vaerdiTekst="Anpartsselskab")],
    "Reklamebeskyttelse": [of("C1", vaerdi=False), of("U2", vaerdi=True)],
}  # fmt: skip


def graphql(question: Question) -> tuple[int, Any]:
    """Answer as the service does: one entity, the fields that are named, a page at a time."""
    asked = re.search(r"CVR_(\w+)\(first: (\d+)(?:, after: \"(\d+)\")?", json.loads(question.body)["query"])
    assert asked
    fields = set(json.loads(question.body)["query"].partition("nodes {")[2].partition("}")[0].split())
    nodes = [{name: node.get(name) for name in fields} for node in NODES.get(asked[1], [])]
    begin, end = int(asked[3] or 0), int(asked[3] or 0) + min(int(asked[2]), 2)
    info = {"hasNextPage": end < len(nodes), "endCursor": str(end)}
    return 200, {"data": {f"CVR_{asked[1]}": {"nodes": nodes[begin:end], "pageInfo": info}}}


@pytest.fixture
def running(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with service(graphql) as one:
        settings.LOOKUP, settings.LOOKUP_URL, settings.LOOKUP_KEY = "datafordeler", f"{one.address}/CVR/v2", KEY
        settings.LOOKUP_AGENT = "Medspil Vejle, it@vejle.example"
        yield one


def refused() -> str:
    with pytest.raises(LookupTroubled) as caught:
        look_up_company(cvr=CVR, clock=clock)
    assert not Unit.objects.exists()
    return str(caught.value)


def test_the_answers_become_units_as_a_download_does(running: Service) -> None:
    own, branch = look_up_company(cvr=CVR, clock=clock).units
    assert (own.number, own.name, own.company_name, own.company_form) == (
        1_000_000_001,
        "Opdigtet",
        "Opdigtet ApS",
        "80",
    )
    assert (own.address, own.postcode, own.municipality, own.source) == ("Havnegade 12", "7100", "0630", "Datafordeler")
    assert (own.protected, branch.protected) == (False, True)
    assert {one.query["apiKey"] for one in running.asked} == {KEY}


def test_each_question_names_one_entity_with_a_condition_and_never_asks_for_people(running: Service) -> None:
    look_up_company(cvr=CVR, clock=clock)
    questions = [json.loads(one.body)["query"] for one in running.asked]
    assert all(question.count("CVR_") == 1 for question in questions)
    assert all("where: {" in question for question in questions)
    assert not any(name in question for question in questions for name in ("coNavn", "Deltager", "Person", "Fritekst"))


def test_more_owners_than_a_filter_takes_are_asked_for_in_portions(
    running: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datafordeler, "MOST_IN_A_FILTER", 2)
    look_up_company(cvr=CVR, clock=clock)
    conditions = [re.search(r"in: (\[.*?\])", json.loads(one.body)["query"]) for one in running.asked]
    assert {found[1] for found in conditions if found} == {'["C1", "U1"]', '["U2"]'}


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, {"errors": [{"message": "Unauthorized"}]}, "does not accept the key"),
        (429, {}, "no more questions"),
        (200, {"errors": [{"message": f"DAF-GQL-0010 at apiKey={KEY}"}]}, "DAF-GQL-0010"),
        (200, {"data": {"CVR_Virksomhed": {"nodes": [], "pageInfo": {}}}}, "no company with that CVR number"),
        (200, {"data": None}, "refused"),
        (200, [], "refused"),
    ],
)
def test_every_refusal_is_a_sentence_that_never_tells_the_key(
    running: Service, status: int, body: Any, sentence: str
) -> None:
    running.answer = lambda question: (status, body)
    told = refused()
    assert sentence in told
    assert KEY not in told


def test_without_a_key_nothing_is_asked(running: Service, settings: Settings) -> None:
    settings.LOOKUP_KEY = ""
    assert "MEDSPIL_LOOKUP_KEY" in refused()
    assert running.asked == []


def test_questions_that_together_take_too_long_are_given_up(running: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafordeler, "TOGETHER", 0)
    assert "too slow" in refused()
    assert running.asked == []
