"""The answer clock: asked, answered by link or in the app, passed on when late, and told honestly."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils.timezone import localdate

from medspil.accounts.models import HistoryEntry, User
from medspil.accounts.one_time_links import LinkRevoked, LinkUsed
from medspil.common.models import EditConflict
from medspil.organisations.models import Membership
from medspil.partnerships.editing import TextTooLong
from medspil.partnerships.late import answer_times, hand_over, pass_on_late
from medspil.partnerships.models import Part, Partner, Partnership, Question
from medspil.partnerships.questions import NobodyToAnswer, QuestionClosed, answer, answer_by_link, ask, drop
from medspil.partnerships.turns import turns
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def put(
    together: Partnership, harbour: Partner, area_side: Partner, anna: User, tokens: list[str]
) -> Callable[..., Any]:
    """Return what puts a question to the company without an account."""

    def ask_it(text: str = "Kan I komme tirsdag?", *, now: datetime = NOW, **more: Any) -> Question:
        facts: dict[str, Any] = {"asked_of": harbour, "put_by": area_side, "creation_key": uuid4(), "by": anna} | more
        return ask(partnership=together, text=text, now=now, address=kept_in(tokens), **facts)

    return ask_it


def whose(question: Question, now: datetime) -> tuple[str, str, str, str]:
    """Return who has a question since which day, and to whom it goes next and when."""
    (turn,) = turns(Question.objects.for_page().filter(pk=question.pk), now=now).values()
    assert turn.person
    then = (turn.then.person.shown_name, turn.then.on.isoformat()) if turn.then else ("", "")
    return (turn.person.shown_name, turn.since.isoformat(), *then)


def test_a_question_is_due_after_the_promised_working_days_and_goes_to_the_contact(
    put: Callable[..., Question], harbour: Partner, anna: User, tokens: list[str]
) -> None:
    with pytest.raises(NobodyToAnswer):
        put()
    named(harbour, by=anna, from_on=NOW.date() - DAY)
    question = put(now=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))  # half past midnight on Saturday in Denmark
    assert (question.asked_on.isoformat(), question.due_on.isoformat()) == ("2026-11-21", "2026-11-27")
    deliver(NOW)
    assert mail.outbox[0].to == ["per@firma.example"]
    assert "Vejle Kommune" in mail.outbox[0].body
    assert tokens[0] in mail.outbox[0].body
    answered = answer_by_link(token=tokens[0], text="Ja, klokken 10", now=NOW + DAY)
    assert (answered.answer, answered.answer_noted_by, answered.is_open) == ("Ja, klokken 10", None, False)
    with pytest.raises(LinkUsed):
        answer_by_link(token=tokens[0], text="Nej", now=NOW + DAY)
    assert "Kan I komme" not in str(list(HistoryEntry.objects.values()))


def test_a_double_click_asks_once_and_too_long_a_text_is_refused(
    put: Callable[..., Question], harbour: Partner, anna: User
) -> None:
    named(harbour, by=anna)
    key = uuid4()
    assert put(creation_key=key) == put(creation_key=key)
    with pytest.raises(TextTooLong):
        put("æ" * 5001)
    assert put("æ" * 5000).text == "æ" * 5000
    assert deliver(NOW) == 2


def test_a_late_question_goes_to_the_deputy_then_to_the_chief_once_each(
    put: Callable[..., Question], harbour: Partner, anna: User, tokens: list[str]
) -> None:
    named(harbour, by=anna)
    named(harbour, "Grete Havn", Part.DEPUTY, by=anna, to_on=NOW.date() + 30 * DAY)
    named(harbour, "", Part.CHIEF, by=anna, function="direktør", email="dir@firma.example")
    question = put()
    assert question.due_on.isoformat() == "2026-11-27"
    told, having = [], []
    for step in range(5, 12):
        now = NOW + step * DAY
        for _again in range(2):
            pass_on_late(now=now, address=kept_in(tokens))
        deliver(now)
        told.append((localdate(now).isoformat(), [one.to[0] for one in mail.outbox[1:]]))
        having.append(whose(question, now))
    assert told[2] == ("2026-11-29", [])  # a Sunday
    assert told[3] == ("2026-11-30", ["grete@firma.example"])
    assert told[4:] == [(f"2026-12-0{day}", ["grete@firma.example", "dir@firma.example"]) for day in (1, 2, 3)]
    assert having[:3] == [("Per Smed", "2026-11-22", "Grete Havn", "2026-11-30")] * 3
    assert having[3] == ("Grete Havn", "2026-11-30", "direktør", "2026-12-01")
    assert having[4:] == [("direktør", "2026-12-01", "", "")] * 3
    answer_by_link(token=tokens[1], text="Ja", now=NOW + 10 * DAY)
    for late in (tokens[0], tokens[2]):
        with pytest.raises(LinkRevoked):
            answer_by_link(token=late, text="Nej", now=NOW + 10 * DAY)


def test_who_is_away_is_not_asked_and_without_a_deputy_the_chief_is_next(
    put: Callable[..., Question], harbour: Partner, anna: User
) -> None:
    named(harbour, by=anna)
    named(harbour, "", Part.CHIEF, by=anna, function="direktør", email="dir@firma.example")
    put()
    assert [pass_on_late(now=NOW + step * DAY, address=str) for step in (7, 8, 9)] == [0, 1, 0]
    deliver(NOW + 9 * DAY)
    assert mail.outbox[-1].to == ["dir@firma.example"]


def test_a_question_that_waits_goes_to_the_new_contact_and_no_more_by_the_old_link(
    put: Callable[..., Question], harbour: Partner, anna: User, tokens: list[str]
) -> None:
    named(harbour, by=anna)
    put()
    assert hand_over(now=NOW, address=kept_in(tokens)) == 0
    named(harbour, "Grete Havn", by=anna, from_on=NOW.date() + DAY)
    assert hand_over(now=NOW, address=kept_in(tokens)) == 0  # she begins tomorrow
    assert [hand_over(now=NOW + DAY, address=kept_in(tokens)) for _again in range(2)] == [1, 0]
    deliver(NOW + DAY)
    assert [one.to for one in mail.outbox] == [["grete@firma.example"]]
    with pytest.raises(LinkRevoked):
        answer_by_link(token=tokens[0], text="Ja", now=NOW + DAY)
    assert answer_by_link(token=tokens[1], text="Ja", now=NOW + DAY).answer == "Ja"


def test_a_contact_who_leaves_the_organisation_in_the_middle_answers_no_more_and_the_chief_is_asked(
    put: Callable[..., Question], smithy: Partner, anna: User, sanne: User, tokens: list[str]
) -> None:
    named(smithy, user=sanne, by=anna)
    put(asked_of=smithy)
    assert hand_over(now=NOW, address=kept_in(tokens)) == 0
    Membership.objects.filter(user=sanne).update(ended_on=NOW.date() - DAY)
    assert hand_over(now=NOW, address=kept_in(tokens)) == 0  # nobody else could answer yet
    named(smithy, "", Part.CHIEF, by=anna, function="direktør", email="dir@smedjen.example")
    assert [hand_over(now=NOW, address=kept_in(tokens)) for _again in range(2)] == [1, 0]
    deliver(NOW)
    assert [one.to for one in mail.outbox] == [["dir@smedjen.example"]]  # what waited for Sanne was stopped
    with pytest.raises(LinkRevoked):
        answer_by_link(token=tokens[0], text="Ja", now=NOW)
    assert answer_by_link(token=tokens[1], text="Ja", now=NOW).answer == "Ja"


def test_an_answered_question_sends_nothing_more_and_is_answered_once(
    put: Callable[..., Question], harbour: Partner, anna: User
) -> None:
    named(harbour, by=anna)
    question, other = put(), put("Og onsdag?")
    answer(question=question, text="De ringede: ja", expected_version=1, by=anna, now=NOW)
    drop(question=other, expected_version=1, by=anna, now=NOW)
    assert deliver(NOW) == 0  # both were settled before the mail went
    with pytest.raises(QuestionClosed):
        answer(question=Question.objects.get(pk=question.pk), text="Nej", expected_version=1, by=anna, now=NOW)
    third = put("Torsdag?")
    Question.objects.filter(pk=third.pk).update(version=2)
    with pytest.raises(EditConflict):
        answer(question=third, text="Ja", expected_version=1, by=anna, now=NOW)
    assert pass_on_late(now=NOW + 8 * DAY, address=str) == 0  # nobody to pass it on to


def test_how_fast_a_party_answers_rests_on_three_and_counts_silence(
    together: Partnership, put: Callable[..., Question], harbour: Partner, smithy: Partner, anna: User
) -> None:
    named(harbour, by=anna)
    for days in (1, 2):
        question = put()
        answer(question=question, text="Ja", expected_version=1, by=anna, now=NOW + days * DAY)
    seen = Question.objects.visible_to(anna)
    early = answer_times([harbour, smithy], seen, on=NOW.date())[harbour.pk]
    assert (early.days, early.rests_on) == (None, 2)
    put()
    assert answer_times([harbour], seen, on=NOW.date() + 5 * DAY)[harbour.pk].rests_on == 2  # not late yet
    late = answer_times([harbour, smithy], seen, on=NOW.date() + 12 * DAY)
    assert (late[harbour.pk].days, late[harbour.pk].rests_on, late[harbour.pk].late_now) == (2.0, 3, 1)
    assert late[smithy.pk].rests_on == 0


def test_a_third_side_reads_no_question_of_two_others(
    put: Callable[..., Question], harbour: Partner, anna: User, sanne: User, carl: User
) -> None:
    named(harbour, by=anna)
    put()
    counts = [Question.objects.visible_to(one).count() for one in (anna, sanne, carl)]
    assert counts == [1, 0, 0]
