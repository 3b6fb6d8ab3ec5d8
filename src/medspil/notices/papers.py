"""Papers that go with a mail: made when the mail is sent, of what was written down with it, so that no file is kept.

A board of fifteen gets one agenda. Kept as files in the outbox it would lie there fifteen times, and for weeks where a
mail server is down. So the outbox holds the few words that a paper is made of, for as long as it holds the text of the
mail, and each attempt makes the same bytes of them. A paper of what is frozen elsewhere is made of that, and the outbox
holds nothing of it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF with the name under which it is saved."""

    name: str
    content: bytes
