"""A board meets on pages: planned, called, held, decided at, its minutes approved; read by members, by no stranger."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards.meetings import hold
from medspil.boards.models import ApprovedMinutes, BoardDecision, BoardMeeting, MinutesNote, OutOfRoom
from medspil.notices.models import Message
from medspil.organisations.roles import Role
from tests.factories import meetings, people
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW

ENGLISH = {"accept-language": "en"}


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members, rules and money."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("meeting-pages")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


class Browser:
    """Somebody at the pages of a board."""

    def __init__(self, world: MeetingWorld, user: Any) -> None:
        self.client: Client = people.signed_in(user)
        self.pk = world.partnership.pk

    def page(self, name: str, *more: int | str, status: int = 200) -> str:
        """Return a page."""
        response = self.client.get(reverse(f"boards:{name}", args=[self.pk, *more]), headers=ENGLISH)
        assert response.status_code == status, response.content.decode()
        return response.content.decode(errors="replace")

    def send(self, name: str, *more: int, status: int = 302, **data: Any) -> str:
        """Send a form."""
        response = self.client.post(reverse(f"boards:{name}", args=[self.pk, *more]), data, headers=ENGLISH)
        assert response.status_code == status, response.content.decode()
        return response.content.decode()


@pytest.fixture
def anna(world: MeetingWorld) -> Browser:
    """Return Anna, who leads the partnership, at her browser."""
    return Browser(world, world.anna)


def test_a_board_meets_from_the_plan_to_approved_minutes(world: MeetingWorld, anna: Browser) -> None:
    today = timezone.localdate()
    when: dict[str, Any] = {"day": today + timedelta(days=3), "time": "19:00", "minutes": 90, "place": "Kulturhuset"}
    key = str(uuid4())
    for _click in range(2):
        anna.send("meeting_new", creation_key=key, **when)
    one = BoardMeeting.objects.get()
    item: dict[str, Any] = {
        "title": "Værksted",
        "kind": "decision",
        "text": "Vi foreslår et værksted.",
        "brought_by": world.ida.pk,
    }
    anna.send("item_new", one.pk, creation_key=str(uuid4()), **item)
    anna.send("item_new", one.pk, creation_key=str(uuid4()), **item | {"title": " "}, status=422)
    said = anna.page("meeting", one.pk)
    assert "The rules of procedure demand 14 days’ notice, and this is 3." in said
    assert "Send the papers to 4" in said
    anna.send("call", one.pk)
    assert Message.objects.count() == 4
    assert "1 has no address here" in anna.page("meeting", one.pk)
    anna.send("meeting_edit", one.pk, version=1, **when | {"day": today})
    assert Message.objects.count() == 8
    assert "Somebody else saved this" in anna.send("meeting_edit", one.pk, version=1, status=409, **when)
    anna.send("hold", one.pk, version=2)
    seats: dict[str, Any] = {f"seat_{who.pk}": "present" for who in (world.ida, world.bo, world.sanne_there)}
    seats |= {f"seat_{world.per.pk}": f"substitute-{world.finn.pk}", f"seat_{world.mia.pk}": "excused"}
    anna.send("attendance", one.pk, version=3, led_by=world.ida.pk, **seats)
    anna.send("attendance", one.pk, version=3, led_by=world.ida.pk, status=409, **seats)
    (point,) = one.items.all()
    conflict: dict[str, Any] = {
        "who": meetings.row(one, world.per).pk,
        "because": "conflict",
        "why": "Firmaet bygger det",
    }
    anna.send("item_leave", one.pk, point.pk, status=422, **conflict | {"why": ""})
    anna.send("item_leave", one.pk, point.pk, **conflict)
    anna.send("item_write", one.pk, point.pk, version=1, words="Vi talte om prisen.")
    votes: dict[str, Any] = {f"vote_{meetings.row(one, who).pk}": "for" for who in (world.ida, world.bo)}
    decision: dict[str, Any] = {
        "text": "Vi bygger.",
        "way": "vote",
        "earmark": world.earmark.pk,
        "kroner": 60_000,
        "purpose": "Træ",
    }
    said = anna.send("item_decide", one.pk, point.pk, version=2, status=422, **decision, **votes)
    assert "Missing: Sanne." in said
    votes[f"vote_{meetings.row(one, world.sanne_there).pk}"] = "against"
    said = anna.send("item_decide", one.pk, point.pk, version=2, status=422, **decision | {"kroner": 100_001}, **votes)
    assert "There is not so much left of this sum: 100,000 kroner" in said
    anna.send("item_decide", one.pk, point.pk, version=2, **decision, **votes)
    said = anna.send("item_decide", one.pk, point.pk, version=2, status=409, **decision, **votes)
    assert "Somebody else saved this" in said
    assert BoardDecision.objects.count() == 1
    said = anna.page("approve", one.pk)
    sha256 = said.partition('name="sha256" value="')[2][:64]
    anna.send("item_write", one.pk, point.pk, version=3, words="Vi talte om prisen og tiden.")
    day = timezone.localdate()
    assert "have changed since" in anna.send("approve", one.pk, status=409, sha256=sha256, way="chair", on=day)
    sha256 = anna.page("approve", one.pk).partition('name="sha256" value="')[2][:64]
    anna.send("approve", one.pk, sha256=sha256, way="chair", on=day)
    kept = ApprovedMinutes.objects.get()
    assert kept.sha256 == sha256
    said = anna.send("item_write", one.pk, point.pk, status=409, version=4, words="Noget andet")
    assert "Correct them by a note" in said
    assert "Noget andet" in said
    said = anna.page("item", one.pk, point.pk)
    assert "For (2): Ida, Bo" in said
    assert "Write the decision down" not in said
    anna.send("correct", one.pk, words="Prisen er uden moms.", creation_key=str(uuid4()))
    said = anna.page("meeting", one.pk)
    for expected in ("Prisen er uden moms.", "For (2): Ida, Bo", "Finn came as substitute", "Approved by the chair"):
        assert expected in said
    assert MinutesNote.objects.get().by == world.anna
    said = anna.page("decisions")
    assert "60,000 kr." in said
    assert "stands" in said
    assert "Værksted" in anna.page("decisions_file", "csv")
    assert anna.page("minutes_pdf", one.pk).startswith("%PDF")
    assert anna.page("agenda_pdf", one.pk).startswith("%PDF")
    assert "BEGIN:VEVENT" in anna.page("meeting_ics", one.pk)
    assert "Værksted" in anna.page("board")


def test_who_sits_on_the_board_reads_and_writes_nothing(world: MeetingWorld) -> None:
    one = world.held(timezone.now() - timedelta(hours=2))
    (point,) = one.items.all()
    sanne = Browser(world, world.sanne)
    assert "Kulturhuset" in sanne.page("meetings")
    assert "Write it down" not in sanne.page("meeting", one.pk)
    sanne.page("item", one.pk, point.pk, status=403)
    sanne.send("item_decide", one.pk, point.pk, status=403, text="Ja", way="agreed", version=1)
    sanne.page("approve", one.pk, status=403)
    world.board.chair = world.sanne_there
    world.board.save(update_fields=["chair"])
    said = sanne.page("approve", one.pk)  # the chair says herself that she approves them
    sha256 = said.partition('name="sha256" value="')[2][:64]
    sanne.send("approve", one.pk, sha256=sha256, way="chair", on=timezone.localdate())
    assert ApprovedMinutes.objects.get().noted_by == world.sanne
    stranger = Browser(world, people.member(people.organisation("Andetsteds Kommune"), Role.COORDINATOR, name="Carl"))
    for name, more in (("meetings", ()), ("meeting", (one.pk,)), ("minutes_pdf", (one.pk,)), ("decisions", ())):
        stranger.page(name, *more, status=404)


def test_without_enough_people_no_decision_is_asked_for(world: MeetingWorld, anna: Browser) -> None:
    one = world.held(timezone.now() - timedelta(hours=2), there=[world.ida, world.bo])
    (point,) = one.items.all()
    said = anna.page("item", one.pk, point.pk)
    assert "The board is not able to decide on this." in said
    assert "Write the decision down" not in said
    said = anna.send("item_decide", one.pk, point.pk, status=422, text="Ja", way="agreed", version=1)
    assert not BoardDecision.objects.exists()


def test_leaving_the_room_and_items_are_taken_back(world: MeetingWorld, anna: Browser) -> None:
    one = world.held(timezone.now() - timedelta(hours=2))
    (point,) = one.items.all()
    row = meetings.row(one, world.per)
    anna.send("item_leave", one.pk, point.pk, who=row.pk, because="away", why="")
    anna.send("item_came_back", one.pk, point.pk, OutOfRoom.objects.get().pk)
    assert not OutOfRoom.objects.exists()
    anna.send("item_out", one.pk, point.pk)
    assert "1 item taken out" in anna.page("meeting", one.pk)
    anna.send("item_back", one.pk, point.pk)
    anna.send("item_up", one.pk, point.pk)
    edited: dict[str, Any] = {"title": "Andet", "kind": "discussion", "text": "", "brought_by": ""}
    point.refresh_from_db()
    anna.send("item_edit", one.pk, point.pk, version=point.version, **edited)
    anna.send("item_edit", one.pk, point.pk, version=point.version, status=409, **edited | {"title": "Tredje"})
    later = world.meeting()
    anna.send("cancel", later.pk, version=1, why="sne")
    assert "cancelled" in anna.page("meeting", later.pk)
    anna.send("plan_again", later.pk, version=2)
    anna.send("hold", later.pk, version=3, status=409)
    hold(meeting=later, expected_version=3, by=world.anna, now=NOW + timedelta(days=31))
    assert "Nobody is noted yet." in anna.page("meeting", later.pk)


def test_a_time_that_the_clocks_jump_over_and_five_thousand_words_are_given_back(
    world: MeetingWorld, anna: Browser
) -> None:
    when: dict[str, Any] = {"day": "2027-03-28", "time": "02:30", "minutes": 90, "place": "Kulturhuset"}
    html = anna.send("meeting_new", status=422, creation_key=str(uuid4()), **when)
    assert 'value="Kulturhuset"' in html
    assert not BoardMeeting.objects.exists()
    made = world.held()
    item = made.items.get()
    long = "ord " * 5_000
    written = {"item_write": "words", "item_leave": "why", "item_edit": "title"}
    for name, field in written.items():
        data: dict[str, Any] = {"version": item.version, "kind": "decision", "title": "x"} | {field: long}
        html = anna.send(name, made.pk, item.pk, status=422, who=meetings.row(made, world.per).pk,
                         because="conflict", **data)  # fmt: skip
        assert long.strip()[:400] in html, name
    item.refresh_from_db()
    assert (item.noted, item.title, OutOfRoom.objects.count()) == ("", "Værksted på torvet", 0)
