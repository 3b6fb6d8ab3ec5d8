"""Call a meeting: send its members the agenda by mail, with its PDF and a file for their calendars, and every change.

The papers go out when somebody sends them. From then on whoever has them is told by itself of another time or place,
and that the meeting is cancelled. Each mail goes once: its key names the meeting, the member and which state of the
papers it tells. Who is written to are the members who sit on the day of the meeting; substitutes hear of it from those
whose seat they fill.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import issue, revoke_about
from medspil.boards.called import address_of, members_of
from medspil.boards.founding import locked
from medspil.boards.keeping import held_fast
from medspil.boards.mail_papers import agenda_paper
from medspil.boards.models import Attendance, BoardMeeting, MeetingState
from medspil.common.models import EditConflict
from medspil.notices.calendar_file import Gathering, Method, Words, calendar_file
from medspil.notices.letters import AddressRefused, HeaderRefused, known_language, one_line
from medspil.notices.outbox import OnBehalfOf, put

PAPERS, CANCELLED, ANSWER = "board_papers", "board_meeting_cancelled", "board_answer"
LEAST_VALID = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where members answer: what makes the address of a one-time link of its token, and the page of the meeting."""

    by_link: Callable[[str], str]
    meeting: str


class NotOn(EditConflict):
    """The meeting was held or cancelled, or has begun."""

    sentence = translation.gettext_lazy(
        "The meeting has begun, was held or cancelled: nobody is called to it any more."
    )


class NothingToMeetAbout(Exception):
    """Papers without an agenda."""

    def __init__(self) -> None:
        super().__init__(translation.gettext_lazy("Write the agenda first: a meeting is about something."))


@dataclass(slots=True)
class Called:
    """How calling went: how many mails were written, and who could not be written to, each with the reason;
    those without an address are only counted."""

    written: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    without_address: int = 0


@transaction.atomic
def call(*, meeting: BoardMeeting, by: User, now: datetime, ways: Ways | None = None) -> Called:
    """Send the papers to all members who can be written to and have not got them as they stand; again, nobody is left.

    Where nobody can be written to, the meeting is called all the same: whoever leads does it on paper.

    A meeting may be called with less notice than the rules demand: pages and minutes say so, and the board decides
    whether it minds. Raises `NotOn`, `NothingToMeetAbout`, `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`.
    """
    locked(meeting.board)
    meeting.refresh_from_db(fields=["state", "sequence", "called_at"])
    if meeting.state != MeetingState.PLANNED or meeting.starts_at <= now:
        raise NotOn
    if not meeting.items.filter(removed_at=None).exists():
        raise NothingToMeetAbout
    first = meeting.called_at is None
    if first:
        BoardMeeting.objects.filter(pk=meeting.pk).update(called_at=now)
        meeting.called_at = now
    rows = _rows(meeting)
    left = [one for one in rows if one.told != meeting.sequence]
    done = _write(meeting, left, Method.REQUEST, by=by, now=now, ways=ways)
    _tell_left(meeting, rows, by=by, now=now)
    if done.written or first:
        record_history(record=meeting, action="papers_sent" if done.written else "board_called", by=by, now=now)
    return done


def tell_change(*, meeting: BoardMeeting, by: User, now: datetime, ways: Ways | None = None) -> Called:
    """Tell those who have papers how the meeting stands now, and ask anew; inside the transaction of the change."""
    meeting.attendances.exclude(answer="").update(answer="", sends=None)
    rows = _rows(meeting) if meeting.called_at else []
    _tell_left(meeting, rows, by=by, now=now)
    told = [one for one in rows if one.told is not None]
    return _write(meeting, told, Method.REQUEST, by=by, now=now, ways=ways)


def tell_cancelled(*, meeting: BoardMeeting, by: User, now: datetime) -> Called:
    """Tell those who have papers that the meeting is cancelled; inside the transaction of that."""
    told = meeting.attendances.exclude(told=None).for_page()
    return _write(meeting, list(told), Method.CANCEL, by=by, now=now)


def key_of(row: Attendance, method: Method, sequence: int) -> str:
    """Return what makes a mail one and the same: for whom, and which state of the meeting it tells."""
    return f"board-meeting:{row.meeting_id}:{row.member_id}:{method.value.lower()}:{sequence}"


def gathering_of(meeting: BoardMeeting) -> Gathering:
    """Return a meeting as calendars know it."""
    key = f"board-meeting-{meeting.creation_key}"
    return Gathering(key, meeting.sequence, meeting.starts_at, meeting.minutes, meeting.place)


