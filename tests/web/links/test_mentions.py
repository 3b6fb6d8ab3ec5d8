"""Texts of links that may name somebody who took her consent back are found, shown to those who may, and settled."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.linking import asking, notes, sides
from medspil.linking.brokers import come
from medspil.linking.links import edit_link
from medspil.linking.models import Link, LinkNote, Mention
from medspil.mapping.models import Consent, HowEnded, Resource
from medspil.mapping.withdrawal import withdraw_consent
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.conftest import NOW
from tests.factories import links, offering, people
from tests.web.links.conftest import ENGLISH, page, send, side

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida(need: Need, anna: User) -> Resource:
    """Return a person on the map."""
    made = links.resource(need, "Ida Hansen", "person", consented_on=NOW.date())
    Consent.objects.create(resource=made, given_on=NOW.date(), how="said", said_to=anna, on_map=True)
    return made


@pytest.fixture
def bank(db: None) -> Organisation:
    return offering.company("Fjordens Banken A/S")


def withdraw(person: Resource, by: User) -> None:
    withdraw_consent(resource=person, how=HowEnded.SAID, by=by, now=timezone.now())


def waiting() -> list[str]:
    return [one.where for one in Mention.objects.waiting()]


def everything() -> str:
    """Return every text of links and the whole history."""
    rows: list[object] = list(HistoryEntry.objects.values())
    for model in apps.get_app_config("linking").get_models():
        rows += list(model._default_manager.values())
    return str(rows)


def test_texts_of_other_links_that_name_her_are_found_and_nothing_is_deleted(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_anna: Client
) -> None:
    link = links.link(need, links.party(bank, brings="En mentor til Ida"), by=anna, sentence="Banken møder fru Hansen.")
    other = links.link(need, offering.company("Andre"), by=anna, sentence="Middag på fredag i Idaho.")
    withdraw(ida, anna)
    assert sorted(waiting()) == ["brings", "history", "sentence"]
    assert {one.link for one in Mention.objects.all()} == {link}
    assert Link.objects.get(pk=link.pk).sentence == "Banken møder fru Hansen."
    html = page(as_anna, "mentions")
    assert "Banken møder fru Hansen." in html
    assert "En mentor til Ida" in html
    assert "3 texts may name somebody" in as_anna.get("/", headers=ENGLISH).content.decode()
    for name, key in (("links", need.area_id), ("link", link.pk)):
        assert "3 texts may name somebody" in page(as_anna, name, key)
    assert "may name somebody" not in page(as_anna, "link", other.pk)


def test_many_texts_cost_as_many_queries_as_one(need: Need, anna: User, as_anna: Client) -> None:
    counted = []
    for number in (1, 9):
        for nth in range(number):
            bank = offering.company(f"Bank {number}-{nth}")
            made = links.link(need, bank, by=anna, sentence="Ida kommer med.")
            Mention.objects.create(link=made, where="sentence", found_on=NOW.date())
            Mention.objects.create(link=made, where="brings", record=side(made, "Bank").pk, found_on=NOW.date())
        with CaptureQueriesContext(connection) as queries:
            page(as_anna, "mentions")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_texts_of_her_own_link_that_others_brought_are_found(
    need: Need, ida: Resource, bank: Organisation, anna: User
) -> None:
    links.link(need, ida, links.party(bank, brings="En plads til Ida"), by=anna)
    withdraw(ida, anna)
    assert waiting() == ["brings"]


def test_what_is_deleted_or_changed_leaves_the_history_too(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_anna: Client
) -> None:
    link = links.link(need, links.party(bank, brings="Idas plads"), by=anna, sentence="Ida Hansen kommer med.")
    asking.ask(
        link=link, party=side(link, bank.name), on=NOW.date(), note="Spørg efter Ida", expected_version=1, by=anna,
        now=NOW,
    )  # fmt: skip
    withdraw(ida, anna)
    for one in Mention.objects.filter(where__in=["brings", "step"]):
        assert send(as_anna, "mention_settle", one.pk, do="delete").status_code == 302
    now = Link.objects.get()
    edit_link(link=now, expected_version=now.version, sentence="En kommer med.", by=anna, now=timezone.now())
    assert "Ida" in everything()  # the wording before stands in the history
    send(as_anna, "mention_settle", Mention.objects.get(where="sentence").pk, do="changed")
    assert waiting() == []
    assert "Ida" not in everything()
    assert Link.objects.get().sentence == "En kommer med."


def test_what_is_somebody_else_stays(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_anna: Client
) -> None:
    links.link(need, bank, by=anna, sentence="Ida fra banken holder oplæg.")
    withdraw(ida, anna)
    for one in list(Mention.objects.all()):
        for _twice in range(2):
            send(as_anna, "mention_settle", one.pk, do="keep")
    assert waiting() == []
    assert Link.objects.get().sentence == "Ida fra banken holder oplæg."
    assert HistoryEntry.objects.filter(action="mention_keep").count() == 2


def test_each_organisation_is_told_of_its_own_notes_only(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_anna: Client
) -> None:
    bo = offering.contact(bank)
    link = links.link(need, bank, by=anna)
    asking.ask(link=link, party=side(link, bank.name), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    notes.write_note(link=link, organisation=bank, text="Ring til Ida.", creation_key=uuid4(), by=bo, now=NOW)
    withdraw(ida, anna)
    mention = Mention.objects.get(where="note")
    assert "Ring til Ida" not in page(as_anna, "mentions")
    assert send(as_anna, "mention_settle", mention.pk, do="delete").status_code == 403
    as_bo = people.signed_in(bo)
    assert "Ring til Ida." in page(as_bo, "mentions")
    told = list(HistoryEntry.objects.of(link).values_list("pk", "changes"))
    assert send(as_bo, "mention_settle", mention.pk, do="delete").status_code == 302
    assert not LinkNote.objects.exists()
    assert list(HistoryEntry.objects.of(link).exclude(action="mention_delete").values_list("pk", "changes")) == told


def test_the_broker_of_a_link_is_told_of_no_note_of_her_own_area(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_anna: Client
) -> None:
    link = links.link(need, bank, by=anna)
    home = need.area.owner
    notes.write_note(link=link, organisation=home, text="Ring til Ida.", creation_key=uuid4(), by=anna, now=NOW)
    withdraw(ida, anna)
    assert "Ring til Ida." in page(as_anna, "mentions")
    come(link=link, user=anna, organisation=home, by=anna, now=NOW)
    assert "Ring til Ida." not in page(as_anna, "mentions")
    assert send(as_anna, "mention_settle", Mention.objects.get(where="note").pk, do="delete").status_code == 403


def test_neither_strangers_nor_readers_are_told(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_carl: Client
) -> None:
    links.link(need, bank, by=anna, sentence="Ida kommer med.")
    withdraw(ida, anna)
    mention = Mention.objects.filter(where="sentence").get()
    reader = people.signed_in(people.member(need.area.owner, Role.READER, name="Rie"))
    assert send(as_carl, "mention_settle", mention.pk, do="delete").status_code == 404
    assert send(reader, "mention_settle", mention.pk, do="delete").status_code == 403
    for client in (as_carl, reader):
        assert "Ida kommer" not in page(client, "mentions")


def test_a_consent_in_writing_still_counts_when_its_words_are_deleted(
    need: Need, ida: Resource, bank: Organisation, anna: User, as_anna: Client
) -> None:
    link = links.link(need, bank, by=anna)
    sides.note_consent(
        link=link, party=side(link, bank.name), on=NOW.date(), how="Ida, på mødet", expected_version=1, by=anna, now=NOW
    )
    withdraw(ida, anna)
    send(as_anna, "mention_settle", Mention.objects.get(where="consent").pk, do="delete")
    kept = side(link, bank.name)
    assert (kept.consent_on, kept.consent_how) == (NOW.date(), "–")
