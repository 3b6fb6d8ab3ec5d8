"""A mail server for tests, on real sockets of this machine: it answers as it is told, hangs up, or lets a hook in."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path

from pytest_django.fixtures import Settings

GREETING, TEXT, DOT = "greeting", "text", "dot"  # stages beside the verbs EHLO, AUTH, MAIL, RCPT, DATA
HANG_UP = ""
_KIND = {GREETING: "220 here", "DATA": "354 go on", "AUTH": "235 come in", "EHLO": "250 here"}


def _nothing(_stage: str) -> None:
    """Let everything go on."""


@dataclass
class MailServer:
    """A server under way. `answers` replaces the friendly answer of a stage; `HANG_UP` breaks the line off there."""

    port: int
    answers: dict[str, str] = field(default_factory=dict)
    before: Callable[[str], None] = _nothing
    offers: list[str] = field(default_factory=list)
    certificate: Path | None = None
    met: list[str] = field(default_factory=list)
    arrived: list[EmailMessage] = field(default_factory=list)

    def ids(self) -> list[str]:
        """Return the Message-IDs of what arrived, in order."""
        return [str(letter["Message-ID"]) for letter in self.arrived]


class _Line(socketserver.StreamRequestHandler):
    """One connection."""

    server: "_Listener"

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            self._talk(self.server.told)

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()
        self.connection.close()  # TLS has put a socket of its own in the place of the one that the server closes

    def _talk(self, told: MailServer) -> None:
        going_on = self._answer(told, GREETING)
        while going_on and (line := self.rfile.readline()):
            verb = line.split()[0].decode().upper() if line.split() else "?"
            if verb == "STARTTLS":
                self._encrypt(told)
                continue
            going_on = self._answer(told, verb)
            if verb == "DATA" and going_on and told.answers.get("DATA", "354").startswith("354"):
                going_on = self._take_text(told)

    def _take_text(self, told: MailServer) -> bool:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                return False  # broken off before the dot: the mail is thrown away, as every server must
            if not lines:
                told.before(TEXT)
            lines.append(line[1:] if line.startswith(b".") else line)
        if told.answers.get(DOT, "250")[:1] not in {"4", "5"}:  # who hangs up here has taken the mail all the same
            letter = message_from_bytes(b"".join(lines), policy=POLICY)
            assert isinstance(letter, EmailMessage)
            told.arrived.append(letter)
        return self._answer(told, DOT)

    def _answer(self, told: MailServer, stage: str) -> bool:
        told.met.append(stage)
        told.before(stage)
        answer = told.answers.get(stage, _KIND.get(stage, "250 fine"))
        if answer == HANG_UP:
            return False
        lines = [answer, *told.offers] if stage == "EHLO" and answer.startswith("250") else [answer]
        for number, line in enumerate(lines):
            code, _blank, words = line.partition(" ") if number == 0 else ("250", " ", line)
            self.wfile.write(f"{code}{' ' if number == len(lines) - 1 else '-'}{words}\r\n".encode())
        return not answer.startswith("421")

    def _encrypt(self, told: MailServer) -> None:
        told.met.append("STARTTLS")
        assert told.certificate
        self.wfile.write(b"220 go on\r\n")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(told.certificate)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)


class _Listener(socketserver.ThreadingTCPServer):
    """The listening side, with what it was told."""

    daemon_threads = True
    block_on_close = False
    told: MailServer


@contextmanager
def mail_server(settings: Settings | None = None) -> Iterator[MailServer]:
    """Run a mail server until the block ends; the settings, if given, name it."""
    with _Listener(("127.0.0.1", 0), _Line) as listener:
        running = listener.told = MailServer(listener.server_address[1])
        if settings:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
            settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL, settings.EMAIL_TIMEOUT = False, False, 5
            settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            listener.shutdown()
            thread.join()
