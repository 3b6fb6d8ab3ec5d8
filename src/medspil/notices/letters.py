"""What goes into a mail: nothing that breaks a header, and the same bytes each time it is tried."""

import re
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from medspil.notices.models import Message
from medspil.notices.papers import Paper

LONGEST_SUBJECT = 200
LONGEST_NAME = 120
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
_BREAKING = {"Cc", "Cs", "Zl", "Zp"}  # control signs, halves of signs, separators of lines and paragraphs


class HeaderRefused(ValueError):
    """A subject, name or address holds a line break or another sign that could smuggle a header in."""

    def __init__(self) -> None:
        super().__init__(_("A subject, a name or an address holds a line break. Write it on one line."))


class AddressRefused(ValueError):
    """This is no e-mail address."""

    def __init__(self) -> None:
        super().__init__(_("This is no e-mail address that a mail could be sent to."))


def one_line(text: str) -> str:
    """Return a text as it may stand in a subject: what people wrote on several lines is put on one."""
    return " ".join("".join(" " if _breaks(sign) else sign for sign in text).split())


def checked_header(text: str, *, longest: int) -> str:
    """Return a text for a header, shortened. Raises `HeaderRefused`."""
    if any(_breaks(sign) for sign in text):
        raise HeaderRefused
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def checked_address(email: str) -> str:
    """Return an address, with its domain as mail servers know it. Raises `HeaderRefused`, `AddressRefused`."""
    email = checked_header(email, longest=10_000)
    try:
        validate_email(email)
        name, _at, house = email.rpartition("@")
        address = f"{name}@{house if house.startswith('[') else house.encode('idna').decode('ascii')}"
        Address(addr_spec=address)
        address.encode("ascii")
    except (ValidationError, ValueError) as trouble:
        raise AddressRefused from trouble
    return address


def as_sent(email: str) -> str:
    """Return an address as mails carry it, to find it again; what is none as it is."""
    try:
        return checked_address(email)
    except (AddressRefused, HeaderRefused):
        return email


def checked_text(text: str) -> str:
    """Return a text with plain ends of lines and without signs that no mail can carry."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(sign for sign in line if sign == "\t" or not _breaks(sign)) for line in lines)


def known_language(wanted: str) -> str:
    """Return a language in which mails are written: the one that is wanted, else the site's own."""
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def new_message_id() -> str:
    """Make the Message-ID of a mail; it stays the same however often the mail is tried."""
    return f"<{uuid4().hex}@{sender().rpartition('@')[2]}>"


def sender() -> str:
    """Return the address that mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def letter_of(message: Message, paper: Paper | None = None) -> EmailMessage:
    """Return the mail itself, with a paper attached where one goes with it."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(name, addr_spec=address)
    letter["To"] = Address(message.to_name, addr_spec=message.to_email)
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.created_at)
    letter["Message-ID"] = message.message_id
    letter["Content-Language"] = message.language
    if message.reply_to:
        letter["Reply-To"] = Address(addr_spec=message.reply_to)
    letter.set_content(message.text, cte="quoted-printable")
    if message.calendar:
        method = _METHOD.search(message.calendar)
        params = {"method": method[1]} if method else {}
        letter.add_alternative(message.calendar, subtype="calendar", cte="base64", params=params)
        letter.set_boundary(_boundary(message, ""))
    if paper:
        letter.add_attachment(paper.content, maintype="application", subtype="pdf", filename=paper.name)
        letter.set_boundary(_boundary(message, "p"))
    return letter


def _boundary(message: Message, part: str) -> str:
    """Return what parts a mail, so that it has the same bytes each time it is tried."""
    return f"={part}{message.message_id.strip('<>').partition('@')[0]}="


def _breaks(sign: str) -> bool:
    return unicodedata.category(sign) in _BREAKING
