"""Members say before a meeting whether they come: by a link that goes with the seat, once, or in the app."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkRevoked, LinkUsed
from medspil.boards.answering import (
    MeetingOff,
    NotCalled,
    Said,
    SentByAnother,
    answer,
    answer_by_link,
    row_of,
    substitutes_for,
)
from medspil.boards.calling import ANSWER, Ways, call
from medspil.boards.forgetting import forget_members_at
from medspil.boards.leaving import leave
from medspil.boards.meetings import When, cancel, change
from medspil.boards.models import Attendance, BoardMeeting, Coming, Leaving, SeatKind
from medspil.boards.seating import Who, correct
from medspil.notices.models import Message
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW

WAYS = Ways(by_link=lambda token: f"https://medspil.example/svar/{token}/", meeting="https://medspil.example/moede/")


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members and rules."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("answering")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def called(world: MeetingWorld) -> BoardMeeting:
    """Return a meeting to which the members are called."""
    made = world.meeting()
    call(meeting=made, by=world.anna, now=NOW, ways=WAYS)
    return made


def token(to: str) -> str:
    """Return what is secret in the newest mail to somebody."""
    text = Message.objects.filter(to_email=to).order_by("-pk")[0].text
    found = re.search(r"/svar/([^/]+)/", text)
    assert found
    return found[1]


def said(made: BoardMeeting) -> dict[str, str]:
    """Return what was answered, by name."""
    return {row.member.shown_name: row.answer for row in made.attendances.for_page() if row.answer}


def test_a_link_answers_once_and_an_account_as_often_as_one_likes(world: MeetingWorld) -> None:
    made = called(world)
    assert OneTimeLink.objects.filter(purpose=ANSWER).count() == 3  # Ida, Bo and Per; Sanne has an account
    assert WAYS.meeting in Message.objects.get(to_email=world.sanne.email).text
    key = token("ida@example.org")
    answer_by_link(token=key, coming=Coming.NO, sends=None, now=NOW)
    with pytest.raises(LinkUsed):
        answer_by_link(token=key, coming=Coming.YES, sends=None, now=NOW)
    row = row_of(world.sanne, made)
    assert row
    for coming in (Coming.NO, Coming.YES):
        answer(row=row, said=Said(coming), by=world.sanne, now=NOW)
    assert said(made) == {"Ida": "no", "Sanne": "yes"}
    assert row_of(world.anna, made) is None


def test_one_substitute_of_the_constituency_is_sent_by_one_member(world: MeetingWorld) -> None:
    made = called(world)
    per, sanne, ida = (meetings.row(made, who) for who in (world.per, world.sanne_there, world.ida))
    assert list(substitutes_for(per)) == [world.finn]
    assert list(substitutes_for(ida)) == []  # the city council has no substitutes
    answer_by_link(token=token("per@example.org"), coming=Coming.SUBSTITUTE, sends=world.finn.pk, now=NOW)
    assert list(substitutes_for(sanne)) == []
    with pytest.raises(SentByAnother):
        answer(row=sanne, said=Said(Coming.SUBSTITUTE, world.finn), by=world.sanne, now=NOW)
    with pytest.raises(SentByAnother):
        answer_by_link(token=token("bo@example.org"), coming=Coming.SUBSTITUTE, sends=world.finn.pk, now=NOW)
    answer(row=per, said=Said(Coming.YES), by=None, now=NOW)
    assert list(substitutes_for(sanne)) == [world.finn]


def test_another_time_asks_anew_and_a_meeting_that_is_off_asks_nobody(world: MeetingWorld) -> None:
    made = called(world)
    first = token("ida@example.org")
    answer(row=meetings.row(made, world.bo), said=Said(Coming.YES), by=None, now=NOW)
    later = When(starts_at=made.starts_at + timedelta(days=1), minutes=90, place="Kulturhuset")
    change(meeting=made, when=later, expected_version=made.version, by=world.anna, now=NOW, ways=WAYS)
    assert said(made) == {}
    with pytest.raises(LinkRevoked):
        answer_by_link(token=first, coming=Coming.YES, sends=None, now=NOW)
    row = meetings.row(made, world.ida)
    with pytest.raises(MeetingOff):
        answer(row=row, said=Said(Coming.YES), by=None, now=later.starts_at)
    second = token("ida@example.org")
    cancel(meeting=made, why="", expected_version=made.version, by=world.anna, now=NOW)
    with pytest.raises(LinkRevoked):
        answer_by_link(token=second, coming=Coming.YES, sends=None, now=NOW)
    with pytest.raises(MeetingOff):
        answer(row=row, said=Said(Coming.YES), by=None, now=NOW)


def test_a_link_goes_with_the_seat_with_the_address_and_with_who_is_forgotten(world: MeetingWorld) -> None:
    made = called(world)
    keys = {name: token(f"{name}@example.org") for name in ("ida", "bo", "per")}
    why = Leaving.STEPPED_DOWN
    leave(member=world.ida, on=NOW.date(), why=why, expected_version=world.ida.version, by=world.anna, now=NOW)
    other = Who(name="Bo", email="bo@other.example")
    facts = {"from_on": world.bo.from_on, "term_ends_on": None, "expected_version": world.bo.version}
    correct(member=world.bo, who=other, **facts, by=world.anna, now=NOW)  # type: ignore[arg-type]
    forget_members_at(email="per@example.org", now=NOW)
    for key in keys.values():
        with pytest.raises(LinkRevoked):
            answer_by_link(token=key, coming=Coming.YES, sends=None, now=NOW)
    with pytest.raises(NotCalled):
        answer(row=meetings.row(made, world.ida), said=Said(Coming.YES), by=None, now=NOW)
    assert not OneTimeLink.objects.filter(recipient_email="ida@example.org").exists()
    assert Attendance.objects.exclude(answer="").count() == 0


def test_who_leaves_after_the_meeting_still_answers(world: MeetingWorld) -> None:
    made = called(world)
    last = made.day + timedelta(days=1)
    leave(
        member=world.ida, on=last, why=Leaving.STEPPED_DOWN, expected_version=world.ida.version, by=world.anna, now=NOW
    )
    row = answer_by_link(token=token("ida@example.org"), coming=Coming.YES, sends=None, now=NOW)
    assert (row.answer, row.member.kind) == ("yes", SeatKind.MEMBER)
