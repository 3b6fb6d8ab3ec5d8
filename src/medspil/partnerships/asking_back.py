"""What a side without an account asks by the link it got, and the mail that brings it the answer.

Whoever may answer for a side by a one-time link may ask for it too: the clock runs for the others as it runs for them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnknown, find
from medspil.linking.parties import name_of
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.hours import too_early
from medspil.notices.models import Message
from medspil.notices.transport import is_set_up
from medspil.partnerships.asking_leaders import ask_leader, leader_behind
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.handing_over import TakenOver, asks_a_side, end_link, taken_over
from medspil.partnerships.models import Conversation, Partner, PartnerPerson, Question, Standing
from medspil.partnerships.people import HasLeft
from medspil.partnerships.question_mails import PURPOSE as QUESTION
from medspil.partnerships.questions import (
    Address,
    NothingAsked,
    PartnershipOver,
    answer_by_link,
    put,
    question_of,
    who_answers,
    words_of,
)
from medspil.partnerships.side_mails import mail_link

PURPOSE = "partnership_answer"
MOST_OPEN = 3
TOLD_WITHIN = timedelta(days=30)
SideOf = Callable[[OneTimeLink], Partner]


class EnoughAsked(Exception):
    """A side that waits for several answers already."""

    def __init__(self) -> None:
        super().__init__(_("Three questions of yours wait for an answer. Wait for one of them, or ring up."))


class NobodyElse(Exception):
    """A question to nobody, to the own side, or to one that takes part no more."""

    def __init__(self) -> None:
        super().__init__(_("Choose whom you ask."))


@transaction.atomic
def ask_by_link(
    *, token: str, side_of: SideOf, asked_of: int, text: str, creation_key: UUID, now: datetime, address: Address
) -> Question:
    """Put a question in the name of the side that a link went to, which stays as usable as it was.

    `side_of` says whose link it is. Where nobody answers for the other side yet, the question waits there. Raises
    `LinkUnusable`, `NobodyElse`, `EnoughAsked`, `NothingAsked`, `TextTooLong`, `HasLeft`, `PartnershipOver`,
    `PartnershipPutAway`, `CprNumberFound`.
    """
    put_by = side_of(find(token=token, now=now))
    words, partnership = words_of(text), put_by.partnership
    refuse_put_away(partnership)
    if partnership.standing == Standing.ENDED:
        raise PartnershipOver
    if put_by.left_on or put_by.side.withdrawn:
        raise HasLeft
    other = next((one for one in others_of(put_by) if one.pk == asked_of), None)
    if other is None:
        raise NobodyElse
    by_link = Question.objects.open().filter(put_by=put_by, asked_by=None)
    if by_link.exclude(creation_key=creation_key).count() >= MOST_OPEN:
        raise EnoughAsked
    question = Question(partnership=partnership, asked_of=other, put_by=put_by, text=words)
    return put(question, first=who_answers(other, now), creation_key=creation_key, now=now, address=address)


@transaction.atomic
def reply_by_link(
    *, token: str, text: str, back: str, creation_key: UUID, now: datetime, address: Address
) -> tuple[Question | None, Question | Conversation | None]:
    """Answer a question by its link, ask something back, or both; return what was answered and what was asked.

    Where those who lead asked and are no side, what is asked goes to them and is a note of what was said.

    The link is used up by an answer alone. Raises what `questions.answer_by_link` and `ask_by_link` raise.
    """
    asked: Question | Conversation | None = None
    if not text.strip() and not back.strip():
        raise NothingAsked
    if back.strip():
        link = find(token=token, now=now)
        question = question_of(link) if link.purpose == QUESTION else None
        asker = _asker(question) if question else None
        leader = leader_behind(question) if question and not asker else None
        if question and leader:
            asked = ask_leader(
                question=question, link=link, leader=leader, text=back, creation_key=creation_key, now=now
            )
        else:
            asked = ask_by_link(
                token=token, side_of=lambda one: question_of(one).asked_of, asked_of=asker.pk if asker else 0,
                text=back, creation_key=creation_key, now=now, address=address,
            )  # fmt: skip
    return answer_by_link(token=token, text=text, now=now) if text.strip() else None, asked


def others_of(partner: Partner) -> list[Partner]:
    """Return the sides that a side can ask, in the order in which they came."""
    there = Partner.objects.filter(partnership=partner.partnership_id).there().exclude(pk=partner.pk).for_page()
    return [one for one in there if not one.side.withdrawn]


def asked_back(question: Question) -> Partner | None:
    """Return whom somebody asks who is asked a question: the side that put it, or that of those who lead."""
    asker = _asker(question)
    return asker if asker and asker.left_on is None and not asker.side.withdrawn else None


def _asker(question: Question) -> Partner | None:
    if question.put_by:
        return question.put_by
    owner = question.partnership.link.area.owner_id
    return next((one for one in others_of(question.asked_of) if one.side.organisation_id == owner), None)


def tell_answers(*, now: datetime, address: Address) -> int:
    """Mail the answers to questions that came by a link, once each; return how many. Again, it changes nothing.

    `address` makes the address of a page of its token. Where nobody can be written to, it waits for a month.
    """
    if not is_set_up():
        return 0
    since = timezone.localdate(now) - TOLD_WITHIN
    by_link = Question.objects.filter(asked_by=None, put_by__left_on=None, put_by__isnull=False, forgotten_at=None)
    waiting = by_link.filter(answered_on__gte=since, answer_told_at=None).for_page().order_by("pk")
    return sum(_tell(one, to, now, address) for one in waiting if (to := _reader(one, now)))


def hand_over(*, now: datetime, address: Address) -> int:
    """Mail an answer that went to somebody who has handed over to whoever came after her; return how many."""
    if too_early(now):
        return 0
    links = list(OneTimeLink.objects.filter(purpose=PURPOSE).standing(now).order_by("pk"))
    seen = Question.objects.filter(forgotten_at=None, put_by__left_on=None).for_page()
    known = seen.in_bulk([one.record_id for one in links])
    asked = [(one, side) for one in links if (told := known.get(int(one.record_id))) and (side := told.put_by)]
    return sum(
        _tell_anew(one, known[int(one.link.record_id)], now=now, address=address) for one in taken_over(asked, now=now)
    )


@transaction.atomic
def _tell_anew(one: TakenOver, question: Question, *, now: datetime, address: Address) -> bool:
    return end_link(one, now=now) and _mail(question, one.to, now=now, address=address)


def answered(link: OneTimeLink) -> Question:
    """Return the question whose answer a link shows."""
    return question_of(link)


@asks_a_side(PURPOSE)
def side_told(link: OneTimeLink) -> Partner:
    """Return the side that asked, and reads the answer by a link. Raises `LinkUnknown` where it is gone."""
    put_by = answered(link).put_by
    if put_by is None:
        raise LinkUnknown
    return put_by


@before_sending(PURPOSE, label=_("Answer to a question in a partnership"))
def still_told(message: Message, now: datetime) -> None:
    """Tell nobody an answer that was forgotten, or who takes part no more."""
    found = Question.objects.filter(pk=int(link_of(message, now).record_id), forgotten_at=None)
    if not found.filter(put_by__left_on=None).exists():
        raise NotAnyMore(_("The side has left the partnership, or the answer was forgotten."))


def _reader(question: Question, now: datetime) -> PartnerPerson | None:
    return who_answers(question.put_by, now) if question.put_by else None


@transaction.atomic
def _tell(question: Question, to: PartnerPerson, now: datetime, address: Address) -> bool:
    """Mail one answer: of two workers at once one makes the mail."""
    untold = Question.objects.filter(pk=question.pk, answer_told_at=None, forgotten_at=None)
    return bool(untold.update(answer_told_at=now)) and _mail(question, to, now=now, address=address)


def _mail(question: Question, to: PartnerPerson, *, now: datetime, address: Address) -> bool:
    return mail_link(
        to=to,
        purpose=PURPOSE,
        record=question,
        partnership=question.partnership,
        template="partnerships/mail/answer.txt",
        facts={"question": question, "answered_by": name_of(question.asked_of.side)},
        subject=lambda: gettext("An answer to your question"),
        by=None,
        now=now,
        address=address,
    )
