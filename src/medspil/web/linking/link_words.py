"""Words for links: states, answers, what happened, where a link comes from."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.linking.models import Answer, LinkState

Words = str | Promise

# How far a link got, as a badge: kind of badge by state.
BADGES: Mapping[str, str] = {
    LinkState.IDEA: "",
    LinkState.ASKED: "warning",
    LinkState.INTERESTED: "info",
    LinkState.PARTNERSHIP: "success",
    LinkState.TURNED_DOWN: "error",
}
ANSWER_BADGES: Mapping[str, str] = {
    Answer.NOT_ASKED: "",
    Answer.ASKED: "warning",
    Answer.YES: "success",
    Answer.NO: "error",
}
# Headings of the board.
COLUMNS: Mapping[str, Words] = {
    LinkState.IDEA: _("Ideas"),
    LinkState.ASKED: _("Asked"),
    LinkState.INTERESTED: _("Interested"),
    LinkState.PARTNERSHIP: _("Partnerships"),
    LinkState.TURNED_DOWN: _("Turned down"),
}
EMPTY_COLUMNS: Mapping[str, Words] = {
    LinkState.IDEA: _("What somebody has seen and nobody has asked about yet."),
    LinkState.ASKED: _("Here wait those who were asked and have not answered."),
    LinkState.INTERESTED: _("All who were asked would like to: agree on the first thing to do."),
    LinkState.PARTNERSHIP: _("What became work together."),
    LinkState.TURNED_DOWN: _("What somebody said no to, with the reason."),
}
SECTORS: Mapping[str, Words] = {
    "private": _("Companies"),
    "public": _("Public bodies"),
    "voluntary": _("Associations"),
    "people": _("People"),
    "place": _("Places and stories"),
}
# The parts by which an offer meets a need.
MEETING: Mapping[str, Words] = {
    "kind": _("Kind of resource"),
    "amount": _("How much"),
    "period": _("When"),
    "nearness": _("Nearness"),
    "theme": _("Theme"),
    "words": _("Words in common"),
}
# What the services write as `action` in the history.
ACTIONS: Mapping[str, Words] = {
    "asked": _("noted that a side was asked"),
    "asked_again": _("noted that a side was asked again"),
    "said_yes": _("noted that a side would like to"),
    "said_no": _("noted that a side said no"),
    "no_undone": _("took a no back"),
    "partnership": _("noted the partnership"),
    "back": _("took a step back"),
    "party_came": _("let one more take part"),
    "party_left": _("took a party off"),
    "introduced": _("introduced the sides"),
    "need_described": _("made a need of its challenge"),
    "found_again": _("noted what came to it once more"),
    "brings_written": _("wrote what a party brings"),
    "mention_keep": _("looked at a text that might name somebody"),
    "mention_changed": _("changed a text that named somebody"),
    "mention_delete": _("deleted a text that named somebody"),
    "handed_on": _("handed it on to a colleague"),
    "taken_on": _("took it on"),
    "given_back": _("gave it back to a colleague"),
    "handing_on_called_off": _("called off that it was handed on"),
    "expired": _("put away: nobody answered"),
    "consent_noted": _("noted that a protected company said we may write"),
}
