"""What law asks of a draft, as pages show it: each question with its answer, and how many wait or warn."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from medspil.agreements.models import Agreement
from medspil.agreements.proposing import looked_at
from medspil.agreements.rules import Looked
from medspil.web.agreements.loading import partners_there


@dataclass(frozen=True, slots=True)
class Law:
    """All questions of a draft, in their order."""

    seen: list[Looked]

    @property
    def answered(self) -> int:
        """Return how many have an answer."""
        return len(self.seen) - len(self.unanswered)

    @property
    def unanswered(self) -> list[Looked]:
        """Return those without an answer."""
        return [one for one in self.seen if not one.answered]

    @property
    def warned(self) -> list[Looked]:
        """Return those at which a rule warns, with a reason to go on or without."""
        return [one for one in self.seen if one.warning]

    @property
    def to_look_at_again(self) -> list[Looked]:
        """Return those whose answer was taken over from an earlier version, though what it rests on is another now."""
        return [one for one in self.seen if one.given_for]

    @property
    def open(self) -> list[Looked]:
        """Return those that wait for an answer, or for the reason to go on."""
        return [one for one in self.seen if one.open]


def law_of(draft: Agreement, now: datetime) -> Law:
    """Return what law asks of a draft with what was answered. Eight queries at most."""
    return Law(looked_at(draft, partners_there(draft.partnership), now))


def law_url(pk: int, code: str) -> str:
    """Return the address of one question on the page of all of them."""
    return f"{reverse('agreements:checks', args=[pk])}#law-{code}"
