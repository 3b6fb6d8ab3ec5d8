"""Letters and talks of a link with somebody who was taken off it since: no side leads to them any more."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from medspil.accounts.models import User
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.models import Link
from medspil.partnerships.models import Conversation, Pitch
from medspil.web.partnerships.words import BADGES


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What was written and said, as the pages of a side show it."""

    letters: list[tuple[Pitch, str]]
    said: list[tuple[Conversation, list[str]]]

    def __bool__(self) -> bool:
        return bool(self.letters or self.said)


def taken_off(user: User, link: Link, today: date) -> TakenOff:
    """Return what a person sees of letters and talks whose side is gone, the newest first. Five queries at most."""
    gone = {"link": link, "party": None}
    letters = Pitch.objects.visible_to(user, on=today).filter(**gone).select_related("sent_by")
    talks = Conversation.objects.visible_to(user, on=today).filter(**gone).select_related("by")
    said = talks.prefetch_related("our_people", "pledges").order_by("-at", "-pk")
    gains, language = vocabulary().gains, get_language() or "da"
    return TakenOff(
        letters=[(one, BADGES[one.state]) for one in letters.order_by("-created_at", "-pk")],
        said=[(one, [gains[code].name(language) for code in one.caught if code in gains]) for one in said],
    )
