"""Words for partnerships: how they stand, of which sector who takes part is, and what the history tells."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.partnerships.definition import Mark
from medspil.partnerships.models import Part, Partnership, Standing, When
from medspil.partnerships.side_people import Gap

Words = str | Promise

SECTORS: Mapping[str, Words] = {
    "private": _("private sector"),
    "public": _("public sector"),
    "voluntary": _("voluntary sector"),
    "people": _("a person in the area"),
    "place": _("a place or a story"),
}
BADGES: Mapping[str, str] = {Standing.GOING: "success", Standing.PAUSED: "warning", Standing.ENDED: ""}
# What the services write as `action` in the history.
ACTIONS: Mapping[str, Words] = {
    "begun": _("began the partnership"),
    "edited": _("changed what the partnership says of itself"),
    "standing_going": _("took it up again"),
    "standing_paused": _("let it pause"),
    "standing_ended": _("ended it"),
    "partner_joined": _("let one more take part"),
    "partner_left": _("noted that a side withdrew"),
    "partner_back": _("noted that a side takes part again"),
    "board_founded": _("founded a board"),
    "contact_named": _("named a contact person"),
    "contact_decides": _("wrote down what a contact person may decide"),
    "contact_ended": _("ended the part of a contact person"),
    "deputy_named": _("named a deputy"),
    "deputy_ended": _("ended the part of a deputy"),
    "chief_named": _("named who stands behind it in the management"),
    "chief_ended": _("ended the part of who stood behind it"),
    "champion_named": _("named somebody who carries it"),
    "champion_ended": _("ended the part of somebody who carried it"),
    "gain_noted": _("noted a gain"),
    "gain_removed": _("took a gain off"),
    "gains_asked": _("asked a side what it gains"),
    "gains_confirmed": _("confirmed gains of the own side"),
    "question_put": _("put a question"),
    "question_answered": _("answered a question"),
    "question_dropped": _("took a question back"),
    "question_passed_on": _("passed a late question on"),
    "pulse_rhythm": _("chose how often the sides are asked how it goes"),
    "pulse_answered": _("said how it goes for the own side"),
    "news_told": _("told the others news"),
    "news_taken_back": _("took news back"),
    "news_put_back": _("let the others read news again"),
    "news_mails_off": _("turned the mails about news to a side off"),
    "news_mails_on": _("turned the mails about news to a side on again"),
}

VALUES: Mapping[str, Mapping[str, Words]] = {
    "when": {str(code): label for code, label in When.choices},
}
# The parts of a side's people: heading, button, and what the part is for.
PARTS: Mapping[str, Words] = {
    Part.CONTACT: _("Contact person"),
    Part.DEPUTY: _("Deputy"),
    Part.CHIEF: _("Stands behind it in the management"),
    Part.CHAMPION: _("Carries it"),
}
NAME_ONE: Mapping[str, Words] = {
    Part.CONTACT: _("Name the contact person"),
    Part.DEPUTY: _("Name a deputy"),
    Part.CHIEF: _("Say who stands behind it"),
    Part.CHAMPION: _("Say who carries it"),
}
WHAT_FOR: Mapping[str, Words] = {
    Part.CONTACT: _(
        "One on each side, who may decide and answers in time. Whoever had the part before hands it over. A broker"
        " between the sides sees too how to reach this person."
    ),
    Part.DEPUTY: _(
        "Answers while the contact person is away, from one day to another. A broker between the sides sees too how to"
        " reach this person."
    ),
    Part.CHIEF: _("A partnership lasts when the management of both sides wants it. The function is enough."),
    Part.CHAMPION: _("Somebody who wants it to succeed and pulls the others along. Say too what happens without her."),
}
GAPS: Mapping[str, Words] = {
    Gap.NO_CONTACT: _("Nobody is contact person yet, so this side cannot be asked anything."),
    Gap.CONTACT_GONE: _("The contact person cannot be reached any more. Name a new one."),
    Gap.ONE_HOLDS_ALL: _("Everything hangs on one person. Name a deputy, or somebody else who stands behind it."),
    Gap.NO_CHIEF: _("Nobody of the management stands behind it yet."),
    Gap.NO_CHAMPION: _("Nobody is named who carries it."),
    Gap.NOTHING_PLANNED: _("It is not written what happens when those who carry it leave."),
}
MARKS: Mapping[str, Words] = {
    Mark.SECTORS: _("Parties of at least two sectors"),
    Mark.OWN_WILL: _("Each is there by its own will"),
    Mark.RESOURCES: _("Each brings something"),
    Mark.GAINS: _("Each gains something"),
    Mark.PURPOSE: _("It has a social purpose"),
}
SECTOR_NAMES: Mapping[str, Words] = {
    "private": _("private"),
    "public": _("public"),
    "voluntary": _("voluntary"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A word with the kind of badge that it is drawn as."""

    text: Words
    kind: str


def standing(partnership: Partnership) -> Shown:
    """Return whether a partnership goes on, as a badge."""
    return Shown(partnership.get_standing_display(), BADGES[partnership.standing])
