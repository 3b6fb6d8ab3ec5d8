"""Which signs of good advice the data of one partnership show, and what was done in it against what was met about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from medspil.agreements.models import SETTLED, Agreement, FieldCode
from medspil.alignment.models import Difference
from medspil.areas.models import Need
from medspil.boards.models import Board, BoardMeeting
from medspil.boards.register import register
from medspil.linking.models import Link, Origin
from medspil.linking.parties import unit_of
from medspil.mapping.models import Resource
from medspil.organisations.models import Profile
from medspil.partnerships.models import (
    Channel,
    Conversation,
    PartnerGain,
    PartnerPerson,
    Partnership,
    Pitch,
    PitchState,
    Pledge,
    Question,
    When,
)
from medspil.partnerships.models.people import Part
from medspil.progress.advice import Sign
from medspil.progress.life import signs_of_life
from medspil.progress.models import Moment, MomentKind
from medspil.progress.quiet import PARTNERSHIP_QUIET
from medspil.progress.stages import Requirement
from medspil.walks.models import Walk

YEAR = timedelta(days=365)
_SAME = {
    Requirement.WALK: Sign.WALK,
    Requirement.OWN_WORDS: Sign.OWN_WORDS,
    Requirement.DIFFERENCES: Sign.DIFFERENCES,
    Requirement.CONFIRMED: Sign.CONFIRMED,
    Requirement.CONTACTS: Sign.CONTACTS,
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """What was met about, and what was done: the ninth piece of advice in numbers."""

    meetings: int
    minutes: int
    """What was noted of how long talks and meetings took; 0 where nobody noted it."""

    activities: int
    """What the agreement that all have confirmed says will be done."""

    decisions: int
    """Promises kept, differences settled, questions answered, versions of the agreement confirmed, and what the board
    decided that still stands."""

    @property
    def hours(self) -> float:
        """Return the time of talks and meetings in hours, with one decimal."""
        return round(self.minutes / 60, 1)

    @property
    def results_first(self) -> bool:
        """Whether at least as much was done or decided as met about."""
        done = self.activities + self.decisions
        return done > 0 and done >= self.meetings


def signs_of(partnership: Partnership, *, met: Collection[Requirement], gauge: Gauge, on: date) -> frozenset[Sign]:
    """Return the signs that are there on a day, of a partnership loaded `for_page`; `met` is what its stages take and
    have, `gauge` what was met about and done. About two dozen queries."""
    link = partnership.link
    found = {_SAME[one] for one in met if one in _SAME}
    found |= _of_the_need(link, link.need) | _of_the_area(link, on) | _of_the_company(partnership)
    found |= _of_the_work(partnership, on)
    if gauge.activities:
        found.add(Sign.ACTIVITIES)
    if gauge.results_first:
        found.add(Sign.MORE_THAN_MEETINGS)
    return frozenset(found)


def gauge_of(partnership: Partnership) -> Gauge:
    """Return meetings, walks and their time against activities and decisions. Ten queries; eight more with a board."""
    talks = Conversation.objects.held().filter(link=partnership.link_id)
    versions = list(Agreement.objects.of(partnership).filter(state__in=SETTLED).prefetch_related("fields"))
    fields = versions[0].fields.all() if versions else []
    activities = next(
        (len(one.rows) or bool(one.text.strip()) for one in fields if one.code == FieldCode.ACTIVITIES), 0
    )
    board = Board.objects.filter(partnership=partnership).first()
    held = BoardMeeting.objects.held().filter(board__partnership=partnership)
    met = held.aggregate(number=Count("pk"), total=Sum("minutes"))
    return Gauge(
        minutes=(talks.aggregate(total=Sum("minutes"))["total"] or 0) + (met["total"] or 0),
        meetings=talks.filter(channel=Channel.MEETING).count()
        + met["number"]
        + Walk.objects.held().filter(link=partnership.link_id).count(),
        activities=int(activities),
        decisions=Pledge.objects.filter(conversation__link=partnership.link_id, kept_at__isnull=False).count()
        + Difference.objects.filter(partnership=partnership).exclude(outcome="").count()
        + Question.objects.filter(partnership=partnership, answered_on__isnull=False).count()
        + len(versions)
        + (sum(one.stands for one in register(board)) if board else 0),
    )


def _of_the_need(link: Link, need: Need | None) -> set[Sign]:
    """Return what the link's need or challenge says."""
    found = set()
    if link.challenge_id or (need and need.challenge_id):
        found.add(Sign.CHALLENGE)
    challenge = link.challenge or (need.challenge if need else None)
    if (need and need.resources.exists()) or (challenge and challenge.competences.exists()):
        found.add(Sign.COMPETENCES)
    return found


def _of_the_area(link: Link, on: date) -> set[Sign]:
    """Return what mapping the area shows."""
    mapped = Resource.objects.current().filter(area=link.area_id)
    found = {Sign.MAPPED} if mapped.exists() else set()
    return found | ({Sign.MAPPED_LATELY} if mapped.filter(confirmed_on__gte=on - YEAR).exists() else set())


def _of_the_company(partnership: Partnership) -> set[Sign]:
    """Return what shows that the sides were chosen for reasons, looked at and spoken with."""
    link = partnership.link
    units = [unit for one in partnership.partners.all() if (unit := unit_of(one.side))]
    organisations = [one.side.organisation_id for one in partnership.partners.all() if one.side.organisation_id]
    found = set()
    if link.origin != Origin.PERSON or link.grounds:
        found.add(Sign.CHOSEN_WITH_REASONS)
    about = Q(about__in=organisations) | Q(about__unit__in=[unit.pk for unit in units])
    if Profile.objects.filter(about).exists():
        found.add(Sign.LOOKED_AT)
    sent = Pitch.objects.filter(link=link, state=PitchState.SENT)
    talks = Conversation.objects.held().filter(link=link)
    if sent.exists() or talks.exists():
        found.add(Sign.SPOKEN_WITH)
    gains = PartnerGain.objects.filter(partner__partnership=partnership)
    if gains.exists() or sent.exclude(gains=[]).exists():
        found.add(Sign.GAINS_NAMED)
    if gains.filter(when=When.EXPERIENCED).exists():
        found.add(Sign.GAINS_EXPERIENCED)
    return found


def _of_the_work(partnership: Partnership, on: date) -> set[Sign]:
    """Return what shows that people may decide, answer, stay in touch, and tell."""
    found = set()
    contacts = PartnerPerson.objects.standing(on).filter(
        partner__partnership=partnership, partner__left_on=None, part=Part.CONTACT
    )
    told = [bool(one.may_decide_topics or one.may_decide_kroner is not None) for one in contacts]
    if told and all(told):
        found.add(Sign.MAY_DECIDE)
    if not Question.objects.overdue(on).filter(partnership=partnership).exists():
        found.add(Sign.ANSWERS_IN_TIME)
    life = signs_of_life([partnership.link])[partnership.link_id]
    if on - life.step <= PARTNERSHIP_QUIET:
        found.add(Sign.IN_TOUCH)
    lately = Moment.objects.standing().filter(partnership=partnership, on__gte=on - YEAR)
    for kind in lately.values_list("kind", flat=True):
        found.add(Sign.TOLD if kind == MomentKind.TOLD else Sign.CELEBRATED)
    return found
