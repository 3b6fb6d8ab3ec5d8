"""Minutes sent out for approval travel as they were sent, and not once they are other ones: sent as a server sends.

Nothing of a world that others share: what is sent may not stand inside a transaction.
"""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from medspil.boards.papers import minutes_pdf
from medspil.notices.models import Message
from medspil.notices.outbox import send_due
from tests.boards.test_in_writing import WritingWorld
from tests.factories.people import NOW


@pytest.mark.django_db(transaction=True)
def test_the_minutes_go_along_as_they_were_sent_out_and_not_once_they_are_other_ones() -> None:
    world = WritingWorld()
    out: dict[str, bytes] = {}

    def take(letter: EmailMessage, before_the_dot: Callable[[], None]) -> None:
        before_the_dot()
        (part,) = letter.iter_attachments()
        out[letter["To"].addresses[0].addr_spec] = part.get_content()

    world.out()
    world.changed()
    world.out()
    send_due(clock=lambda: NOW, transport=take)
    assert sorted(out) == sorted(["ida@example.org", "per@example.org", world.sanne.email])
    assert out["ida@example.org"] == minutes_pdf(world.loaded(), "da", now=NOW)
    assert Message.objects.filter(purpose="board_minutes_draft", state="stopped").count() == 3
