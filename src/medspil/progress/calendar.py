"""A person's days as a calendar that other programs read: by a secret address, which she can take back at any time.

The file leaves the house, to phones and servers that we do not know. A title says what is due and in which area, no
more than the subject of a mail; the names of partnerships, boards and needs, and what a link is about, are told by the
page that each entry leads to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from medspil.accounts.models import User, record_history
from medspil.agreements.models import Agreement
from medspil.boards.models import Board, BoardMeeting, BoardMember, MeetingState
from medspil.boards.rules import rules_on
from medspil.common.secrets import fingerprint, new_secret
from medspil.linking.models import Candidate
from medspil.partnerships.models import Conversation, Partnership, Pledge, Question
from medspil.progress.models import CalendarFeed
from medspil.walks.models import Walk

BACK, AHEAD = timedelta(days=30), timedelta(days=366)
Address = Callable[[str, tuple[int, ...]], str]


class FeedUnknown(Exception):
    """No calendar has this address, or it was taken back."""


@dataclass(frozen=True, slots=True)
class Day:
    """One entry: what, when (a day, or a moment with its time zone), and the page by name and keys."""

    key: str
    title: str
    at: date | datetime
    page: str
    keys: tuple[int, ...]


def make_feed(*, user: User, now: datetime) -> str:
    """Return a new secret for a person's calendar; an earlier one leads nowhere from now on."""
    token = new_secret()
    CalendarFeed.objects.update_or_create(user=user, defaults={"token_hash": fingerprint(token), "made_at": now})
    record_history(record=user, action="calendar_made", by=user, now=now)
    return token


def take_feed_back(*, user: User, now: datetime) -> None:
    """Let the address of a person's calendar lead nowhere; twice is once."""
    gone, _rows = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        record_history(record=user, action="calendar_taken_back", by=user, now=now)


def has_feed(user: User) -> bool:
    """Tell whether an address of a person's calendar leads somewhere."""
    return CalendarFeed.objects.filter(user=user).exists()


def owner_of(token: str) -> User:
    """Return whose calendar a secret opens. Raises `FeedUnknown`, also for somebody who has left."""
    feed = (
        CalendarFeed.objects.filter(token_hash=fingerprint(token), user__is_active=True).select_related("user").first()
    )
    if feed is None:
        raise FeedUnknown
    return feed.user


def calendar_file(user: User, *, now: datetime, page: Address) -> bytes:
    """Return a person's days, a month back and a year ahead, as a calendar file, in the language that is active."""
    calendar = Calendar()
    calendar.add("prodid", "-//Medspil//Medspil//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Medspil")
    for one in days_of(user, now=now):
        event = Event()
        event.add("uid", f"{one.key}@medspil")
        event.add("dtstamp", now)
        event.add("dtstart", one.at)
        event.add("summary", one.title)
        address = page(one.page, one.keys)
        event.add("url", address)
        event.add("description", address)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def days_of(user: User, *, now: datetime) -> list[Day]:
    """Return a person's days by time: what is due, meetings and walks, agreements to look at again.

    About eighteen queries.
    """
    today = timezone.localdate(now)
    start, end = today - BACK, today + AHEAD
    found = [
        *_questions(user, start, end),
        *_talks(user, start, end, today),
        *_walks(user, start, end, today),
        *_boards(user, start, end, today),
        *_agreements(user, start, end),
        *_next_steps(user, start, end),
    ]
    return sorted(found, key=lambda one: (str(one.at), one.key))


def _questions(user: User, start: date, end: date) -> Iterator[Day]:
    waiting = Question.objects.waiting_for(user).filter(due_on__range=(start, end))
    for one in waiting.select_related("partnership__link__area"):
        title = _("Answer due: {area}").format(area=one.partnership.link.area.name)
        yield Day(f"question-{one.pk}", title, one.due_on, "partnerships:question", (one.pk,))


def _talks(user: User, start: date, end: date, today: date) -> Iterator[Day]:
    """Yield meetings that a person takes part in, and what her side promised in conversations of hers."""
    hers = Conversation.objects.visible_to(user, on=today).filter(our_people=user)
    for one in hers.planned().filter(at__date__range=(start, end)).select_related("link__area"):
        title = _("Meeting: {area}").format(area=one.link.area.name)
        yield Day(f"meeting-{one.pk}", title, one.at, "partnerships:conversation", (one.pk,))
    pledges = Pledge.objects.filter(conversation__in=hers, ours=True, kept_at=None, due_on__range=(start, end))
    for pledge in pledges.select_related("conversation__link__area"):
        title = _("Promised: {area}").format(area=pledge.conversation.link.area.name)
        yield Day(f"promise-{pledge.pk}", title, pledge.due_on, "partnerships:conversation", (pledge.conversation_id,))


def _walks(user: User, start: date, end: date, today: date) -> Iterator[Day]:
    planned = Walk.objects.planned_with(user, on=today)
    for one in planned.filter(starts_at__date__range=(start, end)).select_related("link__area"):
        title = _("Walk: {area}").format(area=one.link.area.name)
        yield Day(f"walk-{one.pk}", title, one.starts_at, "walks:walk", (one.pk,))


def _boards(user: User, start: date, end: date, today: date) -> Iterator[Day]:
    """Yield meetings of boards that a person sits on that day, or whose partnership she leads, and for those who lead
    the last day on which papers go out in time."""
    boards = Board.objects.visible_to(user, on=today)
    rows = BoardMeeting.objects.filter(board__in=boards, state=MeetingState.PLANNED)
    rows = rows.filter(starts_at__date__range=(start, end))
    leads = Partnership.objects.led_by(user)
    led = set(rows.filter(board__partnership__in=leads).values_list("pk", flat=True))
    seats = list(BoardMember.objects.filter(user=user).members().select_related("constituency"))
    for one in rows.select_related("board__partnership__link__area"):
        if one.pk in led or any(seat.constituency.board_id == one.board_id and seat.sits(one.day) for seat in seats):
            area = one.board.partnership.link.area.name
            title = _("Board meeting: {area}").format(area=area)
            keys = (one.board.partnership_id, one.pk)
            yield Day(f"board-meeting-{one.pk}", title, one.starts_at, "boards:meeting", keys)
            rules = rules_on(one.board, one.day) if one.pk in led and one.called_at is None else None
            if rules and start <= (last := one.day - timedelta(days=rules.notice_days)):
                title = _("Send the papers today at the latest: {area}").format(area=area)
                yield Day(f"board-papers-{one.pk}", title, last, "boards:meeting", keys)


def _agreements(user: User, start: date, end: date) -> Iterator[Day]:
    leading = Partnership.objects.led_by(user)
    rows = Agreement.objects.to_look_at_again(end, on=end).filter(partnership__in=leading)
    for one in rows.select_related("partnership__link__area"):
        for kind, day, words in (
            ("again", one.look_again_on, _("Look at the agreement again: {area}")),
            ("ends", one.ends_on, _("The agreement ends: {area}")),
        ):
            if day and start <= day <= end:
                title = words.format(area=one.partnership.link.area.name)
                yield Day(f"agreement-{one.pk}-{kind}", title, day, "agreements:overview", (one.partnership_id,))


def _next_steps(user: User, start: date, end: date) -> Iterator[Day]:
    steps = Candidate.objects.next_steps_of(user).filter(next_step_on__range=(start, end))
    for one in steps.select_related("need__area"):
        assert one.next_step_on  # noqa: S101  (asked for above)
        title = _("Next step: {area}").format(area=one.need.area.name)
        yield Day(f"step-{one.pk}", title, one.next_step_on, "linking:shortlist", (one.need_id,))
