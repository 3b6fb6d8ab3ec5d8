"""How resources look: a colour and a form for each kind and each theme, the same on map, list, paper and buttons."""

from django.utils.translation import gettext as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.web.areas import words
from medspil.web.map_marks import FORMS, LOOKS, Mark
from medspil.web.mapping.words import asset_kind, asset_kinds

NO_THEME = "no_theme"
"""Stands for the theme of a resource that names none."""

UNKNOWN = Mark("", "#55534d", form="hexagon")


# Themes in the order of the vocabulary; with the forms going round, no two share both colour and form.
THEME_FILLS = (
    "#123f40", "#b04a12", "#2b4f9c", "#41702a", "#5a3d7a", "#8a5a00", "#a62a62", "#1b6e68",
    "#7a1f1f", "#3f5f74", "#6b6100", "#7d3fa0",
)  # fmt: skip
_FORMS = tuple(FORMS)


def kind_marks() -> dict[str, Mark]:
    """Return the looks of resources by kind, in the language of the page."""
    return {code: kind_mark(code) for code in asset_kinds()} | register_marks()


def kind_mark(code: str) -> Mark:
    """Return the look of one kind; one that nobody knows any longer gets a look of its own."""
    look = LOOKS.get(code)
    return look.mark(asset_kind(code)) if look else UNKNOWN


def theme_marks() -> dict[str, Mark]:
    """Return the looks of resources by their first theme, in the language of the page."""
    found = {
        code: Mark(words.theme(code), THEME_FILLS[at % len(THEME_FILLS)], form=_FORMS[at % len(_FORMS)])
        for at, code in enumerate(vocabulary().themes)
    }
    return found | {NO_THEME: Mark(_("no theme yet"), UNKNOWN.fill)} | register_marks()


def register_mark() -> Mark:
    """Return the look of a company that nobody has picked up: smaller and paler than what was mapped."""
    return LOOKS["company"].hollow(_("company in the register"))


def protected_mark() -> Mark:
    """Return the look of one that may not be approached with anything like advertising."""
    return LOOKS["company"].hollow(_("protected from advertising, in the register"), line=UNKNOWN.fill)


def register_marks() -> dict[str, Mark]:
    """Return the looks of what nobody has mapped, by the kinds of their points."""
    return {"register": register_mark(), "register_protected": protected_mark()}
