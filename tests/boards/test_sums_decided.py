"""A sum is never made smaller than what the board has decided of it, nor put away with that."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards import earmarks
from medspil.boards.earmarks import MoreIsDecided, Sum
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make the world."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("sums")):
        yield MeetingWorld()


def test_a_sum_of_which_something_is_decided_stays_large_enough_and_stays(shared: MeetingWorld, db: None) -> None:
    made = shared.held(NOW - timedelta(days=40))
    meetings.decided(made, by=shared.anna, kroner=70_000, earmark=shared.earmark, purpose="Værksted")
    step: dict[str, Any] = {"earmark": shared.earmark, "by": shared.anna, "now": NOW}
    what: dict[str, Any] = {"giver": "Fonden", "purpose": "Værksted", "from_on": shared.earmark.from_on}
    with pytest.raises(MoreIsDecided, match=r"70[.,]000"):
        earmarks.change(what=Sum(amount_kroner=69_999, **what), expected_version=1, **step)
    with pytest.raises(MoreIsDecided):
        earmarks.put_away(away=True, **step)
    earmarks.change(what=Sum(amount_kroner=70_000, **what), expected_version=shared.earmark.version, **step)
