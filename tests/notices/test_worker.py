"""The worker's part: it sends by itself, goes on after a fault, and ends well when it is told to stop."""

import os
import signal
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from medspil.cli import serve
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import LEASE, send_due
from tests.factories.people import NOW
from tests.factories.post import waiting_mail
from tests.factories.smtp import DOT, mail_server
from tests.register.processes import database_url


def worker(port: int) -> "subprocess.Popen[str]":
    """Start `medspil worker` as it runs on a server, on the test's database."""
    environment = {
        "MEDSPIL_LOCAL": "true",
        "MEDSPIL_DATA": str(settings.DATA_DIR),
        "MEDSPIL_DATABASE": database_url(),
        "MEDSPIL_SMTP_HOST": "127.0.0.1",
        "MEDSPIL_SMTP_PORT": str(port),
        "MEDSPIL_SMTP_SECURITY": "none",
        "MEDSPIL_FROM": "Medspil <medspil@vejle.example>",
        "PYTHONPATH": ":".join(sys.path),
        "PYTHONPYCACHEPREFIX": sys.pycache_prefix or "",
        "PATH": os.environ["PATH"],
    }
    return subprocess.Popen([sys.executable, "-m", "medspil.cli.main", "worker"], env=environment, text=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clock_of_the_machine")
def test_the_worker_sends_by_itself_and_a_mail_on_the_line_ends_well_when_it_stops() -> None:
    message = waiting_mail(timezone.now(), purpose="account")
    at_the_dot, go_on = threading.Event(), threading.Event()

    def wait_at_the_dot(stage: str) -> None:
        if stage == DOT:
            at_the_dot.set()
            go_on.wait(30)

    with mail_server() as server:
        server.before = wait_at_the_dot
        process = worker(server.port)
        try:
            assert at_the_dot.wait(60)
            process.send_signal(signal.SIGTERM)
            go_on.set()
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
            process.wait()
        assert server.ids() == [message.message_id]
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_fault_in_one_round_does_not_end_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    told: list[object] = []
    stop = threading.Event()

    def round_with_a_fault() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 3:
            stop.set()
        raise ZeroDivisionError

    monkeypatch.setattr(threading, "excepthook", lambda trouble: told.append(trouble.exc_type))
    monkeypatch.setattr(serve, "deliver_once", round_with_a_fault)
    serve.deliver(stop, every_s=0.01)
    assert told == [ZeroDivisionError] * 3


def test_a_fault_in_one_job_of_tidying_ends_neither_the_others_nor_the_next_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[int] = []
    told: list[object] = []
    stop = threading.Event()

    def broken(**_told: object) -> None:
        raise ZeroDivisionError

    def whole(**_told: object) -> None:
        done.append(len(done))
        if len(done) == 2:
            stop.set()

    monkeypatch.setattr(threading, "excepthook", lambda trouble: told.append(trouble.exc_type))
    monkeypatch.setattr(serve, "TIDYING", (broken, whole))
    serve.tidy(stop, every_s=0.01)
    assert (done, told) == ([0, 1], [ZeroDivisionError] * 2)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_postpones_the_mails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(**_told: object) -> None:
        raise OperationalError

    monkeypatch.setattr(serve, "send_due", away)
    monkeypatch.setattr("medspil.cli.serve.connection", SimpleNamespace(close=lambda: None))
    serve.deliver_once()
    assert "mails_postponed" in caplog.text
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_one_mail_that_breaks_the_program_does_not_hold_up_the_others() -> None:
    """It keeps its claim, waits its turn after the lease, and is given up after a day like any other."""
    bad, good = waiting_mail(NOW, to="bad@example.org"), waiting_mail(NOW)

    def breaks(letter: object, before_the_dot: object) -> None:
        if "bad@" in str(letter):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send_due(clock=lambda: NOW, transport=breaks)
    assert send_due(clock=lambda: NOW, transport=breaks) == 1
    good.refresh_from_db()
    assert good.state == MessageState.SENT
    assert send_due(clock=lambda: NOW + LEASE * 2, transport=breaks) == 0  # it waits its turn again
    bad.refresh_from_db()
    assert (bad.state, bool(bad.problem)) == (MessageState.WAITING, True)
