"""The register of a board's decisions: what was put to it at which meeting, what came of it, and whether it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from medspil.boards.models import Board, BoardDecision
from medspil.boards.voting import Outcome, outcomes


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision, what came of it, and the later one that was decided in its place."""

    decision: BoardDecision
    outcome: Outcome
    reversed_by: BoardDecision | None

    @property
    def stands(self) -> bool:
        """Whether it was decided and no later one took its place."""
        return self.outcome.decided and self.reversed_by is None


def entries(decisions: Iterable[BoardDecision]) -> list[Entry]:
    """Return decisions as the register tells them; they come `with_votes`, and all of a board together.

    A decision that took the place of another and was itself reversed does not bring the first one back: the board says
    so in a decision of its own.
    """
    rows = list(decisions)
    came = outcomes(rows)
    instead = {one.reverses_id: one for one in rows if one.reverses_id and came[one.pk].decided}
    return [Entry(one, came[one.pk], instead.get(one.pk)) for one in rows]


def register(board: Board) -> list[Entry]:
    """Return what was put to a board, the last first. Nine queries."""
    return entries(BoardDecision.objects.of(board).with_votes())
