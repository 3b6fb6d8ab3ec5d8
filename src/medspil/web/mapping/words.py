"""Codes of resources as people read them, in the language of the page."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.reach import Stage
from medspil.mapping.models import Gift, PlaceQuality, Resource
from medspil.web.areas import words

STAGES: dict[Stage, str | Promise] = {
    Stage.MAPPED: gettext_lazy("mapped"),
    Stage.LINKED: gettext_lazy("linked"),
    Stage.MOBILISED: gettext_lazy("mobilised"),
}
PLACE_NOTES: dict[str, str | Promise] = {
    PlaceQuality.POINT: gettext_lazy("The point was set on the map."),
    PlaceQuality.ADDRESS: gettext_lazy("The point on the map is the address."),
    PlaceQuality.STREET: gettext_lazy("The point on the map is the street."),
    PlaceQuality.POSTCODE: gettext_lazy("Only the postal code is known: the point is its centre."),
    PlaceQuality.NONE: gettext_lazy("The place is not known, so it is not on the map."),
}

# The same where there is room for a word or two only.
PLACE_SHORT: dict[str, str | Promise] = {
    PlaceQuality.POINT: gettext_lazy("on the map"),
    PlaceQuality.ADDRESS: gettext_lazy("on the map"),
    PlaceQuality.STREET: gettext_lazy("on the map, in its street"),
    PlaceQuality.POSTCODE: gettext_lazy("on the map, by its postal code"),
    PlaceQuality.NONE: gettext_lazy("not on the map"),
}


def asset_kinds() -> list[str]:
    """Return the kinds of what an area has, in their order."""
    return [code for code, one in vocabulary().asset_kinds.items() if not one.retired]


def asset_kind(code: str) -> str:
    """Return the name of a kind of what an area has."""
    return words.name(vocabulary().asset_kinds, code)


def asset_kind_choices(*, keep: str = "") -> words.Choices:
    """Return the kinds to choose from."""
    return words.choices(vocabulary().asset_kinds.values(), keep=keep)[1:]


def gifts(codes: list[str]) -> str:
    """Return head, hand and heart in words."""
    known = dict(Gift.choices)
    return "\n".join(str(known.get(code, code)) for code in codes)


def listed(names: list[str]) -> str:
    """Return several names as one line."""
    return ", ".join(names)


def confirmed(resource: Resource) -> str:
    """Return when somebody last said that it is right."""
    if resource.confirmed_on is None:
        return _("never confirmed")
    return _("confirmed %(day)s") % {"day": date_format(resource.confirmed_on, "DATE_FORMAT")}


def standing(resource: Resource, today: date) -> str:
    """Return whether somebody should ask again: old, never confirmed, or nothing to say."""
    if resource.confirmed_on is None:
        return _("Nobody has confirmed this yet.")
    day = date_format(resource.confirmed_on, "DATE_FORMAT")
    if resource.is_stale(today):
        return _("Last confirmed %(day)s: time to ask again.") % {"day": day}
    return _("Confirmed %(day)s.") % {"day": day}
