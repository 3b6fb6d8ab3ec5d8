"""An area says how long it waits; only where it wants so is put away by itself what nobody answered, to be undone."""

from datetime import timedelta

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.changes import set_archived
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.asking import answer_yes, ask
from medspil.linking.models import Link
from medspil.progress.models import Patience
from medspil.progress.patience import (
    DaysOutOfRange,
    PutAwayTooSoon,
    patience_of,
    put_away_unanswered,
    set_patience,
)
from tests.factories import companies, links
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link whose company was asked."""
    made = links.link(need, companies.unit(), by=anna)
    return ask(link=made, party=company(made), on=NOW.date(), expected_version=1, by=anna, now=NOW)


def wait(link: Link, by: User, *, remind: int = 14, away: int | None = 60, version: int = 0) -> Patience:
    return set_patience(
        area=link.area, remind_after=remind, expire_after=away, expected_version=version, by=by, now=NOW
    )


def archived(link: Link) -> bool:
    return Link.objects.get(pk=link.pk).archived_at is not None


def test_nothing_is_put_away_unless_the_area_switched_it_on(link: Link, anna: User) -> None:
    assert put_away_unanswered(now=NOW + 300 * DAY) == 0
    wait(link, anna, away=None)
    assert put_away_unanswered(now=NOW + 300 * DAY) == 0
    assert not archived(link)


def test_what_nobody_answers_is_put_away_once_and_comes_back_for_as_long_again(link: Link, anna: User) -> None:
    wait(link, anna)
    assert [put_away_unanswered(now=NOW + days * DAY) for days in (60, 61, 62)] == [0, 1, 0]
    entry = HistoryEntry.objects.get(record_type="linking.link", record_id=str(link.pk), action="expired")
    assert (entry.by, entry.changes) == (None, {"days": [None, 60]})
    set_archived(record=Link.objects.get(pk=link.pk), away=False, by=anna, now=NOW + 70 * DAY)
    assert [put_away_unanswered(now=NOW + days * DAY) for days in (130, 131)] == [0, 1]


def test_who_answered_or_spoke_is_not_put_away(link: Link, anna: User) -> None:
    wait(link, anna)
    answer_yes(link=link, party=company(link), on=NOW.date(), expected_version=2, by=anna, now=NOW)
    assert put_away_unanswered(now=NOW + 100 * DAY) == 0


def test_days_have_bounds_and_the_reminder_comes_first(link: Link, anna: User) -> None:
    for days in (0, 400):
        with pytest.raises(DaysOutOfRange):
            wait(link, anna, remind=days)
    with pytest.raises(PutAwayTooSoon):
        wait(link, anna, remind=20, away=20)
    assert (patience_of(link.area).remind_after, patience_of(link.area).expire_after) == (14, None)


def test_two_who_set_it_at_once_lose_nothing(link: Link, anna: User) -> None:
    wait(link, anna)
    with pytest.raises(EditConflict):
        wait(link, anna, away=90)
    assert wait(link, anna, away=90, version=1).expire_after == 90
    assert wait(link, anna, away=90, version=1).version == 2
