"""Send minutes out to be approved in writing: a mail to each who was there, once for what the minutes say."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import issue
from medspil.boards.approving import NobodyNoted
from medspil.boards.called import address_of
from medspil.boards.calling import Called, Ways
from medspil.boards.content import Minutes, digest, minutes_of
from medspil.boards.in_writing import READ, Approval, Asked, NotInWriting, approval_of, days_for
from medspil.boards.keeping import to_write
from medspil.boards.mail_papers import draft_paper, paper_of
from medspil.boards.models import Attendance, BoardMeeting
from medspil.boards.wording import day
from medspil.common.when import moment
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.letters import AddressRefused, HeaderRefused, known_language, one_line
from medspil.notices.models import Message
from medspil.notices.outbox import OnBehalfOf, put

DRAFT = "board_minutes_draft"


@transaction.atomic
def send_out(*, meeting: BoardMeeting, by: User, now: datetime, ways: Ways) -> Called:
    """Send the minutes of a meeting to all who were there, to be approved in writing; the same again sends nothing.

    Who has no address answers on paper, or not: then the days decide. Raises `NotInWriting`, `NobodyNoted`, `NotHeld`,
    `MinutesApproved`, `PartnershipPutAway`.
    """
    fresh = BoardMeeting.objects.for_page().get(pk=to_write(meeting).pk)
    if days_for(fresh) is None:
        raise NotInWriting
    minutes = minutes_of(fresh)
    if not fresh.chaired_by_id or not minutes.content["seats"]:
        raise NobodyNoted
    sha256 = digest(minutes.content)
    if fresh.minutes_out_sha256 != sha256:
        fresh.minutes_out_at, fresh.minutes_out_sha256 = now, sha256
        out = {"minutes_out_at": now, "minutes_out_sha256": sha256}
        BoardMeeting.objects.filter(pk=fresh.pk).update(**out)
        record_history(record=fresh, action="minutes_sent_out", by=by, now=now)
    found = approval_of(fresh)
    assert found  # noqa: S101  (sent out just now)
    return _Round(fresh, minutes, found, ways, by, now).write()


@dataclass(frozen=True, slots=True)
class _Round:
    """One sending of the minutes."""

    meeting: BoardMeeting
    minutes: Minutes
    approval: Approval
    ways: Ways
    by: User
    now: datetime

    def write(self) -> Called:
        done = Called()
        for one in self.approval.asked:
            key = _key(self.meeting, one, self.approval.sha256)
            if not address_of(one.who) or Message.objects.filter(dedupe_key=key).exists():
                continue
            try:
                self._put(one, key)
            except (AddressRefused, HeaderRefused) as trouble:
                done.refused.append((one.who.shown_name, str(trouble)))
                continue
            done.written += 1
        return done

    def _put(self, one: Asked, key: str) -> None:
        """Put one mail into the outbox, in the language of who gets it."""
        board, who = self.meeting.board, one.who
        owner = board.partnership.link.area.owner
        language = known_language(who.user.language if who.user else "")
        with translation.override(language):
            facts = {
                "meeting": self.meeting, "board": board, "by": self.by, "name": who.shown_name, "owner": owner,
                "until": day(self.approval.ends_on), "answer_url": self._address(one, language),
                "by_link": who.user is None,
            }  # fmt: skip
            text = render_to_string("boards/mail/draft.txt", facts)
            subject = _("Minutes to approve: {board}").format(board=board.name)
        put(
            purpose=DRAFT,
            dedupe_key=key,
            to=address_of(who),
            to_name=one_line(who.shown_name),
            subject=one_line(subject),
            text=text,
            paper=draft_paper(self.meeting, language),
            about=one.row,
            by=self.by,
            now=self.now,
            language=language,
            reply_to=self.by.email,
            on_behalf_of=OnBehalfOf(owner.pk, owner.name),
        )

    def _address(self, one: Asked, language: str) -> str:
        """Return where she answers: in the app, or by a link that is good as long as the rules give."""
        if one.who.user:
            return self.ways.meeting
        ends = moment(self.approval.ends_on + timedelta(days=1), time(0, 0))
        issued = issue(
            purpose=READ, record=one.row, recipient_email=address_of(one.who), recipient_name=one.who.shown_name,
            language=language, by=self.by, now=self.now, valid_for=max(ends - self.now, timedelta(hours=1)),
        )  # fmt: skip
        return self.ways.by_link(issued.token)


@before_sending(DRAFT, label=gettext_lazy("Minutes of a board to approve"), paper=paper_of)
def still_asked(message: Message, now: datetime) -> None:
    """Raise `NotAnyMore` where the minutes were approved or sent out anew since, or nobody is there to read them."""
    row = Attendance.objects.for_page().select_related("meeting__board").filter(pk=message.about_id).first()
    found = approval_of(row.meeting) if row else None
    current = (
        [_key(row.meeting, one, found.sha256) for one in found.asked if address_of(one.who)] if row and found else []
    )
    over = not found or found.ends_on < timezone.localdate(now) or (row and hasattr(row.meeting, "approved"))
    if over or message.dedupe_key not in current:
        raise NotAnyMore(gettext_lazy("The minutes have changed since, were approved, or the days for it are over."))


def _key(meeting: BoardMeeting, one: Asked, sha256: str) -> str:
    """Return what makes a mail one and the same: for whom, and what the minutes say."""
    return f"board-draft:{meeting.pk}:{one.who.pk}:{sha256[:20]}"
