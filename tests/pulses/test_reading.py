"""Who reads which answers, and when somebody should call a side."""

from datetime import timedelta

import pytest

from medspil.accounts.models import User
from medspil.partnerships.models import Partner, Partnership, Standing
from medspil.partnerships.permissions import rights_in
from medspil.pulses.answers import answer
from medspil.pulses.models import PulseAnswer, PulseRound
from medspil.pulses.reading import Why, falls, told_to
from tests.factories.people import NOW as SUNDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = SUNDAY + DAY
TODAY = NOW.date()


def said(going_on: PulseRound, partner: Partner, step: int, words: str = "") -> None:
    answer(going_on=going_on, partner=partner, step=step, words=words, expected_version=0, by=None, now=NOW)


def test_a_side_reads_the_others_steps_after_its_own_answer_and_never_their_words(
    going_on: PulseRound, together: Partnership, harbour: Partner, smithy: Partner, sanne: User
) -> None:
    said(going_on, harbour, 2, "Vi hører intet")
    rights = rights_in(sanne, together)
    before = told_to(rights, together, on=TODAY)[0]
    assert not before.answers
    assert before.hidden == {harbour.pk}
    assert told_to(rights, together, on=TODAY + 99 * DAY)[0].answers == {}  # nor afterwards
    said(going_on, smithy, 4, "Fint")
    after = told_to(rights, together, on=TODAY)[0]
    assert after.answers.keys() == {harbour.pk, smithy.pk}
    assert after.words == {smithy.pk}


def test_who_leads_and_is_a_side_answers_first_and_reads_all_when_the_round_is_over(
    going_on: PulseRound, together: Partnership, harbour: Partner, anna: User
) -> None:
    said(going_on, harbour, 2, "Vi hører intet")
    rights = rights_in(anna, together)
    assert (rights.runs, bool(rights.own)) == (True, True)
    assert told_to(rights, together, on=TODAY)[0].hidden == {harbour.pk}
    assert told_to(rights, together, on=TODAY + 14 * DAY)[0].words == {harbour.pk}


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ("5", None),
        ("1", None),
        ("53", Why.FELL),
        ("54", None),
        ("21", Why.LOW),
        ("22", Why.LOW),
        ("2-2", None),  # silence between is no answer, and so not in a row
        ("5-3", Why.FELL),
        ("53-", Why.FELL),
        ("53--", None),  # too long ago
        ("535", None),
        ("---", None),
    ],
)
def test_a_fall_or_two_low_answers_in_a_row_are_a_reason_to_call(
    together: Partnership, harbour: Partner, steps: str, why: Why | None
) -> None:
    for number, step in enumerate(steps):
        begun = TODAY + number * 30 * DAY
        made = PulseRound.objects.create(partnership=together, begun_on=begun, ends_on=begun + 13 * DAY)
        if step != "-":
            PulseAnswer.objects.create(
                round=made, partner=harbour, step=int(step), answered_on=begun, created_at=NOW, updated_at=NOW
            )
    late = TODAY + 200 * DAY
    assert [(one.partner.pk, one.why) for one in falls([together], on=late)] == ([(harbour.pk, why)] if why else [])
    together.standing = Standing.PAUSED
    assert falls([together], on=late) == []
