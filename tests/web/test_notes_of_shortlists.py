"""Notes of shortlists are the area's own: a broker who works there sees the companies and their steps, and no note."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import shortlist
from medspil.linking.models import Candidate
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import people
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
SECRET = "Ejeren er syg, sig det ikke videre"


@pytest.fixture
def bea(need: Need) -> User:
    """Return a broker whose network takes part in the area."""
    network = people.organisation("Virksomhedsnetværket", "business_network")
    need.area.partners.add(network)
    return people.member(network, Role.BROKER, name="Bea")


@pytest.fixture
def kept(units: dict[str, Unit], need: Need, anna: User) -> Candidate:
    """Return a kept company with Anna's note; another one is set aside with a note of hers."""
    number = units["photo"].number
    made = shortlist.keep(need=need, number=number, expected_version=0, by=anna, now=NOW)
    shortlist.set_aside(
        need=need, number=units["film"].number, reason="other", note=SECRET, expected_version=0, by=anna, now=NOW
    )
    return shortlist.change(
        candidate=made, expected_version=1, by=anna, now=NOW, owner=None, next_step="Ring", next_step_on=None,
        note=SECRET,
    )  # fmt: skip


PAGES = ["shortlist", "ranking", "shortlist_export csv", "shortlist_export pdf", "change"]


def text_of(client: Client, page: str, kept: Candidate) -> str:
    name, *kind = page.split()
    answer = client.get(reverse(f"linking:{name}", args=[kept.pk if page == "change" else kept.need.pk, *kind]))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if page.endswith("pdf"):
        return " ".join(part.extract_text() for part in PdfReader(io.BytesIO(content)).pages)
    return str(content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_a_broker_reads_no_note_and_the_area_does(kept: Candidate, anna: User, bea: User, page: str) -> None:
    assert "syg" not in text_of(people.signed_in(bea), page, kept)
    if page != "ranking":  # it shows no notes to anybody
        assert "syg" in text_of(people.signed_in(anna), page, kept)


def test_a_broker_who_saves_the_next_step_leaves_the_note_as_it_is(kept: Candidate, bea: User) -> None:
    url = reverse("linking:change", args=[kept.pk])
    sent = {"version": kept.version, "next_step": "Besøg", "note": "overskrevet"}
    assert people.signed_in(bea).post(url, sent).status_code == 302
    kept.refresh_from_db()
    assert (kept.next_step, kept.note) == ("Besøg", SECRET)


def test_a_brokers_reason_stands_beneath_the_note_she_cannot_read(kept: Candidate, anna: User, bea: User) -> None:
    for _click in range(2):
        shortlist.set_aside(
            need=kept.need, number=kept.unit.number, reason="other", note="De flytter", expected_version=kept.version,
            by=bea, now=NOW + timedelta(days=1),
        )  # fmt: skip
    kept.refresh_from_db()
    assert kept.note == f"{SECRET}\nDe flytter"
    assert "syg" not in text_of(people.signed_in(bea), "shortlist", kept)


def test_a_conflict_shows_a_broker_what_was_decided_and_no_note(
    kept: Candidate, units: dict[str, Unit], bea: User
) -> None:
    url = reverse("linking:set_aside", args=[kept.need.pk, units["film"].number])
    answer = people.signed_in(bea).post(url, {"version": 0, "reason": "too_far"})
    assert answer.status_code == 409
    assert "syg" not in answer.content.decode()
