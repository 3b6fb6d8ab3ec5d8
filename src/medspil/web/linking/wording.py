"""Words for the engine's codes and numbers: criteria, gates, models, places, sizes, notes."""

from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.industries import title
from medspil.catalogue.vocabulary import vocabulary
from medspil.register.models import PointQuality

Words = str | Promise

CRITERIA: dict[str, Words] = {
    "capability": _("Core services"),
    "relevance": _("The need's words"),
    "commitment": _("Commitment"),
    "proximity": _("Nearness"),
    "capacity": _("Size for the task"),
    "relation": _("Relation"),
    "fairness": _("Not asked too often"),
}

MODELS: dict[str, Words] = {
    "strategically_integrated": _("Strategically integrated"),
    "add_on": _("Add-on"),
}

SECTORS: dict[int, Words] = {0: _("Private"), 1: _("Public"), 2: _("Voluntary")}

SIZES: dict[str, Words] = {
    "micro": _("0–9 employees"),
    "small": _("10–49 employees"),
    "medium": _("50–199 employees"),
    "large": _("200 employees or more"),
    "unknown": _("Size not known"),
}

DISTANCES_KM = (1, 2, 5, 10, 25, 50)

NOTES: dict[str, Words] = {
    "no_centre": _("The area has no centre yet, so nobody is measured as near or far. Draw it on the area's page."),
    "no_municipality": _("The area has no municipality yet, so companies of the whole country are shown."),
    "no_kinds": _("The need names no kind of resource yet, so nobody is measured by core services."),
    "kinds_unknown": _("One of the need's kinds of resource is not in the affinity table and was not asked for."),
}

VERSION_NAMES: dict[str, Words] = {
    "engine": _("ranking engine"),
    "analyser": _("language analyser"),
    "affinities": _("affinity table"),
    "index": _("index"),
    "index_source": _("source"),
    "index_date": _("date of the source"),
    "index_rows": _("units in the index"),
    "index_active_rows": _("units in business"),
}

# What the services write as `action` in the history.
ACTIONS: dict[str, Words] = {
    "kept": _("kept the company"),
    "set_aside": _("set the company aside"),
    "decision_undone": _("undid the decision"),
    "ranking_saved": _("saved the ranking"),
}


def gate_line(gate: str, count: int) -> str:
    """Return how many units a gate left out, in one sentence."""
    shown = number_format(count, use_l10n=True, force_grouping=True)
    if gate == "ceased":
        text = ngettext("{count} company has ceased.", "{count} companies have ceased.", count)
    elif gate == "outside":
        text = ngettext(
            "{count} company lies outside the reach of the need.",
            "{count} companies lie outside the reach of the need.",
            count,
        )
    elif gate == "protected":
        text = ngettext(
            "{count} company is protected from advertising and is left out.",
            "{count} companies are protected from advertising and are left out.",
            count,
        )
    else:
        text = ngettext(
            "{count} company was set aside for this need, or has said no.",
            "{count} companies were set aside for this need, or have said no.",
            count,
        )
    return text.format(count=shown)


def need_gate_line(gate: str, count: int) -> str:
    """Return how many open needs a company is left out of, in one sentence."""
    shown = number_format(count, use_l10n=True, force_grouping=True)
    if gate == "ceased":
        text = ngettext("{count} need: the company has ceased.", "{count} needs: the company has ceased.", count)
    elif gate == "outside":
        text = ngettext(
            "{count} need does not reach as far as the company.",
            "{count} needs do not reach as far as the company.",
            count,
        )
    elif gate == "protected":
        text = ngettext(
            "{count} need: the company is protected from advertising.",
            "{count} needs: the company is protected from advertising.",
            count,
        )
    else:
        text = ngettext(
            "{count} need: you set the company aside for it.",
            "{count} needs: you set the company aside for them.",
            count,
        )
    return text.format(count=shown)


def kind_name(code: str) -> str:
    """Return the name of a kind of resource in the language of the page; an unknown code as it is."""
    entry = vocabulary().resource_kinds.get(code)
    return entry.name(get_language() or "da") if entry else code


