"""Which steps a version of an agreement can take: one table, asked by every service that moves one."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from medspil.agreements.models import AgreementState

_S = AgreementState


class By(StrEnum):
    """What brings a version from one state to the next."""

    PROPOSING = "proposing"
    CHANGING = "changing"
    KEEPING = "keeping"
    CONFIRMING = "confirming"
    PUTTING_AWAY = "putting_away"
    BRINGING_BACK = "bringing_back"
    PAUSING = "pausing"
    GOING_ON = "going_on"
    ENDING = "ending"


class Transition(NamedTuple):
    """A step that a version may take, and what brings it about."""

    before: AgreementState
    after: AgreementState
    by: By


TRANSITIONS = frozenset(
    {
        Transition(_S.DRAFT, _S.PROPOSED, By.PROPOSING),
        Transition(_S.DRAFT, _S.PUT_AWAY, By.PUTTING_AWAY),
        Transition(_S.PUT_AWAY, _S.DRAFT, By.BRINGING_BACK),
        Transition(_S.PROPOSED, _S.OVERTAKEN, By.CHANGING),  # its confirmations count no more; a new draft is there
        Transition(_S.OVERTAKEN, _S.PROPOSED, By.KEEPING),  # nothing was changed: those it had count again
        Transition(_S.PROPOSED, _S.CONFIRMED, By.CONFIRMING),  # by the last of all sides
        Transition(_S.CONFIRMED, _S.PAUSED, By.PAUSING),
        Transition(_S.PAUSED, _S.CONFIRMED, By.GOING_ON),
        Transition(_S.CONFIRMED, _S.ENDED, By.ENDING),
        Transition(_S.PAUSED, _S.ENDED, By.ENDING),
        Transition(_S.ENDED, _S.CONFIRMED, By.BRINGING_BACK),  # ended by mistake
    }
)
"""Every step there is; each changes the state."""


class StepNotAllowed(Exception):
    """The version is in a state from which this cannot be done."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be done with the agreement as it stands now. Load the page again."))


def allowed(before: str, after: str, by: By) -> bool:
    """Tell whether a version may go from one state to another in this way."""
    return Transition(AgreementState(before), AgreementState(after), by) in TRANSITIONS


def refuse_step(before: str, after: str, by: By) -> None:
    """Raise `StepNotAllowed` unless the table has it."""
    if not allowed(before, after, by):
        raise StepNotAllowed
