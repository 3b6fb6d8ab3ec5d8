"""What waits for one person: each thing with what it is about, why it waits for her, and the one page that ends it.

First page, digest and its mail ask here; the words are in the language that is active.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.agreements.models import Agreement
from medspil.alignment.models import Edition
from medspil.boards.models import Board, BoardMember
from medspil.boards.standing import running_out, vacancies
from medspil.linking.deleted_sentences import heading_of, sentence_for_outsiders
from medspil.linking.models import Answer, Candidate, Link, LinkParty
from medspil.linking.parties import names_for
from medspil.partnerships.models import Conversation, Partner, Partnership, Question, Standing
from medspil.partnerships.turns import Turn, turns
from medspil.partnerships.unreached import unreached_for
from medspil.progress.models import Referral
from medspil.progress.quiet import silences
from medspil.progress.referrals import on_it
from medspil.progress.silence_words import SILENCES, TO_DO
from medspil.walks.models import Walk

SOON = timedelta(days=14)
TERM_SOON = timedelta(days=60)
WALK_SOON = timedelta(days=7)


class Wait(StrEnum):
    """Why something waits for a person."""

    HANDED_ON = "handed_on"
    ASKED = "asked"
    CONFIRM = "confirm"
    QUESTION = "question"
    UNREACHED = "unreached"
    UNANSWERED = "unanswered"
    OWN_WORDS = "own_words"
    SILENCE = "silence"
    OFFER_OVER = "offer_over"
    SENTENCE = "sentence"
    NEXT_STEP = "next_step"
    WALK = "walk"
    LOOK_AGAIN = "look_again"
    SEATS = "seats"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing: what it is about, why it waits, the button, and the page by name and key."""

    wait: Wait
    about: str
    why: str
    button: str
    page: str
    keys: tuple[int, ...]
    late: bool = False


def waiting_for(user: User, *, now: datetime) -> list[Waiting]:
    """Return what waits for a person, what is late first. About forty queries, however much there is."""
    today = timezone.localdate(now)
    links = _links(user, today)
    found = [
        *_handed_on(user, today),
        *_asked(user),
        *_to_confirm(user),
        *_questions(user, today),
        *_unreached(user, today),
        *_unanswered(user, now),
        *_own_words(user, today),
        *_silences(user, links, now),
        *_offers_over(links, today),
        *_sentences(links),
        *_next_steps(user, today),
        *_walks(user, now),
        *_look_again(user, today),
        *_boards(user, today),
    ]
    return sorted(found, key=lambda one: not one.late)


def _handed_on(user: User, today: date) -> Iterator[Waiting]:
    waiting = Referral.objects.visible_to(user, on=today).waiting().filter(taker=user).select_related("giver", "link")
    for one in waiting:
        why = _("{name} hands it on to you.").format(name=one.giver)
        yield Waiting(
            Wait.HANDED_ON, one.link.sentence, why, _("Take it on or give it back"), "linking:link", (one.link_id,)
        )


def _asked(user: User) -> Iterator[Waiting]:
    """Yield links in which a side that a person speaks for is asked and has not answered."""
    sides = LinkParty.objects.of(user).filter(answer=Answer.ASKED, link__archived_at=None)
    for one in sides.select_related("link__need", "link__challenge").order_by("asked_on", "pk"):
        assert one.asked_on  # noqa: S101  (kept with the answer)
        why = _("Your side was asked on {day} whether it wants to take part.").format(day=date_format(one.asked_on))
        yield Waiting(Wait.ASKED, heading_of(one.link), why, _("Answer"), "linking:link", (one.link_id,))


def _to_confirm(user: User) -> Iterator[Waiting]:
    for one in Agreement.objects.waiting_for(user).select_related("partnership"):
        why = _("Version {number} of the agreement waits for your side's yes.").format(number=one.number)
        yield Waiting(
            Wait.CONFIRM, one.partnership.name, why, _("Read it and confirm"), "agreements:version",
            (one.partnership_id, one.number),
        )  # fmt: skip


def _questions(user: User, today: date) -> Iterator[Waiting]:
    asked = Question.objects.waiting_for(user).select_related("partnership")
    for one in asked.order_by("due_on", "pk"):
        why = _("Your side was asked something; the answer is due on {day}.").format(day=date_format(one.due_on))
        yield Waiting(
            Wait.QUESTION, one.partnership.name, why, _("Answer"), "partnerships:question", (one.pk,),
            late=one.due_on < today,
        )  # fmt: skip


