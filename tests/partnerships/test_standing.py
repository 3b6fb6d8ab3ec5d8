"""A partnership pauses, goes on, ends with its reason and what was learned, and is put away; every pair of steps."""

from datetime import timedelta
from typing import Any

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead
from medspil.partnerships.editing import (
    NameMissing,
    NoSuchPromise,
    PartnershipPutAway,
    TextTooLong,
    edit_partnership,
    proposed_model,
)
from medspil.partnerships.models import EndReason, Partnership, Standing
from medspil.partnerships.standing import (
    MAY_FOLLOW,
    BeforeItBegan,
    CannotFollow,
    Review,
    WhyMissing,
    end,
    pause,
    put_away,
    take_up,
)
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
REVIEW = Review(reason=EndReason.REACHED, worked="Ugerne", again="Ja, om foråret")


def to(partnership: Partnership, standing: Standing, by: User, **more: Any) -> Partnership:
    facts: dict[str, Any] = {
        "partnership": partnership, "on": TODAY, "expected_version": partnership.version, "by": by, "now": NOW
    } | more  # fmt: skip
    if standing == Standing.PAUSED:
        return pause(**{"why": "Branden i hallen"} | facts)
    return end(**{"review": REVIEW} | facts) if standing == Standing.ENDED else take_up(**facts)


@pytest.mark.parametrize("before", list(Standing))
@pytest.mark.parametrize("after", list(Standing))
def test_every_pair_of_steps_is_as_the_table_says(
    together: Partnership, anna: User, before: Standing, after: Standing
) -> None:
    Partnership.objects.filter(pk=together.pk).update(standing=before)
    together.refresh_from_db()
    if (before, after) in MAY_FOLLOW:
        assert to(together, after, anna).standing == after
    else:
        with pytest.raises(CannotFollow):
            to(together, after, anna)


def test_what_was_learned_stays_when_it_is_taken_up_again(together: Partnership, anna: User) -> None:
    ended = to(together, Standing.ENDED, anna)
    assert (ended.end_reason, ended.worked, ended.standing_on) == ("reached", "Ugerne", TODAY)
    again = to(ended, Standing.GOING, anna)
    assert (again.standing, again.end_reason, again.worked) == ("going", "", "Ugerne")
    told = str(list(HistoryEntry.objects.of(together).values("action", "changes")))
    assert "standing_ended" in told
    assert "Ugerne" not in told


@pytest.mark.parametrize(
    ("facts", "trouble"),
    [
        ({"on": TODAY + timedelta(days=1)}, DayAhead),
        ({"on": TODAY - timedelta(days=1)}, BeforeItBegan),
        ({"why": " "}, WhyMissing),
        ({"why": "fru Hansen 010190-1234"}, CprNumberFound),
        ({"expected_version": 7}, EditConflict),
    ],
)
def test_a_pause_needs_a_day_that_was_and_a_reason(
    together: Partnership, anna: User, facts: dict[str, Any], trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        to(together, Standing.PAUSED, anna, **facts)
    assert Partnership.objects.get(pk=together.pk).standing == Standing.GOING


def test_what_was_put_away_comes_back_and_is_not_changed_meanwhile(together: Partnership, anna: User) -> None:
    assert put_away(partnership=together, away=True, by=anna, now=NOW)
    assert not put_away(partnership=together, away=True, by=anna, now=NOW)
    with pytest.raises(PartnershipPutAway):
        to(together, Standing.ENDED, anna)
    put_away(partnership=together, away=False, by=anna, now=NOW)
    assert Partnership.objects.current().get() == together


def test_name_model_idea_and_promise_are_changed_together(together: Partnership, anna: User) -> None:
    facts: dict[str, Any] = {
        "name": "Gennem Ild og Vand", "model": "add_on", "idea": "Unge og brandfolk ser hinanden.", "answer_days": 3,
        "by": anna, "now": NOW,
    }  # fmt: skip
    edit_partnership(partnership=together, expected_version=1, **facts)
    kept = Partnership.objects.get(pk=together.pk)
    assert (kept.name, kept.model, kept.answer_days) == ("Gennem Ild og Vand", "add_on", 3)
    assert "brandfolk" not in str(list(HistoryEntry.objects.of(together).values("changes")))
    for changed, trouble in (
        ({"name": " "}, NameMissing),
        ({"answer_days": 0}, NoSuchPromise),
        ({"idea": "æ" * 5001}, TextTooLong),
        ({"name": "Et andet"}, EditConflict),
    ):
        with pytest.raises(trouble):
            edit_partnership(partnership=kept, expected_version=1, **facts | changed)


def test_the_model_is_proposed_from_the_ranking_and_else_from_the_trade(together: Partnership, anna: User) -> None:
    together.link.grounds = {"row": {"model": "strategically_integrated"}}
    assert proposed_model(together) == "strategically_integrated"
    together.link.grounds = {}
    assert proposed_model(together) == "add_on"
