"""Behind one-time links: a question answered and gains confirmed without an account; looking writes nothing."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import OneTimeLink, User
from medspil.organisations.models import Organisation
from medspil.partnerships.models import Partner, PartnerGain, Partnership, Question
from tests.factories.post import deliver
from tests.factories.sides import named
from tests.web.pages import troubles
from tests.web.partnerships.test_partnership_pages import ENGLISH, get, post

pytestmark = pytest.mark.django_db


def link_in_mail() -> str:
    """Return the address of the one-time link in the last mail."""
    deliver()
    found = re.search(r"https?://\S+/svar/\S+", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[0].removeprefix("http://testserver")


@pytest.fixture
def asked(together: Partnership, harbour: Partner, area_side: Partner, as_anna: Client, anna: User) -> str:
    """Return the address of a link that asks the company without an account."""
    named(harbour, by=anna, from_on=timezone.localdate())
    key = together.creation_key
    post(
        as_anna, "question_new", together.pk, put_by=area_side.pk, asked_of=harbour.pk, text="Kan I?", creation_key=key
    )
    return link_in_mail()


def test_a_question_is_answered_without_an_account_once(asked: str, client: Client, vejle: Organisation) -> None:
    Organisation.objects.filter(pk=vejle.pk).update(public_phone="76 81 00 00", public_email="omraader@vejle.example")
    page = client.get(f"{asked}?lang=en")
    html = page.content.decode()
    assert "Vejle Kommune asks Havnens Smedje ApS" in html
    assert "Kan I?" in html
    assert page["X-Robots-Tag"].startswith("noindex")
    assert OneTimeLink.objects.get().used_at is None
    assert client.post(asked, {"text": ""}).status_code == 422
    assert client.post(asked, {"text": "æ" * 5001}).status_code == 422
    thanks = client.post(f"{asked}?lang=en", {"text": "Ja, tirsdag"})
    told = thanks.content.decode()
    assert "Your answer has arrived" in told
    assert troubles(told) == []
    ways = ('href="tel:76810000"', 'href="mailto:omraader@vejle.example"')
    for whom in ("Ring or write to Anna of Vejle Kommune", *ways):
        assert whom in told
        assert whom in client.get(f"{asked}?lang=en").content.decode()  # a link that was used says it as well
    assert Question.objects.get().answer == "Ja, tirsdag"
    assert client.get(asked).status_code == 410
    assert client.post(asked, {"text": "Nej"}).status_code == 410


def test_a_link_for_one_thing_does_not_open_another(asked: str, client: Client) -> None:
    token = asked.rstrip("/").rpartition("/")[2]
    assert client.get(reverse("partnerships:gains_answer", args=[token])).status_code == 404
    assert client.post(reverse("partnerships:question_opened", args=[token])).status_code == 200


def test_a_company_ticks_what_it_gains_and_adds_its_own_words(
    together: Partnership, harbour: Partner, as_anna: Client, client: Client, anna: User
) -> None:
    named(harbour, by=anna, from_on=timezone.localdate())
    note: dict[str, Any] = {"gain-when": "expected", "gain-code": "recruitment"}
    post(as_anna, "gain", together.pk, harbour.pk, **note)
    post(as_anna, "gains_ask", together.pk, harbour.pk)
    address = link_in_mail()
    html = client.get(f"{address}?lang=en").content.decode()
    noted = PartnerGain.objects.get()
    assert f'value="{noted.pk}"' in html
    said = {"right": [noted.pk], "code": ["proud_staff"], "had": "To nye lærlinge", "as_what": "mester"}
    refused = client.post(f"{address}?lang=en", said | {"had": "010190-1234"})
    assert refused.status_code == 422
    assert "checked" in refused.content.decode()
    long = "mester " * 20
    told_long = client.post(f"{address}?lang=en", said | {"as_what": long})
    assert told_long.status_code == 422
    assert "That is 139 characters, and there is room for 120." in told_long.content.decode()
    assert f'value="{long}"' in told_long.content.decode()
    assert client.post(address, said, headers=ENGLISH).status_code == 200
    told = set(PartnerGain.objects.confirmed().values_list("when", "code", "words"))
    assert told == {
        ("expected", "recruitment", ""),
        ("experienced", "proud_staff", ""),
        ("experienced", "", "To nye lærlinge"),
    }
    assert client.post(address, said).status_code == 410


def test_a_long_text_arrives_whole_and_those_who_lead_can_be_asked_back(
    together: Partnership, harbour: Partner, area_side: Partner, as_anna: Client, anna: User
) -> None:
    client = Client()
    area_side.delete()
    named(harbour, by=anna, from_on=timezone.localdate())
    key = together.creation_key
    post(as_anna, "question_new", together.pk, put_by="0", asked_of=harbour.pk, text="Kan I?", creation_key=key)
    address = f"{link_in_mail()}?lang=en"
    html = client.get(address).content.decode()
    assert "to the person who asked you" in html
    assert "maxlength" not in html.partition("<form")[2]
    long = "svejsning " * 1_200
    refused = client.post(address, {"text": long, "back": long})
    assert refused.status_code == 422
    told = refused.content.decode()
    assert told.count(long.strip()) == 2
    assert "there is room for 5000. Nothing is lost" in told
    thanks = client.post(address, {"back": "Hvor mange?", "creation_key": key}).content.decode()
    assert "answers by mail" in thanks
    assert "Ask the others something" in thanks


def test_a_side_that_nobody_answers_for_comes_last_and_a_pause_is_told(
    together: Partnership, harbour: Partner, smithy: Partner, as_anna: Client, anna: User
) -> None:
    named(harbour, by=anna, from_on=timezone.localdate())
    Partnership.objects.filter(pk=together.pk).update(standing="paused")
    html = get(as_anna, "question_new", together.pk)
    choices = html.split('id="id_asked_of"')[1].partition("</select>")[0]
    assert choices.index(f'value="{harbour.pk}"') < choices.index(f'value="{smithy.pk}"')
    assert choices.count("nobody can be asked there yet") == 2
    assert "The partnership is paused" in html
