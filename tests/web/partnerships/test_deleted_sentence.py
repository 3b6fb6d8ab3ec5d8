"""After a person took her consent back nobody outside reads of it, and the people on the link write a new sentence."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.deleted_sentences import deleted_sentence, heading_of, tells_of_deletion, without_deleted
from medspil.linking.links import edit_link
from medspil.linking.models import Link
from medspil.mapping.models import HowEnded
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.models import Message
from medspil.partnerships.models import Partner, Pitch
from medspil.progress.waiting import Wait, waiting_for
from medspil.register.models import Unit
from tests.factories import companies, links
from tests.factories.people import NOW
from tests.factories.pitches import addressed, company, draft

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
OLD = "(Deleted, as a person took the consent back.)"
TOLD = ("deleted", "Deleted", "lettet", "consent", "samtykke")


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link in which a person took part who took her consent back; its sentence did not name her."""
    ida = links.resource(need, "Ida Hansen", "person", consented_on=NOW.date())
    smith = companies.unit(cvr="12345674", email="post@smedjen.example", phone="75 11 11 11")
    made = links.link(need, smith, ida, by=anna, sentence="Gadens historier hænger i vinduerne.")
    with translation.override("da"):
        withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=timezone.now())
    return Link.objects.for_page().get(pk=made.pk)


def page(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args), headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


def test_letter_card_paper_and_page_leave_the_sentence_out(link: Link, anna: User, as_anna: Client) -> None:
    assert tells_of_deletion(link.sentence)
    at = (link.pk, company(link).pk)
    letter = draft(link, by=anna).text
    assert "in mind" not in letter
    card = page(as_anna, "partnerships:call", *at)
    assert "The idea in one sentence" not in card
    paper = as_anna.get(reverse("partnerships:sheet", args=[*at, "en"])).content
    told = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages)
    assert "What happens next" in told
    for text in (letter, card, told):
        assert not tells_of_deletion(text)
        assert [word for word in TOLD if word in text] == []


def test_the_link_the_pitch_and_what_waits_ask_for_a_new_one_until_it_is_there(
    link: Link, anna: User, as_anna: Client
) -> None:
    way, side = reverse("linking:link_edit", args=[link.pk]), company(link).pk
    for html in (page(as_anna, "linking:link", link.pk), page(as_anna, "partnerships:pitch", link.pk, side)):
        assert "Write a new sentence" in html
        assert way in html
        assert link.sentence not in html
    assert [one.keys for one in waiting_for(anna, now=NOW) if one.wait == Wait.SENTENCE] == [(link.pk,)]
    assert link.sentence not in page(as_anna, "linking:link_edit", link.pk)
    edit_link(link=link, sentence="Nye historier", expected_version=link.version, by=anna, now=NOW)
    assert "Write a new sentence" not in page(as_anna, "linking:link", link.pk)
    assert Wait.SENTENCE not in {one.wait for one in waiting_for(anna, now=NOW)}
    assert "in mind: Nye historier" in draft(Link.objects.get(pk=link.pk), by=anna).text


def test_a_draft_that_still_says_it_is_not_sent_and_opens_without_the_line(
    link: Link, anna: User, as_anna: Client
) -> None:
    with translation.override("da"):
        old = gettext(OLD)
    assert old != OLD
    text = f"Kære smed\n\nDet her tænker vi på: {old}\n\nHilsen"
    pitch = addressed(draft(link, by=anna), by=anna, text=text)
    words = {"version": pitch.version, "link_version": link.version}
    answer = as_anna.post(reverse("partnerships:letter_send", args=[pitch.pk]), words, headers=ENGLISH)
    assert answer.status_code == 422
    assert "The letter says that a sentence was deleted." in answer.content.decode()
    assert not Message.objects.exists()
    html = page(as_anna, "partnerships:letter_edit", pitch.pk)
    assert "Kære smed" in html
    assert old not in html
    assert without_deleted(pitch.text) == "Kære smed\n\nHilsen"
    addressed(Pitch.objects.get(), by=anna, text=without_deleted(pitch.text))
    words["version"] = Pitch.objects.get().version
    assert as_anna.post(reverse("partnerships:letter_send", args=[pitch.pk]), words).status_code == 302
    assert Message.objects.get().text == "Kære smed\n\nHilsen"


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_known_in_the_language_of_whoever_deleted_it(language: str, need: Need) -> None:
    with translation.override(language):
        kept = deleted_sentence()
    with translation.override("da" if language == "en" else "en"):
        assert heading_of(Link(sentence=kept, need=need)) == need.title


def test_of_a_partner_the_page_does_not_say_that_no_address_is_known(harbour: Partner, as_anna: Client) -> None:
    Unit.objects.update(email="")
    html = page(as_anna, "partnerships:pitch", harbour.partnership.link_id, harbour.side_id)
    assert "See whom to call" in html
    assert "Medspil knows no address" not in html
