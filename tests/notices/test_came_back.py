"""A mail that came back: nothing more goes to its address for that organisation, until somebody says otherwise."""

from datetime import timedelta

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.notices.came_back import came_back_from, forget_came_back, note, write_again
from medspil.notices.forgetting import forget_address
from medspil.notices.models import CameBack, Message, MessageState
from medspil.notices.outbox import OnBehalfOf
from medspil.notices.services import NotPossibleNow
from tests.factories.people import NOW
from tests.factories.post import deliver, waiting_mail

pytestmark = pytest.mark.django_db
OURS, THEIRS = OnBehalfOf(1, "Vejle Kommune"), OnBehalfOf(2, "Kolding Kommune")
BENTE = "bente@example.org"


def sent(to: str = BENTE, on_behalf_of: OnBehalfOf | None = OURS) -> Message:
    """Put a mail into the outbox, let it go, and return it as it is then."""
    message = waiting_mail(NOW, to=to, on_behalf_of=on_behalf_of)
    deliver(NOW)
    message.refresh_from_db()
    return message


def test_nothing_more_goes_to_an_address_for_the_organisation_that_saw_a_mail_come_back(anna: User) -> None:
    first = sent()
    for _twice in range(2):
        note(message=first, of=OURS.key, by=anna, now=NOW)
    states = [sent(*facts).state for facts in ((BENTE,), ("Bente@Example.org",), ("per@example.org",))]
    assert states == [MessageState.STOPPED, MessageState.STOPPED, MessageState.SENT]
    assert [sent(BENTE, other).state for other in (THEIRS, None)] == [MessageState.SENT] * 2
    assert came_back_from([BENTE, "per@example.org", ""], of=OURS.key) == {BENTE}
    assert BENTE not in str(list(CameBack.objects.values())) + str(list(HistoryEntry.objects.values()))
    for _twice in range(2):
        write_again(message=first, of=OURS.key, by=anna, now=NOW)
    assert sent().state == MessageState.SENT
    assert list(HistoryEntry.objects.of(first).order_by("pk").values_list("action", flat=True)) == [
        "mail_came_back",
        "mail_written_again",
    ]


def test_what_was_never_sent_or_is_forgotten_did_not_come_back(anna: User) -> None:
    gone = sent("per@example.org")
    waiting = waiting_mail(NOW, to=BENTE, on_behalf_of=OURS)
    forget_address(email="per@example.org", now=NOW)
    gone.refresh_from_db()
    for message in (waiting, gone):
        with pytest.raises(NotPossibleNow):
            note(message=message, of=OURS.key, by=anna, now=NOW)


def test_it_is_forgotten_with_the_address_and_after_a_year(anna: User) -> None:
    for address in (BENTE, "per@example.org"):
        note(message=sent(address), of=OURS.key, by=anna, now=NOW)
    forget_address(email=BENTE.upper(), now=NOW)
    assert CameBack.objects.count() == 1
    days = [forget_came_back(now=NOW + timedelta(days=days)) for days in (365, 366, 367)]
    assert days == [0, 1, 0]
