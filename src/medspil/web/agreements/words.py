"""Words for agreements: how a version stands, and what its history tells."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.agreements.models import Agreement, AgreementState, FieldCode
from medspil.agreements.rules import Answer
from medspil.web.partnerships.partnership_words import Shown

Words = str | Promise

BADGES: Mapping[str, str] = {
    AgreementState.DRAFT: "info",
    AgreementState.PUT_AWAY: "",
    AgreementState.PROPOSED: "warning",
    AgreementState.OVERTAKEN: "",
    AgreementState.CONFIRMED: "success",
    AgreementState.PAUSED: "warning",
    AgreementState.ENDED: "",
}
# What the services write as `action` in the history.
ACTIONS: Mapping[str, Words] = {
    "agreement_begun": _("began to write it"),
    "field_saved": _("wrote in a field"),
    "days_saved": _("changed the days"),
    "check_answered": _("answered a check"),
    "agreement_proposed": _("proposed it"),
    "agreement_overtaken": _("began a new version in its place"),
    "agreement_kept": _("gave up changing it: those who had confirmed it count again"),
    "asked_to_confirm": _("asked a side to confirm it"),
    "side_confirmed": _("confirmed it for a side"),
    "agreement_confirmed": _("all sides had confirmed it"),
    "agreement_pausing": _("paused it"),
    "agreement_going_on": _("took it up again"),
    "agreement_bringing_back": _("took back that it had ended"),
    "agreement_ending": _("ended it"),
}
HELP: Mapping[str, Words] = {
    FieldCode.EFFECTS: _("What shall be different for residents, and what do you want to reach? One or two goals."),
    FieldCode.ACTIVITIES: _("What do you do, how many hours does it take, how often, and who does it?"),
    FieldCode.SUCCESS: _(
        "How will both sides see that it works? Numbers that can be counted, or what people will say."
    ),
    FieldCode.TIMELINE: _("The days that matter: the first meeting, the first activity, when you celebrate."),
    FieldCode.BUDGET: _("What costs money, and who pays? Write “no money changes hands” where that is so."),
    FieldCode.DECIDES: _("One person on each side who can decide, and up to what."),
    FieldCode.RESPONSIBLE: _("One person on each side who sees to it that it happens."),
}
ANSWERS: Mapping[str, Words] = {
    Answer.YES: _("Yes"),
    Answer.NO: _("No"),
    Answer.UNSURE: _("Not sure"),
}
COLUMNS: Mapping[str, Words] = {
    "what": _("What"),
    "hours": _("Hours each time"),
    "rhythm": _("How often"),
    "on": _("Day"),
    "kroner": _("Amount in kr."),
    "who": _("Name or position"),
}
PARTNER: Mapping[str, Words] = {
    FieldCode.ACTIVITIES: _("Who does it"),
    FieldCode.BUDGET: _("Who pays"),
    FieldCode.DECIDES: _("Side"),
    FieldCode.RESPONSIBLE: _("Side"),
}


def standing(agreement: Agreement, *, on: date, replaced: bool = False) -> Shown:
    """Return how a version stands on a day, as a badge: confirmed is in force, waits for its day, or was replaced."""
    start = agreement.in_force_from
    if agreement.state == AgreementState.CONFIRMED and start:
        if replaced:
            return Shown(gettext("replaced by a newer version"), "")
        if start > on:
            return Shown(gettext("in force from %(day)s") % {"day": date_format(start, "DATE_FORMAT")}, "info")
        return Shown(gettext("in force"), "success")
    return Shown(agreement.get_state_display(), BADGES[agreement.state])
