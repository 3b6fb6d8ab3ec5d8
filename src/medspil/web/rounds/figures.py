"""The figures of a board: of the whole plan for those who run it, of what they see for those who look on."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.utils.translation import gettext as _

from medspil.rounds.lock_costs import cost_line
from medspil.rounds.models import Demand, Proposal
from medspil.rounds.sentences import proof_line


class ShownRow(Protocol):
    """A row that asks, as the board shows it."""

    @property
    def demand(self) -> Demand:
        """Return the row."""

    @property
    def given(self) -> int:
        """Return how many it gets."""


def figures_of(proposal: Proposal) -> dict[str, Any]:
    """Return the figures of a plan with what is left to give, how well its pairs suit on the whole, and what of it is
    proven."""
    figures = dict(proposal.answer["figures"])
    mean = round(100 * figures["score"] / figures["given"]) if figures["given"] else None
    return figures | {
        "left": sum(proposal.answer["left"].values()),
        "mean": "–" if mean is None else _("{points} of 100").format(points=mean),
        "proof": proof_line(proposal.answer),
    }


def figures_seen(cards: Iterable[ShownRow]) -> dict[str, Any]:
    """Return the figures of the rows of a plan that whoever looks on sees, and of no others."""
    asked = list(cards)
    return {
        "given": sum(card.given for card in asked),
        "wanted": sum(card.demand.wanted for card in asked),
        "least_met": sum(1 for card in asked if card.given >= card.demand.least),
        "demands": len(asked),
    }


def locks_cost(proposal: Proposal) -> str:
    """Return what all locks of a proposal cost together; nothing where it has none."""
    if not proposal.question["held"]:
        return ""
    return cost_line(proposal.answer.get("lock_costs", {}).get("together"))
