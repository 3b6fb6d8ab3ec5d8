"""From a link to a sent letter on pages, and what the pages say where nobody may write."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from medspil.accounts.models import User
from medspil.areas.models import Area, Need, NeededResource
from medspil.catalogue.services import load_cases
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.asking import ask
from medspil.linking.links import edit_link
from medspil.linking.models import Answer, Link
from medspil.linking.sides import add_party, remove_party
from medspil.notices.models import Message
from medspil.notices.outbox import send_due
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.conversations import Said, note_conversation
from medspil.partnerships.models import Channel, Pitch, PitchState
from medspil.partnerships.pitching import send_pitch
from medspil.register.models import Unit
from tests.factories import companies, links, people, places
from tests.factories.people import NOW
from tests.factories.pitches import ADDRESS, addressed, company, draft

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company with telephone and e-mail."""
    smith = companies.unit(cvr="12345674", email="post@smedjen.example", phone="75 11 11 11")
    return links.link(need, smith, by=anna, sentence="Smedjen bygger rammer med fotoholdet.")


def address(name: str, link: Link, *args: Any) -> str:
    return reverse(f"partnerships:{name}", args=[link.pk, company(link).pk, *args])


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url, headers=ENGLISH)
    assert response.status_code == status
    return response.content.decode()


def test_from_the_link_to_a_mail_in_the_outbox(as_anna: Client, anna: User, link: Link) -> None:
    way = address("pitch", link)
    assert way in page(as_anna, reverse("linking:link", args=[link.pk]))
    html = page(as_anna, way)
    assert "What they can expect first" in html
    assert "post@smedjen.example" in html
    made = as_anna.post(
        way,
        {"language": "en", "contact": anna.pk, "hours": "12", "creation_key": "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"},
    )
    pitch = Pitch.objects.get()
    assert made.headers["Location"] == reverse("partnerships:letter_edit", args=[pitch.pk])
    edit = page(as_anna, made.headers["Location"])
    assert "About 12 hours in half a year" in edit
    words = {"version": 1, "subject": "Vil I være med?", "text": "Kære smed", "contact": anna.pk, "to": "register"}
    saved = as_anna.post(made.headers["Location"], words)
    assert "Send the letter" in page(as_anna, saved.headers["Location"])
    sent = as_anna.post(
        reverse("partnerships:letter_send", args=[pitch.pk]), {"version": 2, "link_version": 1, "asked": "on"}
    )
    assert sent.status_code == 302
    mail = Message.objects.get()
    assert (mail.to_email, mail.subject, mail.text) == ("post@smedjen.example", "Vil I være med?", "Kære smed")
    assert company(link).answer == Answer.ASKED
    html = page(as_anna, sent.headers["Location"])
    assert "The mail waits to be sent" in html
    assert "Send the letter" not in html


def test_a_typed_address_is_kept_with_source_and_purpose_or_asked_for(as_anna: Client, anna: User, link: Link) -> None:
    pitch = draft(link, by=anna)
    url = reverse("partnerships:letter_edit", args=[pitch.pk])
    words = {"version": 1, "subject": "Hej", "text": "Kære", "contact": anna.pk, "to": "typed", "email": ADDRESS}
    refused = as_anna.post(url, words, headers=ENGLISH)
    assert refused.status_code == 422
    assert "Say where you have the address from." in refused.content.decode()
    as_anna.post(url, words | {"source": "hjemmesiden", "purpose": "dette behov"})
    kept = Pitch.objects.get()
    assert (kept.to_email, kept.to_source, kept.to_purpose) == (ADDRESS, "hjemmesiden", "dette behov")


def test_a_header_in_an_address_or_subject_is_refused_with_a_sentence(as_anna: Client, anna: User, link: Link) -> None:
    pitch = draft(link, by=anna)
    words = {
        "version": 1, "subject": "Hej", "text": "Kære", "contact": anna.pk, "to": "typed", "email": ADDRESS,
        "source": "x", "purpose": "y", "name": "Per\u2028Bcc: a@b.example",
    }  # fmt: skip
    answer = as_anna.post(reverse("partnerships:letter_edit", args=[pitch.pk]), words, headers=ENGLISH)
    assert answer.status_code == 422
    assert "line break" in answer.content.decode()
    assert Pitch.objects.get().version == 1


