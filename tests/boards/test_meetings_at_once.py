"""Two people write of one board at the same moment: a sum is used once, and who comes second is told."""

from functools import partial
from typing import Any

import pytest

from medspil.boards.approving import approve
from medspil.boards.content import digest, minutes_of
from medspil.boards.deciding import Proposal, TooMuch, decide
from medspil.boards.models import AgendaItem, ApprovedMinutes, BoardDecision, BoardMeeting, RulesOfProcedure, Way
from medspil.boards.rules import RulesChanged, Settings, adopt
from medspil.boards.writing import note
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


def adopted(**facts: Any) -> RulesOfProcedure:
    """Adopt the second version of rules; a conflict where another was faster."""
    try:
        return adopt(holds_from=NOW.date(), expected_number=1, **facts)
    except RulesChanged as late:
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


def test_of_who_approves_minutes_and_who_still_writes_them_one_is_told() -> None:
    world = MeetingWorld()
    made = BoardMeeting.objects.for_page().get(pk=world.held().pk)
    read = digest(minutes_of(made).content)
    item = AgendaItem.objects.select_related("meeting__board").get(meeting=made)
    step: dict[str, Any] = {"by": world.anna, "now": NOW}
    told = all_at_once([
        partial(approve, meeting=made, sha256=read, way="chair", at_meeting=None, on=NOW.date(), **step),
        partial(note, item=item, words="Vi talte længe.", expected_version=item.version, **step),
    ])  # fmt: skip
    assert conflicts(told) == 1
    item.refresh_from_db()
    kept = ApprovedMinutes.objects.filter(meeting=made).first()
    assert item.noted == ("" if kept else "Vi talte længe.")


def test_of_two_who_adopt_rules_at_once_one_is_told() -> None:
    world = MeetingWorld()
    step: dict[str, Any] = {"board": world.board, "settings": Settings(), "by": world.anna, "now": NOW}
    told = all_at_once([partial(adopted, text_of_rules=text, **step) for text in ("Den ene.", "Den anden.")])
    assert conflicts(told) == 1
    assert world.board.rules.count() == 2
