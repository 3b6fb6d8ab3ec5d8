"""What the folded parts of a partnership's page say of what they hold, so that no fold hides what waits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.partnerships.models import Partnership
from medspil.web.partnerships.timeline import Happening, Timeline
from medspil.web.parts import Inside

Words = str | Promise
Waiting = tuple[str, Words]
"""Where on the page something waits, and what."""
Standing = tuple[str, Words, Sequence[Words]]
"""The anchor of a card, how it stands in a word or two, and what waits in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What each folded part says, by its anchor; what waits anywhere on the page; and the menu of its parts."""

    inside: Mapping[str, Inside]
    waits: list[Waiting]
    menu: list[Waiting]


def told(partnership: Partnership, shown: Mapping[str, Any]) -> Told:
    """Return what the parts of the page say of themselves, from what the page shows."""
    days: Timeline = shown["timeline"]
    together, waits = work(shown["cards"]["work"])
    inside = {
        "about": about(partnership),
        "partners": partners(shown["partners"]),
        "work": together,
        "questions": questions(shown["questions"]) if shown["inside"] else Inside(),
        "planned": first_of(days.planned),
        "timeline": first_of(days.happened),
        "marks": marks(shown["marks"]),
    }
    rest = [(anchor, inside[anchor].waits) for anchor in ("questions", "partners") if inside[anchor].waits]
    there = {
        "about": True,
        "partners": True,
        "work": bool(shown["cards"]["work"]),
        "questions": shown["inside"],
        "planned": bool(days.planned),
        "timeline": True,
        "advice": bool(shown["cards"]["more"]),
        "gauge": bool(shown["cards"]["more"]),
        "marks": True,
    }
    return Told(inside, [*waits, *rest], [(anchor, MENU[anchor]) for anchor, is_there in there.items() if is_there])


MENU: Mapping[str, Words] = {
    "about": gettext_lazy("About the partnership"),
    "partners": gettext_lazy("Who takes part"),
    "work": gettext_lazy("What you do together"),
    "questions": gettext_lazy("Questions"),
    "planned": gettext_lazy("Plans"),
    "timeline": gettext_lazy("What happened"),
    "advice": gettext_lazy("The 12 pieces of advice"),
    "gauge": gettext_lazy("Results"),
    "marks": gettext_lazy("Is it a social partnership?"),
}


def about(partnership: Partnership) -> Inside:
    """Return the model, and since when."""
    since = _("begun %(day)s") % {"day": date_format(partnership.begun_on, "DATE_FORMAT")}
    return Inside(capfirst(", ".join([partnership.get_model_display(), since] if partnership.model else [since])))


def partners(found: list[dict[str, Any]]) -> Inside:
    """Return how many take part, and how much is missing among them."""
    here = sum(one["partner"].left_on is None for one in found)
    gaps = sum(len(one["gaps"]) for one in found)
    text = ngettext("%(number)s side", "%(number)s sides", here) % {"number": here}
    waits = ngettext("%(number)s thing is missing on the sides", "%(number)s things are missing on the sides", gaps) % {
        "number": gaps
    }
    return Inside(text, waits if gaps else "")


def questions(found: list[dict[str, Any]]) -> Inside:
    """Return how many questions there are, how many wait, and how many are late."""
    number, waiting = len(found), sum(one["question"].is_open for one in found)
    late = sum(one["late"] for one in found)
    if not number:
        return Inside(_("No question yet."))
    text = ngettext("%(number)s question", "%(number)s questions", number) % {"number": number}
    if waiting:
        still_open = ngettext("%(open)s waits", "%(open)s wait", waiting) % {"open": waiting}
        text = f"{text}, {still_open}"
    return Inside(
        text,
        ngettext("%(late)s question is late", "%(late)s questions are late", late) % {"late": late} if late else "",
    )


def marks(found: list[dict[str, Any]]) -> Inside:
    """Return how many marks of a social partnership are there."""
    there = sum(one["there"] for one in found)
    return Inside(_("%(there)s of %(all)s marks are there") % {"there": there, "all": len(found)})


def first_of(days: list[Happening]) -> Inside:
    """Return what comes next, or happened last."""
    if not days:
        return Inside(_("Nothing yet."))
    return Inside(f"{date_format(days[0].on, 'DATE_FORMAT')}: {days[0].what}")


def work(cards: Iterable[tuple[str, Any]]) -> tuple[Inside, list[Waiting]]:
    """Return in what the sides work together, and what waits there, each with the anchor of its card.

    A side to call is among the silences on top of the page already: here it is counted only.
    """
    said: list[Words] = []
    waits: list[Waiting] = []
    to_call = 0
    for template, card in cards:
        if template in TELLS:
            anchor, text, waiting = TELLS[template](card)
            said += [text] if text else []
            waits += [(anchor, one) for one in waiting]
            to_call += len(card.get("falls", ()))
    number = len(waits) + to_call
    told = ngettext("%(number)s thing waits", "%(number)s things wait", number) % {"number": number} if number else ""
    return Inside(capfirst(", ".join(map(str, said))), told), waits


def _walk(card: dict[str, Any]) -> Standing:
    if card["held_on"]:
        text = _("walked together")
    elif card["walk"]:
        text = _("a walk is planned")
    else:
        text = _("no walk") if card["skipped"] else _("no walk yet")
    return "card-walk", text, []


def _alignment(card: dict[str, Any]) -> Standing:
    waits = list(card["missing"])
    return "card-alignment", "" if waits else _("aligned"), waits


def _agreement(card: dict[str, Any]) -> Standing:
    waits = []
    if card["waits"]:
        words = _("Version %(number)s of the agreement waits for confirmations.")
        waits = [words % {"number": card["waits"].number}]
    if card["counts"]:
        return "card-agreement", _("agreement: %(state)s") % {"state": card["standing"].text}, waits
    if card["draft"]:
        return "card-agreement", _("an agreement is being written"), waits
    return "card-agreement", "" if waits or card["ahead"] else _("no agreement yet"), waits


def _board(card: dict[str, Any]) -> Standing:
    waits = []
    if card.get("vacant"):
        words = ngettext(
            "%(number)s seat of the board is vacant.", "%(number)s seats of the board are vacant.", card["vacant"]
        )
        waits.append(words % {"number": card["vacant"]})
    if card.get("runs_out"):
        waits.append(_("Terms of the board end soon."))
    return "card-board", _("a board") if card["board"] else "", waits


def _pulse(card: dict[str, Any]) -> Standing:
    return "card-pulse", "", [_("Say how it goes for you")] if card["waits"] else []


TELLS: Mapping[str, Callable[[dict[str, Any]], Standing]] = {
    "walks/_card.html": _walk,
    "alignment/_card.html": _alignment,
    "agreements/_card.html": _agreement,
    "boards/_card.html": _board,
    "pulses/_card.html": _pulse,
}
"""By the template of a card: how it stands."""