def words_of(meeting: BoardMeeting, *, contact: User) -> Words:
    """Return what is read in a calendar, in the language that is active: the agenda by its titles."""
    titles = [f"{at}. {item.title}" for at, item in enumerate(meeting.items.standing(), start=1)]
    ask = _("Questions: {name}, {email}").format(name=contact, email=contact.email)
    return Words(_("Board meeting: {board}").format(board=meeting.board.name), "\n".join([*titles, ask]))


def rows_of(meeting: BoardMeeting) -> list[Attendance]:
    """Return a row for each member who sits on the day of a meeting, making those that are missing."""
    held_fast(meeting)
    return _rows(meeting)


def _rows(meeting: BoardMeeting) -> list[Attendance]:
    there = set(meeting.attendances.values_list("member", flat=True))
    sitting = [one.pk for one in members_of(meeting)]
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member_id=pk) for pk in sitting if pk not in there)
    return list(meeting.attendances.filter(member__in=sitting).for_page())


def _tell_left(meeting: BoardMeeting, rows: list[Attendance], *, by: User, now: datetime) -> None:
    """Take the meeting out of the calendars of those who were called and do not sit any more on its day."""
    left = meeting.attendances.exclude(told=None).exclude(pk__in=[one.pk for one in rows]).for_page()
    gone = list(left)
    _write(meeting, gone, Method.CANCEL, by=by, now=now)
    Attendance.objects.filter(pk__in=[one.pk for one in gone]).update(told=None)


def _write(
    meeting: BoardMeeting, rows: list[Attendance], method: Method, *, by: User, now: datetime, ways: Ways | None = None
) -> Called:
    done = Called()
    papers: dict[str, str] = {}
    for row in rows:
        row.meeting = meeting
        if not address_of(row.member):
            done.without_address += 1
            continue
        try:
            _put(row, method, papers, by=by, now=now, ways=ways)
        except (AddressRefused, HeaderRefused) as trouble:
            done.refused.append((row.member.shown_name, str(trouble)))
            continue
        done.written += 1
        Attendance.objects.filter(pk=row.pk).update(told=meeting.sequence)
    return done


def _put(
    row: Attendance, method: Method, papers: dict[str, str], *, by: User, now: datetime, ways: Ways | None
) -> None:
    """Put one mail into the outbox, in the language of who gets it; `papers` are those made so far, by language."""
    meeting, member = row.meeting, row.member
    to, language = address_of(member), known_language(member.user.language if member.user else "")
    owner = meeting.board.partnership.link.area.owner
    if method is not Method.CANCEL and language not in papers:
        papers[language] = agenda_paper(meeting, language, now=now)
    if method is Method.CANCEL:
        revoke_about(record=row, now=now)
    answer_url = _answer_url(row, ways, language, by=by, now=now) if ways and method is not Method.CANCEL else ""
    with translation.override(language):
        words = words_of(meeting, contact=by)
        facts = {
            "meeting": meeting, "board": meeting.board, "by": by, "name": member.shown_name, "owner": owner,
            "new": row.told is None, "cancelled": method is Method.CANCEL,
            "gone": method is Method.CANCEL and meeting.state != MeetingState.CANCELLED,
            "answer_url": answer_url, "by_link": member.user is None,
            "items": list(enumerate(meeting.items.standing(), start=1)),
        }  # fmt: skip
        text = render_to_string("boards/mail/papers.txt", facts)
        subject = _subject(row, words, method)
    put(
        purpose=CANCELLED if method is Method.CANCEL else PAPERS,
        dedupe_key=key_of(row, method, meeting.sequence),
        to=to,
        to_name=one_line(member.shown_name),
        subject=one_line(subject),
        text=text,
        calendar=calendar_file(
            gathering_of(meeting), words, method=method, organiser=by.email, to=to, now=now
        ),
        paper=papers.get(language, ""),
        about=row,
        by=by,
        now=now,
        language=language,
        reply_to=by.email,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )  # fmt: skip


def _answer_url(row: Attendance, ways: Ways, language: str, *, by: User, now: datetime) -> str:
    """Return where a member answers: in the app, or by a link that is good until the meeting begins."""
    if row.member.user or not address_of(row.member):
        return ways.meeting
    issued = issue(
        purpose=ANSWER, record=row, recipient_email=address_of(row.member), recipient_name=row.member.shown_name,
        language=language, by=by, now=now, valid_for=max(row.meeting.starts_at - now, LEAST_VALID),
    )  # fmt: skip
    return ways.by_link(issued.token)


def _subject(row: Attendance, words: Words, method: Method) -> str:
    if method is Method.CANCEL:
        return _("Cancelled: {meeting}").format(meeting=words.summary)
    if row.told is not None:
        return _("Changed: {meeting}").format(meeting=words.summary)
    return words.summary
