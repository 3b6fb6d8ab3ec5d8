"""The main menu: the places a person may go to, by her abilities."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.organisations.roles import Ability
from medspil.web.abilities import abilities_of


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main menu."""

    label: str | Promise
    url: str
    current: bool
    exact: bool


# Label, name of the address, and the ability it takes; None is for everybody who belongs to an organisation.
PLACES: tuple[tuple[str | Promise, str, Ability | None], ...] = (
    (_("Areas"), "areas:list", Ability.VIEW_AREA),
    (_("Companies"), "register:list", Ability.VIEW_REGISTER),
    (_("Offers"), "offers:list", Ability.MAKE_OFFER),
    (_("Allocations"), "rounds:list", Ability.ALLOCATE),
    (_("Partnerships"), "partnerships:list", None),
)
# Pages that lie under an entry though their address does not say so.
BENEATH = {
    "areas:list": (
        "/behov/",
        "/udfordringer/",
        "/kandidater/",
        "/rangeringer/",
        "/ressourcer/",
        "/ressourcelister/",
        "/koblinger/",
        "/overdragelser/",
        "/brobygning/",
        "/noter/",
    ),
    "partnerships:list": ("/spoergsmaal/",),
}


def places(request: HttpRequest, user: User | AnonymousUser) -> list[Place]:
    """Return the menu of this page; one query for somebody who is signed in."""
    names: list[tuple[str, str | Promise]] = [("catalogue:list", _("Catalogue"))]
    if user.is_authenticated:
        may = abilities_of(request)
        names = [
            (name, label) for label, name, ability in PLACES if ability in may or (ability is None and may.names)
        ] + names
        names.append(("organisations:list", _("Organisation")))
    return [_place(request, name, label) for name, label in names]


def _place(request: HttpRequest, name: str, label: str | Promise) -> Place:
    url = reverse(name)
    current = request.path.startswith((url, *BENEATH.get(name, ())))
    return Place(label=label, url=url, current=current, exact=request.path == url)
