"""The register of a board's decisions: a table with the meeting of each, whether it stands, and what it uses."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from medspil.boards.register import Entry, register
from medspil.boards.voting import Result
from medspil.boards.wording import kroner
from medspil.web.boards.loading import board_or_404
from medspil.web.boards.meeting_words import RESULTS
from medspil.web.files import table_answer
from medspil.web.http import SignedInRequest


@require_safe
def decisions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was put to the board, the last first."""
    seen = board_or_404(request, pk)
    told = [
        {
            "entry": one,
            "decision": one.decision,
            "item": one.decision.item,
            "meeting": one.decision.item.meeting,
            "state": state_of(one),
            "badge": "info" if one.reversed_by else RESULTS[one.outcome.result],
            "kroner": kroner(one.decision.kroner) if one.decision.kroner and one.outcome.decided else "",
        }
        for one in register(seen.board)
    ]
    return render(request, "boards/decisions.html", {"seen": seen, "told": told})


@require_safe
def decisions_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give the register as a table."""
    seen = board_or_404(request, pk)
    if kind not in ("csv", "xlsx"):
        raise Http404
    header = [
        _("Day"),
        _("Item"),
        _("Decision"),
        _("State"),
        _("Kroner"),
        pgettext("money", "For what"),
        _("In place of"),
    ]
    rows = [
        [
            one.decision.item.meeting.day,
            one.decision.item.title,
            one.decision.text,
            str(state_of(one)),
            one.decision.kroner,
            one.decision.purpose,
            one.decision.reverses.item.title if one.decision.reverses else "",
        ]
        for one in register(seen.board)
    ]
    return table_answer(kind, header, rows, _("decisions"), seen.board.name, title=_("Decisions"))


def state_of(one: Entry) -> str:
    """Return whether a decision stands, in a few words."""
    if one.reversed_by:
        return _("replaced by a later decision")
    if one.stands:
        return _("stands")
    return str(Result(one.outcome.result).label)
