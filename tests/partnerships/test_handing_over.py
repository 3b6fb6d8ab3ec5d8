"""A contact who leaves in the middle: her links open nothing any more, and whoever comes after her is asked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from medspil.accounts.models import User
from medspil.accounts.one_time_links import LinkRevoked, find
from medspil.partnerships import asking_back, gain_mails
from medspil.partnerships.late import hand_over
from medspil.partnerships.models import Partner, Partnership, Question
from medspil.partnerships.questions import answer, ask
from medspil.partnerships.side_people import HandedOver
from medspil.pulses.telling import stop_mails_by_link, tell, tell_by_link
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def per(harbour: Partner, anna: User) -> None:
    """Let Per answer for the company until today."""
    named(harbour, by=anna, from_on=NOW.date() - 9 * DAY)


@pytest.mark.usefixtures("per")
def test_what_a_side_gains_is_asked_of_whoever_takes_over(harbour: Partner, anna: User, tokens: list[str]) -> None:
    gain_mails.ask_for_gains(partner=harbour, by=anna, now=NOW, address=kept_in(tokens))
    deliver(NOW)
    assert gain_mails.hand_over(now=NOW, address=kept_in(tokens)) == 0
    grete = named(harbour, "Grete Havn", by=anna, from_on=NOW.date() + DAY)
    with pytest.raises(HandedOver):
        gain_mails.confirm_by_link(token=tokens[0], keys=[], more=[], as_what="", now=NOW + DAY)
    assert [gain_mails.hand_over(now=NOW + DAY, address=kept_in(tokens)) for _twice in range(2)] == [1, 0]
    deliver(NOW + DAY)
    assert [one.to[0] for one in mail.outbox] == ["per@firma.example", grete.address]
    with pytest.raises(LinkRevoked):
        find(token=tokens[0], now=NOW + DAY)
    assert gain_mails.confirm_by_link(token=tokens[1], keys=[], more=[], as_what="", now=NOW + DAY) == 0


@pytest.mark.usefixtures("per")
def test_an_answer_that_the_one_before_got_goes_to_whoever_takes_over(
    together: Partnership, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]
) -> None:
    asked = Question(partnership=together, asked_of=area_side, put_by=harbour, text="Hvor mange kommer?")
    asked.asked_on = asked.due_on = NOW.date()
    asked.creation_key, asked.created_at, asked.updated_at = uuid4(), NOW, NOW
    asked.save()
    answer(question=asked, text="Otte unge", expected_version=1, by=anna, now=NOW)
    assert asking_back.tell_answers(now=NOW, address=kept_in(tokens)) == 1
    named(harbour, "Grete Havn", by=anna)  # she began the same day as the answer came
    with pytest.raises(HandedOver):
        find(token=tokens[0], now=NOW)
    assert [asking_back.hand_over(now=NOW, address=kept_in(tokens)) for _twice in range(2)] == [1, 0]
    deliver(NOW)
    assert [one.to[0] for one in mail.outbox] == ["grete@firma.example"]
    assert find(token=tokens[1], now=NOW).purpose == asking_back.PURPOSE


@pytest.mark.usefixtures("per")
def test_news_and_questions_end_at_once_and_a_mail_that_waits_is_not_sent(
    together: Partnership, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]
) -> None:
    where = kept_in(tokens)
    tell(partnership=together, by_side=area_side, text="Hallen er klar", creation_key=uuid4(), by=anna, now=NOW,
         address=where)  # fmt: skip
    ask(partnership=together, asked_of=harbour, put_by=area_side, text="Kan I tirsdag?", creation_key=uuid4(), by=anna,
        now=NOW, address=where)  # fmt: skip
    named(harbour, "Grete Havn", by=anna)
    with pytest.raises(HandedOver):
        stop_mails_by_link(token=tokens[0], now=NOW)
    with pytest.raises(HandedOver):
        tell_by_link(token=tokens[1], side_of=lambda _link: harbour, text="Nyt", creation_key=uuid4(), now=NOW,
                     address=where)  # fmt: skip
    assert deliver(NOW) == 0
    assert hand_over(now=NOW, address=where) == 1
    deliver(NOW)
    assert [one.to[0] for one in mail.outbox] == ["grete@firma.example"]


def test_who_begins_on_the_day_on_which_the_one_before_began_takes_her_place_that_day(
    together: Partnership, harbour: Partner, anna: User, tokens: list[str]
) -> None:
    named(harbour, by=anna)
    gain_mails.ask_for_gains(partner=harbour, by=anna, now=NOW, address=kept_in(tokens))
    named(harbour, by=anna, email="per@ny.example")  # her address was wrong
    assert gain_mails.hand_over(now=NOW, address=kept_in(tokens)) == 1
    deliver(NOW)
    assert [one.to[0] for one in mail.outbox] == ["per@ny.example"]
