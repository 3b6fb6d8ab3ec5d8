"""What a link made from the board says: a plain sentence for each programme, and only what is really brought."""

import pytest
from django.utils import translation

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link
from medspil.organisations.models import Organisation
from medspil.rounds import services
from tests.conftest import NOW
from tests.factories import people, places, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def need(area: Area) -> Need:
    """Return the one need that all rows stand for."""
    return places.need(area, "Det vi mangler", ("computers_equipment",))


def made(owner: Organisation, by: User, need: Need, *, kind: str, asks: str, gives: str, company: Organisation) -> Link:
    """Return the one link of a round that is run."""
    round_ = rounds.begin(owner, by, kind=kind, areas=[need.area])
    rounds.fill(round_, by, asks=True, text=asks, area=need.area, need=need)
    rounds.fill(round_, by, asks=False, text=gives)
    round_.supplies.update(organisation=company)
    round_.refresh_from_db()
    with translation.override("en"):
        number = services.run(round_=round_, by=by, now=NOW).number
        (link,) = services.apply(round_=round_, number=number, by=by, now=NOW).made
    return link


def brought(link: Link, company: Organisation) -> str:
    """Return what the company brings."""
    return link.parties.get(organisation=company).brings


def test_a_company_adopts_a_class_and_does_not_bring_itself(vejle: Organisation, anna: User, need: Need) -> None:
    company = people.organisation("Klods A/S", "company")
    link = made(
        vejle, anna, need, kind="classes", asks="klasse;klassetrin\n2.B;2", gives="virksomhed;antal\nKLODS;1",
        company=company,
    )  # fmt: skip
    assert link.sentence == "Klods A/S adopts 2.B."
    assert brought(link, company) == ""


@pytest.mark.parametrize(
    ("lot", "brings", "told"),
    [
        ("BRFkredit;25", "", "25 computers"),
        ("BRFkredit A/S;1", "", "1 computer"),
        ("Fra hovedkontoret;25", "Fra hovedkontoret", "25 computers"),
    ],
)
def test_computers_come_from_a_company_to_a_project(
    vejle: Organisation, anna: User, need: Need, *, lot: str, brings: str, told: str
) -> None:
    company = people.organisation("BRFkredit", "company")
    link = made(
        vejle, anna, need, kind="computers", asks="projekt;antal\nNetcaféen;25", gives=f"parti;antal\n{lot}",
        company=company,
    )  # fmt: skip
    assert link.sentence == f"{told} from BRFkredit to Netcaféen."
    assert brought(link, company) == brings


def test_volunteers_come_at_a_time_and_are_not_named(vejle: Organisation, anna: User, need: Need) -> None:
    company = people.organisation("Røde Kors", "association")
    link = made(
        vejle, anna, need, kind="volunteers", asks="hold;antal;tid\nLektiecafé;2;ma 16-18",
        gives="frivillig;antal;tid\nFatima A.;1;ma 8-20\nOle B.;1;ma 8-20", company=company,
    )  # fmt: skip
    assert link.sentence == "2 volunteers from Røde Kors come every week to Lektiecafé, Monday 16-18."
    assert brought(link, company) == ""
