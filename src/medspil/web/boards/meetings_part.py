"""What stands of meetings and decisions on the page of a board."""

from typing import TYPE_CHECKING, Any

from medspil.boards.models import MeetingState
from medspil.boards.register import register
from medspil.boards.wording import when

if TYPE_CHECKING:
    from medspil.web.boards.parts import Look

MOST_DECISIONS, MOST_UNAPPROVED = 3, 3


def shown(look: "Look") -> dict[str, Any]:
    """Return the next meeting, minutes that wait for approval, and the last decisions. Ten queries."""
    board = look.seen.board
    rows = board.meetings.order_by("-starts_at", "-pk")
    coming = rows.filter(state=MeetingState.PLANNED, starts_at__gte=look.now).order_by("starts_at", "pk").first()
    return {
        "next": coming,
        "when": when(coming.starts_at) if coming else "",
        "unapproved": list(rows.held().filter(approved=None)[:MOST_UNAPPROVED]),
        "decided": [one for one in register(board) if one.stands][:MOST_DECISIONS],
        "edits": look.seen.rights.edits and not board.dissolved_on,
    }
