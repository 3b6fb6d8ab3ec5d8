"""Words for whether members come to a meeting: what one can answer, what one answered, and whether enough come."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.boards.answering import substitutes_for
from medspil.boards.models import Attendance, BoardMeeting, Coming
from medspil.boards.voting import quorum_for


def choices_of(row: Attendance) -> list[tuple[str, str]]:
    """Return what a member can answer: a value and words for each button."""
    sends = _("{name} comes in my place")
    found = [("yes", _("I come")), ("no", _("I cannot come"))]
    return found + [(f"substitute:{one.pk}", sends.format(name=one.shown_name)) for one in substitutes_for(row)]


def words_of(row: Attendance) -> str:
    """Return what a member answered; empty as long as she has not."""
    if row.answer == Coming.SUBSTITUTE and row.sends:
        return _("sends {name}").format(name=row.sends.shown_name)
    return str(row.get_answer_display()) if row.answer else ""


def forecast_of(meeting: BoardMeeting, rows: Sequence[Attendance]) -> str:
    """Return how many come by what they answered, and whether that is enough; empty as long as nobody answered."""
    if not any(one.answer for one in rows):
        return ""
    come = sum(one.answer in (Coming.YES, Coming.SUBSTITUTE) for one in rows)
    open_ = sum(not one.answer for one in rows)
    said = ngettext("{number} seat will be filled.", "{number} seats will be filled.", come).format(number=come)
    if open_:
        words = ngettext("{number} has not answered.", "{number} have not answered.", open_)
        said = f"{said} {words.format(number=open_)}"
    there = quorum_for(meeting, come)
    if there and not there.reached:
        words = _("{needed} must be there so that the board can decide.")
        said = f"{said} {words.format(needed=there.needed)}"
    return said
