"""The answer clock: put a question to a side, answer it, take it back; how fast each answers, and what is late.

A question is due as many working days later as the sides promised each other (working_days.py). It goes by mail, with a
one-time link, to the contact person of the side; late, to the deputy, and a working day later to the chief (late.py).
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts import one_time_links
from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import refuse_ahead
from medspil.notices.link_mails import close_links
from medspil.partnerships.editing import cleaned, refuse_put_away
from medspil.partnerships.handing_over import asks_a_side
from medspil.partnerships.models import Part, Partner, PartnerPerson, Partnership, Question, Standing
from medspil.partnerships.people import HasLeft
from medspil.partnerships.question_mails import PURPOSE, mail_question
from medspil.partnerships.side_people import people_of
from medspil.partnerships.working_days import after

Address = Callable[[str], str]


class NothingAsked(Exception):
    """A question or an answer without words."""

    def __init__(self) -> None:
        super().__init__(_("Write what you ask, or what you answer."))


class NobodyToAnswer(Exception):
    """A side that nobody can be asked for."""

    def __init__(self) -> None:
        super().__init__(_("Nobody on that side can be asked yet. Say first who its contact person is."))


class PartnershipOver(Exception):
    """A partnership that has ended asks nothing any more."""

    def __init__(self) -> None:
        super().__init__(_("The partnership has ended. Take it up again first."))


class QuestionClosed(Exception):
    """A question that has been answered or taken back."""

    def __init__(self) -> None:
        super().__init__(_("The question has been answered or taken back already."))


@transaction.atomic
def ask(
    *,
    partnership: Partnership,
    asked_of: Partner,
    put_by: Partner | None,
    text: str,
    creation_key: UUID,
    by: User,
    now: datetime,
    address: Address,
) -> Question:
    """Put a question to a side and mail it to whoever answers for it; the same key again is the same question.

    `address` makes the address of a one-time link of its token. Raises `NothingAsked`, `TextTooLong`,
    `NobodyToAnswer`, `HasLeft`, `PartnershipOver`, `PartnershipPutAway`, `CprNumberFound`.
    """
    refuse_put_away(partnership)
    if partnership.standing == Standing.ENDED:
        raise PartnershipOver
    if asked_of.left_on or (put_by and put_by.left_on):
        raise HasLeft
    words, first = words_of(text), who_answers(asked_of, now)
    if first is None:
        raise NobodyToAnswer
    question = Question(partnership=partnership, asked_of=asked_of, put_by=put_by, text=words, asked_by=by)
    return put(question, first=first, creation_key=creation_key, now=now, address=address)


def who_answers(asked_of: Partner, now: datetime) -> PartnerPerson | None:
    """Return who of a side is asked now; nobody where nobody with an address is named."""
    return people_of([asked_of], on=timezone.localdate(now))[asked_of.pk].to_ask()


def put(
    question: Question, *, first: PartnerPerson | None, creation_key: UUID, now: datetime, address: Address
) -> Question:
    """Write a question down once, start its clock and mail it to who is asked first; inside a step that checked it.

    Where nobody is named, it waits: whoever is named later gets the mail (late.py).
    """
    today, partnership = timezone.localdate(now), question.partnership

    def make() -> Question:
        question.asked_on, question.due_on = today, after(today, partnership.answer_days)
        question.creation_key, question.created_at, question.updated_at = creation_key, now, now
        if first:
            _pass_on(question, first, today)
        question.save(force_insert=True)
        if first:
            mail_question(question=question, to=first, by=question.asked_by, now=now, address=address)
        record_history(record=partnership, action="question_put", by=question.asked_by, now=now)
        return question

    return once(Question.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def answer(
    *, question: Question, text: str, on: date | None = None, expected_version: int, by: User, now: datetime
) -> Question:
    """Write the answer of a side, also one that came on an earlier day by another way.

    Raises `NothingAsked`, `TextTooLong`, `QuestionClosed`, `DayAhead`, `CprNumberFound`, `EditConflict`.
    """
    day = on or timezone.localdate(now)
    refuse_ahead(day, now)
    return _answered(question, words_of(text), max(day, question.asked_on), version=expected_version, by=by, now=now)


def answer_by_link(*, token: str, text: str, now: datetime) -> Question:
    """Take the answer of whoever was asked by a one-time link.

    Raises `LinkUnusable`, `QuestionClosed`, `NothingAsked`, `TextTooLong`, `CprNumberFound`: the link can then be used
    still.
    """
    words = words_of(text)

    def write(link: OneTimeLink) -> Question:
        question = question_of(link)
        day = timezone.localdate(now)
        return _answered(question, words, day, version=question.version, by=None, now=now)

    return one_time_links.use(token=token, purpose=PURPOSE, now=now, answer=write)


@transaction.atomic
def drop(*, question: Question, expected_version: int, by: User, now: datetime) -> Question:
    """Take a question back that nobody has answered. Raises `QuestionClosed`, `EditConflict`."""
    if not question.is_open:
        raise QuestionClosed
    question.save_changes(expected_version=expected_version, now=now, dropped_at=now)
    close_links(question, now=now)
    record_history(record=question.partnership, action="question_dropped", by=by, now=now)
    return question


def drop_open(partnership: Partnership, *, of: Partner | None = None, now: datetime) -> int:
    """Take back what waits for an answer: of all sides, or to and from one that leaves; inside the step itself."""
    waiting = Question.objects.filter(partnership=partnership).open()
    if of:
        waiting = waiting.filter(asked_of=of) | waiting.filter(put_by=of)
    found = list(waiting.order_by("pk"))
    for question in found:
        question.save_changes(expected_version=question.version, now=now, dropped_at=now)
        close_links(question, now=now)
    return len(found)


def question_of(link: OneTimeLink) -> Question:
    """Return the question that a one-time link asks."""
    return Question.objects.for_page().get(pk=int(link.record_id))


@asks_a_side(PURPOSE)
def side_asked(link: OneTimeLink) -> Partner:
    """Return the side that a one-time link asks."""
    return question_of(link).asked_of


def words_of(text: str) -> str:
    """Return a question or an answer as it is kept. Raises `NothingAsked`, `TextTooLong`, `CprNumberFound`."""
    words = cleaned(text)
    if not words:
        raise NothingAsked
    refuse_cpr(words)
    return words


def _pass_on(question: Question, first: PartnerPerson, today: date) -> None:
    """Write down that the contact person is away or gone, and another is asked from the start."""
    if first.part == Part.DEPUTY:
        question.to_deputy_on = today
    elif first.part == Part.CHIEF:
        question.to_chief_on = today


def _answered(question: Question, words: str, on: date, *, version: int, by: User | None, now: datetime) -> Question:
    if not question.is_open:
        raise QuestionClosed
    try:
        question.save_changes(expected_version=version, now=now, answer=words, answered_on=on, answer_noted_by=by)
    except EditConflict:
        if not Question.objects.filter(pk=question.pk).open().exists():
            raise QuestionClosed from None
        raise
    close_links(question, now=now)
    record_history(record=question.partnership, action="question_answered", by=by, now=now)
    return question
