"""A meeting of the board of the matrix's partnerships: held, with an item for which somebody left the room."""

from django.db import models

from medspil.accounts.models import User
from medspil.boards.models import (
    AgendaItem,
    Attendance,
    Because,
    Board,
    BoardMeeting,
    BoardMember,
    ItemKind,
    MeetingState,
    OutOfRoom,
    Presence,
)
from tests.factories.people import NOW

TIMES = {"created_at": NOW, "updated_at": NOW}


def met(board: Board, member: BoardMember, by: User, canary: str) -> dict[str, models.Model]:
    """Hold a meeting with one item."""
    meeting = BoardMeeting.objects.create(
        board=board, starts_at=NOW, place=canary, state=MeetingState.HELD, chaired_by=member, planned_by=by, **TIMES
    )
    item = AgendaItem.objects.create(
        meeting=meeting, at=1, kind=ItemKind.DECISION, title=canary, text=canary, noted=canary, brought_by=member,
        **TIMES,
    )  # fmt: skip
    row = Attendance.objects.create(meeting=meeting, member=member, presence=Presence.PRESENT)
    out = OutOfRoom.objects.create(item=item, attendance=row, because=Because.CONFLICT, why=canary)
    return {"board_meeting": meeting, "agenda_item": item, "out_of_room": out}
