"""A side without an account asks by the link it got; its clock runs for the others, and the answer comes by mail."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import LinkUsed
from medspil.common.privacy import CprNumberFound
from medspil.partnerships.asking_back import EnoughAsked, NobodyElse, ask_by_link, reply_by_link, tell_answers
from medspil.partnerships.asking_leaders import EnoughAskedOfLeaders
from medspil.partnerships.late import hand_over
from medspil.partnerships.models import Conversation, Partner, Partnership, Question
from medspil.partnerships.questions import NothingAsked, answer, ask, question_of
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def asked(together: Partnership, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]) -> Question:
    """Return what the municipality asks the company without an account."""
    named(harbour, by=anna)
    return ask(
        partnership=together, asked_of=harbour, put_by=area_side, text="Kan I tirsdag?", creation_key=uuid4(), by=anna,
        now=NOW, address=kept_in(tokens),
    )  # fmt: skip


def reply(tokens: list[str], text: str = "", back: str = "", **more: Any) -> tuple[Question | None, Any]:
    facts: dict[str, Any] = {"token": tokens[0], "creation_key": uuid4(), "now": NOW, "address": kept_in(tokens)} | more
    return reply_by_link(text=text, back=back, **facts)


def test_a_question_back_runs_the_clock_for_those_who_asked_and_leaves_the_link(
    asked: Question, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]
) -> None:
    named(area_side, user=anna, by=anna)
    key = uuid4()
    for _twice in range(2):
        answered, put = reply(tokens, back="Hvor mange kommer?", creation_key=key)
    assert answered is None
    assert put == Question.objects.get(put_by=harbour)
    assert (put.asked_of, put.asked_by, put.due_on.isoformat()) == (area_side, None, "2026-11-27")
    deliver(NOW)
    assert [one.to[0] for one in mail.outbox] == ["per@firma.example", anna.email]
    assert "Hvor mange kommer?" in mail.outbox[1].body
    answered, _more = reply(tokens, "Ja, klokken 10", "Og hvem tager imod?")
    assert (answered, Question.objects.count()) == (asked, 3)
    with pytest.raises(LinkUsed):
        reply(tokens, back="Hvem?")


def test_a_trouble_with_one_of_both_keeps_both_unwritten(asked: Question, tokens: list[str]) -> None:
    for text, back, trouble in (("", " ", NothingAsked), ("Ja", "010190-1234?", CprNumberFound)):
        with pytest.raises(trouble):
            reply(tokens, text, back)
    assert Question.objects.get().is_open
    for number in range(3):
        reply(tokens, back=f"Nummer {number}?")
    with pytest.raises(EnoughAsked):
        reply(tokens, back="Nummer 4?")


def test_a_link_asks_no_other_partnership_and_not_the_own_side(
    asked: Question, harbour: Partner, smithy: Partner, tokens: list[str]
) -> None:
    facts: dict[str, Any] = {
        "token": tokens[0], "side_of": lambda link: question_of(link).asked_of, "text": "Hvornår?", "now": NOW,
        "creation_key": uuid4(), "address": kept_in(tokens),
    }  # fmt: skip
    for other in (harbour.pk, 0, smithy.pk + 1_000):
        with pytest.raises(NobodyElse):
            ask_by_link(asked_of=other, **facts)
    assert ask_by_link(asked_of=smithy.pk, **facts).put_by == harbour


def test_the_answer_comes_by_mail_once_and_where_nobody_was_named_the_question_waits(
    asked: Question, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]
) -> None:
    put = reply(tokens, back="Hvor mange kommer?")[1]
    assert put
    assert len(tokens) == 1  # nobody of the municipality is named
    named(area_side, user=anna, by=anna)
    assert hand_over(now=NOW, address=kept_in(tokens)) == 1
    assert tell_answers(now=NOW, address=kept_in(tokens)) == 0
    answer(question=put, text="Tolv", expected_version=put.version, by=anna, now=NOW + DAY)
    assert [tell_answers(now=NOW + DAY, address=kept_in(tokens)) for _again in range(2)] == [1, 0]
    deliver(NOW + DAY)
    (told,) = [one for one in mail.outbox if "Tolv" in one.body]
    assert told.to == ["per@firma.example"]
    assert tokens[-1] in told.body
    assert OneTimeLink.objects.get(purpose="partnership_answer").used_at is None


def test_no_mail_brings_an_answer_to_who_has_left_or_of_words_that_are_forgotten(
    asked: Question, harbour: Partner, anna: User, tokens: list[str]
) -> None:
    put = reply(tokens, back="Hvor mange kommer?")[1]
    assert put
    answer(question=put, text="Tolv", expected_version=put.version, by=anna, now=NOW)
    tell_answers(now=NOW, address=kept_in(tokens))
    Partner.objects.filter(pk=harbour.pk).update(left_on=NOW.date())
    Question.objects.filter(pk=put.pk).update(answer_told_at=None)
    assert tell_answers(now=NOW, address=kept_in(tokens)) == 0
    before = len(mail.outbox)
    deliver(NOW)
    assert not [one for one in mail.outbox[before:] if "Tolv" in one.body]


def test_those_who_lead_and_are_no_side_get_the_question_back_by_mail_and_find_it_noted(
    together: Partnership, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]
) -> None:
    area_side.delete()
    named(harbour, by=anna)
    ask(
        partnership=together, asked_of=harbour, put_by=None, text="Kan I tirsdag?", creation_key=uuid4(), by=anna,
        now=NOW, address=kept_in(tokens),
    )  # fmt: skip
    key = uuid4()
    for _twice in range(2):
        reply(tokens, back="Hvor mange kommer?", creation_key=key)
    note = Conversation.objects.visible_to(anna, on=NOW.date()).get()
    assert (note.party, note.text, note.by) == (harbour.side, "Hvor mange kommer?", anna)
    deliver(NOW)
    (told,) = [one for one in mail.outbox if one.to[0].endswith(f"{anna.email}>") or one.to == [anna.email]]
    assert "Hvor mange kommer?" in told.body
    assert told.reply_to == ["per@firma.example"] or told.extra_headers["Reply-To"] == "per@firma.example"
    for number in range(2):
        reply(tokens, back=f"Nummer {number}?")
    with pytest.raises(EnoughAskedOfLeaders):
        reply(tokens, "Ja", "Nummer 4?")
    assert Question.objects.get().is_open
