"""What is asked again when the mail of a letter goes out, and what is forgotten of letters, in time and at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Link
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import send_due
from medspil.partnerships.forgetting import KEPT_FOR, forget_letters_to, forget_old_letters
from medspil.partnerships.models import Pitch, PitchState
from medspil.partnerships.pitching import send_pitch
from medspil.partnerships.recipients import recipient_of
from medspil.register.models import Unit
from tests.factories import companies, links
from tests.factories.people import NOW
from tests.factories.pitches import ADDRESS, addressed, company, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company."""
    return links.link(need, companies.unit(email="post@smedjen.example"), by=anna)


@pytest.fixture
def pitch(link: Link, anna: User) -> Pitch:
    """Return a letter that waits in the outbox."""
    return sent(addressed(draft(link, by=anna), by=anna), anna)


def sent(pitch: Pitch, by: User) -> Pitch:
    return send_pitch(
        pitch=pitch, counts_as_asked=False, link_version=1, expected_version=pitch.version, by=by, now=NOW
    )


class Post:
    """A transport that keeps the letters it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def __call__(self, letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
        before_the_dot()
        self.letters.append(letter)


def deliver(at: datetime = NOW) -> list[EmailMessage]:
    """Send what is due and return the mails."""
    post = Post()
    send_due(clock=lambda: at, transport=post)
    return post.letters


def test_the_mail_goes_out_as_it_was_written(pitch: Pitch, anna: User) -> None:
    (letter,) = deliver()
    assert letter["To"] == f"Per Smed <{ADDRESS}>"
    assert letter["Reply-To"] == anna.email
    assert letter["Subject"] == pitch.subject
    assert letter.get_content().strip() == pitch.text


def turn_protected(_pitch: Pitch) -> None:
    Unit.objects.update(protected=True)


def cease(_pitch: Pitch) -> None:
    Unit.objects.update(status="ceased")


def put_link_away(_pitch: Pitch) -> None:
    Link.objects.update(archived_at=NOW)


def take_side_off(pitch: Pitch) -> None:
    pitch.link.parties.filter(unit__isnull=False).delete()


@pytest.mark.parametrize("happens", [turn_protected, cease, put_link_away, take_side_off])
def test_what_happens_between_writing_and_sending_stops_the_mail(
    pitch: Pitch, happens: Callable[[Pitch], None]
) -> None:
    happens(pitch)
    assert deliver() == []
    mail = Message.objects.get()
    assert (mail.state, mail.text) == (MessageState.STOPPED, "")
    assert mail.problem
    assert Pitch.objects.get().text


def test_an_address_that_left_the_register_stops_the_mail(link: Link, anna: User) -> None:
    to_register = recipient_of(company(link), "register")
    sent(addressed(draft(link, by=anna), by=anna, recipient=to_register), anna)
    Unit.objects.update(email="")
    assert deliver() == []
    assert Message.objects.get().state == MessageState.STOPPED


def test_letters_are_forgotten_after_two_years_with_their_mail_and_not_before(pitch: Pitch) -> None:
    assert forget_old_letters(now=NOW + KEPT_FOR) == 0
    late = NOW + KEPT_FOR + timedelta(minutes=1)
    assert forget_old_letters(now=late) == 1
    assert forget_old_letters(now=late) == 0
    kept = Pitch.objects.get()
    assert (kept.to_email, kept.to_name, kept.text, kept.subject, kept.state) == ("", "", "", "", PitchState.SENT)
    assert deliver(late) == []


def test_an_address_is_forgotten_at_once_drafts_and_waiting_mails_too(pitch: Pitch, link: Link, anna: User) -> None:
    addressed(draft(link, by=anna), by=anna)
    assert forget_letters_to(email=f" {ADDRESS.upper()} ", now=NOW) == 2
    assert forget_letters_to(email="", now=NOW) == 0
    assert not Pitch.objects.exclude(to_email="").exists()
    assert not Message.objects.exclude(to_email="").exists()
    assert set(Pitch.objects.values_list("state", flat=True)) == {PitchState.SENT, PitchState.PUT_AWAY}
    assert deliver() == []
