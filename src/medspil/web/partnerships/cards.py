"""What other rooms show of a partnership on its page: one function for each card, and its place on the page.

A room above names its card here with one line; the page asks each in this order. A card that has nothing to say to the
person who looks returns None and is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from medspil.accounts.models import User
from medspil.partnerships.models import Partnership
from medspil.partnerships.permissions import PartnershipRights
from medspil.web.agreements.card import card as agreement
from medspil.web.alignment.card import card as alignment
from medspil.web.boards.card import card as board
from medspil.web.progress.card import shown as progress
from medspil.web.pulses.card import card as pulse
from medspil.web.walks.card import card as walk


class Place(StrEnum):
    """Where on the page a card stands."""

    TOP = "top"
    """Above everything else: how far it got, the advice, the next step."""
    WORK = "work"
    """Side by side below who takes part: walk, alignment, agreement, board, pulse."""
    MORE = "more"
    """Further down: the rest of what a card at the top has to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looks at which partnership, and when. The partnership was loaded `for_page`."""

    partnership: Partnership
    rights: PartnershipRights
    user: User
    today: date


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its place, its template, and what the template gets as `card` (None: not shown)."""

    place: Place
    template: str
    shown: Callable[[Look], Any]
    more: str = ""
    """The template that draws the rest of it further down, with the same `card`."""


CARDS: tuple[Card, ...] = (
    Card(Place.TOP, "progress/_card.html", progress, more="progress/_more.html"),
    Card(Place.WORK, "walks/_card.html", walk),
    Card(Place.WORK, "alignment/_card.html", alignment),
    Card(Place.WORK, "agreements/_card.html", agreement),
    Card(Place.WORK, "boards/_card.html", board),
    Card(Place.WORK, "pulses/_card.html", pulse),
)
"""In the order of the page: stage and next step; walk, alignment, agreement, board, pulse."""


def cards_for(look: Look) -> dict[str, list[tuple[str, Any]]]:
    """Return by place the templates with what each shows."""
    found: dict[str, list[tuple[str, Any]]] = {place.value: [] for place in Place}
    for card in CARDS:
        shown = card.shown(look)
        if shown is not None:
            found[card.place.value].append((card.template, shown))
            if card.more:
                found[Place.MORE.value].append((card.more, shown))
    return found
