"""Whom nobody asked among all companies of the register near an area: how many, and a list of them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from medspil.areas.models import Area
from medspil.linking.never_asked import NeverAsked, never_asked_near
from medspil.mapping.companies import REACHES_M, Near, units_of
from medspil.organisations.roles import Ability
from medspil.register.models import Unit
from medspil.web.http import SignedInRequest
from medspil.web.linking.wording import distance

A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One company that nobody asked."""

    unit: Unit
    away: str

    @property
    def url(self) -> str:
        """Return its page in the register."""
        return reverse("register:detail", args=[self.unit.number])


@dataclass(frozen=True, slots=True)
class Beyond:
    """The area that is looked at, the others there are, and the companies near it that nobody asked."""

    area: Area
    areas: list[Area]
    found: NeverAsked
    reach: str
    page: Page[Near]
    lines: list[Line]
    opened: bool

    @property
    def reaches(self) -> list[tuple[int, str, bool]]:
        """Return how far from the border one may look: metres, words, whether it is chosen."""
        return [(each, distance(each), each == self.found.reach_m) for each in REACHES_M if each]


def beyond(request: SignedInRequest) -> Beyond | None:
    """Return whom nobody asked near the area that the address names, else near the first that has a place."""
    areas = [
        one
        for one in Area.objects.visible_to(request.user)
        .where(request.user, Ability.RANK)
        .current()
        .order_by("name", "pk")
        if one.border or one.x is not None
    ]
    if not areas:
        return None
    area = next((one for one in areas if str(one.pk) == request.GET.get("area")), areas[0])
    asked = {str(each): each for each in REACHES_M if each}.get(request.GET.get("reach", ""))
    found = never_asked_near(
        area, user=request.user, now=timezone.now(), **({} if asked is None else {"reach_m": asked})
    )
    if found is None:
        return None
    page = Paginator(found.never, A_PAGE).get_page(request.GET.get("side"))
    away = {one.unit: one.distance for one in page}
    return Beyond(
        area=area,
        areas=areas,
        found=found,
        reach=distance(found.reach_m),
        page=page,
        lines=[
            Line(unit, distance(away[unit.pk]) if away[unit.pk] else "")
            for unit in units_of(list(page), user=request.user)
        ],
        opened=any(name in request.GET for name in ("area", "side", "reach")),
    )
