"""When something last happened with links: the steps of all, and letters and conversations with each side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from medspil.linking.models import Link, LinkStep
from medspil.partnerships.models import Conversation, Pitch, PitchState


@dataclass(frozen=True, slots=True)
class Life:
    """The last days on which something happened with a link."""

    any: date
    """With the link at all, also a change of its text or its return from where it was put away."""

    step: date
    """A step, a letter or a conversation."""

    sides: Mapping[int, date] = field(default_factory=dict)
    """A letter to a side or a conversation with it, by the key of the side."""


def signs_of_life(links: Iterable[Link]) -> dict[int, Life]:
    """Return by link when something last happened with it. Three queries."""
    known = {link.pk: link for link in links}
    steps = _last(LinkStep.objects.filter(link__in=known).values_list("link").annotate(last=Max("on")))
    talks = Conversation.objects.filter(link__in=known).values_list("link", "party").annotate(last=Max("at"))
    sent = Pitch.objects.filter(link__in=known, state=PitchState.SENT).values_list("link", "party")
    sides: dict[int, dict[int, date]] = {key: {} for key in known}
    words: dict[int, date] = {}
    for link, party, at in [*talks.order_by(), *sent.annotate(last=Max("sent_at")).order_by()]:
        day = timezone.localdate(at)
        words[link] = max(words.get(link, day), day)
        if party is not None:
            sides[link][party] = max(sides[link].get(party, day), day)
    found = {}
    for key, link in known.items():
        step = max(steps.get(key, link.state_on), words.get(key, link.state_on))
        found[key] = Life(max(step, timezone.localdate(link.updated_at)), step, sides[key])
    return found


def _last(rows: Iterable[tuple[int, date | datetime]]) -> dict[int, date]:
    return {key: timezone.localdate(day) if isinstance(day, datetime) else day for key, day in rows}
