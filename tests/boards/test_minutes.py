"""Minutes are approved as they were read, stay as they are, are corrected by notes, and can be read on paper."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import HistoryEntry
from medspil.boards.agenda import take_out
from medspil.boards.approving import (
    NobodyNoted,
    NotALaterMeeting,
    NotApproved,
    OtherMinutes,
    add_note,
)
from medspil.boards.attending import leave_room
from medspil.boards.content import digest
from medspil.boards.keeping import MinutesApproved, NotHeld
from medspil.boards.meeting_forgetting import MINUTES_KEPT_FOR, forget_old_meetings
from medspil.boards.models import ApprovedMinutes, Because, Board, BoardMeeting, Choice
from medspil.boards.papers import WordsForgotten, agenda_pdf, minutes_pdf
from medspil.boards.quorum import Quorum
from medspil.boards.register import register
from medspil.boards.writing import note
from medspil.common.frozen import Unchangeable
from medspil.linking.mentions import look_for
from medspil.organisations.forgetting import forget_person
from medspil.partnerships.editing import TextTooLong
from tests.factories import meetings
from tests.factories.boards import rules
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW

TRAP = '#panic(1) $x^2$ *fed* <mærke> @ref "citat"'


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members, rules and money."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("minutes")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def loaded(meeting: BoardMeeting) -> BoardMeeting:
    """Return a meeting as pages load it."""
    return BoardMeeting.objects.for_page().get(pk=meeting.pk)


def words(pdf: bytes) -> str:
    """Return what stands on all pages, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_minutes_are_approved_as_they_were_read_and_nobody_edits_them_any_more(world: MeetingWorld) -> None:
    made = world.held()
    item = made.items.standing()[0]
    note(item=item, words="Vi talte længe.", expected_version=item.version, by=world.anna, now=NOW)
    meetings.decided(made, by=world.anna)
    with pytest.raises(OtherMinutes):
        meetings.approved(made, by=world.anna, sha256="0" * 64)
    kept = meetings.approved(made, by=world.anna)
    assert meetings.approved(made, by=world.anna, sha256=kept.sha256) == kept  # the second half of a double click
    assert kept.sha256 == digest(kept.content)
    assert kept.content["items"][0]["noted"] == "Vi talte længe."
    with pytest.raises(MinutesApproved):
        note(item=item, words="Nej.", expected_version=item.version, by=world.anna, now=NOW)
    with pytest.raises(MinutesApproved):
        meetings.decided(made, by=world.anna)
    with pytest.raises(MinutesApproved):
        take_out(item=item, out=True, by=world.anna, now=NOW)
    with pytest.raises(MinutesApproved):
        meetings.attended(made, [world.ida], world=world)
    for _click in range(2):
        add_note(meeting=made, words="Bo kom for sent.", creation_key=made.creation_key, by=world.anna, now=NOW)
    assert made.notes.count() == 1
    assert ApprovedMinutes.objects.get().sha256 == kept.sha256
    assert "længe" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


def test_the_database_refuses_to_change_what_was_approved_but_lets_a_name_go(world: MeetingWorld) -> None:
    kept = meetings.approved(world.held(), by=world.anna)
    rows = ApprovedMinutes.objects.filter(pk=kept.pk)
    with pytest.raises(Unchangeable):
        rows.update(content={})
    with pytest.raises(Unchangeable):
        kept.delete()
    kept.content = {}
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.save(update_fields=["content"])
    assert rows.rename({"1": ""}) == 1
    assert rows.forget(now=NOW, content={}, names={}) == 1


def test_a_later_meeting_approves_and_nothing_is_approved_before_it_is_written(world: MeetingWorld) -> None:
    earlier = world.held(NOW - timedelta(days=60))
    later = world.held(NOW - timedelta(days=1))
    with pytest.raises(NotALaterMeeting):
        meetings.approved(later, by=world.anna, way="meeting", at_meeting=earlier)
    kept = meetings.approved(earlier, by=world.anna, way="meeting", at_meeting=later)
    assert kept.approved_on == later.day
    with pytest.raises(NotApproved):
        add_note(meeting=later, words="For tidligt", creation_key=uuid4(), by=world.anna, now=NOW)
    with pytest.raises(NobodyNoted):
        meetings.approved(world.held(there=[]), by=world.anna)
    planned = world.meeting()
    with pytest.raises(NotHeld):
        meetings.approved(planned, by=world.anna)


