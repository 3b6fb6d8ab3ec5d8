"""What others add to the page of a board: one function for each part, asked in this order.

A part that has nothing to say to the person who looks returns None and is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from medspil.accounts.models import User
from medspil.web.boards.loading import Seen
from medspil.web.boards.meetings_part import shown as meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at which board, and when."""

    seen: Seen
    user: User
    now: datetime


@dataclass(frozen=True, slots=True)
class BoardPart:
    """One part of the page: its template, and what the template gets as `part` (None: not shown)."""

    template: str
    shown: Callable[[Look], Any]


PARTS: tuple[BoardPart, ...] = (BoardPart("boards/_meetings_part.html", meetings),)


def parts_for(look: Look) -> list[tuple[str, Any]]:
    """Return the templates with what each shows."""
    found = [(part.template, part.shown(look)) for part in PARTS]
    return [(template, what) for template, what in found if what is not None]
