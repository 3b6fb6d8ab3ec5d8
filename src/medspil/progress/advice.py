"""The twelve pieces of advice as one table: from which stage each counts, and the signs by which the data show it.

Titles are ours; the advice itself is that of the idea catalogue of 2010.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.progress.stages import ORDER, Stage

Words = str | Promise


class Sign(StrEnum):
    """Something the data show, or do not show, of one partnership."""

    CHALLENGE = "challenge"
    COMPETENCES = "competences"
    MAPPED = "mapped"
    MAPPED_LATELY = "mapped_lately"
    CHOSEN_WITH_REASONS = "chosen_with_reasons"
    LOOKED_AT = "looked_at"
    SPOKEN_WITH = "spoken_with"
    GAINS_NAMED = "gains_named"
    WALK = "walk"
    OWN_WORDS = "own_words"
    DIFFERENCES = "differences"
    CONFIRMED = "confirmed"
    CONTACTS = "contacts"
    MAY_DECIDE = "may_decide"
    ANSWERS_IN_TIME = "answers_in_time"
    ACTIVITIES = "activities"
    MORE_THAN_MEETINGS = "more_than_meetings"
    IN_TOUCH = "in_touch"
    GAINS_EXPERIENCED = "gains_experienced"
    TOLD = "told"
    CELEBRATED = "celebrated"


class Advice(NamedTuple):
    """One piece of advice: its number, what it says in short, from when it counts, and its signs."""

    number: int
    title: Words
    counts_from: Stage
    signs: tuple[Sign, ...]


_S = Sign
ADVICE: tuple[Advice, ...] = (
    Advice(1, _("Start from a challenge"), Stage.IDEA, (_S.CHALLENGE, _S.COMPETENCES)),
    Advice(2, _("Map what the area has"), Stage.IDEA, (_S.MAPPED, _S.MAPPED_LATELY)),
    Advice(3, _("Choose companies that fit"), Stage.IDEA, (_S.CHOSEN_WITH_REASONS, _S.LOOKED_AT)),
    Advice(4, _("Say what they get out of it"), Stage.ASKED, (_S.SPOKEN_WITH, _S.GAINS_NAMED)),
    Advice(5, _("Meet in the area, on foot"), Stage.BEGUN, (_S.WALK,)),
    Advice(6, _("Align what each side wants"), Stage.BEGUN, (_S.OWN_WORDS, _S.DIFFERENCES)),
    Advice(7, _("Write a short agreement"), Stage.BEGUN, (_S.CONFIRMED,)),
    Advice(8, _("One contact person who may decide"), Stage.BEGUN, (_S.CONTACTS, _S.MAY_DECIDE, _S.ANSWERS_IN_TIME)),
    Advice(9, _("Results before meetings"), Stage.BEGUN, (_S.ACTIVITIES, _S.MORE_THAN_MEETINGS)),
    Advice(10, _("Keep in touch all the way"), Stage.BEGUN, (_S.IN_TOUCH,)),
    Advice(11, _("Tell others"), Stage.RUNNING, (_S.TOLD,)),
    Advice(12, _("Celebrate results together"), Stage.RUNNING, (_S.GAINS_EXPERIENCED, _S.CELEBRATED)),
)

SAYS: Mapping[Sign, tuple[Words, Words]] = {
    _S.CHALLENGE: (_("It starts from a challenge."), _("Say which challenge the need comes of.")),
    _S.COMPETENCES: (_("The need says what it takes."), _("Say in the need what it takes.")),
    _S.MAPPED: (_("The area has mapped what it has."), _("Map what the area has.")),
    _S.MAPPED_LATELY: (
        _("Part of it was confirmed within the last year."), _("Confirm what is mapped: nothing was, within a year."),
    ),
    _S.CHOSEN_WITH_REASONS: (
        _("The reasons for choosing them are kept."), _("Rank the companies for the need, and compare."),
    ),
    _S.LOOKED_AT: (_("The company has been looked at."), _("Note what the company says of itself.")),
    _S.SPOKEN_WITH: (_("Somebody wrote to the company or spoke with it."), _("Write to the company, or call.")),
    _S.GAINS_NAMED: (_("They were told what they gain."), _("Note for each side what it can expect to gain.")),
    _S.WALK: (_("You saw the area together, or said why not."), _("Plan a walk, or say why there is none.")),
    _S.OWN_WORDS: (_("Every side has said what it wants."), _("Let every side say what it wants.")),
    _S.DIFFERENCES: (_("No difference is left open."), _("Settle what differs.")),
    _S.CONFIRMED: (_("Every side has confirmed an agreement."), _("Write the agreement, and have it confirmed.")),
    _S.CONTACTS: (_("Every side has one contact person."), _("Name one contact person for every side.")),
    _S.MAY_DECIDE: (
        _("It is written down what each of them may decide."), _("Write down what each contact person may decide."),
    ),
    _S.ANSWERS_IN_TIME: (_("No question waits too long."), _("Answer the question that is late.")),
    _S.ACTIVITIES: (_("The agreement names activities."), _("Say in the agreement what will be done.")),
    _S.MORE_THAN_MEETINGS: (
        _("There is more done than met about."), _("Decide or do something before the next meeting."),
    ),
    _S.IN_TOUCH: (_("Something was said within two months."), _("Call, and say how it goes.")),
    _S.GAINS_EXPERIENCED: (
        _("A side has said what it gained."), _("Ask the sides what they have gained so far."),
    ),
    _S.TOLD: (_("Others have heard of it within a year."), _("Tell others about it, and note where.")),
    _S.CELEBRATED: (_("A result was celebrated within a year."), _("Celebrate a result together, and note it.")),
}  # fmt: skip
"""What is told of a sign that is there, and what to do about one that is not."""


_BEGUN = ORDER.index(Stage.BEGUN)


class Health(StrEnum):
    """How a piece of advice stands."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Standing:
    """One piece of advice in one partnership: how it stands, and each sign with whether it is there."""

    advice: Advice
    health: Health
    signs: tuple[tuple[Sign, bool], ...]

    @property
    def first_missing(self) -> Sign | None:
        """Return the first sign that is not there."""
        return next((sign for sign, there in self.signs if not there), None)


def health(signs: frozenset[Sign], stage: Stage) -> list[Standing]:
    """Return how each piece of advice stands, by the signs that are there and the stage that is reached."""
    return [_standing(one, signs, stage) for one in ADVICE]


def _standing(advice: Advice, there: frozenset[Sign], stage: Stage) -> Standing:
    signs = tuple((sign, sign in there) for sign in advice.signs)
    count = sum(is_there for _sign, is_there in signs)
    if count == len(signs):
        found = Health.DONE
    elif ORDER.index(stage) < ORDER.index(advice.counts_from):
        found = Health.LATER
    else:
        found = Health.PARTLY if count else Health.NOT_YET
    return Standing(advice, found, signs)


def next_step(standings: list[Standing], stage: Stage) -> tuple[Advice, Sign] | None:
    """Return the first piece of advice that counts and is not done, with the sign it lacks; None when all are.

    Once a partnership has begun, what comes of it is next; how it came about is made good last.
    """
    open_ones = [one for one in standings if one.health in (Health.PARTLY, Health.NOT_YET) and one.first_missing]
    begun = ORDER.index(stage) >= _BEGUN
    for one in sorted(open_ones, key=lambda each: begun and ORDER.index(each.advice.counts_from) < _BEGUN):
        assert one.first_missing  # noqa: S101  (only those are left)
        return one.advice, one.first_missing
    return None