def test_on_paper_people_write_what_they_like_and_it_can_be_read_aloud(world: MeetingWorld) -> None:
    world.board.name = TRAP
    world.board.save(update_fields=["name"])
    made = world.held(there=world.members[:4])
    item = meetings.item(made, TRAP, by=world.anna, text=TRAP, brought_by=world.bo)
    why = f"Ejer firmaet {TRAP}"
    leave_room(item=item, who=meetings.row(made, world.per), because=Because.CONFLICT, why=why, by=world.anna, now=NOW)
    there = dict.fromkeys((world.ida, world.bo, world.sanne_there), Choice.FOR)
    meetings.decided(
        item, there, by=world.anna, text=TRAP, earmark=world.earmark, kroner=25_000, purpose=TRAP,
    )  # fmt: skip
    pdf = minutes_pdf(loaded(made), "en", now=NOW)
    said = words(pdf)
    assert said.count("#panic(1)") >= 6
    for expected in (
        "These minutes are not approved yet.",
        "4 of 5 members are there, 3 must be. The board is able to decide.",
        "Per was disqualified and left the room",
        "For (3): Ida, Bo, Sanne",
        "Uses 25,000 kr. of the sum “Kultur i byen”",
        "Mia: absent, sent apologies",
    ):
        assert expected in said
    root = PdfReader(BytesIO(pdf)).root_object
    assert str(root["/Lang"]) == "en"
    assert "/StructTreeRoot" in root
    meetings.approved(made, by=world.anna)
    add_note(meeting=made, words="Beløbet er uden moms.", creation_key=uuid4(), by=world.anna, now=NOW)
    said = words(minutes_pdf(loaded(made), "da", now=NOW))
    assert ApprovedMinutes.objects.get().sha256 in said.replace(" ", "")
    assert "Beløbet er uden moms." in said


def test_a_long_field_goes_over_pages_and_a_longer_one_is_refused(world: MeetingWorld) -> None:
    made = world.meeting()
    meetings.item(made, "Et langt punkt", by=world.anna, text="Mange ord om det samme.\n" * 200)
    pdf = agenda_pdf(loaded(made), "da", now=NOW)
    assert len(PdfReader(BytesIO(pdf)).pages) > 1
    held = world.held()
    item = held.items.standing()[0]
    with pytest.raises(TextTooLong):
        note(item=item, words="ord " * 5_000, expected_version=item.version, by=world.anna, now=NOW)


def test_without_enough_people_the_minutes_say_that_nothing_could_be_decided(world: MeetingWorld) -> None:
    made = world.held(there=[world.ida, world.bo])
    said = words(minutes_pdf(loaded(made), "en", now=NOW))
    assert "Not able to decide: 2 took part, 3 of 5 are needed." in said


def test_members_who_leave_afterwards_stand_in_the_minutes_of_what_they_were_at(world: MeetingWorld) -> None:
    made = world.held(NOW - timedelta(days=30))
    decided = meetings.decided(made, by=world.anna)
    kept = meetings.approved(made, by=world.anna)
    assert set(kept.names.values()) == {"Ida", "Bo", "Per", "Sanne", "Mia"}
    # Neither rules that are adopted for days gone by nor corrected terms change what was approved.
    rules(world.board, by=world.anna, quorum_share="none", quorum_number=9)
    (told,) = register(world.board)
    assert (told.decision, told.stands, told.outcome.quorum) == (decided, True, Quorum(needed=3, seated=5, present=5))


def test_a_name_goes_from_minutes_with_the_seat_and_words_long_after_the_board(world: MeetingWorld) -> None:
    approved = world.held(NOW - timedelta(days=30))
    kept = meetings.approved(approved, by=world.anna)
    written = world.held(NOW - timedelta(days=2))
    item = written.items.standing()[0]
    note(item=item, words="Sanne vil spørge rundt.", expected_version=item.version, by=world.anna, now=NOW)
    forget_person(user=world.sanne, by=world.anna, now=NOW)
    item.refresh_from_db()
    assert item.noted == "– vil spørge rundt."
    kept.refresh_from_db()
    assert "Sanne" not in str(kept.names)
    assert kept.sha256 == digest(kept.content)
    assert "somebody who is forgotten: present" in words(minutes_pdf(loaded(approved), "en", now=NOW))
    assert look_for(["rundt"], area=world.partnership.link.area_id, on=NOW.date()) == 1
    Board.objects.filter(pk=world.board.pk).update(dissolved_on=NOW.date())
    assert forget_old_meetings(now=NOW) == 0
    later = NOW + MINUTES_KEPT_FOR + timedelta(days=1)
    assert [forget_old_meetings(now=later) for _time in range(2)] == [2, 0]
    kept.refresh_from_db()
    assert (kept.content, bool(kept.sha256)) == ({}, True)
    with pytest.raises(WordsForgotten):
        minutes_pdf(loaded(approved), "da", now=NOW)
