"""What the pages of meetings load: the meeting or item behind an address, whether a person may write there, and what
the services refuse."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils import timezone

from medspil.boards import agenda, approving, attending, calling, deciding, in_writing, meetings, papers
from medspil.boards.models import AgendaItem, Attendance, Board, BoardMeeting
from medspil.boards.permissions import BoardRights
from medspil.common.when import NoSuchTime
from medspil.linking.asking import DayAhead
from medspil.web.boards import loading
from medspil.web.boards.loading import REFUSED, Seen, board_or_404
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest

TROUBLES = (
    *loading.TROUBLES,
    meetings.NowhereToMeet,
    meetings.NoSuchLength,
    meetings.BoardNotThere,
    agenda.TitleMissing,
    agenda.TooManyItems,
    agenda.NotOnTheBoard,
    calling.NothingToMeetAbout,
    attending.NotASubstitute,
    attending.LedByNobodyThere,
    attending.NotThere,
    attending.WhyMissing,
    attending.WouldUndo,
    deciding.NotForDecision,
    deciding.NothingDecided,
    deciding.NoRules,
    deciding.NotAbleToDecide,
    deciding.MayNotVote,
    deciding.VoteMissing,
    deciding.NotSecret,
    deciding.BallotsDoNotAddUp,
    deciding.NoSuchSum,
    deciding.TooMuch,
    deciding.DoesNotStand,
    approving.NobodyNoted,
    approving.NotALaterMeeting,
    approving.NothingSaid,
    in_writing.NotInWriting,
    in_writing.ObjectionEmpty,
    in_writing.NotAgreedYet,
    papers.WordsForgotten,
    DayAhead,
    NoSuchTime,
)
"""What the services refuse, each with a sentence for whoever tried; what others were faster with is `EditConflict`."""


@dataclass(frozen=True, slots=True)
class SeenMeeting:
    """A meeting that a person sees, with its board and what she may do there."""

    seen: Seen
    meeting: BoardMeeting

    @property
    def board(self) -> Board:
        """Return the board that meets."""
        return self.seen.board

    @property
    def rights(self) -> BoardRights:
        """Return what she may do."""
        return self.seen.rights


def meeting_or_404(request: SignedInRequest, pk: int, meeting: int) -> SeenMeeting:
    """Return a meeting of the board of a partnership; 404 for strangers."""
    seen = board_or_404(request, pk)
    rows = BoardMeeting.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    found = get_object_or_404(rows, pk=meeting, board=seen.board)
    found.board = seen.board
    return SeenMeeting(seen, found)


def write_or_refuse(request: SignedInRequest, pk: int, meeting: int) -> SeenMeeting:
    """Return a meeting of a board that a person writes for; 404 for strangers, 403 for who only reads."""
    found = meeting_or_404(request, pk, meeting)
    if not found.rights.edits:
        raise PermissionDenied(REFUSED)
    return found


def approve_or_refuse(request: SignedInRequest, pk: int, meeting: int) -> SeenMeeting:
    """Return a meeting whose minutes a person may approve; 404 for strangers, 403 for who only reads."""
    found = meeting_or_404(request, pk, meeting)
    if not found.rights.approves:
        raise PermissionDenied(REFUSED)
    return found


def item_or_refuse(request: SignedInRequest, pk: int, meeting: int, item: int) -> tuple[SeenMeeting, AgendaItem]:
    """Return an item of a meeting that a person writes for, also one taken out; 404 and 403 as above."""
    found = write_or_refuse(request, pk, meeting)
    rows = AgendaItem.objects.visible_to(request.user, on=timezone.localdate())
    one = get_object_or_404(rows.select_related("brought_by__user", "decision"), pk=item, meeting=found.meeting)
    one.meeting = found.meeting
    return found, one


def rows_there(meeting: BoardMeeting) -> list[Attendance]:
    """Return the seats that were filled at a meeting. One query."""
    return list(meeting.attendances.there().for_page())


def tried(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks for; put what was refused on the form or its field, and return whether it was done.

    Raises `EditConflict`.
    """
    try:
        act()
    except TROUBLES as trouble:
        field = "led_by" if isinstance(trouble, attending.LedByNobodyThere) and "led_by" in form.fields else None
        add_domain_error(form, trouble, field)
        return False
    return True
