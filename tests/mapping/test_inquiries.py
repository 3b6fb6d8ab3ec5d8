"""Asking a contact whether a resource is still right: one mail, one answer, and nobody else's business."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, OneTimeLink, User
from medspil.accounts.one_time_links import LinkUsed
from medspil.areas.models import Area
from medspil.areas.privacy import CprNumberFound
from medspil.mapping.models import Answer, Inquiry, Resource, ResourceContact
from medspil.mapping.services import (
    AnswerMissing,
    Asked,
    CannotAsk,
    add_contact,
    answer_inquiry,
    ask_still_right,
    dealt_with,
    delete_contact,
    edit_contact,
    edit_resource,
    put_away,
    question_of,
)
from tests.factories import companies, post
from tests.factories.people import organisation
from tests.factories.resources import NOW, TODAY, contact, person, resource


def ask(of: ResourceContact, anna: User) -> Asked:
    """Send the mail."""
    return ask_still_right(contact=of, by=anna, now=NOW, address_of=lambda token: f"https://x.example/svar/{token}/")


def token_of(asked: Asked) -> str:
    """Return the secret part of the address."""
    return asked.address.rstrip("/").rpartition("/")[2]


def test_the_mail_says_what_stands_here_in_the_recipients_language(anna: User, area: Area) -> None:
    club = resource(area, anna, can_do="Fodbold for piger")
    asked = ask(contact(club, anna, language="en"), anna)
    [sent] = post.sent()
    assert asked.mailed
    assert sent.to == ["fatima@example.org"]
    assert "Is this still right? Nordklubben" in str(sent.subject)
    assert "Fodbold for piger" in str(sent.body)
    assert asked.address in str(sent.body)
    assert re.search(r"December 2026", str(sent.body))
    assert OneTimeLink.objects.get().about_version == club.version


def test_where_no_mail_server_is_set_up_that_is_told_and_the_question_stands(
    anna: User, area: Area, settings: Settings
) -> None:
    settings.MAIL_WITHOUT_SERVER = ""
    asked = ask(contact(resource(area, anna), anna), anna)
    assert not asked.mailed
    assert question_of(token=token_of(asked), now=NOW).inquiry == asked.inquiry


def test_looking_at_the_question_writes_nothing_and_tells_when_the_resource_has_changed(anna: User, area: Area) -> None:
    club = resource(area, anna)
    token = token_of(ask(contact(club, anna), anna))
    with CaptureQueriesContext(connection) as asked:
        assert not question_of(token=token, now=NOW).changed_since
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    edit_resource(resource=club, expected_version=1, by=anna, now=NOW, when="torsdage")
    assert question_of(token=token, now=NOW).changed_since


def test_still_right_confirms_today_and_disturbs_nobodys_form(anna: User, area: Area) -> None:
    club = resource(area, anna)
    token = token_of(ask(contact(club, anna), anna))
    inquiry = answer_inquiry(token=token, answer=Answer.RIGHT, now=NOW)
    club.refresh_from_db()
    assert (inquiry.answer, club.confirmed_on, club.version) == (Answer.RIGHT, TODAY, 1)
    assert HistoryEntry.objects.of(club)[0].action == "answered_right"
    with pytest.raises(LinkUsed):
        answer_inquiry(token=token, answer=Answer.WRONG, now=NOW)
    assert not Inquiry.objects.waiting().exists()


@pytest.mark.parametrize("answer", [Answer.CHANGED, Answer.WRONG])
def test_other_answers_wait_until_somebody_has_looked(anna: User, area: Area, answer: Answer) -> None:
    club = resource(area, anna)
    token = token_of(ask(contact(club, anna), anna))
    answer_inquiry(token=token, answer=answer, text="  Nu om onsdagen ", now=NOW)
    waiting = Inquiry.objects.visible_to(anna).waiting().get()
    assert waiting.text == "Nu om onsdagen"
    assert dealt_with(inquiry=waiting, by=anna, now=NOW)
    assert not dealt_with(inquiry=waiting, by=anna, now=NOW)
    assert not Inquiry.objects.waiting().exists()
    club.refresh_from_db()
    assert club.confirmed_on is None


def test_changed_without_a_word_and_numbers_of_persons_leave_the_link_unused(anna: User, area: Area) -> None:
    token = token_of(ask(contact(resource(area, anna), anna), anna))
    with pytest.raises(AnswerMissing):
        answer_inquiry(token=token, answer=Answer.CHANGED, text=" ", now=NOW)
    with pytest.raises(CprNumberFound):
        answer_inquiry(token=token, answer=Answer.CHANGED, text="jeg er 010190-1234", now=NOW)
    assert question_of(token=token, now=NOW)


def test_take_me_off_deletes_the_contact_of_an_association_for_good_and_asks_somebody_to_look(
    anna: User, area: Area
) -> None:
    club = resource(area, anna)
    token = token_of(ask(contact(club, anna), anna))
    inquiry = answer_inquiry(token=token, answer=Answer.REMOVE, text="Fatima er stoppet", now=NOW)
    assert not ResourceContact.objects.exists()
    assert Inquiry.objects.waiting().get() == inquiry
    assert Inquiry.objects.get().text == ""
    assert Resource.objects.visible_to(anna).get().name == club.name
    assert not OneTimeLink.objects.exclude(recipient_email="").exists()


def test_nobody_is_asked_twice_in_two_weeks_or_about_what_is_gone(anna: User, area: Area) -> None:
    club = resource(area, anna)
    reached = contact(club, anna)
    ask(reached, anna)
    with pytest.raises(CannotAsk):
        ask(reached, anna)
    assert len(post.sent()) == 1
    Inquiry.objects.update(sent_on=TODAY - timedelta(days=14))
    ask(reached, anna)
    with pytest.raises(CannotAsk):
        ask(contact(club, anna, email="", phone="12345678"), anna)
    put_away(resource=club, reason="", by=anna, now=NOW)
    with pytest.raises(CannotAsk):
        ask(contact(club, anna, email="anden@example.org"), anna)


def test_who_has_answered_is_not_asked_again_within_two_weeks_and_the_day_is_said(anna: User, area: Area) -> None:
    reached = contact(resource(area, anna), anna)
    answer_inquiry(token=token_of(ask(reached, anna)), answer=Answer.RIGHT, now=NOW)
    with pytest.raises(CannotAsk) as refused:
        ask(reached, anna)
    assert date_format(TODAY + timedelta(days=14), "DATE_FORMAT") in str(refused.value)
    assert Inquiry.objects.count() == 1
    Inquiry.objects.update(sent_on=TODAY - timedelta(days=14), answered_on=TODAY - timedelta(days=14))
    ask(reached, anna)
    assert Inquiry.objects.count() == 2


def test_contacts_and_answers_are_seen_by_those_who_may_reach_people_and_by_no_broker(
    anna: User, bo: User, carl: User, area: Area
) -> None:
    ask(contact(resource(area, anna), anna), anna)
    for user, seen in ((anna, 1), (bo, 0), (carl, 0)):
        assert ResourceContact.objects.visible_to(user).for_list().count() == seen
        assert Inquiry.objects.visible_to(user).count() == seen


def test_a_contact_says_where_it_is_from_and_what_for_and_the_history_never_who_it_was(anna: User, area: Area) -> None:
    club = resource(area, anna)
    for lacking in (
        {"source": " "},
        {"purpose": ""},
        {"email": "", "phone": ""},
        {"email": "ingen adresse"},
        {"phone": "abc"},
    ):
        with pytest.raises(ValidationError):
            contact(club, anna, **lacking)
    with pytest.raises(CprNumberFound):
        add_contact(resource=club, by=anna, now=NOW, phone="010190-1234", source="hende", purpose="aftaler")
    reached = contact(club, anna)
    edit_contact(contact=reached, by=anna, now=NOW, phone="87654321")
    delete_contact(contact=reached, by=anna, now=NOW)
    told = list(HistoryEntry.objects.of(club).values_list("action", "changes"))
    assert [action for action, _changes in told] == ["contact_deleted", "contact_changed", "contact_added", "created"]
    assert all(not changes for _action, changes in told[:3])
    assert not ResourceContact.objects.exists()


@pytest.mark.parametrize("known_by", ["unit", "organisation"])
def test_a_company_that_is_protected_from_advertising_is_not_written_to(anna: User, area: Area, known_by: str) -> None:
    of = contact(resource(area, anna, **{known_by: protected()[known_by]}), anna)
    with pytest.raises(CannotAsk):
        ask(of, anna)
    assert not post.sent()
    assert not OneTimeLink.objects.exists()


def test_a_protected_company_that_takes_part_in_the_area_is_no_stranger_there(anna: User, area: Area) -> None:
    firm = protected()["organisation"]
    area.partners.add(firm)
    assert ask(contact(resource(area, anna, organisation=firm), anna), anna).mailed


def protected() -> dict[str, Any]:
    """Return a protected place of work, and an organisation that stands for its company."""
    unit, firm = companies.unit(protected=True, cvr="12345674"), organisation("Havnens Smedje", "company")
    firm.cvr = unit.cvr
    firm.save(update_fields=["cvr"])
    return {"unit": unit, "organisation": firm}


def test_the_subject_of_a_mail_names_no_person(anna: User, area: Area) -> None:
    ask(contact(person(area, anna, "Fatima Nielsen"), anna), anna)
    assert "Fatima" not in str(post.sent()[0].subject)