def test_two_who_edit_see_both_versions(as_anna: Client, anna: User, link: Link) -> None:
    pitch = addressed(draft(link, by=anna), by=anna, text="Kollegaens ord")
    words = {"version": 1, "subject": "Hej", "text": "Mine ord", "contact": anna.pk, "to": "later"}
    answer = as_anna.post(reverse("partnerships:letter_edit", args=[pitch.pk]), words, headers=ENGLISH)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Kollegaens ord" in html
    assert "Mine ord" in html


def test_who_looks_at_an_old_link_sends_nothing(as_anna: Client, anna: User, link: Link) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    edit_link(link=link, sentence="Noget andet", expected_version=1, by=anna, now=NOW)
    old = {"version": pitch.version, "link_version": 1, "asked": "on"}
    answer = as_anna.post(reverse("partnerships:letter_send", args=[pitch.pk]), old, headers=ENGLISH)
    assert answer.status_code == 409
    assert "Here is how it stands now" in answer.content.decode()
    assert not Message.objects.exists()


def test_a_protected_company_is_shown_why_not_and_how_to_note_that_it_said_yes(
    as_anna: Client, anna: User, link: Link
) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    Unit.objects.update(protected=True)
    html = page(as_anna, address("pitch", link))
    assert "protected from advertising" in html
    assert reverse("linking:link_consent", args=[link.pk, company(link).pk]) in html
    assert "Make a draft" not in html
    for name, args in (("call", ()), ("sheet", ("da",))):
        assert as_anna.get(address(name, link, *args)).headers["Location"] == address("pitch", link)
    data = {"language": "da", "contact": anna.pk, "creation_key": "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"}
    assert as_anna.post(address("pitch", link), data).status_code == 422
    send = {"version": pitch.version, "link_version": 1}
    assert as_anna.post(reverse("partnerships:letter_send", args=[pitch.pk]), send).status_code == 422
    assert not Message.objects.exists()
    assert "Send the letter" not in page(as_anna, reverse("partnerships:letter", args=[pitch.pk]))


def test_a_mail_that_was_stopped_on_the_way_says_why_and_what_to_take_back(
    as_anna: Client, anna: User, link: Link
) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    send = {"version": pitch.version, "link_version": 1, "asked": "on"}
    as_anna.post(reverse("partnerships:letter_send", args=[pitch.pk]), send)
    Unit.objects.update(protected=True)
    send_due(clock=timezone.now, transport=lambda _letter, _before_the_dot: None)
    html = page(as_anna, reverse("partnerships:letter", args=[pitch.pk]))
    why = Message.objects.get().problem
    assert why
    for words in ("The mail was stopped", why, "take that back on the link"):
        assert words in html, words


