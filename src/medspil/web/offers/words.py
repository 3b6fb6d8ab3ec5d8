"""Offers and meetings in words: the parts of a score, what keeps a pair apart, the history."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.offers.fit import Much, Part, Reason
from medspil.offers.meeting import Barrier
from medspil.offers.models import Offer, OfferState
from medspil.offers.renewal import RenewalAnswer
from medspil.web.areas import told, words
from medspil.web.linking import wording

Words = str | Promise

PARTS: dict[Part, Words] = {
    Part.KIND: gettext_lazy("Kind of resource"),
    Part.AMOUNT: gettext_lazy("How much"),
    Part.PERIOD: gettext_lazy("Period"),
    Part.NEARNESS: gettext_lazy("Nearness"),
    Part.THEME: gettext_lazy("Theme"),
    Part.WORDS: gettext_lazy("Words in common"),
}

# One colour per part, the same in every bar; neighbours differ in lightness.
COLOURS: dict[Part, str] = {
    Part.KIND: "#123f40",
    Part.AMOUNT: "#c98a1b",
    Part.PERIOD: "#1f8a84",
    Part.NEARNESS: "#a8470f",
    Part.THEME: "#5a3d7a",
    Part.WORDS: "#77736b",
}

# What the services write as `action` in the history.
ACTIONS: dict[str, Words] = {
    "asked_whether_it_stands": gettext_lazy("sent a link that asks whether it still stands"),
    "words_taken_away": gettext_lazy("took away what the giver wrote"),
    "answered_by_link": gettext_lazy("An answer came by the link"),
}
# Numbers of the map and keys of records say nothing to a reader.
UNTOLD = {"version", "x", "y", "organisation", "recorded_by_organisation"}
SOURCE = {"source", "said_on"}
"""Who said what was noted down: nothing for readers who may not change it."""

# What changes are called that are no field of an offer, and the words for their codes.
VALUES: dict[str, Mapping[str, Words]] = {
    "answer": dict(RenewalAnswer.choices),
    "state": dict(OfferState.choices),
}

STATE_BADGES = {OfferState.OPEN: "success", OfferState.WITHDRAWN: "warning", OfferState.ENDED: ""}


def amount(much: Much) -> str:
    """Return how much of what how often, as far as it is stated."""
    return told.amount(much.quantity, much.unit, much.rhythm)


def amount_of(offer: Offer) -> str:
    """Return how much an offer gives how often."""
    return amount(Much(offer.quantity, offer.unit, offer.rhythm))


def reach(offer: Offer) -> str:
    """Return how far away an offer can be given."""
    if offer.whole_country:
        return _("In the whole country")
    if offer.reach_km:
        return _("Within {km} km").format(km=offer.reach_km)
    return ""


def noted_down(offer: Offer, *, may_change: bool = False) -> str:
    """Return who noted an offer down for the giver, and who said it when; empty where the giver made it itself.

    Who said it is somebody's name: of an offer that everybody sees it is told to those alone who may change it.
    """
    if offer.recorded_by_organisation is None:
        return ""
    facts = {
        "who": offer.recorded_by_organisation.name,
        "source": offer.source,
        "day": date_format(offer.said_on, "DATE_FORMAT") if offer.said_on else "",
    }
    named = may_change or not offer.public
    text = (_("Noted down by {who}. Said by: {source}, {day}.") if named else _("Noted down by {who}.")).format(**facts)
    if offer.taken_over_on is None:
        return text
    taken = _("The giver took it over on {day}.").format(day=date_format(offer.taken_over_on, "DATE_FORMAT"))
    return f"{text} {taken}"


def sentence(reason: Reason) -> str:
    """Return one part of a score as a sentence."""
    return _SENTENCES[reason.part](reason.facts)


def barrier_line(barrier: Barrier, count: int) -> str:
    """Return how many pairs of the same kind something keeps apart."""
    shown = number_format(count, use_l10n=True, force_grouping=True)
    if barrier is Barrier.PERIOD:
        text = ngettext("{count} at another time.", "{count} at other times.", count)
    elif barrier is Barrier.OUT_OF_REACH:
        text = ngettext("{count} out of reach.", "{count} out of reach.", count)
    elif barrier is Barrier.TOO_FAR:
        text = ngettext(
            "{count} too far away: it is not said how far the offer reaches.",
            "{count} too far away: it is not said how far the offers reach.",
            count,
        )
    elif barrier is Barrier.NO_HOST:
        text = ngettext(
            "{count} where nobody receives the volunteers yet.",
            "{count} where nobody receives the volunteers yet.",
            count,
        )
    else:
        text = ngettext("{count} that was turned down before.", "{count} that were turned down before.", count)
    return text.format(count=shown)


def _kind(facts: Mapping[str, Any]) -> str:
    if facts["of"] == 1:
        return _("Just what the need asks for.")
    return _("One of the {count} kinds that the need asks for.").format(count=facts["of"])


def _amount(facts: Mapping[str, Any]) -> str:
    offered, needed = facts["offered"], facts["needed"]
    said = {"offered": amount(offered) or _("not stated"), "needed": amount(needed) or _("not stated")}
    if not amount(needed):
        text = _("The need does not say how much; offered: {offered}.")
    elif not facts["same_unit"]:
        text = _("Offered: {offered}; needed: {needed}. They are counted in different things: ask.")
    elif "share" in facts and facts["share"] < 1:
        text = _("A part of it. Offered: {offered}; needed: {needed}.")
    elif "share" in facts and facts.get("often_enough", True):
        text = _("Enough. Offered: {offered}; needed: {needed}.")
    else:
        text = _("Offered: {offered}; needed: {needed}.")
    return text.format(**said)


def _period(facts: Mapping[str, Any]) -> str:
    if facts["any_time"]:
        return _("The need names no period, so any time may do.")
    if facts["given"] >= facts["needed"]:
        return _("In the whole period of the need.")
    return _("On {given} of the {needed} days that the need lasts.").format(**facts)


def _nearness(facts: Mapping[str, Any]) -> str:
    if facts["distance_m"] is None:
        return _("How far away it is, is not known.")
    return _("{distance} from the middle of the area.").format(distance=wording.distance(facts["distance_m"]))


def _theme(facts: Mapping[str, Any]) -> str:
    if facts["shared"]:
        return ", ".join(words.theme(code) for code in facts["shared"])
    return _("Another theme than those of the offer.") if facts["known"] else _("No theme is named on both sides.")


def _words(facts: Mapping[str, Any]) -> str:
    return ", ".join(facts["words"]) if facts["words"] else _("None.")


_SENTENCES: dict[Part, Callable[[Mapping[str, Any]], str]] = {
    Part.KIND: _kind,
    Part.AMOUNT: _amount,
    Part.PERIOD: _period,
    Part.NEARNESS: _nearness,
    Part.THEME: _theme,
    Part.WORDS: _words,
}
