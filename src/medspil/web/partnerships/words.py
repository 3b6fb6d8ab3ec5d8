"""Words for letters: what a gain rests on, how far a mail is, and what the history tells."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.gains import ExpectedGain, Fact, Ground
from medspil.catalogue.industries import industry_groups
from medspil.catalogue.models import PartnershipModel
from medspil.catalogue.vocabulary import vocabulary
from medspil.notices.models import MessageState
from medspil.partnerships.models import PitchState
from medspil.web.areas import words

Words = str | Promise

FACTS: Mapping[str, Words] = {
    Fact.CSR: _("it has a strategy for social responsibility"),
    Fact.GLOBAL_COMPACT: _("it has joined the UN Global Compact"),
    Fact.VOLUNTEERING: _("its employees may volunteer"),
    Fact.EARLIER_PARTNERSHIPS: _("it has been in partnerships before"),
    Fact.MANY_EMPLOYEES: _("it has many employees"),
    Fact.FEW_EMPLOYEES: _("it is a small company"),
    Fact.NEAR: _("it lies near the area"),
}
BADGES: Mapping[str, str] = {PitchState.DRAFT: "warning", PitchState.SENT: "success", PitchState.PUT_AWAY: ""}
MAILS: Mapping[str, Words] = {
    MessageState.WAITING: _("The mail waits to be sent. You need do nothing."),
    MessageState.SENDING: _("The mail is being sent."),
    MessageState.SENT: _("The mail has been handed to the mail server."),
    MessageState.UNSURE: _("Nobody knows whether the mail arrived. The administrator can have it sent again."),
    MessageState.STOPPED: _("The mail was stopped and has not been sent."),
    MessageState.GIVEN_UP: _("The mail could not be sent for a day, and nobody tries any more."),
}
# What the services write as `action` in the history.
ACTIONS: Mapping[str, Words] = {
    "letter_drafted": _("drafted the letter"),
    "letter_changed": _("changed the letter"),
    "letter_sent": _("sent the letter"),
    "letter_put_away": _("put the letter away"),
    "letter_taken_out": _("took the letter out again"),
    "conversation_noted": _("noted what was said"),
    "meeting_planned": _("noted what is agreed upon"),
    "conversation_changed": _("changed the entry"),
    "promise_noted": _("noted a promise"),
    "promise_kept": _("noted that a promise was kept"),
    "promise_open_again": _("noted that a promise is open after all"),
}


def why(gain: ExpectedGain) -> list[str]:
    """Return what a gain rests on, in words."""
    return [_ground(ground, code) for ground, codes in gain.grounds.items() for code in codes]


def gain_names(codes: list[str]) -> list[str]:
    """Return gains by their names; one that nobody knows any longer is left out."""
    gains = vocabulary().gains
    return [gains[code].name(words.language()) for code in codes if code in gains]


def _ground(ground: Ground, code: str) -> str:
    if ground is Ground.KIND:
        return words.kind(code)
    if ground is Ground.FACT:
        return str(FACTS[code])
    if ground is Ground.GROUP:
        return industry_groups()[code].name(words.language())
    if ground is Ground.MODEL:
        return str(PartnershipModel(code).label)
    return words.theme(code)
