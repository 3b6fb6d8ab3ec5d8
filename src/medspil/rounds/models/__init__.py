"""Records of the room: a round, its rows on both sides, locks and bans, proposals, and long runs."""

from medspil.rounds.models.proposal import Proposal, Solving, SolvingState
from medspil.rounds.models.round import Round, RoundState
from medspil.rounds.models.rows import Demand, PairKind, PairOrigin, PairRule, Supply

__all__ = [
    "Demand",
    "PairKind",
    "PairOrigin",
    "PairRule",
    "Proposal",
    "Round",
    "RoundState",
    "Solving",
    "SolvingState",
    "Supply",
]
