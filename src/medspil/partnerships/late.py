"""What the clock does by itself: pass late questions on, to the deputy and then the chief, and hand open ones over.

To whom a late question goes and when stands in turns.py, where its page reads it too. While a partnership pauses, the
clock passes nothing on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from medspil.accounts.models import OneTimeLink, record_history
from medspil.accounts.one_time_links import revoke
from medspil.common.models import EditConflict
from medspil.linking.parties import Who, maybe_one_of, who
from medspil.notices.forgetting import forget_about
from medspil.notices.hours import too_early
from medspil.partnerships.models import Partner, PartnerPerson, Question, QuestionQuerySet, Standing
from medspil.partnerships.question_mails import PURPOSE, mail_question
from medspil.partnerships.side_people import in_their_place, people_of, still_there
from medspil.partnerships.turns import next_turn
from medspil.partnerships.working_days import between, is_working_day

FEWEST = 3
"""Under so many questions no time of answering is told: it would be that of one bad week."""


def pass_on_late(*, now: datetime, address: Callable[[str], str]) -> int:
    """Pass on what is late; return how many mails that made. Run again the same day, it changes nothing."""
    today = timezone.localdate(now)
    if not is_working_day(today) or too_early(now):
        return 0
    late = Question.objects.overdue(today).filter(asked_of__left_on=None, partnership__archived_at=None)
    waiting = late.filter(partnership__standing=Standing.GOING, to_chief_on=None)
    return sum(_pass_on(question, today=today, now=now, address=address) for question in waiting.for_page())


def hand_over(*, now: datetime, address: Callable[[str], str]) -> int:
    """Put questions that wait to whoever answers for the side by now: return how many mails that made.

    A link that went to somebody whose part is over, or who has left the organisation, is taken back. Where none is
    left, as when it has run out or its reader was forgotten, the contact person of today gets one. Run again, it
    changes nothing. Four queries and more.
    """
    today = timezone.localdate(now)
    if too_early(now):
        return 0
    waiting = Question.objects.open().filter(asked_of__left_on=None, partnership__archived_at=None)
    found = list(waiting.filter(partnership__standing=Standing.GOING).for_page())
    reached = _reached_on([one.asked_of for one in found], today)
    standing: dict[str, list[OneTimeLink]] = {}
    for link in OneTimeLink.objects.filter(purpose=PURPOSE).standing(now).order_by("pk"):
        standing.setdefault(link.record_id, []).append(link)
    return sum(
        _handed_over(one, standing.get(str(one.pk), []), reached.get(one.asked_of_id, set()), now=now, address=address)
        for one in found
    )


def _reached_on(sides: list[Partner], today: date) -> dict[int, set[str]]:
    """Return by side the addresses of those who have a part there and are still there."""
    known = {one.pk: one for one in sides}
    found: dict[int, set[str]] = {}
    people = list(PartnerPerson.objects.filter(partner__in=known).standing(today).for_page())
    over = in_their_place(people, on=today)
    for person in people:
        person.partner = known[person.partner_id]
        if person.pk not in over and still_there(person):
            found.setdefault(person.partner_id, set()).add(person.address.lower())
    return found


def _handed_over(
    question: Question, links: list[OneTimeLink], reached: set[str], *, now: datetime, address: Callable[[str], str]
) -> bool:
    """Take back links to people whose part is over, and mail who answers today if no link is left."""
    over = [link for link in links if link.recipient_email not in reached]
    if links and not over:
        return False
    to = people_of([question.asked_of], on=timezone.localdate(now))[question.asked_of_id].to_ask()
    if to is None:
        return False
    with transaction.atomic():
        for link in over:
            revoke(link=link, now=now)
        forget_about(records=over, now=now)
        if len(over) < len(links):
            return False
        mail_question(question=question, to=to, by=None, now=now, address=address)
    return True


def _pass_on(question: Question, *, today: date, now: datetime, address: Callable[[str], str]) -> bool:
    then = next_turn(question, people_of([question.asked_of], on=today)[question.asked_of_id])
    if then is None or then.on > today:
        return False
    try:
        with transaction.atomic():
            question.save_changes(expected_version=question.version, now=now, **{then.field: today})
            mail_question(question=question, to=then.person, by=None, now=now, address=address)
            record_history(record=question.partnership, action="question_passed_on", by=None, now=now)
    except EditConflict:
        return False  # answered at this moment, or another worker was faster
    return True


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """How fast a party answers, in working days; `days` is None where it rests on too few questions."""

    days: float | None
    rests_on: int
    late_now: int
    """Of these, questions that are late and still wait: they count with the days they have waited so far."""


def answer_times(partners: list[Partner], questions: QuestionQuerySet, *, on: date) -> dict[int, AnswerTime]:
    """Return by side how fast its party answers, in all partnerships among `questions`, those that a person sees.

    The median of working days, with those that are late and unanswered as long as they have waited: silence must not
    look fast. What was taken back counts for nobody.
    """
    asked: dict[Who, list[tuple[int, bool]]] = {}
    theirs = maybe_one_of({who(partner.side) for partner in partners}, "asked_of__side")
    told = questions.filter(theirs, Q(answered_on__isnull=False) | Q(due_on__lt=on), dropped_at=None)
    for question in told.for_page():
        end, late = question.answered_on or on, question.answered_on is None
        asked.setdefault(who(question.asked_of.side), []).append((between(question.asked_on, end), late))
    found = {}
    for partner in partners:
        times = asked.get(who(partner.side), [])
        middle = float(median(days for days, _late in times)) if len(times) >= FEWEST else None
        found[partner.pk] = AnswerTime(middle, len(times), sum(late for _days, late in times))
    return found
