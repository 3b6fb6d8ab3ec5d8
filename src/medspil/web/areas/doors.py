"""The row of doors on the page of an area: what it has, what is missing, offers, links, who works with whom."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area


@dataclass(frozen=True, slots=True)
class Door:
    """A way from an area to a part of the work with it."""

    name: str | Promise
    hint: str | Promise
    icon: str
    url: str


# Name, hint, icon, and the address it leads to.
DOORS = (
    (_("Resources"), _("who and what the area has"), "map", "mapping:list"),
    (_("What is missing"), _("and who could bring it"), "list-check", "mapping:coverage"),
    (_("Offers"), _("what is offered, and what waits"), "assignment", "offers:area"),
    (_("Links"), _("who was asked, and who said yes"), "link", "linking:links"),
    (_("Network"), _("who works with whom"), "share", "linking:network"),
)


def doors(area: Area) -> list[Door]:
    """Return the doors of an area; one whose pages are not installed is left out."""
    found = []
    for name, hint, icon, address in DOORS:
        try:
            url = reverse(address, args=[area.pk])
        except NoReverseMatch:
            continue
        found.append(Door(name, hint, icon, url))
    return found