def _unanswered(user: User, now: datetime) -> Iterator[Waiting]:
    """Yield questions that others are late with, to the side that asked and to those who lead."""
    today = timezone.localdate(now)
    late = Question.objects.asked_for(user).overdue(today).filter(asked_of__left_on=None)
    going = late.filter(partnership__standing=Standing.GOING, partnership__archived_at=None)
    hers = sorted(going.for_page(), key=lambda one: (one.due_on, one.pk))
    names = names_for(user, [one.asked_of.side for one in hers])
    having = turns(hers, now=now) if hers else {}
    for one in hers:
        turn = having[one.pk]
        yield Waiting(
            Wait.UNANSWERED, one.partnership.name, _who_has_it(names[one.asked_of.side_id], one, turn, today),
            _("See who has it, and call"), "partnerships:question", (one.pk,), late=turn.then is None,
        )  # fmt: skip


def _who_has_it(name: str, question: Question, turn: Turn, today: date) -> str:
    days = (today - question.due_on).days
    late = ngettext(
        "{name} has not answered; the answer is {days} day late.",
        "{name} has not answered; the answer is {days} days late.",
        days,
    ).format(name=name, days=days)
    if turn.person is None:
        with_whom = _("Nobody there can be asked: name a contact person.")
    else:
        with_whom = _("It is with {person} ({part}) since {day}.").format(
            person=turn.person.shown_name, part=turn.person.get_part_display(), day=date_format(turn.since)
        )
    return f"{late} {with_whom}"


def _unreached(user: User, today: date) -> Iterator[Waiting]:
    """Yield contact persons whose mails come back, on sides that a person leads or speaks for."""
    lost = list(unreached_for(user, on=today))
    names = names_for(user, [one.partner.side for one in lost])
    for one in lost:
        why = _("Mails to the contact person of {name} come back, so nothing that is asked gets there.")
        yield Waiting(
            Wait.UNREACHED, one.partner.partnership.name, why.format(name=names[one.partner.side_id]),
            _("Write a new address"), "partnerships:side", (one.partner.partnership_id, one.partner_id), late=True,
        )  # fmt: skip


def _own_words(user: User, today: date) -> Iterator[Waiting]:
    written = Edition.objects.values("partner")
    going = Partnership.objects.visible_to(user, on=today).current().filter(standing=Standing.GOING)
    silent = Partner.objects.there().of(user).filter(partnership__in=going).exclude(pk__in=written)
    for one in silent.select_related("partnership").order_by("joined_on", "pk"):
        why = _("Your side has not said what it wants yet.")
        yield Waiting(
            Wait.OWN_WORDS, one.partnership.name, why, _("Write ours"), "alignment:fill", (one.partnership_id, one.pk)
        )


def _links(user: User, today: date) -> list[Link]:
    """Return links that a person is on, and those that nobody is on in the areas she works in."""
    links = list(Link.objects.worked_on_by(user, on=today).live().for_page())
    people = on_it(links)
    return [link for link in links if people.get(link.pk, user) == user]


def _silences(user: User, links: list[Link], now: datetime) -> Iterator[Waiting]:
    """Yield who has been silent for too long in links, ourselves among them."""
    for one in silences(links, user=user, now=now):
        page, keys = one.ended_at
        days = ngettext("for {days} day", "for {days} days", one.days).format(days=one.days)
        why = f"{SILENCES[one.what]}, {days}."
        yield Waiting(Wait.SILENCE, one.link.sentence, why, str(TO_DO[one.what]), page, keys, late=one.ours)


def _offers_over(links: list[Link], today: date) -> Iterator[Waiting]:
    """Yield links that count on an offer that stands no more, until somebody has spoken with a side of them since."""
    over = set(Link.objects.filter(pk__in=[one.pk for one in links]).offer_over(today).values_list("pk", flat=True))
    talks = Conversation.objects.held().filter(link__in=over).order_by().values_list("link")
    spoken = dict(talks.annotate(last=Max("at"))) if over else {}
    for link in links:
        gone = [one for one in link.offers.all() if link.pk in over and not one.is_open(today)]
        days = [day for one in gone if (day := one.closed_on or one.ends_on)]
        last = spoken.get(link.pk)
        if not gone or (last and days and timezone.localdate(last) >= max(days)):
            continue
        why = _("An offer that it counts on stands no more: {offer}.").format(offer=gone[0].title)
        yield Waiting(
            Wait.OFFER_OVER, link.sentence, why, _("Speak with them, and note it"), "linking:link", (link.pk,)
        )


