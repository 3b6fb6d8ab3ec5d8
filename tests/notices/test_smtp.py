"""Mails and a real mail server: down, slow, saying no for now or for good, hanging up at any moment; TLS."""

import logging
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from medspil.notices import services, smtp
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import BACK_OFF, GIVE_UP_AFTER, send_due
from tests.factories.people import NOW
from tests.factories.post import waiting_mail
from tests.factories.smtp import DOT, GREETING, HANG_UP, TEXT, MailServer, mail_server

pytestmark = pytest.mark.django_db
W, S, U, G = MessageState.WAITING, MessageState.SENT, MessageState.UNSURE, MessageState.GIVEN_UP
CANARY = "hemmeligt-8f3a"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """Return a mail server that the settings name."""
    with mail_server(settings) as running:
        yield running


def try_to_send(message: Message, now: datetime = NOW) -> Message:
    """Let a worker make one round."""
    send_due(clock=lambda: now)
    message.refresh_from_db()
    return message


def test_a_mail_arrives_whole(server: MailServer, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Medspil Vejle <medspil@vejle.example>"
    text = "Kære Bo\n\n.\n..to prikker\nÆblegrød 🏠\nFrom here on" + "\nen linje" * 2000 + " " + "ø" * 3000
    message = waiting_mail(NOW, to_name="Bo Åkjær, formand", subject="Står det ved magt?", text=text)
    assert try_to_send(message).state == S
    [letter] = server.arrived
    assert letter.get_content().replace("\r\n", "\n") == text + "\n"
    assert (letter["To"].addresses[0].display_name, str(letter["Subject"])) == ("Bo Åkjær, formand", message.subject)
    assert (str(letter["From"]), str(letter["Message-ID"])) == (settings.DEFAULT_FROM_EMAIL, message.message_id)
    assert message.message_id.endswith("@vejle.example>")
    assert letter["Date"].datetime == NOW


@pytest.mark.parametrize(
    ("stage", "answer", "state", "arrived"),
    [
        (GREETING, "421 4.3.2 closing", W, 0),
        (GREETING, HANG_UP, W, 0),
        ("EHLO", HANG_UP, W, 0),
        ("MAIL", "451 4.3.0 later", W, 0),
        ("MAIL", "550 5.7.1 not you", W, 0),  # about the site, not about this mail: an operator can mend it
        ("MAIL", HANG_UP, W, 0),
        ("RCPT", "450 4.2.1 greylisted", W, 0),
        ("RCPT", "550 5.1.1 no such user bo@example.org here", G, 0),
        ("RCPT", HANG_UP, W, 0),
        ("RCPT", "nonsense", W, 0),
        ("DATA", "421 closing", W, 0),
        ("DATA", "554 5.6.0 no", G, 0),
        ("DATA", HANG_UP, W, 0),
        (DOT, "452 4.3.1 disk full", W, 0),
        (DOT, "554 5.7.1 spam", G, 0),
        (DOT, HANG_UP, U, 1),
        (DOT, "nonsense", U, 1),
        (DOT, "354 what", U, 1),
        (DOT, "250 taken", S, 1),
    ],
)
def test_what_the_mail_server_says_decides(
    server: MailServer, stage: str, answer: str, state: MessageState, arrived: int
) -> None:
    server.answers[stage] = answer
    message = try_to_send(waiting_mail(NOW))
    assert (message.state, len(server.arrived)) == (state, arrived)
    assert bool(message.problem) is (state != S)
    assert "bo@example.org" not in message.problem
    server.answers.clear()
    later = NOW + timedelta(days=1)
    message = try_to_send(message, later)
    expected = {W: (S, 1), S: (S, 1), U: (U, arrived), G: (G, 0)}[state]
    assert (message.state, len(server.arrived)) == expected


def test_who_is_not_let_in_sends_later_and_nothing_is_given_up_at_once(server: MailServer, settings: Settings) -> None:
    server.offers, server.answers["AUTH"] = ["AUTH PLAIN"], "535 5.7.8 wrong password"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "medspil", CANARY
    assert try_to_send(waiting_mail(NOW)).state == W
    assert "MAIL" not in server.met
    del server.answers["AUTH"]
    assert try_to_send(Message.objects.get(), NOW + timedelta(minutes=1)).state == S


def test_a_slow_server_is_left_before_the_dot_and_waited_for_after_it(
    server: MailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that has lost patience before the dot tries again; after it, it does not know."""
    go_on = threading.Event()
    slow_at = ["EHLO"]
    server.before = lambda stage: (go_on.wait(20), None)[1] if stage in slow_at else None
    settings.EMAIL_TIMEOUT = 0.2
    assert try_to_send(waiting_mail(NOW)).state == W
    slow_at[:] = [DOT]
    monkeypatch.setattr(smtp, "AFTER_THE_DOT_S", 0.2)
    assert try_to_send(Message.objects.get(), NOW + timedelta(minutes=2)).state == U
    go_on.set()
    assert try_to_send(Message.objects.get(), NOW + timedelta(days=1)).state == U
    assert len(server.arrived) == 1


def test_a_server_that_is_down_is_asked_once_a_round_and_one_that_refuses_a_mail_goes_on(
    server: MailServer, settings: Settings
) -> None:
    for _number in range(3):
        waiting_mail(NOW)
    server.answers[GREETING] = "421 closing"
    send_due(clock=lambda: NOW)
    assert server.met == [GREETING]
    server.answers = {"RCPT": "450 greylisted"}
    send_due(clock=lambda: NOW + timedelta(minutes=1))
    assert server.met.count("RCPT") == 3


def test_a_mail_outlasts_a_day_without_its_server(settings: Settings) -> None:
    with mail_server(settings):
        pass
    message, tried, now = waiting_mail(NOW), [], NOW
    while now < NOW + GIVE_UP_AFTER:
        assert try_to_send(message, now).state == W
        tried.append(now - NOW)
        now = message.next_try_at
    minutes = [int(one.total_seconds() // 60) for one in tried]
    assert minutes[:6] == [0, 1, 6, 36, 156, 276]
    assert len(tried) == message.attempts
    with mail_server(settings) as back:
        assert try_to_send(message, now).state == S
        assert back.ids() == [message.message_id]


def test_after_a_day_it_is_given_up_with_the_reason_and_a_person_sends_it_again(settings: Settings) -> None:
    with mail_server(settings):
        pass
    message = try_to_send(waiting_mail(NOW))
    assert try_to_send(message, NOW + GIVE_UP_AFTER).state == G
    assert message.problem
    assert message.text
    assert try_to_send(message, NOW + timedelta(days=5)).state == G
    services.send_again(message=message, seen=message.state, by=None, now=NOW + timedelta(days=5))
    with mail_server(settings) as back:
        assert try_to_send(message, NOW + timedelta(days=5)).state == S
        assert len(back.arrived) == 1


def test_a_worker_that_was_away_for_a_week_tries_for_a_day_all_the_same(settings: Settings) -> None:
    with mail_server(settings):
        pass
    message = try_to_send(waiting_mail(NOW), NOW + timedelta(days=7))
    assert message.state == W
    assert message.next_try_at == NOW + timedelta(days=7) + BACK_OFF[0]


def test_neither_address_nor_text_nor_password_stands_in_a_log(
    server: MailServer, settings: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.offers, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = ["AUTH PLAIN"], "medspil", CANARY
    for stage, answer in (
        (DOT, "250 fine"),
        ("RCPT", f"550 {CANARY}@example.org"),
        (DOT, HANG_UP),
        (GREETING, HANG_UP),
    ):
        server.answers = {stage: answer}
        waiting_mail(NOW, to=f"{CANARY}@example.org", to_name=CANARY, text=CANARY, subject=CANARY)
        send_due(clock=lambda: NOW)
    said = caplog.text + "".join(capfd.readouterr())
    # Django's own log of statements, which no site writes, is not ours.
    assert not [line for line in said.splitlines() if CANARY in line and "django.db.backends" not in line]
    assert not Message.objects.filter(problem__contains=CANARY).exists()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a key with a certificate for this machine, which nobody trusts yet."""
    path = tmp_path / "server.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    made = [path.with_suffix(".key"), path.with_suffix(".crt")]
    try:
        subprocess.run(
            ["openssl", *words.split(), "-keyout", made[0], "-out", made[1]], check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("no openssl on this machine to make a certificate with")
    path.write_text("".join(one.read_text() for one in made))
    return path


def test_over_tls_with_a_password_to_a_server_that_proves_who_it_is(
    server: MailServer, settings: Settings, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.offers, server.certificate = ["STARTTLS", "AUTH PLAIN"], certificate
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "medspil", CANARY
    message = try_to_send(waiting_mail(NOW))
    assert message.state == W  # nobody vouches for this certificate
    assert "AUTH" not in server.met
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    assert try_to_send(message, NOW + timedelta(minutes=1)).state == S
    assert server.met[-6:] == ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", DOT]


def test_where_tls_is_asked_for_and_not_offered_nothing_is_said_in_the_clear(
    server: MailServer, settings: Settings
) -> None:
    server.offers = ["AUTH PLAIN"]
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "medspil", CANARY
    assert try_to_send(waiting_mail(NOW)).state == W
    assert server.met == [GREETING, "EHLO"]
    assert TEXT not in server.met
