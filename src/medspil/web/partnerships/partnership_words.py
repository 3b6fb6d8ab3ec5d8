"""Words for partnerships: how they stand, of which sector who takes part is, and what the history tells."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.partnerships.models import Partnership, Standing

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
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A word with the kind of badge that it is drawn as."""

    text: Words
    kind: str


def standing(partnership: Partnership) -> Shown:
    """Return whether a partnership goes on, as a badge."""
    return Shown(partnership.get_standing_display(), BADGES[partnership.standing])