def _sentences(links: list[Link]) -> Iterator[Waiting]:
    """Yield links whose sentence was deleted with what was said of a person."""
    for link in links:
        if not sentence_for_outsiders(link):
            why = _("The sentence of this link was deleted, so letters and calls go without one.")
            yield Waiting(Wait.SENTENCE, heading_of(link), why, _("Write a new sentence"), "linking:link", (link.pk,))


def _next_steps(user: User, today: date) -> Iterator[Waiting]:
    """Yield next steps on shortlists that she took on and whose day has come."""
    due = Candidate.objects.next_steps_of(user).filter(next_step_on__lte=today)
    for one in due.select_related("need").order_by("next_step_on", "pk"):
        assert one.next_step_on  # noqa: S101  (asked for above)
        why = _("The next step with a kept company was due on {day}.").format(day=date_format(one.next_step_on))
        yield Waiting(
            Wait.NEXT_STEP, one.need.title, why, _("Open the shortlist"), "linking:shortlist", (one.need_id,),
            late=one.next_step_on < today,
        )  # fmt: skip


def _walks(user: User, now: datetime) -> Iterator[Waiting]:
    planned = Walk.objects.planned_with(user, on=timezone.localdate(now))
    soon = planned.filter(starts_at__gte=now, starts_at__lte=now + WALK_SOON)
    for one in soon.select_related("link__area").order_by("starts_at", "pk"):
        at = date_format(timezone.localtime(one.starts_at), "DATETIME_FORMAT")
        why = _("You walk together on {at}.").format(at=at)
        yield Waiting(Wait.WALK, one.link.area.name, why, _("See the walk"), "walks:walk", (one.pk,))


def _look_again(user: User, today: date) -> Iterator[Waiting]:
    leading = Partnership.objects.led_by(user)
    due = Agreement.objects.to_look_at_again(today + SOON, on=today).filter(partnership__in=leading)
    for one in due.select_related("partnership"):
        days = [day for day in (one.look_again_on, one.ends_on) if day]
        why = _("The agreement is to be looked at again, or ends, on {day}.").format(day=date_format(min(days)))
        yield Waiting(
            Wait.LOOK_AGAIN, one.partnership.name, why, _("Look at the agreement"), "agreements:overview",
            (one.partnership_id,), late=min(days) < today,
        )  # fmt: skip


def _boards(user: User, today: date) -> Iterator[Waiting]:
    """Yield terms that run out and seats that must be filled where she leads, and her own term on a board."""
    led = Board.objects.at_work().filter(partnership__in=Partnership.objects.led_by(user))
    boards = {one.pk: one for one in led.order_by("pk")}
    for each in running_out(boards.values(), on=today, until=today + TERM_SOON) if boards else ():
        why = ngettext(
            "The term of {members} member ends on {day}, and nobody is elected for the time after.",
            "The terms of {members} members end on {day}, and nobody is elected for the time after.",
            len(each.members),
        ).format(members=len(each.members), day=date_format(each.ends_on))
        yield _of_board(Wait.TERM, each.board, why, _("Elect for the next term"))
    for pk, vacant in sorted(vacancies(boards.values(), on=today).items()) if boards else ():
        why = ngettext("{seats} seat must be filled.", "{seats} seats must be filled.", vacant).format(seats=vacant)
        yield _of_board(Wait.SEATS, boards[pk], why, _("See who sits on it"))
    at_work = Board.objects.at_work()
    hers = BoardMember.objects.filter(user=user, left_on=None, constituency__board__in=at_work).members()
    ends = hers.sitting(today).filter(term_ends_on__lte=today + TERM_SOON)
    for seat in ends.select_related("constituency__board"):
        board = seat.constituency.board
        if seat.term_ends_on and board.pk not in boards:
            why = _("Your term on the board ends on {day}.").format(day=date_format(seat.term_ends_on))
            yield _of_board(Wait.TERM, board, why, _("See who sits on it"))


def _of_board(wait: Wait, board: Board, why: str, button: str) -> Waiting:
    return Waiting(wait, board.name, why, button, "boards:board", (board.partnership_id,))
