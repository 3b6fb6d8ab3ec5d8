"""The page for who is asked: no account, two taps, each bad link with words of its own, nothing written by looking."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import OneTimeLink, User
from medspil.mapping.models import Inquiry, Resource, ResourceContact
from medspil.mapping.services import ask_still_right
from tests.factories import post, resources
from tests.web.mapping.conftest import Mapped
from tests.web.pages import read, troubles


def asked(contact: ResourceContact, by: User) -> str:
    """Ask a contact, and return the address that stands in the mail."""
    ask_still_right(contact=contact, by=by, now=timezone.now(), address_of=lambda token: f"/svar/{token}/")
    found = re.search(r"/svar/[\w-]+/", str(post.sent()[-1].body))
    assert found
    return found[0]


@pytest.fixture
def club(mapped: Mapped, anna: User) -> str:
    """Return the address sent to the chair of the club."""
    return asked(resources.contact(mapped.club, anna, name="Karen", email="karen@example.org"), anna)


@pytest.fixture
def person(mapped: Mapped, anna: User) -> str:
    """Return the address sent to the person herself."""
    return asked(resources.contact(mapped.person, anna, email="fatima@example.org"), anna)


def test_the_page_needs_no_account_and_keeps_the_rules_of_the_house(client: Client, club: str) -> None:
    response = client.get(club)
    html = response.content.decode()
    assert response.status_code == 200
    assert troubles(html) == []
    assert "Nordklubben" in html
    assert "karen@example.org" not in html


def test_the_page_is_kept_out_of_search_engines_and_caches_and_tells_no_other_site_of_itself(
    client: Client, club: str
) -> None:
    for response in (client.get(club), client.get("/svar/unknown/"), client.post(club, {"answer": "right"})):
        assert response["X-Robots-Tag"].startswith("noindex")
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        html = response.content.decode()
        outward = [each for each in read(html) if each.attributes.get("href", "").startswith("http")]
        assert outward == []


def test_looking_uses_nothing_up(client: Client, club: str) -> None:
    for _time in range(3):
        assert client.get(club).status_code == 200
    assert OneTimeLink.objects.get().used_at is None


def test_one_tap_confirms_and_a_second_finds_the_answer_there(client: Client, club: str, mapped: Mapped) -> None:
    assert client.post(club, {"answer": "right"}).status_code == 200
    mapped.club.refresh_from_db()
    assert mapped.club.confirmed_on == timezone.localdate()
    again = client.post(club, {"answer": "wrong"})
    assert again.status_code == 410
    assert Inquiry.objects.get().answer == "right"


def test_a_change_is_told_in_own_words_and_waits_for_the_coordinator(
    client: Client, as_anna: Client, club: str, mapped: Mapped
) -> None:
    blank = client.post(club, {"answer": "changed", "text": " "})
    assert blank.status_code == 422
    assert troubles(blank.content.decode()) == []
    assert client.post(club, {"answer": "changed", "text": "Vi er flyttet til <b>hallen</b>"}).status_code == 200
    html = as_anna.get(reverse("mapping:detail", args=[mapped.club.pk])).content.decode()
    assert "Vi er flyttet til &lt;b&gt;hallen&lt;/b&gt;" in html
    assert "Nordklubben" in as_anna.get(reverse("mapping:review", args=[mapped.area.pk])).content.decode()
    inquiry = Inquiry.objects.get()
    assert as_anna.post(reverse("mapping:dealt_with", args=[mapped.club.pk, inquiry.pk])).status_code == 302
    assert not Inquiry.objects.waiting().exists()


def test_what_looks_like_a_cpr_number_is_asked_again_and_the_link_lives(client: Client, club: str) -> None:
    response = client.post(club, {"answer": "changed", "text": "Ring til 010170-1234"})
    assert response.status_code == 422
    assert "010170-1234" in response.content.decode()
    assert OneTimeLink.objects.get().used_at is None


def test_a_long_answer_is_told_so_and_stands_in_its_own_box(client: Client, club: str) -> None:
    long = "Vi er flyttet. " * 200
    for said, other in (("changed", "wrong"), ("wrong", "changed")):
        response = client.post(f"{club}?lang=en", {"answer": said, "text": long})
        html = response.content.decode()
        assert response.status_code == 422
        assert troubles(html) == []
        assert "That is 2999 characters, and there is room for 2000. Nothing is lost" in html
        box = html.partition(f'<textarea class="form-input" id="{said}"')[2].partition("</textarea>")[0]
        assert box.endswith(long)
        assert long.strip() not in html.partition(f'id="{other}"')[2].partition("</textarea>")[0]
    assert OneTimeLink.objects.get().used_at is None


def test_a_person_who_wants_off_is_gone_at_once(client: Client, as_anna: Client, person: str, mapped: Mapped) -> None:
    assert client.post(person, {"answer": "remove"}).status_code == 200
    assert "Fatima" not in as_anna.get(reverse("mapping:list", args=[mapped.area.pk])).content.decode()
    assert not ResourceContact.objects.exists()


def test_an_answer_that_is_none_is_asked_again(client: Client, club: str) -> None:
    assert client.post(club, {"answer": "nonsense"}).status_code == 422
    assert client.post(club, {}).status_code == 422


def test_english_is_one_tap_away_and_the_mail_decides_the_first_language(
    client: Client, mapped: Mapped, anna: User
) -> None:
    contact = resources.contact(mapped.club, anna, name="Karen", email="karen@example.org", language="en")
    address = asked(contact, anna)
    assert 'lang="en"' in client.get(address).content.decode()[:400]
    assert 'lang="da"' in client.get(f"{address}?lang=da").content.decode()[:400]
    assert 'lang="da"' in client.get(f"{address}?lang=xx").content.decode()[:400]


def test_a_link_that_a_newer_one_took_the_place_of_shows_nothing(
    client: Client, club: str, mapped: Mapped, anna: User
) -> None:
    Inquiry.objects.update(sent_on=timezone.localdate() - timedelta(days=30))
    asked(ResourceContact.objects.get(), anna)
    for response in (client.get(club), client.post(club, {"answer": "right"})):
        html = response.content.decode()
        assert response.status_code == 410
        assert troubles(html) == []
        assert "Nordklubben" not in html


def test_what_was_changed_after_the_mail_is_shown_as_it_stands_now(
    client: Client, as_anna: Client, club: str, mapped: Mapped
) -> None:
    Resource.objects.filter(pk=mapped.club.pk).update(can_do="Fodbold for alle", version=2)
    html = client.get(club, headers={"accept-language": "en"}).content.decode()
    assert "Fodbold for alle" in html
