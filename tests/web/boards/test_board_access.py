"""Addresses of one board lead to nothing of another, and its pages ask as often however much a board has done."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards.attending import leave_room
from medspil.boards.models import Because, Choice
from tests.factories import boards, meetings, people, places
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.partnerships import partnership
from tests.factories.people import NOW


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members, rules and money."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("board-access")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def test_what_belongs_to_another_board_or_meeting_is_not_found_by_this_one(world: MeetingWorld) -> None:
    need = places.need(places.area(world.partnership.link.area.owner, "Andet sted"))
    other = partnership(need, people.organisation("Kroen", kind="company"), by=world.anna)
    boards.board(other, by=world.anna)
    first, second = world.held(), world.held(NOW - timedelta(days=3))
    item = first.items.get()
    out = leave_room(
        item=item, who=meetings.row(first, world.mia), because=Because.AWAY, by=world.anna, now=NOW
    )  # fmt: skip
    here, there = world.partnership.pk, other.pk
    wrong: list[tuple[str, list[int]]] = [
        ("meeting", [there, first.pk]),
        ("attendance", [there, first.pk]),
        ("approve", [there, first.pk]),
        ("correct", [there, first.pk]),
        ("item", [there, first.pk, item.pk]),
        ("item", [here, second.pk, item.pk]),
        ("item_edit", [here, second.pk, item.pk]),
        ("item_out", [here, second.pk, item.pk]),
        ("item_write", [here, second.pk, item.pk]),
        ("item_decide", [here, second.pk, item.pk]),
        ("item_leave", [here, second.pk, item.pk]),
        ("item_came_back", [here, second.pk, item.pk, out.pk]),
        ("member", [there, world.ida.pk]),
        ("leave", [there, world.ida.pk]),
        ("member_back", [there, world.ida.pk]),
        ("constituency", [there, world.council.pk]),
        ("sum", [there, world.earmark.pk]),
        ("sum_away", [there, world.earmark.pk]),
    ]
    client = people.signed_in(world.anna)
    for name, keys in wrong:
        address = reverse(f"boards:{name}", args=keys)
        answers = {client.get(address).status_code, client.post(address).status_code}
        assert 404 in answers, address
        assert answers <= {404, 405}, address


def test_the_number_of_queries_does_not_grow_with_members_meetings_and_decisions(world: MeetingWorld) -> None:
    client = people.signed_in(world.anna)
    held = world.held()
    _decided(world, held.items.get())
    pages: list[tuple[str, list[int]]] = [
        ("board", []), ("meetings", []), ("decisions", []), ("meeting", [held.pk]), ("attendance", [held.pk]),
        ("item", [held.pk, held.items.get().pk]),
    ]  # fmt: skip
    addresses = [reverse(f"boards:{name}", args=[world.partnership.pk, *keys]) for name, keys in pages]
    before = {address: _asked(client, address) for address in addresses}
    for at in range(3):
        later = world.held(NOW - timedelta(days=5 + at))
        _decided(world, later.items.get())
        _decided(world, meetings.item(held, f"Punkt {at}", by=world.anna, brought_by=world.bo))
    after = {address: _asked(client, address) for address in addresses}
    assert {address: after[address] - before[address] for address in addresses} == dict.fromkeys(addresses, 0)


def _decided(world: MeetingWorld, item: Any) -> None:
    votes = dict.fromkeys(world.members[:4], Choice.FOR)
    leave_room(
        item=item, who=meetings.row(item.meeting, world.mia), because=Because.CONFLICT, why="Familie", by=world.anna,
        now=NOW,
    )  # fmt: skip
    meetings.decided(item, votes, by=world.anna, earmark=world.earmark, kroner=1_000, purpose="Fest")


def _asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
