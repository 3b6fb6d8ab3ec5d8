"""How resources look: a colour and a form for each kind and each theme, the same on map, list, paper and buttons."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.web.areas import words
from medspil.web.map_marks import FORMS, KINDS, Mark
from medspil.web.mapping.words import asset_kind, asset_kinds

# The theme of a resource that names none, and a company that only the register knows.
NO_THEME, FROM_REGISTER = "no_theme", "company"
UNKNOWN = Mark("", "#55534d", form="hexagon")


@dataclass(frozen=True, slots=True)
class Look:
    """Colour, form and icon of one kind; every colour stands out from the ground of the map and from white."""

    fill: str
    form: str
    icon: str


KIND_LOOKS: dict[str, Look] = {
    "person": Look("#b04a12", "circle", "person"),
    "association": Look("#1b6e68", "triangle", "groups"),
    "institution": Look("#2b4f9c", "square", "student"),
    "company": Look("#8a5a00", "diamond", "business"),
    "place": Look("#41702a", "house", "location"),
    "economy": Look("#5a3d7a", "plus", "payments"),
    "story": Look("#a62a62", "star", "chat"),
}
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
    look = KIND_LOOKS.get(code)
    return Mark(asset_kind(code), look.fill, form=look.form) if look else UNKNOWN


def theme_marks() -> dict[str, Mark]:
    """Return the looks of resources by their first theme, in the language of the page."""
    found = {
        code: Mark(words.theme(code), THEME_FILLS[at % len(THEME_FILLS)], form=_FORMS[at % len(_FORMS)])
        for at, code in enumerate(vocabulary().themes)
    }
    return found | {NO_THEME: Mark(_("no theme yet"), UNKNOWN.fill)} | register_marks()


def register_mark() -> Mark:
    """Return the look of a company that nobody has picked up: smaller and paler than what was mapped."""
    return Mark(_("company in the register"), "#ffffff", KINDS[FROM_REGISTER].fill, form="diamond")


def protected_mark() -> Mark:
    """Return the look of one that may not be approached with anything like advertising."""
    return Mark(_("protected from advertising, in the register"), "#ffffff", UNKNOWN.fill, form="diamond")


def register_marks() -> dict[str, Mark]:
    """Return the looks of what nobody has mapped, by the kinds of their points."""
    return {"register": register_mark(), "register_protected": protected_mark()}


def kind_icon(code: str) -> str:
    """Return the icon of a kind, for its button."""
    look = KIND_LOOKS.get(code)
    return look.icon if look else "help"
