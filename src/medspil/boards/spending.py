"""What of a sum set aside is used, and what is left: it follows from the decisions that stand."""

from collections import defaultdict
from collections.abc import Iterable

from medspil.boards.models import Board, BoardDecision, Earmark
from medspil.boards.register import Entry, entries


def decided_by_earmark(earmarks: Iterable[Earmark]) -> dict[int, int]:
    """Return by sum how many kroner are decided of it; 0 where none. Eight queries."""
    boards = {one.pk: one.board_id for one in earmarks}
    put = BoardDecision.objects.filter(item__meeting__board__in=boards.values(), item__removed_at=None)
    found = used(entries(put.with_votes()))
    return {key: found.get(key, 0) for key in boards}


def used(told: Iterable[Entry]) -> dict[int, int]:
    """Return by sum how many kroner the decisions that stand use of it."""
    found: dict[int, int] = defaultdict(int)
    for one in told:
        if one.stands and one.decision.earmark_id and one.decision.kroner:
            found[one.decision.earmark_id] += one.decision.kroner
    return dict(found)


def left_by_earmark(board: Board) -> dict[int, int]:
    """Return by sum of a board what is left of it; less than nothing where a decision came to stand again."""
    sums = list(Earmark.objects.filter(board=board))
    decided = decided_by_earmark(sums)
    return {one.pk: one.amount_kroner - decided[one.pk] for one in sums}
