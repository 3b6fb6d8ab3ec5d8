"""Brokers, notes and refusals at work: what each person sees of them, and what only she may do."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import asking, refusals
from medspil.linking.models import Brokerage, Link, LinkNote
from medspil.linking.parties import Party
from medspil.mapping.models import Scope
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies, links, offering, people, resources
from tests.web.links.conftest import ENGLISH, page, send, side

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva(vejle: Organisation) -> User:
    """Return a broker in Anna's municipality."""
    return people.member(vejle, Role.BROKER, name="Eva")


def come(client: Client, link: Link, who: User) -> Brokerage:
    assert send(client, "broker_come", link.pk, person=who.pk).status_code == 302
    return Brokerage.objects.get(link=link, user=who)


def test_a_broker_comes_introduces_and_plans_to_leave_and_both_sides_see_it(
    link: Link, as_anna: Client, anna: User, eva: User
) -> None:
    found, as_eva = come(as_anna, link, eva), people.signed_in(eva)
    send(as_eva, "broker_introduce", link.pk, version=Link.objects.get().version)
    day = timezone.localdate() + timedelta(days=20)
    plan: dict[str, Any] = {
        "version": found.version,
        "leaves_on": day.isoformat(),
        "to": anna.pk,
        "handover": "Ring før jul.",
    }
    assert send(as_eva, "broker_leave", found.pk, **plan).status_code == 302
    html = page(as_anna, "link", link.pk)
    for words in ("Leaves after", "Anna goes on", "Ring før jul.", "5 points of the handover", "introduced"):
        assert words in html
    ahead, happened = html.split('id="planned"')[1].split('id="happened"')
    assert "The broker will leave" in ahead
    assert "The broker will leave" not in happened.split("All changes")[0]
    found.refresh_from_db()
    send(as_eva, "broker_tick", found.pk, version=found.version, code="promises", done="yes")
    assert "4 points of the handover" in page(as_anna, "link", link.pk)
    home = as_eva.get("/", headers=ENGLISH).content.decode()
    assert "Those you bring together" in home
    assert "You leave after" in home
    assert "Havnens Smedje ApS (not asked yet)" in home
    found.refresh_from_db()
    send(as_eva, "broker_stay", found.pk, version=found.version)
    html = page(as_anna, "link", link.pk)
    assert "Leaves after" not in html
    assert 'id="planned"' not in html
    assert "The broker will leave" in html  # it was said, and taken back


def test_leaving_needs_a_day_to_come(link: Link, as_anna: Client, eva: User) -> None:
    found = come(as_anna, link, eva)
    passed: dict[str, Any] = {"version": found.version, "leaves_on": "2026-01-01", "to": "", "handover": ""}
    answer = send(as_anna, "broker_leave", found.pk, **passed)
    assert answer.status_code == 422
    assert "Choose today or a day to come" in answer.content.decode()


def test_notes_are_read_by_ones_own_organisation_and_never_by_a_broker(
    link: Link, as_anna: Client, vejle: Organisation, eva: User
) -> None:
    form: dict[str, Any] = {
        "note-creation_key": str(uuid4()),
        "note-organisation": vejle.pk,
        "note-text": "Ejeren mangler tid.",
    }
    assert send(as_anna, "link_note", link.pk, **form).status_code == 302
    assert "Ejeren mangler tid." in page(as_anna, "link", link.pk)
    come(as_anna, link, eva)
    as_eva, note = people.signed_in(eva), LinkNote.objects.get()
    assert "Ejeren mangler tid." not in page(as_eva, "link", link.pk)
    assert as_eva.get(reverse("linking:note_edit", args=[note.pk])).status_code == 404
    assert send(as_eva, "link_note", link.pk, **form).status_code == 403
    partner = people.organisation("AAB Vejle", "housing_association")
    link.area.partners.add(partner)
    bo = people.signed_in(people.member(partner, Role.COORDINATOR, name="Bo"))
    assert "Ejeren mangler tid." not in page(bo, "link", link.pk)
    send(as_anna, "note_edit", note.pk, version=1, text="Ejeren ringer i januar.")
    assert "Ejeren ringer i januar." in page(as_anna, "link", link.pk)
    send(as_anna, "note_remove", note.pk, version=2)
    assert not LinkNote.objects.exists()


def refused(need: Need, unit: Unit, by: User, reason: str = "never", **said: Any) -> Link:
    made = links.link(need, unit, by=by)
    refusals.refuse(
        link=made, party=side(made, unit.name), reason=reason, on=NOW.date(), expected_version=made.version, by=by,
        now=NOW, **said,
    )  # fmt: skip
    return made


def test_who_said_no_is_shown_beside_ranking_shortlist_and_need_and_taken_back_there(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User
) -> None:
    ranking = reverse("linking:ranking", args=[need.pk])
    assert "said no, and this need hears of it" not in as_anna.get(ranking, headers=ENGLISH).content.decode()
    made = refused(need, units["photo"], anna)
    pages = [ranking, reverse("linking:shortlist", args=[need.pk]), reverse("areas:need", args=[need.pk])]
    for address in pages:
        html = as_anna.get(address, headers=ENGLISH).content.decode()
        assert "1 party said no, and this need hears of it" in html, address
        assert "does not want to be asked again" in html, address
    taken = send(as_anna, "refusal_undo", made.refusals.get().pk, need=need.pk)
    assert taken["Location"] == ranking
    for address in pages:
        assert "hears of it" not in as_anna.get(address, headers=ENGLISH).content.decode(), address


