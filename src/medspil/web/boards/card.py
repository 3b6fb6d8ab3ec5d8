"""The board on the page of its partnership, for those who may see it; who leads one without is told how to found it."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from medspil.boards.chairing import chairs
from medspil.boards.models import Board
from medspil.boards.standing import benches
from medspil.partnerships.models import Standing
from medspil.web.boards.shown import terms_running_out

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look


def card(look: "Look") -> dict[str, Any] | None:
    """Return how many seats are filled and vacant, who chairs, and whether terms run out."""
    partnership = look.partnership
    board = Board.objects.visible_to(look.user, on=look.today).for_page().filter(partnership=partnership).first()
    if board is None:
        open_to_one = partnership.standing != Standing.ENDED and not partnership.archived_at
        if not (look.rights.runs and open_to_one):
            return None
        return {"board": None, "url": reverse("boards:found", args=[partnership.pk])}
    rows = benches(board, look.today)
    return {
        "board": board,
        "filled": sum(len(one.members) for one in rows),
        "most": sum(one.constituency.most for one in rows),
        "vacant": sum(one.vacant for one in rows),
        "chair": chairs(board, look.today).chair,
        "runs_out": bool(terms_running_out(board, look.today)),
        "url": reverse("boards:board", args=[partnership.pk]),
    }
