"""One quiet mail with what waits, as often as the person chose, once a day; and never when nothing waits."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.asking import answer_yes, ask
from medspil.linking.models import Link
from medspil.notices.models import Message
from medspil.organisations.models import Organisation
from medspil.progress.digests import MOST, choose_rhythm, due_on, rhythm_of, send_digests
from medspil.progress.models import Rhythm
from medspil.progress.waiting import Wait, waiting_for
from tests.factories import companies, links
from tests.factories.agreements import proposed
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.pitches import company
from tests.factories.post import sent

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 1, 11, 6, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
SETTINGS = "https://medspil.example/konto/venter/"


def page(name: str, keys: tuple[int, ...]) -> str:
    return f"https://medspil.example/{name}/{'/'.join(map(str, keys))}"


def send(now: datetime) -> int:
    return send_digests(now=now, page=page, settings_page=SETTINGS)


@pytest.fixture
def silent(need: Need, anna: User) -> Link:
    """Return a link whose company has not answered for weeks."""
    made = links.link(need, companies.unit(), by=anna)
    return ask(link=made, party=company(made), on=NOW.date(), expected_version=1, by=anna, now=NOW)


def test_what_waits_comes_on_mondays_once_with_reason_and_button(silent: Link, anna: User) -> None:
    assert [send(MONDAY), send(MONDAY + timedelta(hours=2))] == [1, 0]
    (mail,) = sent()
    assert mail.to == [f"Anna <{anna.email}>"]
    for told in (silent.sentence, "50", page("partnerships:pitch", (silent.pk, company(silent).pk)), SETTINGS):
        assert told in mail.body, told
    assert silent.sentence not in mail.subject


def test_whoever_nothing_waits_for_is_asked_about_once_a_day(
    anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert send(MONDAY) == 0
    with django_assert_max_num_queries(2):
        assert send(MONDAY + timedelta(minutes=1)) == 0


def test_nothing_waits_nothing_comes(anna: User) -> None:
    assert send(MONDAY) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("rhythm", "days", "comes"),
    [(None, 0, 1), (None, 1, 0), ("daily", 1, 1), ("daily", 5, 0), ("weekly", 0, 1), ("weekly", 2, 0), ("off", 0, 0)],
)
def test_it_comes_as_often_as_was_chosen(silent: Link, anna: User, rhythm: str | None, days: int, comes: int) -> None:
    if rhythm:
        choose_rhythm(user=anna, rhythm=rhythm, expected_version=0, now=NOW)
    assert send(MONDAY + timedelta(days=days)) == comes


def test_it_does_not_come_at_night_or_on_a_holiday(silent: Link) -> None:
    assert send(MONDAY.replace(hour=5)) == 0
    assert not due_on(Rhythm.WEEKLY, datetime(2027, 3, 29, tzinfo=MONDAY.tzinfo).date())  # Easter Monday


def test_it_comes_once_on_the_days_when_clocks_change(silent: Link, anna: User) -> None:
    choose_rhythm(user=anna, rhythm="daily", expected_version=0, now=NOW)
    after = datetime(2027, 10, 29, 6, 0, tzinfo=MONDAY.tzinfo)
    counts = [send(after + timedelta(hours=hours)) for hours in range(0, 24 * 5, 3)]
    assert sum(counts) == 3  # Friday, Monday, Tuesday; the clocks go back on the Sunday between


def test_whoever_turns_it_off_before_it_goes_gets_none(silent: Link, anna: User) -> None:
    send(MONDAY)
    choose_rhythm(user=anna, rhythm="off", expected_version=0, now=MONDAY)
    assert sent() == []
    assert Message.objects.get().state == "stopped"


def test_two_windows_lose_nothing(anna: User) -> None:
    choose_rhythm(user=anna, rhythm="daily", expected_version=0, now=NOW)
    with pytest.raises(EditConflict):
        choose_rhythm(user=anna, rhythm="off", expected_version=0, now=NOW)
    assert rhythm_of(anna).rhythm == Rhythm.DAILY


def test_a_side_that_is_asked_is_told_until_it_answers(need: Need, anna: User, vejle: Organisation) -> None:
    made = links.link(need, vejle, companies.unit(), by=anna)
    side, today = made.parties.get(organisation=vejle), NOW.date()
    made = ask(link=made, party=side, on=today, expected_version=made.version, by=anna, now=NOW)
    (one,) = [one for one in waiting_for(anna, now=NOW) if one.wait == Wait.ASKED]
    assert one.about == made.sentence
    answer_yes(link=made, party=side, on=today, expected_version=made.version, by=anna, now=NOW)
    assert Wait.ASKED not in [one.wait for one in waiting_for(anna, now=NOW)]


def test_a_confirmation_that_waits_for_her_side_is_told_and_is_gone_when_given(need: Need, anna: User) -> None:
    agreement = proposed(partnership(need, companies.unit(), by=anna), by=anna)
    assert Wait.CONFIRM in [one.wait for one in waiting_for(anna, now=NOW)]
    anna.memberships.update(ended_on=NOW.date())
    assert waiting_for(anna, now=NOW) == []
    assert agreement.state == "proposed"


def test_of_very_much_only_the_first_are_told_and_the_rest_counted(need: Need, anna: User) -> None:
    for _each in range(MOST + 2):
        made = links.link(need, companies.unit(), by=anna)
        ask(link=made, party=company(made), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    send(MONDAY)
    (mail,) = sent()
    assert mail.body.count("De kan holde fotoskole sammen.") == MOST
