"""Addresses from which mails came back, as a person noted: no more is sent there for that organisation.

Mail servers tell of such mails only in mails to the sender's own mailbox, which nobody reads for Medspil. So whoever
reads it says so here. The address itself is not kept, only what knows it again; a year later it is tried anew.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from medspil.accounts.models import User, record_history
from medspil.notices.checks import NotAnyMore
from medspil.notices.letters import as_sent
from medspil.notices.models import CameBack, Message, MessageState
from medspil.notices.services import NotPossibleNow

REMEMBERED_FOR = timedelta(days=365)
ARRIVED = (MessageState.SENT, MessageState.UNSURE)
"""Only what was handed to a mail server can come back."""


@transaction.atomic
def note(*, message: Message, of: int, by: User | None, now: datetime) -> None:
    """Note that a mail came back: an organisation, by its key, sends nothing more there. Twice is once.

    Raises `NotPossibleNow` where it was not sent, or nobody knows any more to whom.
    """
    if not message.to_email or not Message.objects.filter(pk=message.pk, state__in=ARRIVED, forgotten_at=None).exists():
        raise NotPossibleNow
    _row, made = CameBack.objects.get_or_create(
        known_by=known_by(message.to_email), organisation=of, defaults={"since": now, "by": by}
    )
    if made:
        record_history(record=message, action="mail_came_back", by=by, now=now)


@transaction.atomic
def write_again(*, message: Message, of: int, by: User | None, now: datetime) -> None:
    """Let mails go to an address again from which one came back. Twice is once. Raises `NotPossibleNow`."""
    if not message.to_email:
        raise NotPossibleNow
    if CameBack.objects.filter(known_by=known_by(message.to_email), organisation=of).delete()[0]:
        record_history(record=message, action="mail_written_again", by=by, now=now)


def came_back_from(emails: Iterable[str], *, of: int) -> frozenset[str]:
    """Return from which of these addresses mails of an organisation came back. One query where there are some."""
    asked = {known_by(email): email for email in emails if email}
    if not asked:
        return frozenset()
    rows = CameBack.objects.filter(organisation=of, known_by__in=asked).values_list("known_by", flat=True)
    return frozenset(asked[one] for one in rows)


def refuse_came_back(message: Message) -> None:
    """Raise `NotAnyMore` for a mail to an address from which mails of the same organisation came back."""
    if message.on_behalf_of and came_back_from([message.to_email], of=message.on_behalf_of):
        raise NotAnyMore(_("Mails to this address came back, so nothing more is sent there. Ask for a new address."))


def forget_came_back(*, now: datetime) -> int:
    """Forget what was noted a year ago: the next mail shows whether the address works; return how many."""
    return CameBack.objects.filter(since__lt=now - REMEMBERED_FOR).delete()[0]


def forget_address_here(email: str) -> None:
    """Forget that mails to an address came back."""
    CameBack.objects.filter(known_by=known_by(email)).delete()


def known_by(email: str) -> str:
    """Return what an address is known again by, and cannot be read from."""
    return salted_hmac("medspil.notices.came_back", as_sent(email).casefold(), algorithm="sha256").hexdigest()
