"""How far a link can go and from where: one table of its states, and how they follow from what its sides say."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from medspil.linking.models import Answer, LinkParty, LinkState

FEWEST_SIDES = 2
_S = LinkState


class By(StrEnum):
    """What brings a link from one state to the next."""

    ASKING = "asking"
    ANSWER = "answer"
    REFUSAL = "refusal"
    LEAVING = "leaving"
    UNDOING = "undoing"
    AGREEMENT = "agreement"
    LATE = "late"
    """Who had not said yes to a partnership of old does so, or is taken off; a partnership it stays."""


class Transition(NamedTuple):
    """A step that a link may take, and what brings it about."""

    before: LinkState
    after: LinkState
    by: By


TRANSITIONS = frozenset(
    {
        Transition(_S.IDEA, _S.ASKED, By.ASKING),
        Transition(_S.INTERESTED, _S.ASKED, By.ASKING),  # one more side
        Transition(_S.TURNED_DOWN, _S.ASKED, By.ASKING),  # the day to ask again has come
        Transition(_S.IDEA, _S.INTERESTED, By.ANSWER),  # it came by itself
        Transition(_S.ASKED, _S.INTERESTED, By.ANSWER),
        Transition(_S.TURNED_DOWN, _S.INTERESTED, By.ANSWER),  # one of three said no, now two would like to
        Transition(_S.IDEA, _S.TURNED_DOWN, By.REFUSAL),
        Transition(_S.ASKED, _S.TURNED_DOWN, By.REFUSAL),
        Transition(_S.INTERESTED, _S.TURNED_DOWN, By.REFUSAL),
        Transition(_S.ASKED, _S.INTERESTED, By.REFUSAL),  # one of three says no, the others would like to
        # A person who took the consent back is taken off, whatever she answered.
        Transition(_S.ASKED, _S.IDEA, By.LEAVING),
        Transition(_S.ASKED, _S.INTERESTED, By.LEAVING),
        Transition(_S.ASKED, _S.TURNED_DOWN, By.LEAVING),
        Transition(_S.INTERESTED, _S.IDEA, By.LEAVING),
        Transition(_S.INTERESTED, _S.TURNED_DOWN, By.LEAVING),
        Transition(_S.TURNED_DOWN, _S.IDEA, By.LEAVING),
        Transition(_S.TURNED_DOWN, _S.INTERESTED, By.LEAVING),
        Transition(_S.INTERESTED, _S.PARTNERSHIP, By.AGREEMENT),
        Transition(_S.ASKED, _S.IDEA, By.UNDOING),
        Transition(_S.ASKED, _S.INTERESTED, By.UNDOING),
        Transition(_S.ASKED, _S.TURNED_DOWN, By.UNDOING),  # not asked after all, and another said no
        Transition(_S.INTERESTED, _S.ASKED, By.UNDOING),
        Transition(_S.IDEA, _S.ASKED, By.UNDOING),  # noted while a no could leave an idea
        Transition(_S.TURNED_DOWN, _S.IDEA, By.UNDOING),
        Transition(_S.TURNED_DOWN, _S.ASKED, By.UNDOING),
        Transition(_S.TURNED_DOWN, _S.INTERESTED, By.UNDOING),
        Transition(_S.PARTNERSHIP, _S.INTERESTED, By.UNDOING),  # noted by mistake
        Transition(_S.PARTNERSHIP, _S.TURNED_DOWN, By.UNDOING),  # noted before every side had to say yes
    }
)
"""Every step there is. What stays in its state needs no row, but a partnership neither asks nor turns down."""

_SETTLED = frozenset({_S.PARTNERSHIP})


class StepNotAllowed(Exception):
    """The link is in a state from which this cannot be done."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be done with the link as it stands now. Load the page again."))


def allowed(before: str, after: str, by: By) -> bool:
    """Tell whether a link may go from one state to another in this way."""
    if before == after:
        return before not in _SETTLED or by is By.LATE
    return Transition(LinkState(before), LinkState(after), by) in TRANSITIONS


def refuse_step(before: str, after: str, by: By) -> None:
    """Raise `StepNotAllowed` unless the table has it."""
    if not allowed(before, after, by):
        raise StepNotAllowed


class NotAllSaidYes(StepNotAllowed):
    """Some of those who take part have not said yes, so it is no partnership yet."""

    def __init__(self, names: Iterable[str]) -> None:
        Exception.__init__(self, without_yes(names))


def without_yes(names: Iterable[str]) -> str:
    """Return in words who has not said yes, and what to do before it can be a partnership."""
    words = _("Not a partnership yet. Still to say yes: {names}. Ask them, note their yes, or take them off the link.")
    return str(words).format(names=", ".join(names))


def still_to_say_yes(sides: Iterable[LinkParty]) -> list[LinkParty]:
    """Return the sides that keep a link from being a partnership: it needs a yes of all who have not said no."""
    return [side for side in sides if side.withdrawn or side.answer not in (Answer.YES, Answer.NO)]


def never_said_yes(state: str, sides: Iterable[LinkParty]) -> list[LinkParty]:
    """Return the sides of a partnership that never answered: it was noted before every side had to say yes."""
    if state != LinkState.PARTNERSHIP:
        return []
    return [side for side in sides if side.answer in (Answer.NOT_ASKED, Answer.ASKED)]


def state_after(before: str, answers: Collection[str], by: By) -> LinkState:
    """Return the state that a step leads to: a yes never turns a link down that waits for another yes."""
    if by == By.LATE:
        return LinkState(before)
    after = state_of(answers)
    return LinkState(before) if by == By.ANSWER and after == LinkState.TURNED_DOWN else after


def state_of(answers: Collection[str]) -> LinkState:
    """Return the state that follows from the answers of the sides.

    Examples
    --------
    >>> state_of(["not_asked", "asked"]).value, state_of(["not_asked", "yes"]).value
    ('asked', 'interested')
    >>> state_of(["yes", "no"]).value, state_of(["yes", "no", "yes"]).value
    ('turned_down', 'interested')
    >>> state_of(["yes", "no", "not_asked"]).value, state_of(["yes", "no", "asked"]).value
    ('turned_down', 'asked')
    """
    there = [answer for answer in answers if answer != Answer.NO]
    if len(there) < FEWEST_SIDES:
        return LinkState.TURNED_DOWN
    if Answer.ASKED in there:
        return LinkState.ASKED
    if len(there) < len(answers) and there.count(Answer.YES) < FEWEST_SIDES:
        return LinkState.TURNED_DOWN  # a no leaves no interest of one alone
    return LinkState.INTERESTED if Answer.YES in there else LinkState.IDEA
