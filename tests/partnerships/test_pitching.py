"""A letter is drafted from data, edited by a person and sent once; nobody who may not be written to is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.linking.asking import LinkPutAway, SaidNo
from medspil.linking.brokers import come
from medspil.linking.gate import CompanyClosedToUs
from medspil.linking.links import edit_link
from medspil.linking.models import Answer, Link, LinkState, RefusalReason
from medspil.linking.refusals import refuse
from medspil.linking.sides import note_consent
from medspil.notices.letters import AddressRefused, HeaderRefused
from medspil.notices.models import Message, MessageState
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.gate import NobodyToWriteTo, refuse_pitch
from medspil.partnerships.models import AddressFrom, Pitch, PitchState
from medspil.partnerships.pitching import (
    AlreadySent,
    LetterEmpty,
    LetterTooLong,
    NoContact,
    NoRecipient,
    put_away,
    send_pitch,
    start_pitch,
)
from medspil.partnerships.recipients import AddressGone, SourceMissing, recipient_of, suggested, typed
from medspil.register.models import Unit
from tests.factories import companies, links, people
from tests.factories.people import NOW
from tests.factories.pitches import ADDRESS, addressed, chef, company, draft

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company with a public address."""
    return links.link(need, companies.unit(email="post@smedjen.example", cvr="12345674"), by=anna)


def send(pitch: Pitch, by: User, *, asked: bool = False, **fields: Any) -> Pitch:
    facts: dict[str, Any] = {"link_version": pitch.link.version, "expected_version": pitch.version, "now": NOW} | fields
    return send_pitch(pitch=pitch, counts_as_asked=asked, by=by, **facts)


def test_a_sent_letter_is_one_mail_that_answers_to_the_contact_person(link: Link, anna: User) -> None:
    pitch = addressed(draft(link, by=anna), by=anna, text="Kære Per\n\nVil I være med?")
    send(pitch, anna)
    mail = Message.objects.get()
    assert (mail.to_email, mail.to_name, mail.reply_to) == (ADDRESS, "Per Smed", anna.email)
    assert mail.text == "Kære Per\n\nVil I være med?"
    assert (mail.state, mail.on_behalf_of_name) == (MessageState.WAITING, "Vejle Kommune")
    assert (pitch.state, pitch.sent_by, pitch.sent_at) == (PitchState.SENT, anna, NOW)


def test_the_same_letter_twice_is_one_mail(link: Link, anna: User) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    again = Pitch.objects.get(pk=pitch.pk)
    send(pitch, anna)
    with pytest.raises(EditConflict):
        send(again, anna)
    with pytest.raises(AlreadySent):
        send(Pitch.objects.get(pk=pitch.pk), anna)
    assert Message.objects.count() == 1


def test_the_side_counts_as_asked_only_where_the_person_says_so(link: Link, anna: User) -> None:
    send(addressed(draft(link, by=anna), by=anna), anna)
    assert company(link).answer == Answer.NOT_ASKED
    send(addressed(draft(link, by=anna), by=anna), anna, asked=True)
    assert (company(link).answer, company(link).asked_on) == (Answer.ASKED, TODAY)
    assert Link.objects.get(pk=link.pk).state == LinkState.ASKED


def test_a_link_that_somebody_changed_meanwhile_keeps_the_letter_at_home(link: Link, anna: User) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    edit_link(link=Link.objects.get(pk=link.pk), sentence="Noget andet", expected_version=1, by=anna, now=NOW)
    fresh = Pitch.objects.for_page().get(pk=pitch.pk)
    with pytest.raises(EditConflict):
        send(fresh, anna, asked=True, link_version=1)
    assert not Message.objects.exists()
    assert Pitch.objects.get(pk=pitch.pk).state == PitchState.DRAFT


def test_a_protected_company_is_neither_drafted_nor_sent_to_until_it_has_said_that_we_may_write(
    link: Link, anna: User
) -> None:
    early = addressed(draft(link, by=anna), by=anna)
    Unit.objects.update(protected=True)
    with pytest.raises(CompanyClosedToUs):
        draft(link, by=anna)
    with pytest.raises(CompanyClosedToUs):
        send(Pitch.objects.for_page().get(pk=early.pk), anna)
    note_consent(
        link=link, party=company(link), on=TODAY, how="Lederen, på mødet", expected_version=1, by=anna, now=NOW
    )
    send(Pitch.objects.for_page().get(pk=early.pk), anna)
    assert Message.objects.count() == 1