def theme_name(code: str) -> str:
    """Return the name of a theme."""
    entry = vocabulary().themes.get(code)
    return entry.name(get_language() or "da") if entry else code


def target_group_name(code: str) -> str:
    """Return the name of a target group."""
    entry = vocabulary().target_groups.get(code)
    return entry.name(get_language() or "da") if entry else code


def industry_name(unit: dict[str, Any]) -> str:
    """Return the industry: in Danish as the register writes it, in English by our own table where it has the code."""
    language = get_language() or "da"
    own = title(unit.get("industry", ""), unit.get("code_system", ""), language)
    told = unit.get("industry_text", "")
    return (told or own) if language.startswith("da") else (own or told)


def company_name(unit: dict[str, Any]) -> str:
    """Return the name of a unit, or its number when the register has lost it."""
    return unit.get("name") or gettext("P-number {number}").format(number=unit["number"])


COARSE: dict[str, Words] = {
    PointQuality.STREET: _("street"),
    PointQuality.POSTCODE: _("postal code"),
}


def address_line(unit: dict[str, Any]) -> str:
    """Return street, postal code and town in one line."""
    town = f"{unit.get('postcode', '')} {unit.get('city', '')}".strip()
    return ", ".join(part for part in (unit.get("address", ""), town) if part)


def distance(metres: float | None) -> str:
    """Return a distance as the crow flies: metres below one kilometre, then one decimal, from 20 km none."""
    if metres is None:
        return gettext("distance not known")
    if metres < 1000:
        return f"{number_format(round(metres, -1), 0)} m"
    return f"{number_format(metres / 1000, 0 if metres >= 20_000 else 1)} km"


def distance_known_by(metres: float | None, quality: str) -> str:
    """Return a distance, and that it is only about so far where the unit's own point is not known."""
    if metres is None or quality not in COARSE:
        return distance(metres)
    return gettext("about {distance} (by {quality})").format(distance=distance(metres), quality=COARSE[quality])


def size(unit: dict[str, Any]) -> str:
    """Return the number of employees as the register tells it."""
    least, most = unit.get("employees_from"), unit.get("employees_to")
    if least is None:
        return gettext("size not known")
    if most is None:
        return gettext("{least} employees or more").format(least=number_format(least, force_grouping=True))
    if least == most:
        text = ngettext("{least} employee", "{least} employees", least)
        return text.format(least=number_format(least, force_grouping=True))
    return gettext("{least}–{most} employees").format(
        least=number_format(least, force_grouping=True), most=number_format(most, force_grouping=True)
    )


def point_quality(unit: dict[str, Any]) -> str:
    """Return by what a unit's place is known."""
    code = unit.get("point_quality", PointQuality.NONE)
    return str(PointQuality(code).label) if code in PointQuality.values else ""


def points(value: float) -> str:
    """Return a share of 1 as points of 100, with one decimal."""
    return number_format(round(value * 100, 1), 1)


def points_line(score: float) -> str:
    """Return a score in words."""
    return gettext("{points} of 100 points").format(points=points(score))


def source_line(unit: dict[str, Any]) -> str:
    """Return where the facts come from and of which day."""
    if not unit.get("source"):
        return gettext("The unit is no longer in the register.")
    day = date_format(date.fromisoformat(unit["source_date"]), "DATE_FORMAT")
    told = gettext("Source: {source}, {day}.").format(source=unit["source"], day=day)
    made_up = pgettext("company", "Made up for the example.")
    return f"{told} {made_up}" if unit.get("made_up") else told


def index_line(versions: dict[str, Any]) -> str:
    """Return what register the ranking was made from, and by which versions."""
    day = versions.get("index_date", "")
    return gettext(
        "Register: {source}, {date}, {rows} units. Ranking engine {engine}, language analyser {analyser}, "
        "affinity table {affinities}."
    ).format(
        source=versions.get("index_source", "–"),
        date=date_format(date.fromisoformat(day), "DATE_FORMAT") if day else "–",
        rows=number_format(versions.get("index_rows", 0), force_grouping=True),
        engine=versions.get("engine", "–"),
        analyser=versions.get("analyser", "–"),
        affinities=versions.get("affinities", "–"),
    )
