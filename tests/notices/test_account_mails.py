"""Mails about accounts, which django-allauth writes, go through the outbox as all do."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.notices.backend import IntoOutbox, NotPlain
from medspil.notices.letters import AddressRefused
from medspil.notices.models import Message, MessageState
from tests.factories.post import deliver, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def into_outbox(settings: Settings) -> None:
    """Take mails in as a running site does; tests elsewhere look at them at once."""
    settings.EMAIL_BACKEND = "medspil.notices.backend.IntoOutbox"


def test_a_forgotten_password_is_answered_by_a_mail_that_waits_for_the_worker(client: Client, anna: User) -> None:
    client.post(reverse("account_reset_password"), {"email": anna.email})
    message = Message.objects.get()
    assert (message.state, message.to_email, message.purpose) == (MessageState.WAITING, anna.email, "account")
    [mail] = sent()
    link = re.search(r"http://testserver(\S+)", str(mail.body))
    assert link
    form = client.get(link[1], follow=True)
    chosen = {"password1": "et-langt-kodeord-77", "password2": "et-langt-kodeord-77"}
    client.post(form.redirect_chain[-1][0], chosen)
    anna.refresh_from_db()
    assert anna.check_password("et-langt-kodeord-77")
    message.refresh_from_db()
    assert (message.state, message.text, message.on_behalf_of) == (MessageState.SENT, "", None)


def test_asking_twice_sends_two_mails_since_the_second_is_meant(client: Client, anna: User) -> None:
    for _time in range(2):
        client.post(reverse("account_reset_password"), {"email": anna.email})
    assert len(sent()) == 2


def test_a_mail_whose_link_has_run_out_while_it_waited_is_not_sent(client: Client, anna: User) -> None:
    client.post(reverse("account_reset_password"), {"email": anna.email})
    message = Message.objects.get()
    assert not deliver(message.created_at + timedelta(seconds=site.PASSWORD_RESET_TIMEOUT))
    message.refresh_from_db()
    assert message.state == MessageState.STOPPED


def test_each_recipient_gets_a_mail_of_her_own_and_a_subject_of_several_lines_becomes_one() -> None:
    mail = EmailMessage("To\r\nBcc: x@example.org", "Hej", None, ["Bo <bo@example.org>"], bcc=["eva@example.org"])
    assert get_connection().send_messages([mail]) == 1
    assert [one.to for one in sent()] == [["bo@example.org"], ["eva@example.org"]]
    assert {one.subject for one in sent()} == {"To Bcc: x@example.org"}


def test_what_is_more_than_plain_text_or_has_no_address_is_a_fault_of_ours() -> None:
    for mail in (EmailMessage("A", "B", None, ["bo@example.org"]), EmailMultiAlternatives("A", "B", None, ["b@x.dk"])):
        if isinstance(mail, EmailMultiAlternatives):
            mail.attach_alternative("<p>B", "text/html")
        else:
            mail.attach("a.txt", "A")
        with pytest.raises(NotPlain):
            IntoOutbox().send_messages([mail])
    with pytest.raises(AddressRefused):
        IntoOutbox().send_messages([EmailMessage("A", "B", None, ["bo"])])
    assert not Message.objects.exists()
