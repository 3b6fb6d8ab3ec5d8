"""Sending by SMTP, with the one moment marked that smtplib hides: just before the dot that ends the text.

Until that dot has gone the mail server must throw the mail away when the line breaks; after it the mail may be on its
way although no answer came.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from django.conf import settings
from django.utils.translation import gettext as _

from medspil.notices.letters import sender
from medspil.notices.transport import Refused, TryLater, Unheard

AFTER_THE_DOT_S = 300.0  # servers look for viruses and spam before they answer; RFC 5321 asks for patience here
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,]+@[^\s<>()\[\]:;,]+")
_SHUTTING_DOWN = 421
_START_INPUT = 354


def by_smtp(letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
    """Send one mail. Raises `Refused`, `TryLater`, `Unheard`; what `before_the_dot` raises breaks the line off."""
    body = _as_lines(letter.as_bytes())
    server = _connected()
    try:
        with _trouble_on_the_line():
            _require(server.mail(sender()), whole_server=True)
            _require(server.rcpt(letter["To"].addresses[0].addr_spec))
            _require(server.docmd("data"), wanted=_START_INPUT)
            server.send(body)
        before_the_dot()
        _require(_last_answer(server))
    finally:
        server.close()  # without QUIT: what was answered is settled, and a slow farewell would hold up the others


def _connected() -> smtplib.SMTP:
    host, port, seconds = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
    with _trouble_on_the_line():
        safely = ssl.create_default_context()
        if settings.EMAIL_USE_SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=seconds, context=safely)
        else:
            server = smtplib.SMTP(host, port, timeout=seconds)
        try:
            _greet(server, safely)
        except BaseException:
            server.close()
            raise
    return server


def _greet(server: smtplib.SMTP, safely: ssl.SSLContext) -> None:
    server.ehlo_or_helo_if_needed()
    if settings.EMAIL_USE_TLS:
        server.starttls(context=safely)  # raises where it is not offered: no password and no mail in the clear
        server.ehlo()
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)


@contextmanager
def _trouble_on_the_line() -> Iterator[None]:
    """Turn what goes wrong before the last dot into trouble that is tried again."""
    try:
        yield
    except smtplib.SMTPResponseException as trouble:
        raise TryLater(_said(trouble.smtp_code, trouble.smtp_error), whole_server=True) from trouble
    except (smtplib.SMTPException, OSError) as trouble:
        raise TryLater(_("The mail server could not be reached, or broke off."), whole_server=True) from trouble


def _last_answer(server: smtplib.SMTP) -> tuple[int, bytes]:
    """Send the dot and return what the server says to it. Raises `Unheard`."""
    try:
        if server.sock is None:
            raise Unheard
        server.sock.settimeout(AFTER_THE_DOT_S)
        server.send(b".\r\n")
        answer = server.getreply()
    except (smtplib.SMTPException, OSError) as trouble:
        raise Unheard from trouble
    if not 200 <= answer[0] < 600 or 300 <= answer[0] < 400:
        raise Unheard
    return answer


def _require(answer: tuple[int, bytes], *, wanted: int = 0, whole_server: bool = False) -> None:
    """Go on if the server says yes; a no for good about this mail is `Refused`, any other is `TryLater`."""
    code, text = answer
    if code == wanted or (not wanted and 200 <= code < 300):
        return
    if 500 <= code < 600 and not whole_server:
        raise Refused(_said(code, text))
    raise TryLater(_said(code, text), whole_server=whole_server or code == _SHUTTING_DOWN or code < 0)


def _said(code: int, text: bytes | str) -> str:
    """Return what the mail server answered; addresses in it are left out."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    plain = _ADDRESS.sub("…", " ".join(words.split()))
    return _("The mail server answered %(code)s: %(text)s") % {"code": code, "text": plain[:200]}


def _as_lines(content: bytes) -> bytes:
    """Return the text as it goes over the line: ends of lines as SMTP wants them, and no dot alone on one."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
