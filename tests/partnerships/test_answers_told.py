"""Whoever asked in the app is told by one mail that the answer has come, and who answered herself is not."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from medspil.accounts.models import User
from medspil.organisations.models import Membership
from medspil.partnerships.answers_told import TOLD_WITHIN, tell_askers
from medspil.partnerships.models import Partner, Partnership, Question
from medspil.partnerships.questions import answer, answer_by_link, ask
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def asked(together: Partnership, harbour: Partner, anna: User, tokens: list[str]) -> Question:
    """Return what Anna asks the company without an account."""
    named(harbour, by=anna)
    return ask(
        partnership=together, asked_of=harbour, put_by=None, text="Kan I tirsdag?", creation_key=uuid4(), by=anna,
        now=NOW, address=kept_in(tokens),
    )  # fmt: skip


def told(now: datetime = NOW) -> int:
    return tell_askers(now=now, page=lambda pk: f"https://medspil.example/{pk}/")


def test_the_asker_gets_one_mail_with_the_way_to_the_answer_and_none_of_its_words(
    asked: Question, anna: User, tokens: list[str]
) -> None:
    assert told() == 0
    answer_by_link(token=tokens[0], text="Ja, klokken 10", now=NOW)
    assert [told(), told()] == [1, 0]
    deliver(NOW)
    assert [one.to for one in mail.outbox] == [[f"Anna <{anna.email}>"]]
    assert f"https://medspil.example/{asked.pk}/" in mail.outbox[0].body
    assert "klokken 10" not in mail.outbox[0].body


def test_an_answer_she_wrote_down_herself_or_an_old_one_is_no_news(asked: Question, anna: User) -> None:
    answer(question=asked, text="De ringede: ja", expected_version=1, by=anna, now=NOW)
    assert told() == 0
    Question.objects.update(answer_noted_by=None)
    assert told(NOW + TOLD_WITHIN + DAY) == 0


def test_nothing_is_sent_to_an_asker_who_has_left_before_the_mail_went(
    asked: Question, anna: User, tokens: list[str]
) -> None:
    answer_by_link(token=tokens[0], text="Ja", now=NOW)
    assert told() == 1
    Membership.objects.filter(user=anna).update(ended_on=NOW.date() - DAY)
    assert deliver(NOW) == 0
