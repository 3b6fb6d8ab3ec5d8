"""Who belongs to a side is spoken to, not about: her no, her badge, and what her side brings to write."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.linking.asking import ask
from medspil.linking.models import Link
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import links, offering, people
from tests.web.links.conftest import page, send, side

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db: None) -> Organisation:
    return offering.company("Fjordens Banken A/S")


@pytest.fixture
def asked(need: Need, bank: Organisation, anna: User) -> Link:
    """Return a link whose company was asked."""
    made = links.link(need, bank, by=anna, sentence="Banken holder lektiecafé.")
    party = made.parties.get(organisation=bank)
    return ask(link=made, party=party, on=timezone.localdate(), expected_version=1, by=anna, now=timezone.now())


def test_a_company_is_asked_why_it_says_no_and_told_what_follows_for_it(asked: Link, bank: Organisation) -> None:
    as_bo = people.signed_in(offering.contact(bank))
    party = side(asked, bank.name).pk
    html = page(as_bo, "link_no", asked.pk, party)
    assert "<h1>You say no</h1>" in html
    for words in ("Why do you say no?", "In your own words", "How many kilometres would you go?"):
        assert words in html
    for words in ("You are never suggested to Vejle Kommune again", "We do not give this kind of resource"):
        assert words in html
    for words in ("they", "your organisation", f"{bank.name} says no"):
        assert words not in html.split("<main")[1].split("</main>")[0]
    form: dict[str, Any] = {"version": asked.version, "creation_key": str(uuid4())}
    assert "Choose why you say no." in send(as_bo, "link_no", asked.pk, party, **form).content.decode()
    late = send(as_bo, "link_no", asked.pk, party, reason="too_far", **form)
    assert "Say how many kilometres you would go." in late.content.decode()
    send(as_bo, "link_no", asked.pk, party, reason="never", **form)
    assert "You are never suggested to Vejle Kommune again" in page(as_bo, "link", asked.pk)


def test_whoever_notes_the_no_of_another_is_told_what_follows_for_them(asked: Link, as_anna: Client) -> None:
    html = page(as_anna, "link_no", asked.pk, side(asked, "Fjordens").pk)
    assert "Why do they say no?" in html
    assert "They are never suggested to Vejle Kommune again" in html
    own = page(as_anna, "link_no", asked.pk, side(asked, "Vejle").pk)
    assert "Why do you say no?" in own


def test_the_buttons_and_the_badge_of_ones_own_side_say_so(asked: Link, bank: Organisation, as_anna: Client) -> None:
    html = page(people.signed_in(offering.contact(bank)), "link", asked.pk)
    assert "We would like to" in html
    assert "We say no …" in html
    assert html.count("badge-info") == 1
    theirs = page(as_anna, "link", asked.pk).split(f'id="party-{side(asked, bank.name).pk}"')[1]
    assert "We would like to" not in theirs
    assert "Would like to" in theirs


def test_each_side_writes_what_it_brings_and_nobody_for_others(
    asked: Link, bank: Organisation, as_anna: Client
) -> None:
    as_bo, party, own = people.signed_in(offering.contact(bank)), side(asked, bank.name), side(asked, "Vejle")
    assert f"/part/{party.pk}/bidrag/" in page(as_bo, "link", asked.pk)
    assert f"/part/{party.pk}/bidrag/" not in page(as_anna, "link", asked.pk)
    assert send(as_anna, "link_brings", asked.pk, party.pk, version=asked.version, brings="Penge").status_code == 403
    assert "What do you bring?" in page(as_bo, "link_brings", asked.pk, party.pk)
    assert send(as_bo, "link_brings", asked.pk, own.pk, version=asked.version, brings="Et rum").status_code == 403
    sent = send(as_bo, "link_brings", asked.pk, party.pk, version=asked.version, brings=" To frivillige ")
    assert sent.status_code == 302
    assert side(asked, bank.name).brings == "To frivillige"
    assert "What it brings: “To frivillige”" in page(as_anna, "link", asked.pk)
    now = Link.objects.get()
    assert send(as_anna, "link_brings", now.pk, own.pk, version=now.version, brings="Et rum").status_code == 302


def test_for_a_side_without_people_whoever_links_in_the_area_writes(
    link: Link, smith: Unit, as_anna: Client, vejle: Organisation
) -> None:
    party = side(link, smith.name)
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    assert send(reader, "link_brings", link.pk, party.pk, version=1, brings="Nej").status_code == 403
    assert send(as_anna, "link_brings", link.pk, party.pk, version=1, brings="Rammer").status_code == 302
    offering.contact(offering.company(smith.name, unit=smith, cvr=smith.cvr))
    assert send(as_anna, "link_brings", link.pk, party.pk, version=2, brings="Andet").status_code == 403


def test_two_who_write_at_once_see_both_versions(asked: Link, bank: Organisation) -> None:
    as_bo, party = people.signed_in(offering.contact(bank)), side(asked, bank.name)
    send(as_bo, "link_brings", asked.pk, party.pk, version=asked.version, brings="Det første")
    late = send(as_bo, "link_brings", asked.pk, party.pk, version=asked.version, brings="Det andet")
    html = late.content.decode()
    assert late.status_code == 409
    assert "Det første" in html
    assert "Det andet" in html
    assert side(asked, bank.name).brings == "Det første"
    again = send(as_bo, "link_brings", asked.pk, party.pk, version=Link.objects.get().version, brings="Det andet")
    assert again.status_code == 302


def test_what_a_person_brings_stands_in_no_history(need: Need, anna: User, as_anna: Client) -> None:
    ida: Resource = links.resource(need, "Ida Hansen", "person", consented_on=timezone.localdate())
    made = links.link(need, ida, by=anna)
    party = side(made, "Ida")
    assert send(as_anna, "link_brings", made.pk, party.pk, version=1, brings="Idas cykel").status_code == 302
    assert "Ida" not in str([entry.changes for entry in HistoryEntry.objects.of(made)])


def test_nothing_is_written_on_a_link_that_was_put_away(link: Link, as_anna: Client) -> None:
    send(as_anna, "link_archive", link.pk)
    version = Link.objects.get().version
    sent = send(as_anna, "link_brings", link.pk, side(link, "Vejle").pk, version=version, brings="Et rum")
    assert sent.status_code == 403
