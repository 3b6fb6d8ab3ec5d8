"""Codes as people read them, in the language of the page, and the choices that forms offer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspil.areas.models import Rhythm
from medspil.catalogue.vocabulary import Dated, Entry, KindGroup, vocabulary
from medspil.geography.places import municipalities, municipality

Choices = list[tuple[Any, Any]]

KIND_GROUPS: dict[KindGroup, str | Promise] = {
    KindGroup.PEOPLE: gettext_lazy("People’s time"),
    KindGroup.LEARNING: gettext_lazy("Learning"),
    KindGroup.WORK: gettext_lazy("Work and workplaces"),
    KindGroup.CARE: gettext_lazy("Health, sport and safety"),
    KindGroup.ADVICE: gettext_lazy("Advice"),
    KindGroup.STORIES: gettext_lazy("Stories and pictures"),
    KindGroup.CULTURE: gettext_lazy("Culture and events"),
    KindGroup.PLACE: gettext_lazy("Houses, gardens and food"),
    KindGroup.THINGS: gettext_lazy("Things, rooms and money"),
}


def language() -> str:
    """Return the language of the page."""
    return get_language() or "da"


def name(entries: Mapping[str, Entry], code: str) -> str:
    """Return the name of a code; a code nobody knows any longer is shown as it stands."""
    entry = entries.get(code)
    return entry.name(language()) if entry else code


def theme(code: str) -> str:
    """Return the name of a theme."""
    return name(vocabulary().themes, code)


def group(code: str) -> str:
    """Return the name of a target group."""
    return name(vocabulary().target_groups, code)


def kind(code: str) -> str:
    """Return the name of a kind of resource."""
    return name(vocabulary().resource_kinds, code)


def area_kind(code: str) -> str:
    """Return the name of a kind of area."""
    return name(vocabulary().area_kinds, code)


def programme(code: str) -> str:
    """Return the name of a programme."""
    return name(vocabulary().programmes, code)


def status(code: str) -> str:
    """Return the name of an official list."""
    return name(vocabulary().status_kinds, code)


def organisation_kind(code: str) -> str:
    """Return the name of a kind of organisation."""
    return name(vocabulary().organisation_kinds, code)


def with_origin(code: str) -> bool:
    """Return whether an official list rests on residents' origin; such lists are shown only when asked for."""
    entry = vocabulary().status_kinds.get(code)
    return entry is not None and entry.origin_criterion


def town(code: str) -> str:
    """Return the name of a municipality."""
    found = municipality(code) if code else None
    return found.name if found else code


def rhythm(code: str) -> str:
    """Return how often, in words."""
    return str(dict(Rhythm.choices).get(code, code))


def choices(entries: Iterable[Entry], *, keep: str = "", nothing: str | Promise = "–") -> Choices:
    """Return entries to choose from, after the choice of nothing; retired ones only if `keep` names them."""
    found = [(one.code, one.name(language())) for one in entries if not one.retired or one.code == keep]
    return [("", nothing), *found]


def ticks(entries: Iterable[Entry], *, keep: Iterable[str] = ()) -> Choices:
    """Return entries to tick, each with its line of help beneath."""
    kept = set(keep)
    return [(one.code, _with_help(one)) for one in entries if not one.retired or one.code in kept]


def kind_ticks(keep: Iterable[str] = ()) -> Choices:
    """Return the kinds of resources under their headings."""
    kinds, kept = vocabulary().resource_kinds.values(), set(keep)
    return [
        (heading, ticks((one for one in kinds if one.group is group_), keep=kept))
        for group_, heading in KIND_GROUPS.items()
    ]


def dated(entries: Iterable[Dated], *, today: date) -> Choices:
    """Return dated entries to choose from: those that hold today first, then those of other times."""
    now: Choices = []
    other: Choices = []
    for one in entries:
        if not one.retired:
            (now if one.holds_on(today) else other).append((one.code, one.name(language()) + _years(one)))
    return [("", "–"), *now, *([(_("From other periods"), other)] if other else [])]


def towns() -> Choices:
    """Return the municipalities to choose from."""
    return [("", "–"), *((one.code, one.name) for one in municipalities())]


def _years(entry: Dated) -> str:
    if not entry.valid_to:
        return ""
    return f" ({entry.valid_from.year if entry.valid_from else ''}–{entry.valid_to.year})"


def _with_help(entry: Entry) -> str:
    said = entry.help(language())
    return (
        format_html('{}<span class="form-hint">{}</span>', entry.name(language()), said)
        if said
        else entry.name(language())
    )