def test_who_has_ceased_said_no_or_stands_in_a_link_that_was_put_away_is_not_written_to(link: Link, anna: User) -> None:
    Unit.objects.update(status="ceased")
    with pytest.raises(CompanyClosedToUs):
        draft(link, by=anna)
    Unit.objects.update(status="active")
    refuse(
        link=link, party=company(link), reason=RefusalReason.NEVER, on=TODAY, words="Nej tak", expected_version=1,
        creation_key=uuid4(), by=anna, now=NOW,
    )  # fmt: skip
    with pytest.raises(SaidNo):
        draft(link, by=anna)
    Link.objects.update(archived_at=NOW)
    with pytest.raises(LinkPutAway):
        draft(Link.objects.get(), by=anna)


def test_neither_the_areas_own_side_nor_a_person_or_place_is_written_to(link: Link, need: Need, anna: User) -> None:
    own = link.parties.get(organisation=need.area.owner)
    square = links.link(need, links.resource(need, "Torvet", "place"), by=anna)
    place = square.parties.get(resource__isnull=False)
    for where, party in ((link, own), (square, place)):
        with pytest.raises(NobodyToWriteTo):
            refuse_pitch(where, party, on=TODAY)


def test_the_same_click_twice_drafts_one_letter(link: Link, anna: User) -> None:
    key = uuid4()
    first, second = (draft(link, by=anna, creation_key=key) for _click in range(2))
    assert first == second
    assert HistoryEntry.objects.filter(action="letter_drafted").count() == 1


def test_two_who_edit_at_once_do_not_lose_each_others_words(link: Link, anna: User) -> None:
    pitch = draft(link, by=anna)
    other = Pitch.objects.get(pk=pitch.pk)
    addressed(pitch, by=anna, text="Annas ord")
    with pytest.raises(EditConflict):
        addressed(other, by=anna, text="Andre ord")
    assert Pitch.objects.get().text == "Annas ord"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"subject": " "}, LetterEmpty),
        ({"text": "\n"}, LetterEmpty),
        ({"text": "Mit nummer er 010190-1234"}, CprNumberFound),
        ({"subject": "Hej\nBcc: alle@example.org"}, HeaderRefused),
        ({"text": "ord " * 5_000}, LetterTooLong),
    ],
)
def test_words_that_cannot_stand_are_refused(
    link: Link, anna: User, words: dict[str, Any], refusal: type[Exception]
) -> None:
    pitch = draft(link, by=anna)
    with pytest.raises(refusal):
        addressed(pitch, by=anna, **words)
    assert Pitch.objects.get().version == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"email": "ingen adresse"}, AddressRefused),
        ({"email": "a@b.example\nBcc: c@d.example"}, HeaderRefused),
        ({"name": "Per\r\nBcc: c@d.example"}, HeaderRefused),
        ({"source": " "}, SourceMissing),
        ({"purpose": ""}, SourceMissing),
    ],
)
def test_an_address_that_cannot_stand_is_refused(
    link: Link, anna: User, fields: dict[str, str], refusal: type[Exception]
) -> None:
    pitch = draft(link, by=anna)
    with pytest.raises(refusal):
        addressed(pitch, by=anna, recipient=chef(**fields))
    assert Pitch.objects.get().to_email == ""


def test_a_letter_without_an_address_stays(link: Link, anna: User) -> None:
    with pytest.raises(NoRecipient):
        send(draft(link, by=anna), anna)


def test_the_public_address_of_the_register_is_proposed_with_its_source_and_asked_again_when_sending(
    link: Link, anna: User
) -> None:
    found = suggested(company(link))
    assert [(one.email, one.address_from) for one in found] == [("post@smedjen.example", AddressFrom.REGISTER)]
    assert "prøve" in found[0].source
    pitch = addressed(draft(link, by=anna), by=anna, recipient=recipient_of(company(link), "register"))
    Unit.objects.update(email="")
    with pytest.raises(AddressGone):
        send(Pitch.objects.for_page().get(pk=pitch.pk), anna)