def test_the_company_does_not_see_letters_also_when_it_was_asked(link: Link, anna: User) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    smith = people.organisation("Havnens Smedje", kind="company")
    Organisation.objects.filter(pk=smith.pk).update(unit=company(link).unit, cvr="12345674")
    as_bo = people.signed_in(people.member(smith, Role.COMPANY_CONTACT, name="Bo"))
    ask(link=link, party=company(link), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    html = page(as_bo, reverse("linking:link", args=[link.pk]))
    assert "henvendelse" not in html
    page(as_bo, reverse("partnerships:letter", args=[pitch.pk]), 404)
    page(as_bo, address("pitch", link), 403)


def test_the_card_for_the_call_has_number_idea_and_what_to_ask_for(as_anna: Client, link: Link) -> None:
    html = page(as_anna, address("call", link))
    for words in ('href="tel:+4575111111"', "the owner or the manager", "Smedjen bygger rammer", "Ask for one thing"):
        assert words in html


def test_the_areas_own_side_has_no_page_to_write_to_itself(as_anna: Client, link: Link, need: Need) -> None:
    own = link.parties.get(organisation=need.area.owner)
    page(as_anna, reverse("partnerships:pitch", args=[link.pk, own.pk]), 404)


def test_a_draft_is_put_away_and_taken_out(as_anna: Client, anna: User, link: Link) -> None:
    pitch = draft(link, by=anna)
    for name, state in (("letter_away", PitchState.PUT_AWAY), ("letter_back", PitchState.DRAFT)):
        version = Pitch.objects.get().version
        as_anna.post(reverse(f"partnerships:{name}", args=[pitch.pk]), {"version": version})
        assert Pitch.objects.get().state == state


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_paper_is_one_page_that_can_be_read_aloud_and_runs_nothing(
    as_anna: Client, link: Link, area_with_much: Area, language: str
) -> None:
    response = as_anna.get(address("sheet", link, language))
    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 1
    assert str(reader.root_object["/Lang"]) == language
    text = reader.pages[0].extract_text()
    assert "#panic(1)" in text
    assert "#include" in text


@pytest.fixture
def area_with_much(link: Link) -> Area:
    """Return the area with a name, a need and a sentence that Typst would stumble over or that fill a page."""
    load_cases(published_on=NOW.date())
    area = link.area
    Area.objects.filter(pk=area.pk).update(name='#panic(1) $x$ *b* "')
    Need.objects.update(title=f"#include {'Ord ' * 38}".strip(), text="Et langt ord om meget. " * 400)
    kinds = list(vocabulary().resource_kinds)[:12]
    rows = [NeededResource(need=link.need, kind=kind, quantity=4, unit="timer") for kind in kinds if link.need]
    NeededResource.objects.bulk_create(rows, ignore_conflicts=True)
    Unit.objects.update(name="Smedenes Andelsforening #[panic] " * 9)
    Link.objects.update(sentence="#panic(1) " + "Smedjen bygger rammer med fotoholdet. " * 7)
    return area


def test_letters_and_talks_with_somebody_who_was_taken_off_stand_on_the_links_page(
    as_anna: Client, anna: User, link: Link
) -> None:
    sent, left = (addressed(draft(link, by=anna), by=anna, subject=subject) for subject in ("Sendt brev", "Kladden"))
    send_pitch(pitch=sent, counts_as_asked=False, link_version=1, expected_version=sent.version, by=anna, now=NOW)
    said = Said(channel=Channel.CALL, at=NOW, their_people="Per Smed", text="Per ringer tilbage")
    talk = note_conversation(link=link, party=company(link), said=said, creation_key=uuid4(), by=anna, now=NOW)
    here = reverse("linking:link", args=[link.pk])
    assert "Sendt brev" not in page(as_anna, here)
    assert link.need
    club = links.resource(link.need, "Fotoklubben")
    link = add_party(link=link, party=links.party(club), expected_version=1, by=anna, now=NOW)
    remove_party(link=link, party=company(link), expected_version=2, by=anna, now=NOW)
    html = page(as_anna, here)
    assert "Letters and talks with somebody who was taken off" in html
    for shown in (reverse("partnerships:letter", args=[sent.pk]), "Kladden", "Per ringer tilbage"):
        assert shown in html
    letter = page(as_anna, reverse("partnerships:letter", args=[left.pk]))
    assert "The letter can only be put away" in letter
    assert "Send the letter" not in letter
    as_anna.post(reverse("partnerships:conversation_remove", args=[talk.pk]), {"version": talk.version})
    assert "Per ringer tilbage" not in page(as_anna, here)


def test_a_link_with_only_a_challenge_says_so_and_becomes_a_need_on_the_way(
    as_anna: Client, anna: User, need: Need
) -> None:
    smith = companies.unit(cvr="12345674", email="post@smedjen.example")
    link = links.link(need, smith, by=anna, about=None, challenge=places.challenge(need.area))
    later = "What we ask of you, we tell when we meet"
    html = page(as_anna, address("pitch", link))
    assert "only a challenge and no need" in html
    assert later in page(as_anna, address("call", link))
    assert later in draft(link, by=anna, language="en").text
    sheet = as_anna.get(address("sheet", link, "en"))
    assert later in " ".join(PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text().split())
    form = f"{reverse('linking:link_need', args=[link.pk])}?part={company(link).pk}"
    assert form in html
    said: dict[str, Any] = {"title": "Et lokale til klubben", "creation_key": str(uuid4())}
    assert "Tick what you ask for" in as_anna.post(form, said, headers=ENGLISH).content.decode()
    for _click in range(2):
        assert as_anna.post(form, said | {"kinds": ["premises"]}).url == address("pitch", link)  # type: ignore[attr-defined]  # a redirect
    made = Link.objects.get(pk=link.pk).need
    assert made
    assert (made.title, made.challenge, Need.objects.count()) == ("Et lokale til klubben", link.challenge, 2)
    html = page(as_anna, address("pitch", link))
    assert later not in html
    assert "Premises" in html
