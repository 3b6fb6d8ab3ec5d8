"""The PDFs of a board go with its mails, once: the agenda as the mail tells it, the minutes byte by byte as frozen."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards.agenda import take_out
from medspil.boards.approving import NotApproved, add_note
from medspil.boards.calling import call
from medspil.boards.forgetting import forget_members_at
from medspil.boards.minutes_mails import send_minutes, unsent
from medspil.boards.models import BoardMeeting
from medspil.boards.papers import minutes_pdf
from medspil.notices.models import Message, MessageState
from medspil.notices.outbox import send_due
from medspil.notices.transport import TryLater
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once
from tests.factories.people import NOW


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members and rules."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("papers")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def loaded(made: BoardMeeting) -> BoardMeeting:
    """Return a meeting as pages load it."""
    return BoardMeeting.objects.for_page().get(pk=made.pk)


def sent(*, after: timedelta = timedelta(0)) -> dict[str, EmailMessage]:
    """Send what is due, and return the mails by whom they go to."""
    out: dict[str, EmailMessage] = {}

    def take(letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
        before_the_dot()
        out[letter["To"].addresses[0].addr_spec] = letter

    send_due(clock=lambda: NOW + after, transport=take)
    return out


def attached(letter: EmailMessage) -> bytes:
    """Return the one paper of a mail."""
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    content = part.get_content()
    assert isinstance(content, bytes)
    return content


@pytest.mark.django_db(transaction=True)
def test_the_agenda_goes_along_as_the_mail_tells_it_also_where_it_changed_before_the_mail_went() -> None:
    world = MeetingWorld()
    made = world.meeting()
    call(meeting=made, by=world.anna, now=NOW)
    take_out(item=made.items.standing()[0], out=True, by=world.anna, now=NOW)
    tried: list[bytes] = []

    def broken(letter: EmailMessage, _before_the_dot: Callable[[], None]) -> None:
        tried.append(letter.as_bytes())
        raise TryLater("away", whole_server=True)

    send_due(clock=lambda: NOW, transport=broken)
    mails = sent(after=timedelta(hours=1))
    assert len(mails) == 4
    assert tried[0] in {one.as_bytes() for one in mails.values()}  # each time the same bytes
    letter = mails["per@example.org"]
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(attached(letter))).pages)
    assert "Værksted på torvet" in said
    assert [one.get_content_type() for one in letter.walk() if not one.is_multipart()] == [
        "text/plain", "text/calendar", "application/pdf",
    ]  # fmt: skip
    assert not Message.objects.exclude(text="", calendar="", paper="").exists()  # nothing is left in the outbox


@pytest.mark.django_db(transaction=True)
def test_the_minutes_go_once_and_are_the_bytes_that_the_page_gives() -> None:
    world = MeetingWorld()
    made = world.held()
    with pytest.raises(NotApproved):
        send_minutes(meeting=loaded(made), by=world.anna, now=NOW)
    meetings.approved(made, by=world.anna)
    one = loaded(made)
    assert [send_minutes(meeting=one, by=world.anna, now=NOW).written for _time in range(2)] == [4, 0]
    forget_members_at(email="bo@example.org", now=NOW)
    mails = sent()
    assert set(mails) == {"ida@example.org", "per@example.org", world.sanne.email}
    now = NOW + timedelta(days=9)
    assert attached(mails["ida@example.org"]) == minutes_pdf(loaded(made), "da", now=now)
    assert sent(after=timedelta(days=2)) == {}
    note = {"meeting": one, "words": "Uden moms.", "creation_key": uuid4()}
    add_note(**note, by=world.anna, now=now)  # type: ignore[arg-type]
    assert [each.who.shown_name for each in unsent(one)] == ["Ida", "Per", "Sanne"]
    send_minutes(meeting=one, by=world.anna, now=now)
    again = sent(after=timedelta(days=10))
    assert attached(again["ida@example.org"]) == minutes_pdf(loaded(made), "da", now=now + timedelta(days=5))


def test_a_paper_goes_with_the_mail_that_is_forgotten(world: MeetingWorld) -> None:
    made = world.meeting()
    call(meeting=made, by=world.anna, now=NOW)
    assert Message.objects.exclude(paper="").count() == 4
    forget_members_at(email="per@example.org", now=NOW)
    assert Message.objects.exclude(paper="").count() == 3
    (stopped,) = Message.objects.filter(state=MessageState.STOPPED)
    assert stopped.paper == ""
