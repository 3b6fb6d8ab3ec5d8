"""Whose turn an unanswered question is: who has it now and since when, and to whom it goes next and on which day.

The clock (late.py) passes a question on by the same rule that pages tell of: the first working day after the promised
one it goes to the deputy, and a working day later to the chief. Where there is no deputy who can be written to, it goes
to the chief at once; where there is no chief either, it stays where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from medspil.accounts.models import OneTimeLink
from medspil.partnerships.models import PartnerPerson, Question, Standing
from medspil.partnerships.question_mails import PURPOSE
from medspil.partnerships.side_people import SidePeople, people_of
from medspil.partnerships.working_days import after, is_working_day


@dataclass(frozen=True, slots=True)
class Next:
    """The next person a question goes to, the first day on which it does, and where that is written down."""

    person: PartnerPerson
    field: str
    on: date


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has an unanswered question, since when, and what comes next; nobody where nobody can be asked."""

    person: PartnerPerson | None
    since: date
    then: Next | None


def next_turn(question: Question, side: SidePeople) -> Next | None:
    """Return to whom an unanswered question goes when it is late, and from which day on; None where to nobody more."""
    deputy, chief = _reached(side.deputy, side), _reached(side.chief, side)
    if question.to_chief_on:
        return None
    if question.to_deputy_on is None and deputy:
        return Next(deputy, "to_deputy_on", after(question.due_on, 1))
    last = max(question.due_on, question.to_deputy_on or question.due_on)
    return Next(chief, "to_chief_on", after(last, 1)) if chief else None


def turns(questions: Iterable[Question], *, now: datetime) -> dict[int, Turn]:
    """Return by question, loaded `for_page` and unanswered, whose turn it is. Two queries and those of `people_of`."""
    today = timezone.localdate(now)
    waiting = {str(one.pk): one for one in questions}
    people = people_of([one.asked_of for one in waiting.values()], on=today)
    links: dict[str, OneTimeLink] = {}
    sent = OneTimeLink.objects.filter(purpose=PURPOSE, record_id__in=waiting).standing(now)
    for link in sent.order_by("created_at", "pk"):
        links[link.record_id] = link
    return {one.pk: _turn(one, people[one.asked_of_id], links.get(key), today) for key, one in waiting.items()}


def _turn(question: Question, side: SidePeople, link: OneTimeLink | None, today: date) -> Turn:
    then = next_turn(question, side) if question.partnership.standing == Standing.GOING else None
    if then and then.on < today:  # the clock has not come by yet: it goes on the first working day from today
        then = Next(then.person, then.field, today if is_working_day(today) else after(today, 1))
    holder = _to_whom(link, side) if link else None
    if link and holder:
        return Turn(holder, timezone.localdate(link.created_at), then)
    return Turn(*_by_days(question, side), then)


def _to_whom(link: OneTimeLink, side: SidePeople) -> PartnerPerson | None:
    """Return who of a side the last mail went to; of one with two parts the first that is asked."""
    asked = (one for one in (side.contact, side.deputy, side.chief) if one)
    return next((one for one in asked if one.address.lower() == link.recipient_email), None)


def _by_days(question: Question, side: SidePeople) -> tuple[PartnerPerson | None, date]:
    """Return who has it by the days on which it was passed on, where no mail tells."""
    if question.to_chief_on and (chief := _reached(side.chief, side)):
        return chief, question.to_chief_on
    if question.to_deputy_on and (deputy := _reached(side.deputy, side)):
        return deputy, question.to_deputy_on
    return side.to_ask(), question.asked_on


def _reached(person: PartnerPerson | None, side: SidePeople) -> PartnerPerson | None:
    return person if person and person.address and person.pk not in side.gone else None
