"""The outbox: what is put in goes out once, is asked about before it goes, and leaves little behind."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, User
from medspil.notices import services
from medspil.notices.checks import NotAnyMore, PurposeUnknown, before_sending
from medspil.notices.forgetting import KEPT_FOR, forget_about, forget_address, forget_old_mails
from medspil.notices.letters import AddressRefused, HeaderRefused, letter_of, one_line
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import OnBehalfOf, send_due
from medspil.notices.transport import TryLater
from medspil.organisations.models import Organisation
from tests.factories.people import NOW
from tests.factories.post import deliver, waiting_mail

pytestmark = pytest.mark.django_db
GONE = "gone_in_tests"


@before_sending(GONE)
def says_no(_message: Message, _now: datetime) -> None:
    """Be a check that finds the consent withdrawn."""
    raise NotAnyMore("Samtykket er trukket tilbage.")


def test_a_mail_waits_goes_out_once_and_its_text_is_thrown_away() -> None:
    message = waiting_mail(NOW, text="Hej på linje 1\r\nog 2", reply_to="anna@example.org")
    assert not mail.outbox
    assert [deliver(NOW), deliver(NOW + timedelta(days=2))] == [1, 0]
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["bo@example.org"], "Hej", "Hej på linje 1\nog 2\n")
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert sent.extra_headers["Reply-To"] == "anna@example.org"
    message.refresh_from_db()
    assert (message.state, message.text, message.sent_at, message.attempts) == (MessageState.SENT, "", NOW, 1)


def test_the_same_key_gives_the_mail_that_is_there() -> None:
    first = waiting_mail(NOW, dedupe_key="one")
    assert waiting_mail(NOW, dedupe_key="one", subject="Noget andet") == first
    deliver()
    assert waiting_mail(NOW, dedupe_key="one") == first
    assert not deliver()


def test_a_mail_of_a_transaction_that_fails_is_not_there() -> None:
    def fail() -> None:
        with transaction.atomic():
            waiting_mail(NOW)
            raise services.NotPossibleNow

    with pytest.raises(services.NotPossibleNow):
        fail()
    assert not Message.objects.exists()


def test_a_mail_waits_for_its_day() -> None:
    waiting_mail(NOW, not_before=NOW + timedelta(days=3))
    assert not deliver(NOW + timedelta(days=2))
    assert deliver(NOW + timedelta(days=3))


def test_what_holds_no_longer_when_it_is_sent_is_stopped_with_the_reason() -> None:
    message = waiting_mail(NOW, purpose=GONE)
    assert not deliver()
    message.refresh_from_db()
    assert (message.state, message.problem, message.text) == (
        MessageState.STOPPED,
        "Samtykket er trukket tilbage.",
        "",
    )
    assert not mail.outbox


def test_a_purpose_that_nobody_has_named_is_not_taken_and_waits_for_a_worker_that_knows_it() -> None:
    with pytest.raises(PurposeUnknown):
        waiting_mail(NOW, purpose="nonsense")
    message, other = waiting_mail(NOW), waiting_mail(NOW)
    Message.objects.update(purpose="of_a_newer_version")
    assert not deliver()
    Message.objects.filter(pk=message.pk).update(purpose=message.purpose)
    assert deliver() == 1
    for hours in (2, 30):
        assert not deliver(NOW + timedelta(hours=hours))
    other.refresh_from_db()
    assert (other.state, other.text) == (MessageState.GIVEN_UP, "Kære Bo\n\nHej.")


def test_a_purpose_has_one_check() -> None:
    before_sending(GONE)(says_no)
    with pytest.raises(ValueError, match=GONE):
        before_sending(GONE)(lambda _message, _now: None)


@pytest.mark.parametrize("field", ["subject", "to_name", "to", "reply_to"])
@pytest.mark.parametrize("sign", ["\r\nBcc: alle@example.org", "\n", "\r", "\x00", "\u2028", "\x85", "\ud800"])
def test_a_header_cannot_be_smuggled_in(field: str, sign: str) -> None:
    with pytest.raises(HeaderRefused):
        waiting_mail(NOW, **{field: f"bo@example.org{sign}"})
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["", "bo", "bo@example.org, carl@example.org", "Bo <bo@example.org>", "bø@x.dk"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        waiting_mail(NOW, to=address)


def test_names_and_subjects_of_any_kind_arrive_as_they_are() -> None:
    name, subject = 'Bo "Bob" Åkjær, <A/S>; #panic(1)', one_line("Står det\r\nstadig ved magt? 🏠 " + "x" * 300)
    message = waiting_mail(
        NOW, to_name=name, subject=subject, to="bo@blåbær.dk", text=".\n..\nFrom: æøå\n" + "ø" * 5000
    )
    letter = letter_of(message)
    address = letter["To"].addresses[0]
    assert (address.display_name, address.addr_spec) == (name, "bo@xn--blbr-roah.dk")
    assert str(letter["Subject"]) == message.subject
    assert len(message.subject) == 200
    assert max(map(len, letter.as_bytes().split(b"\r\n"))) <= 998
    assert letter.get_content() == message.text + "\n"


def test_without_a_mail_server_everything_waits_untouched(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.MAIL_WITHOUT_SERVER = "", ""
    message = waiting_mail(NOW)
    assert deliver() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 0)


def test_attempts_are_made_by_the_clock_of_the_world_when_the_clocks_change() -> None:
    """On 25 October 2026 at 3 o'clock it is 2 o'clock again in Copenhagen."""
    night = datetime(2026, 10, 25, 2, 59, tzinfo=ZoneInfo("Europe/Copenhagen"))

    def slow(*_mail: object) -> None:
        raise TryLater("Later", whole_server=False)

    message = waiting_mail(night)
    send_due(clock=lambda: night, transport=slow)
    message.refresh_from_db()
    assert message.next_try_at - night.astimezone(UTC) == timedelta(minutes=1)
    Message.objects.update(attempts=3)
    send_due(clock=lambda: night + timedelta(hours=2), transport=slow)
    message.refresh_from_db()
    again = (night + timedelta(hours=2)).astimezone(UTC)
    assert message.next_try_at - again == timedelta(hours=2)
    assert not send_due(clock=lambda: again + timedelta(minutes=119), transport=slow)


def test_an_address_is_forgotten_at_once_and_what_waits_for_it_is_stopped() -> None:
    sent, other = waiting_mail(NOW, to_name="Bo"), waiting_mail(NOW, to="carl@example.org")
    deliver()
    waits = waiting_mail(NOW, dedupe_key="later")
    assert forget_address(email=" Bo@Example.org ", now=NOW) == 2
    assert not deliver()
    for message in (sent, waits):
        message.refresh_from_db()
        assert (message.to_email, message.to_name, message.subject, message.text) == ("", "", "", "")
    assert (sent.state, waits.state) == (MessageState.SENT, MessageState.STOPPED)
    other.refresh_from_db()
    assert other.to_email == "carl@example.org"
    assert waiting_mail(NOW, dedupe_key="later") == waits
    assert forget_address(email="", now=NOW) == 0


def test_a_mail_that_is_forgotten_while_it_is_being_sent_is_not_handed_over() -> None:
    message, handed_over = waiting_mail(NOW), []

    def forgotten_meanwhile(letter: object, before_the_dot: Callable[[], None]) -> None:
        forget_address(email="bo@example.org", now=NOW)
        before_the_dot()
        handed_over.append(letter)

    assert not send_due(clock=lambda: NOW, transport=forgotten_meanwhile)
    assert not handed_over
    assert not deliver(NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert (message.state, message.to_email) == (MessageState.STOPPED, "")


def test_a_mail_that_is_forgotten_while_the_mail_server_is_in_trouble_does_not_wait_for_it() -> None:
    message = waiting_mail(NOW)

    def in_trouble(_letter: object, _before_the_dot: Callable[[], None]) -> None:
        forget_address(email="bo@example.org", now=NOW)
        raise TryLater("…", whole_server=True)

    assert send_due(clock=lambda: NOW, transport=in_trouble) == 0
    message.refresh_from_db()
    assert (message.state, message.to_email, message.problem) == (MessageState.STOPPED, "", "")


def test_mails_about_something_are_forgotten_with_it(vejle: Organisation, anna: User) -> None:
    about, other = waiting_mail(NOW, about=vejle), waiting_mail(NOW, about=anna)
    assert forget_about(records=[vejle], now=NOW) == 1
    assert forget_about(records=[], now=NOW) == 0
    assert deliver() == 1
    about.refresh_from_db()
    other.refresh_from_db()
    assert (about.state, other.state) == (MessageState.STOPPED, MessageState.SENT)


def test_a_month_after_its_end_nobody_knows_to_whom_a_mail_went() -> None:
    message = waiting_mail(NOW, on_behalf_of=OnBehalfOf(7, "Bo Hansens Smedje"))
    deliver(NOW)
    waiting = waiting_mail(NOW, not_before=NOW + timedelta(days=90))
    assert forget_old_mails(now=NOW + KEPT_FOR) == 0
    assert forget_old_mails(now=NOW + KEPT_FOR + timedelta(seconds=1)) == 1
    message.refresh_from_db()
    waiting.refresh_from_db()
    assert (message.to_email, message.on_behalf_of_name, message.state) == ("", "", MessageState.SENT)
    assert waiting.to_email


@pytest.mark.parametrize("state", [MessageState.UNSURE, MessageState.GIVEN_UP, MessageState.WAITING])
def test_a_person_sends_it_again_or_stops_it(anna: User, state: MessageState) -> None:
    message = waiting_mail(NOW)
    Message.objects.update(state=state, attempts=9, next_try_at=NOW + timedelta(hours=2), settled_at=NOW)
    message.refresh_from_db()
    services.send_again(message=message, seen=message.state, by=anna, now=NOW)
    with pytest.raises(services.NotPossibleNow):
        services.stop(message=message, seen=MessageState.SENT, by=anna, now=NOW)
    assert deliver(NOW) == 1
    stopped = waiting_mail(NOW)
    services.stop(message=stopped, seen=stopped.state, by=anna, now=NOW)
    assert not deliver()
    stopped.refresh_from_db()
    assert (stopped.state, stopped.text) == (MessageState.STOPPED, "")
    assert [HistoryEntry.objects.of(one).get().action for one in (message, stopped)] == [
        "mail_sent_again",
        "mail_stopped",
    ]


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.SENDING, MessageState.STOPPED])
def test_what_is_on_its_way_or_settled_is_left_alone(anna: User, state: MessageState) -> None:
    message = waiting_mail(NOW)
    Message.objects.update(state=state)
    message.refresh_from_db()
    for act in (services.send_again, services.stop):
        with pytest.raises(services.NotPossibleNow):
            act(message=message, seen=state, by=anna, now=NOW)
