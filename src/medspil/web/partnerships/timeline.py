"""What happened in a partnership and what is planned: each room adds what it knows with one line in `SOURCES`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from medspil.agreements.models import Agreement
from medspil.boards.models import Board, BoardMeeting, MeetingState
from medspil.boards.register import register
from medspil.linking.parties import names_for
from medspil.linking.planned import happened_and_planned
from medspil.partnerships.models import Conversation, Pitch, PitchState, Question
from medspil.progress.models import Moment
from medspil.walks.models import Walk, WalkState
from medspil.web.partnerships.cards import Look

MOST = 60
NEWEST = 8


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on a day, or will: in words, with the page that tells more if the person may open it.

    What lies ahead is planned. A source says so itself of what nobody has told the outcome of, though its day is over.
    """

    on: date
    what: str
    url: str = ""
    more: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, the newest first, and what is planned, the next one first."""

    happened: list[Happening]
    planned: list[Happening]

    @property
    def newest(self) -> list[Happening]:
        """Return what happened last."""
        return self.happened[:NEWEST]

    @property
    def earlier(self) -> list[Happening]:
        """Return what happened before that."""
        return self.happened[NEWEST:]


Source = Callable[[Look], Iterable[Happening]]


def of_the_link(look: Look) -> Iterable[Happening]:
    """Yield the steps of the link it came of, as all its sides know them."""
    link = look.partnership.link
    names = names_for(look.user, link.parties.for_page())
    happened, planned = happened_and_planned(link.steps.all(), link.brokerages.all(), look.today)
    for step, on in [*happened, *((one, one.on) for one in planned)]:
        who = names.get(step.party_id or 0, "")
        words = capfirst(step.get_what_display())
        yield Happening(on, f"{words}: {who}" if who else words, more=step.note)


def of_talks(look: Look) -> Iterable[Happening]:
    """Yield calls and meetings, for those of the area: what was said is on their pages."""
    if not look.rights.runs:
        return
    talks = Conversation.objects.visible_to(look.user, on=look.today).filter(link=look.partnership.link)
    for talk in talks:
        url = reverse("partnerships:conversation", args=[talk.pk])
        words = capfirst(talk.get_channel_display())
        yield Happening(localdate(talk.at), words, url, _unheard(look, localdate(talk.at), talk.planned), talk.planned)


def of_letters(look: Look) -> Iterable[Happening]:
    """Yield the letters that went out, for those of the area."""
    if not look.rights.runs:
        return
    sent = Pitch.objects.visible_to(look.user, on=look.today).filter(link=look.partnership.link, state=PitchState.SENT)
    for letter in sent.exclude(sent_at=None):
        if letter.sent_at:
            yield Happening(
                localdate(letter.sent_at), _("Letter sent"), reverse("partnerships:letter", args=[letter.pk])
            )


def of_questions(look: Look) -> Iterable[Happening]:
    """Yield questions and answers that the person may read."""
    for question in Question.objects.visible_to(look.user).filter(partnership=look.partnership):
        url = reverse("partnerships:question", args=[question.pk])
        yield Happening(question.asked_on, _("A question was put"), url)
        if question.answered_on:
            yield Happening(question.answered_on, _("A question was answered"), url)


def of_sides(look: Look) -> Iterable[Happening]:
    """Yield who joined later and who withdrew, and how the partnership stands."""
    partnership = look.partnership
    sides = list(partnership.partners.all())
    names = names_for(look.user, [one.side for one in sides])
    for one in sides:
        if one.joined_on != partnership.begun_on:
            yield Happening(one.joined_on, _("Takes part from now on: %(name)s") % {"name": names[one.side_id]})
        if one.left_on:
            words = _("Has withdrawn: %(name)s") % {"name": names[one.side_id]}
            yield Happening(one.left_on, words, more=one.left_why)
    if partnership.standing_on != partnership.begun_on:
        words = _("The partnership: %(standing)s") % {"standing": partnership.get_standing_display()}
        yield Happening(partnership.standing_on, words, more=partnership.standing_why)


def of_walks(look: Look) -> Iterable[Happening]:
    """Yield the walks that were held or are planned; a broker hears only when they are."""
    walks = Walk.objects.visible_to(look.user, on=look.today).of_link(look.partnership.link)
    for walk in walks.exclude(state=WalkState.CANCELLED):
        on, planned = localdate(walk.starts_at), walk.state == WalkState.PLANNED
        url = reverse("walks:walk", args=[walk.pk])
        yield Happening(on, _("Walk through the area"), url, _unheard(look, on, planned), planned)


def of_agreements(look: Look) -> Iterable[Happening]:
    """Yield when versions of the agreement were proposed and confirmed by all."""
    for version in Agreement.objects.visible_to(look.user, on=look.today).of(look.partnership):
        url = reverse("agreements:version", args=[look.partnership.pk, version.number])
        if version.proposed_at:
            words = _("Agreement proposed, version %(number)s") % {"number": version.number}
            yield Happening(localdate(version.proposed_at), words, url)
        if version.confirmed_at:
            words = _("Agreement confirmed by all, version %(number)s") % {"number": version.number}
            yield Happening(localdate(version.confirmed_at), words, url)


def of_moments(look: Look) -> Iterable[Happening]:
    """Yield what was told to others and celebrated."""
    moments = Moment.objects.visible_to(look.user, on=look.today).filter(partnership=look.partnership).standing()
    for moment in moments:
        yield Happening(moment.on, capfirst(moment.get_kind_display()), more=moment.words)


def of_the_board(look: Look) -> Iterable[Happening]:
    """Yield its board's founding, its meetings and what was decided there, to those who see the board."""
    pk = look.partnership.pk
    board = Board.objects.visible_to(look.user, on=look.today).filter(partnership=pk).first()
    if board is None:
        return
    page = reverse("boards:board", args=[pk])
    yield Happening(board.founded_on, _("The board was founded"), page)
    if board.dissolved_on:
        yield Happening(board.dissolved_on, _("The board was dissolved"), page)
    meetings = BoardMeeting.objects.visible_to(look.user, on=look.today).of(board)
    for meeting in meetings.exclude(state=MeetingState.CANCELLED):
        planned = meeting.state == MeetingState.PLANNED
        url = reverse("boards:meeting", args=[pk, meeting.pk])
        yield Happening(meeting.day, _("Board meeting"), url, _unheard(look, meeting.day, planned), planned)
    for entry in register(board):
        if entry.outcome.decided:
            words = _("The board decided: %(item)s") % {"item": entry.decision.item.title}
            url = f"{reverse('boards:decisions', args=[pk])}#decision-{entry.decision.pk}"
            yield Happening(entry.decision.item.meeting.day, words, url)


SOURCES: tuple[Source, ...] = (
    of_the_link, of_talks, of_letters, of_questions, of_sides, of_walks, of_agreements, of_the_board, of_moments,
)  # fmt: skip
"""A room with something to tell adds a function here."""


def timeline(look: Look) -> Timeline:
    """Return what happened, and what is planned."""
    happened: list[Happening] = []
    planned: list[Happening] = []
    for one in (one for source in SOURCES for one in source(look)):
        (planned if one.planned or one.on > look.today else happened).append(one)
    # What is told later comes first within a day too: sorting keeps the order of what is equal.
    happened.reverse()
    happened.sort(key=lambda one: one.on, reverse=True)
    planned.sort(key=lambda one: one.on)
    return Timeline(happened[:MOST], planned[:MOST])


def _unheard(look: Look, on: date, planned: bool) -> str:
    """Return what is told of a plan whose day is over."""
    return _("the day is over; nobody has noted yet how it went") if planned and on < look.today else ""
