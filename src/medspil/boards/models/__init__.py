"""The records of the room `boards`."""

from medspil.boards.models.board import Board, BoardQuerySet
from medspil.boards.models.earmark import Earmark, EarmarkQuerySet
from medspil.boards.models.rules import Majority, QuorumShare, RulesOfProcedure, RulesOfProcedureQuerySet
from medspil.boards.models.seats import BoardMember, BoardMemberQuerySet, Constituency, Leaving, SeatKind

__all__ = [
    "Board",
    "BoardMember",
    "BoardMemberQuerySet",
    "BoardQuerySet",
    "Constituency",
    "Earmark",
    "EarmarkQuerySet",
    "Leaving",
    "Majority",
    "QuorumShare",
    "RulesOfProcedure",
    "RulesOfProcedureQuerySet",
    "SeatKind",
]
