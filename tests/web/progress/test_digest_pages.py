"""What waits, on a page: with its buttons, the choice of a mail, and a calendar address that can be taken back."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import ask
from medspil.progress.models import CalendarFeed, Digest
from tests.factories import companies, links
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
HERE = "progress:waiting"


def page(client: Client) -> str:
    response = client.get(reverse(HERE), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_what_waits_stands_with_its_reason_and_the_button_that_ends_it(as_anna: Client, anna: User, need: Need) -> None:
    assert "Nothing waits for you" in page(as_anna)
    then = timezone.now() - timedelta(days=20)
    made = links.link(need, companies.unit(), by=anna, now=then)
    ask(link=made, party=company(made), on=timezone.localdate(then), expected_version=1, by=anna, now=then)
    html = page(as_anna)
    for told in ("They were asked and have not answered, for 20 days.", "Call, and note what they say"):
        assert told in html
    way = reverse("partnerships:pitch", args=[made.pk, company(made).pk])
    assert f'href="{way}"' in html
    assert as_anna.get(way).status_code == 200


def test_how_often_is_kept_and_two_windows_are_told(as_anna: Client, anna: User) -> None:
    assert as_anna.post(reverse(HERE), {"rhythm": "daily", "version": "0"}, headers=ENGLISH).status_code == 302
    assert Digest.objects.get(user=anna).rhythm == "daily"
    again = as_anna.post(reverse(HERE), {"rhythm": "off", "version": "0"}, headers=ENGLISH)
    assert again.status_code == 422
    assert "Somebody else saved this" in again.content.decode()
    assert as_anna.post(reverse(HERE), {"rhythm": "hourly", "version": "1"}, headers=ENGLISH).status_code == 422


def test_the_calendar_is_read_by_its_address_without_sign_in_until_taken_back(
    as_anna: Client, anna: User, client: Client
) -> None:
    made = as_anna.post(reverse("progress:calendar"), headers=ENGLISH)
    assert "no-store" in made["Cache-Control"]
    found = re.search(r"/kalender/[\w-]+\.ics", made.content.decode())
    assert found
    answer = client.get(found[0])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert found[0] not in page(as_anna)
    as_anna.post(reverse("progress:calendar_back"), headers=ENGLISH)
    assert client.get(found[0]).status_code == 404
    assert not CalendarFeed.objects.exists()
