"""What a person does with a mail that did not arrive: have it sent again, or stop it."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.notices.models import NO_WORDS, TROUBLED, Message, MessageQuerySet, MessageState


class NotPossibleNow(Exception):
    """The mail has got further in the meantime, or its text is no longer there."""

    def __init__(self) -> None:
        super().__init__(_("This mail has got further in the meantime. Look at the list again."))


@transaction.atomic
def send_again(*, message: Message, seen: str, by: User | None, now: datetime) -> None:
    """Let a mail be tried now, as if for the first time; what is asked before sending is asked again.

    One that is `unsure` may then arrive twice: only a person decides that, of one she has `seen` in that state. Raises
    `NotPossibleNow`.
    """
    rows = _as_seen(message, seen).exclude(text="")
    begun_anew = {"attempts": 0, "first_tried_at": None, "claim": "", "claimed_until": None, "settled_at": None}
    if not rows.update(**begun_anew, state=MessageState.WAITING, next_try_at=now.astimezone(UTC), problem=""):
        raise NotPossibleNow
    record_history(record=message, action="mail_sent_again", by=by, now=now)


@transaction.atomic
def stop(*, message: Message, seen: str, by: User | None, now: datetime) -> None:
    """Send a mail no more and throw its text away. Raises `NotPossibleNow`."""
    if not _as_seen(message, seen).update(state=MessageState.STOPPED, settled_at=now, claim="", **NO_WORDS):
        raise NotPossibleNow
    record_history(record=message, action="mail_stopped", by=by, now=now)


def _as_seen(message: Message, seen: str) -> MessageQuerySet:
    """Return the row if it still stands where the person saw it, and if anything can be done with it there."""
    waits = Message.objects.filter(state__in=(MessageState.WAITING, *TROUBLED), forgotten_at=None)
    return waits.filter(pk=message.pk, state=seen)
