"""Meetings are called once with the notice the rules demand, and members hear of every change under one number."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from icalendar import Calendar
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import User
from medspil.boards.agenda import NotOnTheBoard, TitleMissing, move_item, take_out
from medspil.boards.called import notice_of
from medspil.boards.calling import NothingToMeetAbout, NotOn, call
from medspil.boards.leaving import leave
from medspil.boards.meetings import NoSuchLength, NowhereToMeet, When, cancel, change, hold, plan_again
from medspil.boards.models import BoardMeeting
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.common.when import moment
from medspil.linking.asking import DayAhead
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import send_due
from medspil.organisations.roles import Role
from medspil.partnerships.editing import TextTooLong
from medspil.progress.calendar import days_of
from medspil.progress.signs import gauge_of
from tests.factories import meetings, people
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members and rules."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("meetings")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def files(to: str = "") -> list[tuple[str, int]]:
    """Return what each mail to somebody tells a calendar."""
    found = []
    for one in Message.objects.filter(to_email__startswith=to).exclude(calendar="").order_by("pk"):
        calendar = Calendar.from_ical(one.calendar)
        (event,) = calendar.walk("VEVENT")
        found.append((str(calendar["method"]), int(event.decoded("sequence"))))
    return found


def when(of: BoardMeeting, **other: object) -> When:
    """Return when a meeting is, or otherwise."""
    facts = {"starts_at": of.starts_at, "minutes": of.minutes, "place": of.place} | other
    return When(**facts)  # type: ignore[arg-type]


def test_each_member_gets_the_papers_once_and_hears_of_every_change(world: MeetingWorld) -> None:
    made = world.meeting()
    done = call(meeting=made, by=world.anna, now=NOW)
    assert (done.written, done.refused, done.without_address) == (4, [], 1)  # nobody knows her address
    assert call(meeting=made, by=world.anna, now=NOW).written == 0
    paper = Message.objects.get(to_email="per@example.org")
    assert "1. Værksted på torvet" in paper.text
    assert paper.text.count("Kulturhuset") == 1
    meetings.item(made, "Eventuelt", "discussion", by=world.anna)
    made.refresh_from_db()
    assert call(meeting=made, by=world.anna, now=NOW).written == 4
    change(meeting=made, when=when(made, place="Rådhuset"), expected_version=made.version, by=world.anna, now=NOW)
    cancel(meeting=made, why="sne", expected_version=made.version, by=world.anna, now=NOW)
    with pytest.raises(NotOn):
        call(meeting=made, by=world.anna, now=NOW)
    plan_again(meeting=made, expected_version=made.version, by=world.anna, now=NOW)
    assert files("per") == [("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2), ("CANCEL", 3), ("REQUEST", 4)]
    assert len(files("mia")) == 0
    assert "sne" not in "".join(Message.objects.values_list("text", flat=True))


def test_only_the_newest_papers_go_out_and_not_to_who_has_left(world: MeetingWorld) -> None:
    made = world.meeting()
    call(meeting=made, by=world.anna, now=NOW)
    change(meeting=made, when=when(made, place="Rådhuset"), expected_version=made.version, by=world.anna, now=NOW)
    per = world.per
    leave(member=per, on=NOW.date(), why="stepped_down", expected_version=per.version, by=world.anna, now=NOW)
    send_due(clock=lambda: NOW + timedelta(minutes=1), most=20)
    states = {one.to_email: one.state for one in Message.objects.order_by("pk")}
    assert states["per@example.org"] == MessageState.STOPPED
    assert Message.objects.filter(state=MessageState.SENT).count() == 3
    assert call(meeting=made, by=world.anna, now=NOW).written == 0
    assert files("per")[-1][0] == "CANCEL"  # it goes out of his calendar


def test_the_notice_is_counted_in_days_and_anew_where_a_meeting_comes_earlier(world: MeetingWorld) -> None:
    made = world.meeting(NOW + timedelta(days=14))
    call(meeting=made, by=world.anna, now=NOW)
    told = notice_of(made, now=NOW + timedelta(days=9))
    assert told is not None
    assert (told.days, told.demanded, told.too_short) == (14, 14, False)
    sooner = when(made, starts_at=NOW + timedelta(days=10))
    change(meeting=made, when=sooner, expected_version=made.version, by=world.anna, now=NOW + timedelta(days=2))
    told = notice_of(made, now=NOW)
    assert told is not None
    assert (told.days, told.too_short) == (8, True)  # called too late is said, not refused
    with pytest.raises(NotOn):
        call(meeting=made, by=world.anna, now=NOW + timedelta(days=11))
    with pytest.raises(NothingToMeetAbout):
        call(meeting=meetings.planned(world), by=world.anna, now=NOW)


def test_the_file_for_calendars_is_right_on_both_sides_of_the_change_of_the_clocks(world: MeetingWorld) -> None:
    for day, hour in ((date(2027, 3, 27), 18), (date(2027, 3, 28), 17)):
        made = world.meeting(moment(day, time(19, 0)))
        call(meeting=made, by=world.anna, now=NOW)
        (event,) = Calendar.from_ical(Message.objects.order_by("-pk")[0].calendar).walk("VEVENT")
        assert event.decoded("dtstart") == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)


def test_an_agenda_is_put_in_order_and_what_is_taken_out_comes_back(world: MeetingWorld) -> None:
    made = world.meeting()
    second = meetings.item(made, "Orientering", "information", by=world.anna, brought_by=world.ida)
    third = meetings.item(made, "Eventuelt", "discussion", by=world.anna)
    move_item(item=third, up=True, by=world.anna, now=NOW)
    take_out(item=second, out=True, by=world.anna, now=NOW)
    assert [one.title for one in made.items.standing()] == ["Værksted på torvet", "Eventuelt"]
    take_out(item=second, out=False, by=world.anna, now=NOW)
    assert [one.title for one in made.items.standing()] == ["Værksted på torvet", "Eventuelt", "Orientering"]
    with pytest.raises(TitleMissing):
        meetings.item(made, "  ", by=world.anna)
    with pytest.raises(TextTooLong):
        meetings.item(made, "Langt", by=world.anna, text="ord " * 5_000)
    with pytest.raises(CprNumberFound):
        meetings.item(made, "Om 010203-1234", by=world.anna)
    other = MeetingWorld()
    with pytest.raises(NotOnTheBoard):
        meetings.item(made, "Fremmed", by=world.anna, brought_by=other.ida)


def test_a_meeting_is_held_on_its_day_and_not_changed_by_two_at_once(world: MeetingWorld) -> None:
    made = world.meeting()
    with pytest.raises(DayAhead):
        hold(meeting=made, expected_version=1, by=world.anna, now=NOW)
    stale = BoardMeeting.objects.get(pk=made.pk)
    change(meeting=made, when=when(made, minutes=60), expected_version=1, by=world.anna, now=NOW)
    with pytest.raises(EditConflict):
        change(meeting=stale, when=when(stale, minutes=120), expected_version=1, by=world.anna, now=NOW)
    with pytest.raises(NowhereToMeet):
        change(meeting=made, when=when(made, place=" "), expected_version=2, by=world.anna, now=NOW)
    with pytest.raises(NoSuchLength):
        change(meeting=made, when=when(made, minutes=5), expected_version=2, by=world.anna, now=NOW)


def test_who_sits_on_it_and_who_leads_have_meetings_in_their_calendars(world: MeetingWorld) -> None:
    made = world.meeting()
    stranger = people.member(people.organisation("Andetsteds Kommune"), Role.COORDINATOR, name="Carl")

    def found(user: User) -> list[str]:
        with translation.override("en"):
            return [one.title for one in days_of(user, now=NOW) if one.page == "boards:meeting"]

    area = world.partnership.link.area.name
    papers, meeting = f"Send the papers today at the latest: {area}", f"Board meeting: {area}"
    assert (found(world.anna), found(world.sanne)) == ([papers, meeting], [meeting])
    call(meeting=made, by=world.anna, now=NOW)
    assert found(world.anna) == [meeting]
    assert found(stranger) == []
    seat = world.sanne_there
    leave(member=seat, on=NOW.date(), why="stepped_down", expected_version=seat.version, by=world.anna, now=NOW)
    assert found(world.sanne) == []
    assert gauge_of(world.partnership).meetings == 0
    meetings.decided(world.held(NOW - timedelta(days=3)), by=world.anna)
    gauge = gauge_of(world.partnership)
    assert (gauge.meetings, gauge.hours, gauge.decisions) == (1, 1.5, 1)
