"""What pages of boards say: of each thing that happened to a board, and of settings of its rules."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.boards.models import RulesOfProcedure
from medspil.web.parts import Fact

ACTIONS: Mapping[str, str | Promise] = {
    "founded": gettext_lazy("founded the board"),
    "dissolved": gettext_lazy("dissolved the board"),
    "brought_back": gettext_lazy("brought the board back"),
    "chairs_named": gettext_lazy("named chair and deputy chair"),
    "seats_added": gettext_lazy("added seats"),
    "seats_changed": gettext_lazy("changed seats"),
    "seats_taken_away": gettext_lazy("took seats away"),
    "member_seated": gettext_lazy("seated a member"),
    "substitute_seated": gettext_lazy("named a substitute"),
    "member_corrected": gettext_lazy("corrected an entry of a member"),
    "member_taken_back": gettext_lazy("took an entry of a member back"),
    "member_left": gettext_lazy("noted that a member leaves"),
    "substitute_left": gettext_lazy("noted that a substitute leaves"),
    "member_stays": gettext_lazy("took back that a member leaves"),
    "substitute_stays": gettext_lazy("took back that a substitute leaves"),
    "substitute_moved_up": gettext_lazy("let a substitute take over a seat"),
    "rules_adopted": gettext_lazy("noted new rules of procedure"),
    "sum_set_aside": gettext_lazy("noted a sum set aside"),
    "sum_changed": gettext_lazy("changed a sum set aside"),
    "sum_put_away": gettext_lazy("put a sum set aside away"),
    "sum_brought_back": gettext_lazy("brought a sum set aside back"),
}


def settings_of(rules: RulesOfProcedure) -> list[Fact]:
    """Return what a version of the rules implies: a label and a sentence for each."""
    quorum = rules.get_quorum_share_display()
    if rules.quorum_number:
        quorum += ", " + _("never fewer than %(number)d") % {"number": rules.quorum_number}
    decided = rules.get_majority_display()
    if rules.casting_vote:
        decided += "; " + _("the chair’s vote decides when the votes are equal")
    if rules.secret_ballot:
        decided += "; " + _("votes can be by secret ballot")
    days = ngettext("%(days)d day before", "%(days)d days before", rules.notice_days) % {"days": rules.notice_days}
    years = rules.term_years
    term = ngettext("%(years)d year", "%(years)d years", years) % {"years": years} if years else _("no fixed term")
    again = _("can be elected again") if rules.re_election else _("cannot be elected again")
    return [
        Fact(_("Must be there"), quorum),
        Fact(_("Decided by"), decided),
        Fact(_("Meetings are called"), days),
        Fact(_("Minutes"), _in_writing(rules.objection_days)),
        Fact(_("Terms"), f"{term}; {again}"),
    ]


def _in_writing(days: int | None) -> str:
    """Return whether members approve minutes in writing."""
    if not days:
        return _("approved by the chair, or at a later meeting")
    words = ngettext(
        "sent out, and approved if nobody objects within %(days)d day",
        "sent out, and approved if nobody objects within %(days)d days",
        days,
    )
    return words % {"days": days}
