"""What is asked before anything of a meeting is written: one at a time, and never once its minutes are approved."""

from django.utils.translation import gettext_lazy as _

from medspil.boards.models import ApprovedMinutes, Board, BoardMeeting, MeetingState
from medspil.common.models import EditConflict
from medspil.partnerships.editing import refuse_put_away


class MinutesApproved(EditConflict):
    """The minutes were approved: they are not edited any more."""

    sentence = _("The minutes of this meeting are approved and stay as they are. Correct them by a note.")


class NotHeld(EditConflict):
    """The meeting has not begun, or was cancelled."""

    sentence = _("Note first that the meeting is held.")


class Cancelled(EditConflict):
    """The meeting was cancelled."""

    sentence = _("The meeting was cancelled. Take that back first to change it.")


def held_fast(meeting: BoardMeeting) -> None:
    """Hold a board until the end of the transaction: two who write of its meetings at once wait here.

    What was held is written down also after the board was dissolved. Raises `PartnershipPutAway`.
    """
    board = Board.objects.select_for_update().select_related("partnership").get(pk=meeting.board_id)
    refuse_put_away(board.partnership)


def refuse_approved(meeting: BoardMeeting) -> None:
    """Raise `MinutesApproved` for a meeting whose minutes are approved."""
    if ApprovedMinutes.objects.filter(meeting=meeting).exists():
        raise MinutesApproved


def to_write(meeting: BoardMeeting) -> BoardMeeting:
    """Return a meeting as it stands, held fast, to write of what happened at it.

    Raises `NotHeld`, `MinutesApproved`, `PartnershipPutAway`.
    """
    held_fast(meeting)
    fresh = BoardMeeting.objects.select_related("board", "chaired_by").get(pk=meeting.pk)
    refuse_approved(fresh)
    if fresh.state != MeetingState.HELD:
        raise NotHeld
    return fresh


def to_prepare(meeting: BoardMeeting) -> BoardMeeting:
    """Return a meeting as it stands, held fast, to write its agenda: before it, and while its minutes are written.

    Raises `Cancelled`, `MinutesApproved`, `PartnershipPutAway`.
    """
    held_fast(meeting)
    fresh = BoardMeeting.objects.select_related("board").get(pk=meeting.pk)
    refuse_approved(fresh)
    if fresh.state == MeetingState.CANCELLED:
        raise Cancelled
    return fresh
