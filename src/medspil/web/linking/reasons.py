"""The reasons of one ranked company in sentences: one for each criterion, and one for the proposed model."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.register.models import PointQuality
from medspil.web.linking import wording
from medspil.web.linking.commitment import commitment_lines
from medspil.web.linking.wording import Words

WORTH_NAMING = 0.3
"""Affinities below this are not put forward as what a company can give."""
SHOWN_WORDS = 6

# One colour per criterion, the same in every bar, on paper too (documents/house.typ); neighbours differ in lightness.
COLOURS = {
    "capability": "#123f40",
    "relevance": "#c98a1b",
    "commitment": "#1f8a84",
    "proximity": "#a8470f",
    "capacity": "#5a3d7a",
    "relation": "#77736b",
    "fairness": "#b9b2a3",
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion of one company: its points of the most it can give, and the words for them."""

    criterion: str
    name: Words
    value: float
    points: str
    most: str
    share: float
    text: str


def reasons(row: Row) -> list[Reason]:
    """Return the criteria in the order in which the points are added up."""
    return [
        Reason(
            criterion=part["criterion"],
            name=wording.CRITERIA.get(part["criterion"], part["criterion"]),
            value=part["value"],
            points=wording.points(part["points"]),
            most=wording.points(part["weight"]),
            share=part["points"],
            text=_SENTENCES[part["criterion"]](row) if part["criterion"] in _SENTENCES else "",
        )
        for part in row["parts"]
    ]


def model_reason(row: Row) -> str:
    """Return why a model is proposed: a person decides in the end."""
    if row["deciding_kinds"]:
        kinds = ", ".join(wording.kind_name(kind) for kind in row["deciding_kinds"])
        return _("What is lacking lies close to the company's core services: {kinds}.").format(kinds=kinds)
    return _(
        "What is lacking lies outside the company's core services. "
        "Such a partnership springs from the wish of employees or management."
    )


def capability(row: Row) -> str:
    """Return the core services that fit: industry → kind of resource."""
    named = [kind for kind, value in row["kinds"] if value >= WORTH_NAMING]
    industry = wording.industry_name(row["unit"]) or _("Industry not known")
    if not row["kinds"]:
        return _("The need names no kind of resource.")
    if not named:
        return _("{industry}: far from what is lacking.").format(industry=industry)
    kinds = ", ".join(wording.kind_name(kind) for kind in named)
    return _("{industry} → {kinds}").format(industry=industry, kinds=kinds)


def relevance(row: Row) -> str:
    """Return the need's words that the company's name, industry, purpose or profile holds."""
    words = [term for term, _points in row["words"]][:SHOWN_WORDS]
    if not words:
        return _("None of the need's words appear in its name, industry, purpose or profile.")
    return _("Words in common with the need or the kinds of resource it asks for: {words}").format(
        words=", ".join(words)
    )


def commitment(row: Row) -> str:
    """Return what profiles say of its commitment, each fact with where it comes from."""
    lines = commitment_lines(row["profile"])
    return "\n".join(lines) or _("We know nothing of its social commitment yet, which counts a little.")


def proximity(row: Row) -> str:
    """Return the distance and how well the place is known."""
    unit = row["unit"]
    if row["distance_m"] is None:
        return _("The distance is not known.")
    away = _("{distance} as the crow flies").format(distance=wording.distance(row["distance_m"]))
    quality = unit.get("point_quality")
    if quality in {PointQuality.STREET, PointQuality.POSTCODE}:
        return _("{away}; the place is known by {quality} only.").format(away=away, quality=wording.point_quality(unit))
    return f"{away}."


def capacity(row: Row) -> str:
    """Return the size; two thirds of all units have none, which counts as the middle."""
    unit = row["unit"]
    if unit.get("employees_from") is None:
        return _("The size is not known, which counts as the middle.")
    return f"{wording.size(unit).capitalize()}."


def relation(row: Row) -> str:
    """Return whether there is contact already."""
    if row["profile"].get("in_contact"):
        return _("You are in contact already.")
    return _("No contact that we know of.")


def fairness(row: Row) -> str:
    """Return how often the company was approached within a year, by whomever, and how many offers it has open."""
    times, offers = row["profile"].get("recent_approaches", 0), row["profile"].get("open_offers", 0)
    told = [
        ngettext(
            "Has been approached {times} time in the last year.",
            "Has been approached {times} times in the last year.",
            times,
        ).format(times=times)
        if times
        else _("Has not been approached in the last year.")
    ]
    if offers:
        told.append(ngettext("Has {offers} open offer.", "Has {offers} open offers.", offers).format(offers=offers))
    return " ".join(told)


_SENTENCES = {
    "capability": capability,
    "relevance": relevance,
    "commitment": commitment,
    "proximity": proximity,
    "capacity": capacity,
    "relation": relation,
    "fairness": fairness,
}
