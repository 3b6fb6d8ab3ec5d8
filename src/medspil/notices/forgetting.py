"""Forgets whom mails went to: all in time, and at once whoever asks for it or whatever they were about."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from medspil.notices.came_back import forget_address_here
from medspil.notices.letters import as_sent
from medspil.notices.models import ON_ITS_WAY, Message, MessageQuerySet, MessageState

KEPT_FOR = timedelta(days=30)  # the privacy page tells this number
_PERSONAL = ("to_email", "to_name", "reply_to", "subject", "text", "calendar", "paper", "problem", "on_behalf_of_name")
_NOTHING = dict.fromkeys(_PERSONAL, "")


def forget_old_mails(*, now: datetime) -> int:
    """Forget to whom mails went that came to an end a month ago; return how many."""
    old = Message.objects.filter(settled_at__lt=now - KEPT_FOR).exclude(state__in=ON_ITS_WAY)
    return _forget(old, now)


def forget_address(*, email: str, now: datetime) -> int:
    """Forget every mail to an address at once, and that one came back; what waits is stopped. Return how many mails."""
    forget_address_here(email)
    return _forget(Message.objects.to(email) | Message.objects.to(as_sent(email)), now)


def forget_answers_to(*, email: str, now: datetime) -> int:
    """Forget at once that answers to mails go to an address; what waits is stopped, as nobody could answer it."""
    written = Message.objects.filter(reply_to__iexact=email.strip()).exclude(reply_to="")
    _forget(written.exclude(text=""), now)
    return written.update(reply_to="")


def forget_about(*, records: Iterable[models.Model], now: datetime) -> int:
    """Forget every mail about some records at once; what waits is stopped. Return how many."""
    return _forget(Message.objects.about(*records), now)


def _forget(messages: MessageQuerySet, now: datetime) -> int:
    """Take everything personal out in one statement.

    One that is being sent at this moment keeps its state: if it has not been handed over, it will not be.
    """
    stops = When(state=MessageState.WAITING, then=Value(MessageState.STOPPED))
    return messages.filter(forgotten_at=None).update(
        **_NOTHING,
        state=Case(stops, default=F("state")),
        settled_at=Coalesce("settled_at", Value(now, output_field=models.DateTimeField())),
        forgotten_at=now,
    )
