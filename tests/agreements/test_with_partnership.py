"""An agreement rests and ends with its partnership, and nothing is confirmed while that rests."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.agreements.asking import CannotAsk
from medspil.agreements.models import Agreement
from medspil.agreements.settled import go_on, in_force, pause
from medspil.agreements.writing import begin
from medspil.partnerships import standing
from medspil.partnerships.beginning import WorkInIt, take_back
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import EndReason, Partnership
from tests.agreements.test_asking import ask
from tests.factories import agreements
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def step(made: Partnership, name: str, by: User, **words: Any) -> Partnership:
    """Let the partnership take a step, as its page does."""
    fresh = Partnership.objects.get(pk=made.pk)
    does: Callable[..., Partnership] = getattr(standing, name)
    return does(partnership=fresh, on=TODAY, expected_version=fresh.version, by=by, now=NOW, **words)


def ended(made: Partnership, by: User, **words: str) -> None:
    """End the partnership."""
    step(made, "end", by, review=standing.Review(reason=EndReason.TIME_OVER, **words))


def states(made: Partnership) -> dict[int, str]:
    """Return how each version stands."""
    return dict(Agreement.objects.of(made).values_list("number", "state"))


def test_it_rests_with_the_partnership_and_goes_on_with_it(made: Partnership, anna: User) -> None:
    one = agreements.in_force(made, by=anna)
    step(made, "pause", anna, why="Barsel hos firmaet")
    rests = Agreement.objects.get(pk=one.pk)
    assert (rests.state, rests.state_why) == ("paused", "Barsel hos firmaet")
    assert in_force(made, on=TODAY) is None
    step(made, "take_up", anna)
    assert in_force(made, on=TODAY) == one
    told = HistoryEntry.objects.of(one).values_list("action", flat=True)
    assert {"agreement_pausing", "agreement_going_on"} <= set(told)


def test_what_rested_for_a_reason_of_its_own_goes_on_resting(made: Partnership, anna: User) -> None:
    one = agreements.in_force(made, by=anna)
    pause(agreement=one, why="Værkstedet bygges om", expected_version=one.version, by=anna, now=NOW)
    step(made, "pause", anna, why="Ferie")
    step(made, "take_up", anna)
    assert states(made) == {1: "paused"}


def test_it_ends_with_the_partnership_and_what_was_learned_is_its_review(made: Partnership, anna: User) -> None:
    agreements.in_force(made, by=anna)
    ended(made, anna, why="Året er gået", worked="14 unge.", again="Begynd før.")
    one = Agreement.objects.get()
    assert (one.state, one.state_why, one.review) == ("ended", "Året er gået", "14 unge.\n\nBegynd før.")
    step(made, "take_up", anna)
    assert states(made) == {1: "ended"}  # all sides knew it as ended; a yes is asked for anew
    go_on(agreement=one, expected_version=one.version, by=anna, now=NOW)  # ended by mistake
    assert states(made) == {1: "confirmed"}


def test_ended_without_a_word_it_ends_with_the_reason_and_resting_ones_end_too(made: Partnership, anna: User) -> None:
    agreements.in_force(made, by=anna)
    step(made, "pause", anna, why="Ferie")
    ended(made, anna)
    one = Agreement.objects.get()
    reason = str(EndReason.TIME_OVER.label)
    assert (one.state, one.state_why, one.review) == ("ended", reason, reason)


def test_the_version_in_force_and_the_one_that_was_to_follow_end_together(made: Partnership, anna: User) -> None:
    agreements.in_force(made, by=anna)
    later = agreements.in_force(made, by=anna)
    Agreement.objects.filter(pk=later.pk).update(starts_on=TODAY + timedelta(days=30))
    ended(made, anna)
    assert states(made) == {1: "ended", 2: "ended"}
    assert in_force(made, on=TODAY + timedelta(days=60)) is None


def test_nothing_is_confirmed_or_asked_while_the_partnership_rests(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    step(made, "pause", anna, why="Ferie")
    with pytest.raises(NotNow):
        agreements.say_yes(Agreement.objects.get(pk=one.pk), 0)
    with pytest.raises(CannotAsk):
        ask(Agreement.objects.get(pk=one.pk), anna)
    assert not Agreement.objects.waiting_for(anna).exists()
    step(made, "take_up", anna)
    assert agreements.say_yes(one, 0).state == "proposed"
    assert agreements.say_yes(one, 1).state == "confirmed"


def test_a_partnership_of_which_an_agreement_was_begun_is_ended_and_not_taken_back(
    made: Partnership, anna: User
) -> None:
    begin(partnership=made, by=anna, now=NOW)
    link = made.link
    with pytest.raises(WorkInIt):
        take_back(link=link, expected_version=link.version, by=anna, now=NOW)
