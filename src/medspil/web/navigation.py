"""The main menu: the places a person may go to, by her abilities."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.organisations.models import abilities_anywhere
from medspil.organisations.roles import Ability


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main menu."""

    label: str | Promise
    url: str
    current: bool
    exact: bool


# Label, name of the address, and the ability it takes.
PLACES = (
    (_("Areas"), "areas:list", Ability.VIEW_AREA),
    (_("Companies"), "register:list", Ability.VIEW_REGISTER),
)


def places(request: HttpRequest, user: User | AnonymousUser) -> list[Place]:
    """Return the menu of this page; one query for somebody who is signed in."""
    names = [("catalogue:list", _("Catalogue"))]
    if user.is_authenticated:
        may = abilities_anywhere(user)
        names = [(name, label) for label, name, ability in PLACES if ability in may] + names
        names.append(("organisations:list", _("Organisation")))
    return [_place(request, name, label) for name, label in names if address(name)]


def _place(request: HttpRequest, name: str, label: str | Promise) -> Place:
    url = address(name)
    return Place(label=label, url=url, current=request.path.startswith(url), exact=request.path == url)


def address(name: str, *arguments: object) -> str:
    """Return an address by its name, or nothing while the room has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
