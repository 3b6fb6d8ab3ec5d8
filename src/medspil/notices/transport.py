"""How a mail leaves the house: by SMTP, or printed where there is no mail server. A transport is a function.

It calls `before_the_dot` after everything else has gone well and just before the mail can no longer be called back.
"""

from collections.abc import Callable
from email.message import EmailMessage

from django.conf import settings
from django.core.mail import EmailMultiAlternatives as DjangoMail
from django.core.mail import get_connection
from django.utils.functional import Promise

Transport = Callable[[EmailMessage, Callable[[], None]], None]


class Refused(Exception):
    """The mail server will never take this mail; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


class TryLater(Exception):
    """It did not work this time, and the mail server has not taken the mail.

    `whole_server` when no other mail would have got further: nothing is gained by trying the next one now.
    """

    def __init__(self, sentence: str | Promise, *, whole_server: bool) -> None:
        super().__init__(sentence)
        self.whole_server = whole_server


class Unheard(Exception):
    """The whole mail was handed over and no answer came: it may have arrived or not."""


def is_set_up() -> bool:
    """Return whether mails can leave the house at all."""
    return bool(settings.EMAIL_HOST or settings.MAIL_WITHOUT_SERVER)


def by_django(letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
    """Hand a mail to Django's backend for sites without a mail server: it prints mails, or keeps them for a test."""
    headers = {name: str(letter[name]) for name in ("Message-ID", "Date", "Reply-To") if letter[name]}
    body = letter.get_body(("plain",))
    text = body.get_content() if body else ""
    mail = DjangoMail(str(letter["Subject"]), text, str(letter["From"]), [str(letter["To"])], headers=headers)
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            mail.attach_alternative(part.get_content(), f"text/calendar; method={part.get_param('method')}")
    for part in letter.iter_attachments():
        mail.attach(part.get_filename(), part.get_content(), part.get_content_type())
    before_the_dot()
    get_connection(settings.MAIL_WITHOUT_SERVER).send_messages([mail])
