"""Send approved minutes to those whose meeting it was: a mail with the PDF, once for each state of the minutes.

The minutes stay as they are; a correction beneath them makes another state, which can be sent anew. Who is written to
are the members who sat on the board on the day of the meeting, and the substitutes who came.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import User, record_history
from medspil.boards.approving import NotApproved
from medspil.boards.called import address_of
from medspil.boards.calling import Called
from medspil.boards.keeping import held_fast
from medspil.boards.mail_papers import minutes_paper
from medspil.boards.models import ApprovedMinutes, Attendance, BoardMeeting, BoardMember
from medspil.boards.papers import WordsForgotten, approved_words
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.letters import AddressRefused, HeaderRefused, known_language, one_line
from medspil.notices.models import Message
from medspil.notices.outbox import OnBehalfOf, put
from medspil.notices.papers import Paper

MINUTES = "board_minutes"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose meeting it was, by the row of the seat that is hers or that she filled."""

    row: Attendance
    who: BoardMember


def readers(meeting: BoardMeeting) -> list[Reader]:
    """Return whose meeting it was: the members of its day, and the substitutes who came."""
    rows = list(meeting.attendances.for_page())
    members = [Reader(row, row.member) for row in rows if row.member.sits(meeting.day)]
    came = [Reader(row, row.substitute) for row in rows if row.substitute]
    return [one for one in [*members, *came] if one.who.forgotten_at is None]


def unsent(meeting: BoardMeeting) -> list[Reader]:
    """Return who can be written to and was not written the minutes as they stand, with the notes beneath them."""
    can = [one for one in readers(meeting) if address_of(one.who)]
    keys = {_key(meeting, one.who, notes=meeting.notes.count()): one for one in can}
    done = set(Message.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    return [one for key, one in keys.items() if key not in done]


@transaction.atomic
def send_minutes(*, meeting: BoardMeeting, by: User, now: datetime) -> Called:
    """Send the approved minutes of a meeting loaded `for_page` to those who have not got them as they stand.

    Again, nobody is left. Raises `NotApproved`, `WordsForgotten`, `PartnershipPutAway`.
    """
    held_fast(meeting)
    approved = ApprovedMinutes.objects.filter(meeting=meeting).select_related("at_meeting").first()
    if approved is None:
        raise NotApproved
    if approved.forgotten_at:
        raise WordsForgotten
    done, notes = Called(), meeting.notes.count()
    for one in unsent(meeting):
        try:
            _put(meeting, one, approved, notes, by=by, now=now)
        except (AddressRefused, HeaderRefused) as trouble:
            done.refused.append((one.who.shown_name, str(trouble)))
            continue
        done.written += 1
    if done.written:
        record_history(record=meeting, action="minutes_sent", by=by, now=now)
    return done


def _paper_of(message: Message) -> Paper:
    row = _row(message)
    return minutes_paper(
        BoardMeeting.objects.for_page().get(pk=row.meeting_id), message.language, now=message.created_at
    )


@before_sending(MINUTES, label=gettext_lazy("Approved minutes of a board"), paper=_paper_of)
def still_readable(message: Message, _now: datetime) -> None:
    """Raise `NotAnyMore` where the minutes, or who should get them, were forgotten since."""
    row = _row(message)
    here = [one.who for one in readers(row.meeting) if one.row.pk == row.pk]
    wanted = [who for who in here if message.dedupe_key.startswith(_start(row.meeting, who)) and address_of(who)]
    if not wanted or ApprovedMinutes.objects.get(meeting=row.meeting_id).forgotten_at:
        raise NotAnyMore(gettext_lazy("Who should get it has been forgotten."))


def _row(message: Message) -> Attendance:
    """Return the seat that a mail is about; nothing is ever taken out of a meeting whose minutes are approved."""
    rows = Attendance.objects.select_related("meeting__board", "member__user", "substitute__user")
    return rows.get(pk=message.about_id)


def _start(meeting: BoardMeeting, who: BoardMember) -> str:
    return f"board-minutes:{meeting.pk}:{who.pk}:"


def _key(meeting: BoardMeeting, who: BoardMember, *, notes: int) -> str:
    """Return what makes a mail one and the same: for whom, and with how many notes beneath the minutes."""
    return f"{_start(meeting, who)}{notes}"


def _put(meeting: BoardMeeting, to: Reader, approved: ApprovedMinutes, notes: int, *, by: User, now: datetime) -> None:
    """Put one mail into the outbox, in the language of who gets it."""
    who, owner = to.who, meeting.board.partnership.link.area.owner
    language = known_language(who.user.language if who.user else "")
    with translation.override(language):
        facts = {
            "meeting": meeting, "board": meeting.board, "by": by, "name": who.shown_name, "owner": owner,
            "approved": approved_words(approved), "notes": notes, "sha256": approved.sha256,
        }  # fmt: skip
        text = render_to_string("boards/mail/minutes.txt", facts)
        subject = _("Minutes: {board}").format(board=meeting.board.name)
    put(
        purpose=MINUTES,
        dedupe_key=_key(meeting, who, notes=notes),
        to=address_of(who),
        to_name=one_line(who.shown_name),
        subject=one_line(subject),
        text=text,
        about=to.row,
        by=by,
        now=now,
        language=language,
        reply_to=by.email,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )
