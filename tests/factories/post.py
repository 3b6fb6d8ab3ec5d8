"""Lets the outbox send what waits, as the worker would: afterwards the mails lie in `django.core.mail.outbox`."""

from datetime import datetime
from itertools import count

from django.core import mail
from django.core.mail import EmailMessage
from django.db.models import Max

from medspil.notices.checks import before_sending
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import put, send_due

PURPOSE = "for_tests"
_number = count(1)


@before_sending(PURPOSE, label="For tests")
def nothing_is_asked(_message: Message, _now: datetime) -> None:
    """Let every mail through."""


def deliver(now: datetime | None = None) -> int:
    """Send what waits, at a moment or as soon as all of it is due; return how many mails went out."""
    waiting = Message.objects.filter(state=MessageState.WAITING)
    due = now or waiting.aggregate(due=Max("next_try_at"))["due"]
    return send_due(clock=lambda: due, most=1000) if due else 0


def sent() -> list[EmailMessage]:
    """Let the outbox send what waits, and return all mails that went out so far."""
    deliver()
    return list(mail.outbox)


def waiting_mail(now: datetime, **facts: object) -> Message:
    """Put a mail for nobody in particular into the outbox."""
    told = {"to": "bo@example.org", "subject": "Hej", "text": "Kære Bo\n\nHej.", "language": "da", "purpose": PURPOSE}
    key = f"test:{next(_number)}"
    return put(**{"dedupe_key": key, "now": now} | told | facts)  # type: ignore[arg-type]
