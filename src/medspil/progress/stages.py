"""The stages from an idea to a running partnership: one table of what each takes, and how far something got by it.

No stage is stored: it follows from what has been done (decision 0024's way), so that nobody ticks a box.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(StrEnum):
    """How far a link or what it became has got, in the order of the advice."""

    IDEA = "idea"
    ASKED = "asked"
    INTERESTED = "interested"
    BEGUN = "begun"
    MET = "met"
    ALIGNED = "aligned"
    AGREED = "agreed"
    RUNNING = "running"


class Requirement(StrEnum):
    """Something that the data show as done or not."""

    SOMEBODY_ASKED = "somebody_asked"
    ASKED_SAID_YES = "asked_said_yes"
    ALL_SAID_YES = "all_said_yes"
    WALK = "walk"
    OWN_WORDS = "own_words"
    DIFFERENCES = "differences"
    CONFIRMED = "confirmed"
    IN_FORCE = "in_force"
    CONTACTS = "contacts"


class StageRow(NamedTuple):
    """A stage: its name, and what it takes besides all that the stages before it take."""

    stage: Stage
    name: str | Promise
    takes: tuple[Requirement, ...]


_R, _S = Requirement, Stage
STAGES: tuple[StageRow, ...] = (
    StageRow(_S.IDEA, _("Idea"), ()),
    StageRow(_S.ASKED, _("Asked"), (_R.SOMEBODY_ASKED,)),
    StageRow(_S.INTERESTED, _("Interested"), (_R.ASKED_SAID_YES,)),
    StageRow(_S.BEGUN, _("Begun"), (_R.ALL_SAID_YES,)),
    StageRow(_S.MET, _("Seen the area"), (_R.WALK,)),
    StageRow(_S.ALIGNED, _("Aligned"), (_R.OWN_WORDS, _R.DIFFERENCES)),
    StageRow(_S.AGREED, _("Agreed"), (_R.CONFIRMED,)),
    StageRow(_S.RUNNING, _("Running"), (_R.IN_FORCE, _R.CONTACTS)),
)
ROWS = {row.stage: row for row in STAGES}
ORDER = tuple(ROWS)

LACKING: dict[Requirement, str | Promise] = {
    _R.SOMEBODY_ASKED: _("Nobody has been asked."),
    _R.ASKED_SAID_YES: _("Not everybody who was asked has said yes."),
    _R.ALL_SAID_YES: _("Not everybody has said yes, or nobody has begun the partnership."),
    _R.WALK: _("You have not seen the area together, and nobody has said why not."),
    _R.OWN_WORDS: _("Not every side has filled in its own."),
    _R.DIFFERENCES: _("Differences between the sides are not settled."),
    _R.CONFIRMED: _("No agreement is confirmed by every side."),
    _R.IN_FORCE: _("The day of the agreement has not come, or it is in force no more."),
    _R.CONTACTS: _("Not every side has one contact person."),
}
"""What is told of a requirement that is not met."""


def stage_of(met: Collection[Requirement]) -> Stage:
    """Return the last stage all of whose requirements, and those of the stages before it, are met.

    Examples
    --------
    >>> stage_of([]).value, stage_of([Requirement.SOMEBODY_ASKED]).value, stage_of([Requirement.WALK]).value
    ('idea', 'asked', 'idea')
    """
    reached = Stage.IDEA
    for row in STAGES:
        if not set(row.takes) <= set(met):
            break
        reached = row.stage
    return reached


def next_stage(stage: Stage) -> Stage | None:
    """Return the stage after one; None after the last."""
    place = ORDER.index(stage) + 1
    return ORDER[place] if place < len(ORDER) else None


def missing(met: Collection[Requirement]) -> tuple[Requirement, ...]:
    """Return what is missing for the next stage, in order; nothing in the last one."""
    after = next_stage(stage_of(met))
    return tuple(one for one in ROWS[after].takes if one not in met) if after else ()
