"""Puts what others send through Django, which are mails about accounts, into the outbox: no page waits for them.

A door like a page: it reads the clock. Its mails hold links that open an account; all texts are thrown away when sent.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.letters import one_line
from medspil.notices.models import Message
from medspil.notices.outbox import put

PURPOSE = "account"


class NotPlain(ValueError):
    """The outbox takes plain texts only: a fault in the program that sends something else."""


@before_sending(PURPOSE, label=_("Sign-in and password"))
def link_still_opens(message: Message, now: datetime) -> None:
    """Stop a mail whose link would have run out by now."""
    if now - message.created_at >= timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT):
        raise NotAnyMore(_("It waited so long that the link in it has run out."))


class IntoOutbox(BaseEmailBackend):
    """Django's mails go into the outbox, one for each recipient."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Take mails in and return how many; the worker sends them."""
        mails, now = list(email_messages), datetime.now(UTC)
        for mail in mails:
            if mail.attachments or (isinstance(mail, EmailMultiAlternatives) and mail.alternatives):
                raise NotPlain
            for recipient in mail.recipients():
                put(
                    purpose=PURPOSE,
                    dedupe_key=f"{PURPOSE}:{uuid4().hex}",
                    to=parseaddr(recipient)[1],
                    subject=one_line(str(mail.subject)),
                    text=str(mail.body),
                    now=now,
                    language=get_language() or settings.LANGUAGE_CODE,
                )
        return len(mails)
