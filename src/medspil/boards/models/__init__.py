"""The records of the room `boards`."""

from medspil.boards.models.board import Board, BoardQuerySet
from medspil.boards.models.decision import BoardDecision, BoardDecisionQuerySet, Choice, Vote, Way
from medspil.boards.models.earmark import Earmark, EarmarkQuerySet
from medspil.boards.models.meeting import (
    AgendaItem,
    AgendaItemQuerySet,
    Attendance,
    AttendanceQuerySet,
    Because,
    BoardMeeting,
    BoardMeetingQuerySet,
    Coming,
    ItemKind,
    MeetingState,
    OutOfRoom,
    Presence,
)
from medspil.boards.models.minutes import (
    ApprovedBy,
    ApprovedMinutes,
    ApprovedMinutesQuerySet,
    MinutesAnswer,
    MinutesNote,
)
from medspil.boards.models.rules import Majority, QuorumShare, RulesOfProcedure, RulesOfProcedureQuerySet
from medspil.boards.models.seats import BoardMember, BoardMemberQuerySet, Constituency, Leaving, SeatKind

__all__ = [
    "AgendaItem",
    "AgendaItemQuerySet",
    "ApprovedBy",
    "ApprovedMinutes",
    "ApprovedMinutesQuerySet",
    "Attendance",
    "AttendanceQuerySet",
    "Because",
    "Board",
    "BoardDecision",
    "BoardDecisionQuerySet",
    "BoardMeeting",
    "BoardMeetingQuerySet",
    "BoardMember",
    "BoardMemberQuerySet",
    "BoardQuerySet",
    "Choice",
    "Coming",
    "Constituency",
    "Earmark",
    "EarmarkQuerySet",
    "ItemKind",
    "Leaving",
    "Majority",
    "MeetingState",
    "MinutesAnswer",
    "MinutesNote",
    "OutOfRoom",
    "Presence",
    "QuorumShare",
    "RulesOfProcedure",
    "RulesOfProcedureQuerySet",
    "SeatKind",
    "Vote",
    "Way",
]
