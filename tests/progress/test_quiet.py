"""Whoever lets something wait for too long is found: a side, or ourselves; fresh things and stopped ones are left."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import answer_yes, ask
from medspil.linking.models import Link
from medspil.partnerships.conversations import NewPledge, Said, note_conversation
from medspil.partnerships.models import Channel, Partnership, Standing
from medspil.progress.patience import set_patience
from medspil.progress.quiet import PARTNERSHIP_QUIET, Quiet, Silence, silences
from medspil.pulses.models import PulseAnswer, PulseRound
from tests.factories import companies, links
from tests.factories.alignment import AREA, of_area, say
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company."""
    return links.link(need, companies.unit(), by=anna)


def asked(link: Link, anna: User) -> None:
    ask(link=link, party=company(link), on=NOW.date(), expected_version=1, by=anna, now=NOW)


def found(user: User, days: float) -> list[Silence]:
    return silences(Link.objects.for_page(), user=user, now=NOW + days * DAY)


def whats(user: User, days: float) -> list[Quiet]:
    return [one.what for one in found(user, days)]


def test_no_answer_is_told_when_the_areas_patience_is_over_and_a_word_gives_new_time(link: Link, anna: User) -> None:
    asked(link, anna)
    assert (whats(anna, 14), whats(anna, 15)) == ([], [Quiet.NO_ANSWER])
    (one,) = found(anna, 20)
    assert (one.side, one.since, one.days, one.ours) == (company(link), NOW.date(), 20, False)
    set_patience(area=link.area, remind_after=30, expire_after=None, expected_version=0, by=anna, now=NOW)
    assert (whats(anna, 30), whats(anna, 31)) == ([], [Quiet.NO_ANSWER])
    said = Said(channel=Channel.CALL, at=NOW + 20 * DAY, text="Ringer igen.")
    call: dict[str, Any] = {"link": link, "party": company(link), "said": said, "creation_key": uuid4(), "by": anna}
    note_conversation(**call, now=NOW + 20 * DAY)
    assert (whats(anna, 50), whats(anna, 51)) == ([], [Quiet.NO_ANSWER])


def test_whoever_said_yes_is_owed_a_word(link: Link, anna: User) -> None:
    answer_yes(link=link, party=company(link), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    assert (whats(anna, 14), whats(anna, 15)) == ([], [Quiet.WE_OWE_A_WORD])
    assert found(anna, 15)[0].ours


def test_late_promises_and_meetings_without_a_note_are_told_ours_first(link: Link, anna: User) -> None:
    said = Said(channel=Channel.MEETING, at=NOW + 2 * DAY)
    promises = [
        NewPledge(ours=False, what="Sender en liste", due_on=NOW.date()),
        NewPledge(ours=True, what="Finder lokale", due_on=NOW.date() + DAY),
    ]
    made = note_conversation(
        link=link, party=company(link), said=said, pledges=promises, creation_key=uuid4(), by=anna, now=NOW
    )
    assert whats(anna, 1) == [Quiet.THEIR_PROMISE]
    late = found(anna, 4)
    assert [one.what for one in late] == [Quiet.OUR_PROMISE, Quiet.MEETING_NOT_NOTED, Quiet.THEIR_PROMISE]
    assert {one.conversation for one in late} == {made.pk}


def test_a_partnership_is_quiet_after_two_months_unless_it_is_paused(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    over = PARTNERSHIP_QUIET.days + 1
    assert (whats(anna, over - 1), whats(anna, over)) == ([], [Quiet.PARTNERSHIP_QUIET])
    assert found(anna, over)[0].ended_at == ("pulses:overview", (made.pk,))
    Partnership.objects.filter(pk=made.pk).update(standing=Standing.PAUSED)
    assert whats(anna, over) == []


def test_what_is_done_together_is_a_sign_of_life(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    over = PARTNERSHIP_QUIET.days + 10
    assert whats(anna, over) == [Quiet.PARTNERSHIP_QUIET]
    say(of_area(made), AREA, by=anna, now=NOW + 20 * DAY)
    assert whats(anna, over) == []


def test_a_side_for_which_it_goes_clearly_worse_is_to_be_called_by_those_who_lead(
    need: Need, anna: User, carl: User
) -> None:
    made = partnership(need, companies.unit(), by=anna)
    side = made.partners.latest("pk")
    for number, step in enumerate((5, 3)):
        begun = NOW.date() + number * 30 * DAY
        each = PulseRound.objects.create(partnership=made, begun_on=begun, ends_on=begun + 13 * DAY)
        PulseAnswer.objects.create(
            round=each, partner=side, step=step, answered_on=begun, created_at=NOW, updated_at=NOW
        )
    (one,) = found(anna, 31)
    assert (one.what, one.side, one.ours, one.days) == (Quiet.GOES_BADLY, side.side, True, 1)
    assert whats(carl, 31) == []


def test_a_stranger_is_told_of_no_promise_and_no_meeting(link: Link, anna: User, carl: User) -> None:
    promise = NewPledge(ours=True, what="Finder lokale", due_on=NOW.date())
    said = Said(channel=Channel.CALL, at=NOW, text="Godt.")
    note_conversation(
        link=link, party=company(link), said=said, pledges=[promise], creation_key=uuid4(), by=anna, now=NOW
    )
    assert whats(anna, 2) == [Quiet.OUR_PROMISE]
    assert whats(carl, 2) == []


def test_the_number_of_queries_does_not_grow_with_links(need: Need, anna: User) -> None:
    counts = []
    for there in (1, 4):
        while Link.objects.count() < there:
            asked(links.link(need, companies.unit(), by=anna), anna)
        with CaptureQueriesContext(connection) as queries:
            assert len(found(anna, 15)) == there
        counts.append(len(queries))
    assert counts[0] == counts[1]
