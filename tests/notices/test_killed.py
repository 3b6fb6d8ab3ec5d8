"""A worker killed without warning while it sends, two workers at once: one mail, or one that a person looks at."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from medspil.notices import services
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import LEASE, LEASE_AFTER_THE_DOT, send_due
from medspil.notices.smtp import by_smtp
from tests.areas.test_at_the_same_time import together
from tests.factories.people import NOW
from tests.factories.post import waiting_mail
from tests.factories.smtp import DOT, GREETING, MailServer, mail_server
from tests.register.processes import start, told_by

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = 36
SENDS = """
from medspil.notices.outbox import send_due
from tests.factories import post
_settings.EMAIL_HOST, _settings.EMAIL_PORT, _settings.EMAIL_USE_TLS = "127.0.0.1", int(sys.argv[1]), False
"""
# One process learns through how many steps a send goes, then kills a copy of itself at each of many points on the way.
KILLED_ANYWHERE = """
from django.db import connections
steps, stop_at = 0, 0
WATCHED = ("/medspil/notices/", "smtplib.py", "/django/db/backends/utils.py", "/django/db/transaction.py")

def count(frame, event, argument):
    global steps
    if any(part in frame.f_code.co_filename for part in WATCHED):
        steps += 1
        if steps == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)

def killed(at):
    global steps, stop_at
    connections.close_all()
    child = os.fork()
    if not child:
        steps, stop_at = 0, at
        sys.setprofile(count)
        send_due(clock=clock)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])

first, points, told = post.waiting_mail(NOW), int(sys.argv[2]), []
sys.setprofile(count)
send_due(clock=clock)
sys.setprofile(None)
whole = steps
for point in range(points):
    message = post.waiting_mail(NOW)
    told.append([message.pk, killed(whole * (2 * point + 1) // (2 * points))])
print(json.dumps(told))
"""


def later_on() -> None:
    """Let other workers look after the leases have run out, several times."""
    for hours in (1, 2, 26):
        send_due(clock=lambda hours=hours: NOW + timedelta(hours=hours))  # type: ignore[misc]


def test_wherever_a_send_is_killed_one_mail_arrives_or_a_person_is_told(settings: Settings) -> None:
    with mail_server(settings) as server:
        told = told_by(SENDS + KILLED_ANYWHERE, server.port, POINTS)
        assert all(was_killed for _pk, was_killed in told)
        later_on()
        arrived = Counter(server.ids())
    found = Message.objects.in_bulk([pk for pk, _killed in told])
    assert len(found) == POINTS
    for message in found.values():
        assert message.state in (MessageState.SENT, MessageState.UNSURE), message
        if message.state == MessageState.SENT:
            assert arrived[message.message_id] == 1
        else:
            assert message.no_return_at
            assert message.problem
            assert arrived[message.message_id] <= 1
    states = [found[pk].state for pk, _killed in told]
    assert states.count(MessageState.UNSURE) in range(1, POINTS // 2)  # the points reach to both sides of the dot
    assert states[0] == states[-1] == MessageState.SENT


@pytest.mark.parametrize(
    ("stage", "state", "in_between"),
    [
        (GREETING, MessageState.SENT, 0),
        ("MAIL", MessageState.SENT, 0),
        ("DATA", MessageState.SENT, 0),
        (DOT, MessageState.UNSURE, 1),
    ],
)
def test_killed_while_the_mail_server_is_at_a_stage(
    settings: Settings, stage: str, state: MessageState, in_between: int
) -> None:
    message = waiting_mail(NOW)
    with mail_server(settings) as server:
        worker = start(SENDS + "send_due(clock=clock)", server.port)
        server.before = lambda at: worker.kill() if at == stage else None
        assert worker.wait(timeout=60) == -9
        end_of(worker)
        server.before = lambda _at: None
        assert len(server.arrived) == in_between
        send_due(clock=lambda: NOW + LEASE / 2)
        message.refresh_from_db()
        assert message.state == MessageState.SENDING  # perhaps it lives: nobody else touches it
        later_on()
        message.refresh_from_db()
        assert (message.state, len(server.arrived)) == (state, 1)


def test_what_is_unsure_goes_out_again_only_when_a_person_says_so(settings: Settings) -> None:
    message = waiting_mail(NOW)
    Message.objects.update(state=MessageState.SENDING, claim="x", claimed_until=NOW, no_return_at=NOW)
    with mail_server(settings) as server:
        later_on()
        assert server.arrived == []
        message.refresh_from_db()
        services.send_again(message=message, seen=message.state, by=None, now=NOW)
        later_on()
        assert server.ids() == [message.message_id]


def test_two_workers_at_once_send_each_mail_once(settings: Settings) -> None:
    wanted = {waiting_mail(NOW).message_id for _number in range(25)}
    with mail_server(settings) as server:
        script = SENDS + "print(json.dumps(send_due(clock=clock)))"
        workers = [start(script, server.port) for _number in range(2)]
        sent = [json.loads(worker.communicate(timeout=120)[0]) for worker in workers]
        assert sum(sent) == 25
        assert Counter(server.ids()) == Counter(wanted)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_a_worker_that_was_asleep_past_its_lease_does_not_hand_over_what_another_has_sent(settings: Settings) -> None:
    """Before the dot it asks whether the mail is still its own."""
    message, now = waiting_mail(NOW), [NOW]
    with mail_server(settings) as server:

        def falls_asleep(letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
            def wakes_up_late() -> None:
                now[0] = NOW + LEASE + timedelta(minutes=2)
                other_worker(server, now[0])
                before_the_dot()

            by_smtp(letter, wakes_up_late)

        assert send_due(clock=lambda: now[0], transport=falls_asleep) == 0
        message.refresh_from_db()
        assert (message.state, server.ids()) == (MessageState.SENT, [message.message_id])
        assert server.met.count("DATA") == 2


def other_worker(server: MailServer, now: datetime) -> None:
    """Let another process take over and send, two minutes after the lease of the first ran out."""
    script = f"""
later = datetime.fromisoformat({now.isoformat()!r})
send_due(clock=lambda: later)
print(json.dumps(send_due(clock=lambda: later + timedelta(minutes=2))))"""
    assert told_by(SENDS + script, server.port) == 1


def test_an_answer_that_comes_after_the_lease_settles_what_was_unsure(settings: Settings) -> None:
    message, now = waiting_mail(NOW), [NOW]
    with mail_server(settings) as server:

        def meanwhile(at: str) -> None:
            if at == DOT:
                now[0] = NOW + LEASE_AFTER_THE_DOT + timedelta(minutes=1)
                script = "later = NOW + timedelta(hours=1)\nprint(json.dumps(send_due(clock=lambda: later)))"
                assert told_by(SENDS + script, server.port) == 0

        server.before = meanwhile
        send_due(clock=lambda: now[0])
        message.refresh_from_db()
        assert (message.state, message.text, len(server.arrived)) == (MessageState.SENT, "", 1)


def test_two_clicks_at_once_put_one_mail_into_the_outbox() -> None:
    def click() -> int:
        return waiting_mail(NOW, dedupe_key="the same").pk

    assert len(set(together(click, click, click, click))) == 1
    assert Message.objects.count() == 1


def end_of(worker: Any) -> None:
    """Close what a killed process leaves open."""
    for pipe in (worker.stdin, worker.stdout):
        pipe.close()