def test_an_address_with_letters_of_its_own_language_is_found_again_when_the_letter_is_sent(
    link: Link, anna: User
) -> None:
    Unit.objects.update(email="post@blåbær.example")
    chosen = recipient_of(company(link), "register")
    pitch = addressed(draft(link, by=anna), by=anna, recipient=chosen)
    assert pitch.to_email == "post@xn--blbr-roah.example"
    send(Pitch.objects.for_page().get(pk=pitch.pk), anna)
    assert Message.objects.get().to_email == pitch.to_email == chosen.email


def test_the_companys_own_contact_comes_first_but_not_people_of_whoever_created_it(
    link: Link, vejle: Organisation, anna: User
) -> None:
    smith = people.organisation("Havnens Smedje", kind="company")
    unit = company(link).unit
    Organisation.objects.filter(pk=smith.pk).update(unit=unit, cvr="12345674", created_by_organisation=vejle)
    bo = people.member(smith, Role.COMPANY_CONTACT, name="Bo")
    people.member(smith, Role.READER, name="Rie")
    anna.memberships.create(organisation=smith, role=Role.ADMINISTRATOR, started_on=TODAY)
    assert [one.email for one in suggested(company(link))] == [bo.email, "post@smedjen.example"]


def test_a_contact_person_works_with_the_link(link: Link, carl: User, anna: User) -> None:
    with pytest.raises(NoContact):
        draft(link, by=anna, contact=carl)
    house = people.organisation("Erhvervshuset", kind="business_hub")
    broker = people.member(house, Role.BROKER, name="Bo")
    with pytest.raises(NoContact):
        draft(link, by=anna, contact=broker)
    come(link=link, user=broker, organisation=house, by=anna, now=NOW)
    assert draft(link, by=anna, contact=broker).contact == broker
    assert "Erhvervshuset" in Pitch.objects.get().text


def test_a_draft_is_put_away_and_taken_out_and_what_was_sent_is_neither(link: Link, anna: User) -> None:
    pitch = addressed(draft(link, by=anna), by=anna)
    for away, state in ((True, PitchState.PUT_AWAY), (False, PitchState.DRAFT)):
        put_away(pitch=pitch, away=away, expected_version=pitch.version, by=anna, now=NOW)
        assert Pitch.objects.get().state == state
    send(pitch, anna)
    with pytest.raises(AlreadySent):
        put_away(pitch=pitch, away=True, expected_version=pitch.version, by=anna, now=NOW)
    with pytest.raises(AlreadySent):
        addressed(pitch, by=anna, text="Noget andet")


def test_the_history_tells_who_did_what_and_no_address_or_text(link: Link, anna: User) -> None:
    pitch = send(addressed(draft(link, by=anna), by=anna, text="Hemmelige ord"), anna)
    told = HistoryEntry.objects.of(pitch)
    assert [one.action for one in told] == ["letter_sent", "letter_changed", "letter_drafted"]
    assert {str(one.changes) for one in told} == {"{}"}


def test_those_of_the_area_and_the_broker_see_letters_and_the_company_and_strangers_do_not(
    link: Link, anna: User, carl: User
) -> None:
    house = people.organisation("Erhvervshuset", kind="business_hub")
    broker = people.member(house, Role.BROKER, name="Dorte")
    come(link=link, user=broker, organisation=house, by=anna, now=NOW)
    smith = people.organisation("Havnens Smedje", kind="company")
    Organisation.objects.filter(pk=smith.pk).update(unit=company(link).unit, cvr="12345674")
    bo = people.member(smith, Role.COMPANY_CONTACT, name="Bo")
    pitch = send(addressed(draft(link, by=anna), by=anna), anna, asked=True)
    assert Link.objects.visible_to(bo, on=TODAY).filter(pk=link.pk).exists()
    seen = {user: Pitch.objects.visible_to(user, on=TODAY).filter(pk=pitch.pk).exists() for user in (
        anna, broker, bo, carl)}  # fmt: skip
    assert seen == {anna: True, broker: True, bo: False, carl: False}


def test_a_language_that_nobody_knows_becomes_danish(link: Link, anna: User) -> None:
    party = company(link)
    made = start_pitch(
        link=link, party=party, language="xx", contact=anna, hours=None, creation_key=uuid4(), by=anna,
        now=NOW + timedelta(minutes=1),
    )  # fmt: skip
    assert made.language == "da"
    assert typed(email=" a@b.example ", name="", source="x", purpose="y").email == "a@b.example"
