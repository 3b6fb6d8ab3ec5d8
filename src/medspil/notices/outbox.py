"""The outbox: `put` a mail in while writing what it is about, `send_due` from the worker. Nothing is sent in a request.

A mail is claimed by one worker at a time, for as long as a lease. Just before the dot that ends it on the line to the
mail server the row says so: a worker killed before that is as if it had not begun, and one killed after it leaves a
mail that may have arrived, which a person looks at. So no mail goes out twice by itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.common.once import once
from medspil.documents import DocumentError
from medspil.notices.came_back import refuse_came_back
from medspil.notices.checks import NotAnyMore, PurposeUnknown, purpose_named
from medspil.notices.letters import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    checked_address,
    checked_header,
    checked_text,
    known_language,
    letter_of,
    new_message_id,
)
from medspil.notices.models import NO_WORDS, Message, MessageState
from medspil.notices.smtp import by_smtp
from medspil.notices.transport import Refused, Transport, TryLater, Unheard, by_django, is_set_up

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
LEASE = timedelta(minutes=5)
LEASE_AFTER_THE_DOT = timedelta(minutes=6)  # longer than the patience of smtp.AFTER_THE_DOT_S
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
GIVE_UP_AFTER = timedelta(hours=24)


class ClaimLost(Exception):
    """Another worker has the mail by now, or it was stopped or forgotten while it was being sent."""


@dataclass(frozen=True, slots=True)
class OnBehalfOf:
    """The organisation a mail goes out for: its administrators see how it went."""

    key: int
    name: str


def put(
    *,
    purpose: str,
    dedupe_key: str,
    to: str,
    subject: str,
    text: str,
    calendar: str = "",
    paper: str = "",
    about: models.Model | None = None,
    by: User | None = None,
    now: datetime,
    language: str,
    reply_to: str = "",
    to_name: str = "",
    not_before: datetime | None = None,
    on_behalf_of: OnBehalfOf | None = None,
) -> Message:
    """Put a mail into the outbox, in the caller's transaction; the same key again returns the mail that is there.

    The key holds no personal data: it is kept. Keep a text that people shall read later where it belongs: here it is
    thrown away once it is sent. `calendar` is an invitation, its change or its end as a file for calendars; `paper`
    what an attached paper is made of when it goes, by whom its purpose names (see `papers`). Raises `HeaderRefused`,
    `AddressRefused`, `PurposeUnknown`.
    """
    purpose_named(purpose)
    now, not_before = _utc(now), not_before and _utc(not_before)
    fields = {
        "purpose": purpose,
        "message_id": new_message_id(),
        "to_email": checked_address(to),
        "to_name": checked_header(to_name, longest=LONGEST_NAME),
        "language": known_language(language),
        "subject": checked_header(subject, longest=LONGEST_SUBJECT),
        "text": checked_text(text),
        "calendar": calendar,
        "paper": paper,
        "reply_to": checked_address(reply_to) if reply_to else "",
        "about_type": about._meta.label_lower if about else "",
        "about_id": str(about.pk) if about else "",
        "on_behalf_of": on_behalf_of.key if on_behalf_of else None,
        "on_behalf_of_name": on_behalf_of.name[:200] if on_behalf_of else "",
        "created_by": by,
        "created_at": now,
        "not_before": not_before,
        "next_try_at": max(now, not_before) if not_before else now,
    }
    rows = Message.objects.filter(dedupe_key=dedupe_key)
    return once(rows, lambda: Message.objects.create(dedupe_key=dedupe_key, **fields))


def send_due(*, clock: Clock, most: int = 50, transport: Transport | None = None) -> int:
    """Send what is due, at most so many mails, and return how many were sent; any number of workers at once.

    Where no mail server is set up nothing is touched. A mail server that is down ends the round: the next mail would
    wait as long for nothing.
    """
    if transport is None and not is_set_up():
        return 0
    send = transport or (by_smtp if settings.EMAIL_HOST else by_django)
    take_back_lapsed(now=_utc(clock()))
    sent = 0
    for _turn in range(most):
        message = _claim_next(_utc(clock()))
        if message is None:
            break
        try:
            sent += _attempt(message, clock=clock, send=send)
        except TryLater:
            break
    return sent


def take_back_lapsed(*, now: datetime) -> None:
    """Give back what a killed worker was sending; what it had handed over already is `unsure`."""
    lapsed = Message.objects.filter(state=MessageState.SENDING, claimed_until__lt=now)
    for message in lapsed.order_by("pk"):
        # Only as it was read: a worker whose clock is behind may be handing it over at this moment.
        with transaction.atomic():
            as_read = Message.objects.filter(
                pk=message.pk, claim=message.claim, claimed_until=message.claimed_until, state=MessageState.SENDING
            )
            if not as_read.update(claimed_until=now):
                continue
            if message.no_return_at:
                _unsure(message, now)
            elif message.forgotten_at:
                _settle(message, state=MessageState.STOPPED, settled_at=now)
            else:
                _later(message, _("The program stopped while it was sending."), now)


def _claim_next(now: datetime) -> Message | None:
    """Take the mail that has been due longest, unless another worker is faster; then the one after it."""
    due = Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")
    while message := due.first():
        free = Message.objects.filter(pk=message.pk, state=MessageState.WAITING, claim=message.claim)
        token = uuid4().hex
        taken = free.update(
            state=MessageState.SENDING,
            claim=token,
            claimed_until=now + LEASE,
            no_return_at=None,
            attempts=F("attempts") + 1,
            first_tried_at=Coalesce("first_tried_at", models.Value(now), output_field=models.DateTimeField()),
        )
        if taken and (mine := Message.objects.filter(pk=message.pk, claim=token).first()):
            return mine
    return None


def _attempt(message: Message, *, clock: Clock, send: Transport) -> bool:
    """Try to send a claimed mail once and note how it went; raises `TryLater` when the mail server is in trouble."""
    try:
        refuse_came_back(message)
        purpose = purpose_named(message.purpose)
        purpose.check(message, _utc(clock()))
        paper = purpose.paper(message) if purpose.paper else None
        send(letter_of(message, paper), lambda: _no_return(message, _utc(clock())))
    except PurposeUnknown:
        # An old worker beside a new site, or the reverse: whoever knows it sends it, or a person looks at it in a day.
        _later(message, _("This version of Medspil does not send mails of this kind."), _utc(clock()))
    except NotAnyMore as reason:
        _stop(message, str(reason), _utc(clock()))
    except ClaimLost:
        pass
    except DocumentError as trouble:
        _log(message, trouble)
        _give_up(message, _("The paper that goes with it could not be made."), _utc(clock()))
    except Refused as trouble:
        _log(message, trouble)
        _give_up(message, str(trouble), _utc(clock()))
    except Unheard as trouble:
        _log(message, trouble)
        _unsure(message, _utc(clock()))
    except TryLater as trouble:
        _log(message, trouble)
        _later(message, str(trouble), _utc(clock()))
        if trouble.whole_server:
            raise
    else:
        now = _utc(clock())
        _settle(message, state=MessageState.SENT, sent_at=now, settled_at=now, problem="", **NO_WORDS)
        return True
    return False


def _no_return(message: Message, now: datetime) -> None:
    """Note, for good and before anything else happens, that the mail can no longer be called back."""
    with transaction.atomic(durable=True):
        mine = Message.objects.filter(
            pk=message.pk,
            claim=message.claim,
            state=MessageState.SENDING,
            claimed_until__gt=now,
            forgotten_at=None,
        )
        if not mine.update(no_return_at=now, claimed_until=now + LEASE_AFTER_THE_DOT):
            raise ClaimLost


def _later(message: Message, problem: str, now: datetime) -> None:
    """Let it wait longer each time; after a day a person has to look at it."""
    first = message.first_tried_at or now
    if now - first >= GIVE_UP_AFTER:
        _give_up(message, problem, now)
        return
    tried = max(message.attempts, 1)
    wait = BACK_OFF[min(tried, len(BACK_OFF)) - 1]
    _settle(message, state=MessageState.WAITING, next_try_at=now + wait, claimed_until=None, problem=problem[:500])


def _give_up(message: Message, problem: str, now: datetime) -> None:
    _settle(message, state=MessageState.GIVEN_UP, settled_at=now, problem=problem[:500])


def _stop(message: Message, problem: str, now: datetime) -> None:
    _settle(message, state=MessageState.STOPPED, settled_at=now, problem=problem[:500], **NO_WORDS)


def _unsure(message: Message, now: datetime) -> None:
    problem = _("It was handed to the mail server, but no answer came. It may have arrived.")
    _settle(message, state=MessageState.UNSURE, settled_at=now, problem=problem)


def _log(message: Message, trouble: Exception) -> None:
    """Note what went wrong: the mail by its number alone, never its address, its text or what the server said."""
    what = (type(one).__name__ for one in (trouble, trouble.__cause__) if one)
    log.warning("mail_not_sent mail=%s purpose=%s trouble=%s", message.pk, message.purpose, "/".join(what))


def _settle(message: Message, **fields: object) -> None:
    """Write how an attempt ended, if it is still ours; an answer that came late also settles what was unsure.

    What was forgotten meanwhile does not wait for another attempt: nobody knows to whom.
    """
    open_states = [MessageState.SENDING]
    if fields["state"] == MessageState.SENT:
        open_states.append(MessageState.UNSURE)
    mine = Message.objects.filter(pk=message.pk, claim=message.claim, state__in=open_states)
    if fields["state"] != MessageState.WAITING:
        mine.update(**fields)
    elif not mine.filter(forgotten_at=None).update(**fields):
        mine.update(state=MessageState.STOPPED, claimed_until=None)


def _utc(moment: datetime) -> datetime:
    """Return the moment in UTC: adding hours to local time goes wrong when the clocks change."""
    return moment.astimezone(UTC)
