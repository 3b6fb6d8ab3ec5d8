"""What was answered, for whoever may read it: the steps of all sides by round, and where it goes badly for one.

A side reads the steps of the others in a round after its own answer in it. Who leads and speaks for a side does so too
while the round takes answers; of rounds that are over, who leads reads all. Words are for those who lead and for the
side whose they are. No answer is no answer, and never a bad one.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Max
from django.utils import timezone

from medspil.partnerships.models import Conversation, Partner, Partnership, Standing
from medspil.partnerships.permissions import PartnershipRights
from medspil.pulses.models import PulseAnswer, PulseAsk, PulseRound, Step

FALL = 2
"""So many steps down from one answer of a side to its next one is a fall."""
LOW = Step.HARD
"""This step and the one below it are the lowest two."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one round says to one reader, by side: the answers she may read, and those that she may not read yet."""

    round: PulseRound
    answers: dict[int, PulseAnswer]
    hidden: frozenset[int]
    """Sides that have answered, and whose step she reads after her own answer."""
    words: frozenset[int]
    """Sides whose words she may read."""


def told_to(rights: PartnershipRights, partnership: Partnership, *, on: date) -> list[Told]:
    """Return all rounds of a partnership as a person with these rights reads them, the oldest first. Two queries."""
    rounds = {one.pk: one for one in PulseRound.objects.filter(partnership=partnership).order_by("begun_on", "pk")}
    given: dict[int, dict[int, PulseAnswer]] = {pk: {} for pk in rounds}
    for one in PulseAnswer.objects.filter(round__in=rounds).order_by("pk"):
        given[one.round_id][one.partner_id] = one
    return [_told(each, given[pk], rights, on) for pk, each in rounds.items()]


def _told(each: PulseRound, given: dict[int, PulseAnswer], rights: PartnershipRights, on: date) -> Told:
    spoken: Set[int] = rights.own & given.keys()
    all_of_it = bool(spoken) or (rights.runs and (not rights.own or not each.is_open(on)))
    read = {pk: one for pk, one in given.items() if all_of_it or pk in rights.own}
    words = frozenset(pk for pk in read if rights.runs or pk in rights.own)
    return Told(each, read, frozenset(given.keys() - read.keys()), words)


class Why(StrEnum):
    """Why somebody should call a side."""

    FELL = "fell"
    """Two steps or more down since its answer before."""
    LOW = "low"
    """At the lowest two steps in two rounds in a row."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A side for which it goes badly: since when it says so."""

    partner: Partner
    why: Why
    on: date
    said_at: datetime


def falls(partnerships: Iterable[Partnership], *, on: date) -> list[Fall]:
    """Return the sides that somebody should call, of partnerships that go on. For those who lead. Three queries.

    What counts is the last answer of a side, as long as no two rounds passed over it in silence, and until somebody has
    spoken with the side since.
    """
    keys = [one.pk for one in partnerships if one.standing == Standing.GOING and one.archived_at is None]
    rounds: dict[int, list[int]] = {}
    for one in PulseRound.objects.filter(partnership__in=keys, begun_on__lte=on).order_by("begun_on", "pk"):
        rounds.setdefault(one.partnership_id, []).append(one.pk)
    given: dict[int, list[PulseAnswer]] = {}
    answers = PulseAnswer.objects.filter(round__partnership__in=keys, partner__left_on=None, answered_on__lte=on)
    records = ("partner__side__organisation", "partner__side__unit", "partner__side__resource", "partner__partnership")
    for each in answers.select_related(*records).order_by("round__begun_on", "pk"):
        given.setdefault(each.partner_id, []).append(each)
    found = [_fall(mine, rounds[mine[-1].partner.partnership_id]) for mine in given.values()]
    return _not_spoken_with([one for one in found if one])


def _not_spoken_with(found: list[Fall]) -> list[Fall]:
    """Return those with whom nobody has spoken since they answered."""
    if not found:
        return []
    talks = Conversation.objects.held().filter(party__in=[one.partner.side_id for one in found])
    last = dict(talks.order_by().values_list("party").annotate(last=Max("at")))
    return [one for one in found if not (at := last.get(one.partner.side_id)) or not _since(one, at)]


def _since(fall: Fall, at: datetime) -> bool:
    """Tell whether a conversation came after the answer: on a later day, or later on the same day."""
    day = timezone.localdate(at)
    return day > fall.on or (day == fall.on and at >= fall.said_at)


def _fall(mine: list[PulseAnswer], rounds: list[int]) -> Fall | None:
    """Tell from the answers of one side and the rounds of its partnership, oldest first, whether it goes badly."""
    last = mine[-1]
    if len(mine) == 1 or last.round_id not in rounds[-2:]:
        return None
    before = mine[-2]
    if before.step - last.step >= FALL:
        return Fall(last.partner, Why.FELL, last.answered_on, last.created_at)
    in_a_row = rounds.index(last.round_id) - rounds.index(before.round_id) == 1
    if in_a_row and max(before.step, last.step) <= LOW:
        return Fall(last.partner, Why.LOW, last.answered_on, last.created_at)
    return None


def answer_of(ask: PulseAsk) -> PulseAnswer | None:
    """Return what a side that was asked has answered in that round."""
    return PulseAnswer.objects.filter(round=ask.round_id, partner=ask.partner_id).first()