def test_a_coordinator_sees_on_her_first_page_what_waits_for_answers(
    link: Link, as_anna: Client, as_carl: Client, anna: User
) -> None:
    asking.ask(link=link, party=side(link, "Havnens Smedje"), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    html = as_anna.get("/", headers=ENGLISH).content.decode()
    assert "Links waiting for answers" in html
    assert link.sentence in html
    assert link.sentence not in as_carl.get("/", headers=ENGLISH).content.decode()


def test_who_is_asked_too_often_and_who_never_is_plotted_listed_and_filtered(
    link: Link, need: Need, as_anna: Client, anna: User, smith: Unit
) -> None:
    for nth in range(2):
        made = links.link(need, smith, companies.unit(f"Andet firma {nth}"), by=anna)
        party = side(made, "Havnens Smedje")
        day = NOW.date() - timedelta(days=nth)  # links of one need on one day are one approach
        asking.ask(link=made, party=party, on=day, expected_version=made.version, by=anna, now=NOW)
    giver = offering.company("Fjordens Banken A/S")
    Organisation.objects.filter(pk=giver.pk).update(unit=companies.unit("Fjordens Banken A/S"))
    offering.offer(giver, need.area)
    html = page(as_anna, "asked")
    assert "4 companies: 1 asked too often, 3 never asked." in html
    assert "1 company: asked 2 times, 0 open offers" in html
    assert "1 company: asked 0 times, 1 open offer" in html
    often = page(as_anna, "asked", query="?which=often")
    assert "Havnens Smedje" in often
    assert "Banken" not in often
    assert "Havnens Smedje" not in page(as_anna, "asked", query="?which=never")
    assert "Havnens Smedje" not in page(as_anna, "asked", query="?approaches=0&offers=1")
    file = as_anna.get(reverse("linking:asked_export", args=["csv"]) + "?which=often", headers=ENGLISH)
    (row,) = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")
    assert (row["Company"], row["Approaches in a year"], row["Advertising protection"]) == (smith.name, "2", "no")


def test_strangers_companies_are_not_told_of(link: Link, as_carl: Client) -> None:
    assert "Havnens Smedje" not in page(as_carl, "asked")


def test_a_protected_company_is_not_on_the_page_of_who_is_asked(link: Link, smith: Unit, as_anna: Client) -> None:
    Unit.objects.filter(pk=smith.pk).update(protected=True)
    assert "Havnens Smedje" not in page(as_anna, "asked")


def test_what_a_person_brings_is_told_only_where_she_is_named(
    need: Need, anna: User, as_anna: Client, eva: User
) -> None:
    fatima = resources.person(need.area, anna, consent=resources.consent(Scope.BY_CONTACT))
    link = links.link(need, Party(resource=fatima, brings="Strikker halstørklæder"), by=anna)
    assert "Strikker halstørklæder" in page(as_anna, "link", link.pk)
    assert "Strikker halstørklæder" not in page(people.signed_in(eva), "link", link.pk)
    file = as_anna.get(reverse("linking:links_export", args=[need.area_id, "csv"]), headers=ENGLISH)
    assert "Strikker halstørklæder" not in file.content.decode()


def test_who_at_a_company_said_that_we_may_write_is_not_told_to_the_others(need: Need, anna: User) -> None:
    shielded, other = companies.unit(protected=True), offering.company()
    consented = Party(unit=shielded, consent_on=NOW.date(), consent_how="Per Hansen, på messen")
    link = links.link(need, consented, other, by=anna)
    asking.ask(link=link, party=side(link, other.name), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    assert "Per Hansen" in page(people.signed_in(anna), "link", link.pk)
    assert "Per Hansen" not in page(people.signed_in(offering.contact(other)), "link", link.pk)


def test_the_page_of_who_is_asked_comes_in_pages_and_leads_to_companies_without_a_place(
    need: Need, as_anna: Client, anna: User
) -> None:
    for number in range(18):
        chain = offering.company(f"Kæde {number:02}", cvr=str(25052900 + number))
        made = links.link(need, chain, by=anna)
    asking.ask(link=made, party=side(made, chain.name), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    for _offer in range(2):
        offering.offer(chain, need.area)
    html = page(as_anna, "asked", query="?sort=name")
    assert "Kæde 00" in html
    assert "cvr-25052900" in html
    assert "Kæde 17" not in html
    assert "Kæde 17" in page(as_anna, "asked", query="?sort=name&page=99")  # the last
    assert "18 companies" in html
    file = as_anna.get(reverse("linking:asked_export", args=["csv"]), headers=ENGLISH)
    rows = list(csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 18
    assert (rows[0]["Company"], rows[0]["Approaches ÷ (1 + offers)"]) == ("Kæde 17", "0,3")
    assert ">0.3</td>" in "".join(page(as_anna, "asked").split())  # the same figure as on the page
