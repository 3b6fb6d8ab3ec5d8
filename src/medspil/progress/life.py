"""When something last happened with links and partnerships: steps, words with each side, and what is done together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from medspil.agreements.models import Agreement
from medspil.alignment.models import Edition
from medspil.boards.models import BoardMeeting
from medspil.linking.models import Link, LinkState, LinkStep
from medspil.partnerships.models import Conversation, Pitch, PitchState, Question
from medspil.progress.models import Moment
from medspil.pulses.models import News, PulseAnswer
from medspil.walks.models import Walk


@dataclass(frozen=True, slots=True)
class Life:
    """The last days on which something happened with a link."""

    any: date
    """With the link at all, also a change of its text or its return from where it was put away."""

    step: date
    """A step, a letter, a conversation, or what is done together."""

    sides: Mapping[int, date] = field(default_factory=dict)
    """A letter to a side or a conversation with it, by the key of the side."""


def signs_of_life(links: Iterable[Link]) -> dict[int, Life]:
    """Return by link when something last happened with it. Twelve queries."""
    known = {link.pk: link for link in links}
    steps = _last(LinkStep.objects.filter(link__in=known).values_list("link").annotate(last=Max("on")))
    talks = Conversation.objects.filter(link__in=known).values_list("link", "party").annotate(last=Max("at"))
    sent = Pitch.objects.filter(link__in=known, state=PitchState.SENT).values_list("link", "party")
    sides: dict[int, dict[int, date]] = {key: {} for key in known}
    words: dict[int, date] = {}
    for key, day in _in_partnerships([one.pk for one in known.values() if one.state == LinkState.PARTNERSHIP]):
        words[key] = max(words.get(key, day), day)
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


def _in_partnerships(links: Sequence[int]) -> Iterator[tuple[int, date]]:
    """Yield the last days of what is done once something has begun: walks, own words, agreements, questions, meetings
    of the board, news and answers about how it goes, and what was told to others or celebrated."""
    if not links:
        return
    questions = Question.objects.filter(partnership__link__in=links)
    rows = (
        (Walk.objects.held().filter(link__in=links), "link", "starts_at"),
        (Edition.objects.filter(partner__partnership__link__in=links), "partner__partnership__link", "handed_in_at"),
        (Agreement.objects.filter(partnership__link__in=links), "partnership__link", "state_on"),
        (
            BoardMeeting.objects.held().filter(board__partnership__link__in=links),
            "board__partnership__link",
            "starts_at",
        ),
        (News.objects.standing().filter(partnership__link__in=links), "partnership__link", "created_at"),
        (PulseAnswer.objects.filter(round__partnership__link__in=links), "round__partnership__link", "answered_on"),
        (Moment.objects.standing().filter(partnership__link__in=links), "partnership__link", "on"),
        (questions, "partnership__link", "asked_on"),
        (questions.exclude(answered_on=None), "partnership__link", "answered_on"),
    )
    for found, link, day in rows:
        yield from _last(found.order_by().values_list(link).annotate(last=Max(day))).items()


def _last(rows: Iterable[tuple[int, date | datetime]]) -> dict[int, date]:
    return {key: timezone.localdate(day) if isinstance(day, datetime) else day for key, day in rows}
