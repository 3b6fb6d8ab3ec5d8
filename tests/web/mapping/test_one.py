"""One resource: facts, confirming, asking, consent and contacts, putting away; and who sees which of them."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.mapping.companies import pick_up
from medspil.mapping.models import Consent, Inquiry, Resource, ResourceContact, Scope
from medspil.mapping.reminders import reminders
from medspil.mapping.services import ask_still_right
from medspil.mapping.services.people import add_contact
from medspil.register.models import Unit
from tests.factories import companies, post, resources
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import troubles


def page(client: Client, one: Resource, name: str = "detail", *args: int) -> str:
    response = client.get(reverse(f"mapping:{name}", args=[one.pk, *args]), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, one: Resource, page: str, /, *args: int, **data: object) -> int:
    return client.post(reverse(f"mapping:{page}", args=[one.pk, *args]), data, headers=ENGLISH).status_code


@pytest.fixture
def contact(mapped: Mapped, anna: User) -> ResourceContact:
    """Return how the club is reached."""
    return resources.contact(mapped.club, anna, name="Karen", email="karen@example.org", phone="75 82 11 11")


@pytest.mark.parametrize(
    "name", ["detail", "edit_what", "edit_brings", "edit_when", "edit_where", "edit_source", "archive", "add_contact"]
)
def test_every_page_keeps_the_rules_of_the_house(as_anna: Client, mapped: Mapped, name: str) -> None:
    for one in (mapped.club, mapped.person):
        assert troubles(page(as_anna, one, name)) == []


@pytest.mark.parametrize("name", ["detail", "edit_what", "archive", "add_contact", "consent", "withdraw"])
def test_the_title_of_a_page_names_no_person_as_browsers_keep_it(as_anna: Client, mapped: Mapped, name: str) -> None:
    title = page(as_anna, mapped.person, name).partition("<title>")[2].partition("</title>")[0]
    assert title
    assert mapped.person.name not in title


@pytest.mark.parametrize("name", ["consent", "withdraw"])
def test_the_pages_of_consent_are_there_for_people_only(as_anna: Client, mapped: Mapped, name: str) -> None:
    assert troubles(page(as_anna, mapped.person, name)) == []
    assert as_anna.get(reverse(f"mapping:{name}", args=[mapped.club.pk])).status_code == 404


def test_a_section_is_changed_and_the_history_tells_it(as_anna: Client, mapped: Mapped) -> None:
    assert send(as_anna, mapped.club, "edit_when", version=1, when="Tirsdage kl. 17", target_groups=["children"]) == 302
    html = page(as_anna, mapped.club)
    assert "Tirsdage kl. 17" in html
    assert "When: “Tirsdage kl. 17”" in html
    assert "review" not in html.split("History")[-1].lower().split("footer")[0]


def test_two_who_change_the_same_text_lose_nothing(as_anna: Client, mapped: Mapped, vejle: object) -> None:
    assert (
        send(as_anna, mapped.club, "edit_what", version=1, name="Nordklubben", kind="association", can_do="Nyt") == 302
    )
    stale = as_anna.post(
        reverse("mapping:edit_what", args=[mapped.club.pk]),
        {"version": 1, "name": "Nordklubben", "kind": "association", "can_do": "Andet"},
        headers=ENGLISH,
    )
    assert stale.status_code in (302, 409)  # her own earlier change is no conflict
    mapped.club.refresh_from_db()
    assert mapped.club.can_do == "Andet"


def test_a_person_cannot_become_something_else(as_anna: Client, mapped: Mapped) -> None:
    assert 'name="kind"' not in page(as_anna, mapped.person, "edit_what")
    assert 'value="person"' not in page(as_anna, mapped.club, "edit_what")
    assert send(as_anna, mapped.club, "edit_what", version=1, name="Nordklubben", kind="person") == 422


def test_confirming_notes_the_day(as_anna: Client, mapped: Mapped) -> None:
    assert "Nobody has confirmed this yet." in page(as_anna, mapped.club)
    assert send(as_anna, mapped.club, "confirm") == 302
    assert "Confirmed" in page(as_anna, mapped.club)


def test_asking_sends_a_one_time_link_and_a_second_time_waits(
    as_anna: Client, mapped: Mapped, contact: ResourceContact
) -> None:
    assert send(as_anna, mapped.club, "ask", contact.pk) == 302
    assert send(as_anna, mapped.club, "ask", contact.pk) == 302
    assert len(post.sent()) == 1
    assert re.search(r"http://testserver/svar/[\w-]{20,}/", str(post.sent()[0].body))
    assert Inquiry.objects.count() == 1


def test_contacts_are_seen_only_by_those_who_may(
    as_anna: Client, as_broker: Client, as_reader: Client, mapped: Mapped, contact: ResourceContact
) -> None:
    assert "karen@example.org" in page(as_anna, mapped.club)
    for client in (as_broker, as_reader):
        html = page(client, mapped.club)
        assert "karen@example.org" not in html
        assert "Karen" not in html
        for name in ("edit_contact", "ask", "delete_contact"):
            assert send(client, mapped.club, name, contact.pk) == 403


def test_a_contact_is_changed_and_deleted_for_good(as_anna: Client, mapped: Mapped, contact: ResourceContact) -> None:
    said = {
        "name": "Karen",
        "phone": "",
        "email": "ny@example.org",
        "language": "da",
        "source": "mail",
        "purpose": "besøg",
    }
    assert send(as_anna, mapped.club, "edit_contact", contact.pk, **said) == 302
    assert "ny@example.org" in page(as_anna, mapped.club)
    assert send(as_anna, mapped.club, "delete_contact", contact.pk) == 302
    assert not ResourceContact.objects.exists()


def test_a_contact_says_where_it_is_from_and_how_to_reach_it(as_anna: Client, mapped: Mapped) -> None:
    said = {"name": "Karen", "language": "da", "source": "", "purpose": ""}
    assert send(as_anna, mapped.club, "add_contact", **said) == 422
    assert send(as_anna, mapped.club, "add_contact", **said | {"source": "mail", "purpose": "besøg"}) == 422
    assert not ResourceContact.objects.exists()


def test_a_person_who_did_not_agree_to_contact_has_none(as_anna: Client, mapped: Mapped, anna: User) -> None:
    quiet = resources.person(mapped.area, anna, "Bent", consent=resources.consent(Scope.ON_MAP))
    said = {"name": "Bent", "email": "b@example.org", "language": "da", "source": "mail", "purpose": "besøg"}
    assert send(as_anna, quiet, "add_contact", **said) == 422
    assert reverse("mapping:add_contact", args=[quiet.pk]) not in page(as_anna, quiet)


def test_a_newer_consent_takes_the_place_of_the_old(as_anna: Client, mapped: Mapped) -> None:
    said = {"agreed": "on", "how": "written", "given_on": "2026-11-21", "scope": [Scope.ON_MAP.value]}
    assert send(as_anna, mapped.person, "consent", **said) == 302
    assert mapped.person.consents.standing().get().scope == [Scope.ON_MAP]


def test_a_consent_taken_back_removes_the_person_from_every_page_at_once(
    as_anna: Client, mapped: Mapped, anna: User
) -> None:
    add_contact(
        resource=mapped.person,
        by=anna,
        now=resources.NOW,
        name="Fatima",
        email="f@example.org",
        source="x",
        purpose="y",
    )
    assert send(as_anna, mapped.person, "withdraw", how="said") == 422  # the warning must be read
    assert send(as_anna, mapped.person, "withdraw", how="said", sure="on") == 302
    addresses = [reverse(f"mapping:{name}", args=[mapped.area.pk]) for name in ("list", "review", "walk", "profile")]
    addresses += [reverse("mapping:export", args=[mapped.area.pk, kind]) for kind in ("csv", "xlsx")]
    for address in addresses:
        assert b"Fatima" not in as_anna.get(address).content, address
    assert as_anna.get(reverse("mapping:detail", args=[mapped.person.pk])).status_code == 404
    assert not ResourceContact.objects.exists()


def test_putting_away_keeps_the_reason_and_can_be_undone(as_anna: Client, mapped: Mapped) -> None:
    assert send(as_anna, mapped.club, "archive", reason="Klubben er lukket") == 302
    assert "Klubben er lukket" in page(as_anna, mapped.club)
    listed = as_anna.get(reverse("mapping:list", args=[mapped.area.pk])).content.decode()
    assert "Nordklubben" not in listed.split("ms-assets")[1]
    assert send(as_anna, mapped.club, "restore") == 302
    assert "Klubben er lukket" not in page(as_anna, mapped.club)


def test_the_review_shows_what_is_old_and_confirms_it(as_anna: Client, mapped: Mapped) -> None:
    Resource.objects.filter(pk=mapped.club.pk).update(confirmed_on=date(2024, 1, 1), review_on=date(2025, 1, 1))
    address = reverse("mapping:review", args=[mapped.area.pk])
    html = as_anna.get(address, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert "Nordklubben" in html
    assert "1 that nobody has confirmed" in html  # the person
    assert "Nørremarksskolen" not in html
    for leads_here in ("/", reverse("areas:detail", args=[mapped.area.pk])):
        page = as_anna.get(leads_here, headers=ENGLISH).content.decode()
        assert "1 to be confirmed again · 1 never confirmed" in page
        assert f'href="{address}"' in page
        assert troubles(page) == []
    response = as_anna.post(reverse("mapping:confirm", args=[mapped.club.pk]), {"back": "review"})
    assert response["Location"] == address
    as_anna.post(reverse("mapping:confirm", args=[mapped.person.pk]))
    assert "to be confirmed again" not in as_anna.get("/", headers=ENGLISH).content.decode()
    assert "Everything is up to date" in as_anna.get(address, headers=ENGLISH).content.decode()


def test_the_review_shows_all_that_reminders_find_and_nothing_else(
    as_anna: Client, as_broker: Client, anna: User, mapped: Mapped
) -> None:
    today = timezone.localdate()
    shop = companies.unit(x=mapped.area.x, y=mapped.area.y)
    closed = pick_up(area=mapped.area, unit=shop, creation_key=uuid4(), by=anna, now=resources.NOW)
    Unit.objects.filter(pk=shop.pk).update(status="ceased", ended_on=today)
    Resource.objects.filter(pk=mapped.school.pk).update(review_on=today + timedelta(days=10))
    reached = resources.contact(mapped.club, anna, name="Karen", email="karen@example.org")
    ask_still_right(contact=reached, by=anna, now=resources.NOW, address_of=lambda token: token)
    Inquiry.objects.update(sent_on=today - timedelta(days=20))
    address = reverse("mapping:review", args=[mapped.area.pk])
    shown = as_anna.get(address, headers=ENGLISH)
    assert troubles(shown.content.decode()) == []
    said = shown.context
    assert ([flag.name for flag in said["flags"]], [one.resource for one in said["soon"]]) == (
        [closed.name], [mapped.school],
    )  # fmt: skip
    assert [(one.resource, one.silent) for one in said["old"]] == [(mapped.club, True)]
    assert "no answer yet" in shown.content.decode()
    assert [one.resource for one in said["never"]] == [mapped.person]
    assert len(reminders(mapped.area, user=anna, on=today)) == 4
    seen_by_broker = as_broker.get(address, headers=ENGLISH).context  # who hears nothing of questions and answers
    assert ([len(seen_by_broker[name]) for name in ("waiting", "flags", "old", "never", "soon")]) == [
        0, 1, 0, 2, 1,
    ]  # fmt: skip


def test_where_nobody_can_be_asked_by_a_link_it_is_said_why_with_the_way_to_change_that(
    as_anna: Client, anna: User, mapped: Mapped
) -> None:
    address = reverse("mapping:review", args=[mapped.area.pk])
    resources.contact(mapped.club, anna, name="Karen", email="karen@example.org")
    Consent.objects.filter(resource=mapped.person).update(by_contact=False)
    Resource.objects.filter(pk=mapped.school.pk).update(confirmed_on=None)
    add = reverse("mapping:add_contact", args=[mapped.school.pk])
    never = as_anna.get(address, headers=ENGLISH).content.decode()
    assert f'<a href="{add}">Add a contact' in never
    assert "Nobody can be asked by mail: the person has not said yes" in never
    page = as_anna.get(reverse("mapping:detail", args=[mapped.school.pk]), headers=ENGLISH).content.decode()
    assert "No e-mail of a contact is noted" in page
    page = as_anna.get(reverse("mapping:detail", args=[mapped.club.pk]), headers=ENGLISH).content.decode()
    assert "No e-mail of a contact is noted" not in page
