"""Prints mails where there is no mail server, so that people can read them: letters as letters, links in one piece."""

from email.message import Message

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend
from django.utils.translation import gettext as _

HEADERS = ("From", "To", "Subject", "Reply-To", "Date")


class Readable(EmailBackend):
    """Django's console, without the encoding that a mail has on its way: long lines and æ, ø and å stay as they are."""

    def write_message(self, message: EmailMessage) -> None:
        """Print the headers that people read, and each part as text."""
        mail = message.message()
        lines = [f"{name}: {mail[name]}" for name in HEADERS if mail[name]]
        parts = [_text_of(part) for part in mail.walk() if not part.is_multipart()]
        self.stream.write("\n".join([*lines, "", *parts, "-" * 79, ""]))


def _text_of(part: Message) -> str:
    if name := part.get_filename():
        return _("[Attached: {name}]").format(name=name)
    body = part.get_payload(decode=True)
    return body.decode(part.get_content_charset() or "utf-8", "replace") if isinstance(body, bytes) else ""
