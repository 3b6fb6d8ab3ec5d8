"""`medspil mail` and what `medspil doctor` says of mails."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone
from pytest_django.fixtures import Settings

from medspil.cli import doctor
from medspil.cli.mail import mail
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import OnBehalfOf
from tests.factories.post import deliver, waiting_mail

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(mail, list(words))


def mail_found() -> tuple[bool, str]:
    return next((well, text) for well, what, text in doctor.findings() if what == "Mail")


def test_a_calm_outbox_is_told_in_a_few_lines() -> None:
    waiting_mail(timezone.now())
    deliver()
    waiting_mail(timezone.now())
    result = run("status")
    assert result.exit_code == 0, result.output
    assert "1 waiting" in result.output
    assert "1 sent" in result.output
    assert mail_found()[0]


def test_what_failed_is_told_with_its_reason_and_without_the_address_and_can_be_sent_again_or_stopped() -> None:
    waiting_mail(timezone.now(), text="KANARIE", subject="KANARIE", on_behalf_of=OnBehalfOf(7, "Vejle Kommune"))
    Message.objects.update(state=MessageState.GIVEN_UP, problem="The mail server answered 550: no such user")
    message = Message.objects.get()
    result = run("status")
    assert result.exit_code == 1
    assert (
        f"{message.pk}  Given up: For tests for Vejle Kommune, to b***@example.org: The mail server answered 550"
        in result.output
    )
    assert "KANARIE" not in result.output
    assert not mail_found()[0]
    assert run("again", str(message.pk)).exit_code == 0
    assert run("status").exit_code == 0
    assert run("stop", str(message.pk)).exit_code == 0
    assert run("again", str(message.pk)).exit_code == 1
    assert "no mail 999999" in run("stop", "999999").output
    found = json.loads(run("status", "--json").output)
    assert (found["counts"]["stopped"], found["troubled"], found["server"]) == (1, [], "printed")


def test_mails_that_nobody_sends_are_told(settings: Settings) -> None:
    waiting_mail(timezone.now() - timedelta(hours=2))
    assert "does `medspil worker` run" in run("status").output
    assert "1 are late" in mail_found()[1]
    Message.objects.update(state=MessageState.SENDING, claimed_until=timezone.now() - timedelta(hours=1))
    assert "1 are late" in mail_found()[1]
    settings.MAIL_WITHOUT_SERVER = ""
    assert "MEDSPIL_SMTP_HOST" in run("status").output
    assert mail_found() == (False, "no mail server: people get no links; set MEDSPIL_SMTP_HOST.")
