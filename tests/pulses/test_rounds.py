"""Rounds of a pulse: at the rhythm that was chosen, each side once, by a link that works until the round ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import translation
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, OneTimeLink, User
from medspil.accounts.one_time_links import LinkExpired, LinkRevoked
from medspil.cli.mailing import ask_how_it_goes
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.notices.models import Message
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partner, Partnership, Standing
from medspil.pulses.answers import NoStep, RoundOver, WordsTooLong, answer, answer_by_link
from medspil.pulses.forgetting import forget_old_pulses
from medspil.pulses.models import PulseAnswer, PulseRound, Step
from medspil.pulses.rounds import NoSuchRhythm, choose_rhythm
from tests.factories.people import NOW as SUNDAY
from tests.factories.post import deliver
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = SUNDAY + DAY
Asked = Callable[[datetime], int]


def test_nobody_is_asked_until_somebody_chooses_and_then_at_that_rhythm(
    together: Partnership, harbour: Partner, anna: User, asked: Asked
) -> None:
    named(harbour, by=anna)
    assert asked(NOW) == 0
    with pytest.raises(NoSuchRhythm):
        choose_rhythm(partnership=together, rhythm="weekly", expected_version=0, by=anna, now=SUNDAY)
    choose_rhythm(partnership=together, rhythm="month", expected_version=0, by=anna, now=SUNDAY)
    with pytest.raises(EditConflict):
        choose_rhythm(partnership=together, rhythm="off", expected_version=0, by=anna, now=SUNDAY)
    assert [asked(SUNDAY), asked(NOW.replace(hour=5)), asked(NOW), asked(NOW)] == [0, 0, 1, 0]
    deliver(NOW)
    assert mail.outbox[0].to == ["per@firma.example"]
    for days in (28, 29, 30, 31, 32, 33):
        asked(NOW + days * DAY)
    begun = [one.isoformat() for one in PulseRound.objects.order_by("begun_on").values_list("begun_on", flat=True)]
    assert begun == ["2026-11-23", "2026-12-23"]
    choose_rhythm(partnership=together, rhythm="off", expected_version=1, by=anna, now=NOW + 34 * DAY)
    assert asked(NOW + 75 * DAY) == 0
    assert "per@" not in str(list(HistoryEntry.objects.values()))


def test_a_side_whose_contact_is_named_later_is_asked_while_the_round_goes_on(
    going_on: PulseRound, area_side: Partner, anna: User, asked: Asked
) -> None:
    assert going_on.asks.count() == 2
    named(area_side, "Mette By", by=anna)
    assert asked(NOW + 3 * DAY) == 1
    assert going_on.asks.count() == 3


def test_who_takes_the_contacts_place_is_asked_before_the_side_has_answered_and_the_old_link_ends(
    going_on: PulseRound, harbour: Partner, anna: User, tokens: list[str], asked: Asked
) -> None:
    before = _token_of(harbour, tokens)
    named(harbour, "Grete Havn", by=anna, from_on=NOW.date() + DAY)
    assert [asked(NOW), asked(NOW + DAY), asked(NOW + DAY)] == [0, 1, 0]
    deliver(NOW + DAY)
    assert ["grete@firma.example"] in [one.to for one in mail.outbox]
    assert ["per@firma.example"] not in [one.to for one in mail.outbox]
    with pytest.raises(LinkRevoked):
        answer_by_link(token=before, step=3, words="", expected_version=0, now=NOW + DAY)
    answer_by_link(token=tokens[-1], step=3, words="", expected_version=0, now=NOW + DAY)
    named(harbour, "Hans Havn", by=anna, from_on=NOW.date() + 2 * DAY)
    assert asked(NOW + 2 * DAY) == 0  # the side has answered


def test_a_link_lasts_to_the_end_of_the_last_day_here_though_the_clocks_change_in_between(
    together: Partnership, harbour: Partner, anna: User, asked: Asked
) -> None:
    monday = datetime(2026, 10, 19, 8, tzinfo=UTC)  # summer time until the 25th
    named(harbour, by=anna, from_on=monday.date(), now=monday)
    choose_rhythm(partnership=together, rhythm="month", expected_version=0, by=anna, now=monday)
    assert asked(monday) == 1
    assert OneTimeLink.objects.get().expires_at == datetime(2026, 11, 1, 23, tzinfo=UTC)  # midnight, winter time


def test_the_worker_asks_by_the_sites_own_address(
    together: Partnership, harbour: Partner, anna: User, settings: Settings
) -> None:
    named(harbour, by=anna)
    choose_rhythm(partnership=together, rhythm="quarter", expected_version=0, by=anna, now=SUNDAY)
    for origin in ("https://*.example.org", "https://medspil.example.org"):
        settings.CSRF_TRUSTED_ORIGINS = [origin]
        ask_how_it_goes(now=NOW)
    assert "https://medspil.example.org/svar/puls/" in Message.objects.get().text


def test_an_answer_is_changed_by_the_same_link_until_the_round_ends(
    going_on: PulseRound, harbour: Partner, tokens: list[str]
) -> None:
    token = _token_of(harbour, tokens)
    given = answer_by_link(token=token, step=4, words=" Godt\nnok ", expected_version=0, now=NOW)
    assert (given.step, given.words, given.by) == (4, "Godt nok", None)
    with pytest.raises(EditConflict):  # the page was open twice
        answer_by_link(token=token, step=1, words="", expected_version=0, now=NOW)
    last = NOW + 13 * DAY
    answer_by_link(token=token, step=2, words="", expected_version=1, now=last)
    assert PulseAnswer.objects.get().step == Step.HARD
    with pytest.raises(LinkExpired):
        answer_by_link(token=token, step=5, words="", expected_version=2, now=last + DAY)
    with pytest.raises(RoundOver):
        answer(going_on=going_on, partner=harbour, step=5, words="", expected_version=2, by=None, now=last + DAY)


def test_what_is_no_answer_is_refused_and_the_link_can_be_used_still(
    going_on: PulseRound, harbour: Partner, tokens: list[str]
) -> None:
    token = _token_of(harbour, tokens)
    for step, words, trouble in ((6, "", NoStep), (3, "æ" * 501, WordsTooLong), (3, "010190-1234", CprNumberFound)):
        with pytest.raises(trouble):
            answer_by_link(token=token, step=step, words=words, expected_version=0, now=NOW)
    assert answer_by_link(token=token, step=3, words="æ" * 500, expected_version=0, now=NOW).version == 1


def test_a_side_that_left_or_a_partnership_that_pauses_is_neither_asked_nor_answers(
    going_on: PulseRound, harbour: Partner, tokens: list[str], asked: Asked
) -> None:
    token = _token_of(harbour, tokens)
    Partner.objects.filter(pk=harbour.pk).update(left_on=NOW.date())
    with translation.override("en"), pytest.raises(NotNow, match="no longer takes part"):
        answer_by_link(token=token, step=3, words="", expected_version=0, now=NOW)
    Partner.objects.filter(pk=harbour.pk).update(left_on=None)
    Partnership.objects.update(standing=Standing.PAUSED)
    with translation.override("en"), pytest.raises(NotNow, match="paused"):
        answer_by_link(token=token, step=3, words="", expected_version=0, now=NOW)
    assert deliver(NOW) == 0  # what waited in the outbox is asked again, and does not go
    assert asked(NOW + 40 * DAY) == 0


def test_who_answered_in_the_app_gets_no_mail_and_words_are_forgotten_after_two_years(
    going_on: PulseRound, smithy: Partner, sanne: User
) -> None:
    answer(going_on=going_on, partner=smithy, step=1, words="Per er syg", expected_version=0, by=sanne, now=NOW)
    deliver(NOW)
    assert [one.to for one in mail.outbox] == [["per@firma.example"]]
    assert forget_old_pulses(now=NOW + 729 * DAY) == 0
    assert [forget_old_pulses(now=NOW + 731 * DAY) for _again in range(2)] == [1, 0]
    assert (PulseAnswer.objects.get().step, PulseAnswer.objects.get().words) == (1, "")


def _token_of(side: Partner, tokens: list[str]) -> str:
    """Return the token of the link to a side: sides are asked in the order in which they came."""
    asks = list(side.partnership.pulse_rounds.get().asks.order_by("pk").values_list("partner", flat=True))
    assert OneTimeLink.objects.filter(purpose="partnership_pulse").count() == len(tokens)
    return tokens[asks.index(side.pk)]
