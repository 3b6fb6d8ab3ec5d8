"""Two people write of one board at the same moment: the sum is used once, and one of two tabs is told."""

from functools import partial

import pytest

from medspil.boards.deciding import Proposal, TooMuch, decide
from medspil.boards.models import AgendaItem, BoardDecision, Way
from medspil.common.models import EditConflict
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.people import NOW
from tests.linking.test_links_at_once import all_at_once, conflicts

pytestmark = pytest.mark.django_db(transaction=True)


def spend(world: MeetingWorld, item: AgendaItem, kroner: int) -> object:
    """Decide on an item, with money; a conflict where another was faster."""
    fresh = AgendaItem.objects.select_related("meeting__board").get(pk=item.pk)
    said = Proposal(text="Ja", way=Way.AGREED, earmark=world.earmark, kroner=kroner, purpose="Fest")
    try:
        return decide(item=fresh, said=said, expected_version=1, by=world.anna, now=NOW)
    except TooMuch as late:
        raise EditConflict from late


def test_a_sum_is_used_once_and_one_of_two_tabs_is_told() -> None:
    world = MeetingWorld()
    made = world.held()
    items = [*made.items.all(), *(meetings.item(made, f"Punkt {at}", by=world.anna) for at in range(2))]
    told = all_at_once([partial(spend, world, one, 60_000) for one in items[:2]])
    assert conflicts(told) == 1
    told = all_at_once([partial(spend, world, items[2], 20_000)] * 2)
    assert conflicts(told) == 1
    assert set(BoardDecision.objects.values_list("kroner", flat=True)) == {20_000, 60_000}
