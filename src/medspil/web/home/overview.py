"""What came of it, for somebody who only reads: a map, figures with definitions, what was linked, what is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkState
from medspil.linking.reach import Stages, reach_of
from medspil.mapping.models import Resource
from medspil.offers.models import Offer
from medspil.organisations.roles import Abilities, Ability
from medspil.web.linking.funnel_drawn import Funnel, Stage
from medspil.web.linking.link_parties import eyes_of
from medspil.web.linking.link_shown import ShownLink, shown_links
from medspil.web.maps import Map, Point, build

MOST = 5
WORKING = (Ability.EDIT_AREA, Ability.EDIT_NEED, Ability.LINK, Ability.MAKE_OFFER)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and what is meant by that."""

    number: int
    label: str | Promise
    definition: str | Promise


@dataclass(frozen=True, slots=True)
class Overview:
    """All areas that a person follows, seen as one."""

    map: Map | None
    figures: list[Figure]
    funnel: Funnel
    linked: list[ShownLink]
    needs: list[Need]
    more_needs: int
    offers: list[Offer]


def overview_of(user: User, may: Abilities, *, today: date) -> Overview | None:
    """Return the overview for somebody who sees areas and works with none; None for others. Ten queries at most."""
    if Ability.VIEW_AREA not in may or any(ability in may for ability in WORKING):
        return None
    areas = list(Area.objects.visible_to(user).current().order_by("name", "pk"))
    if not areas:
        return None
    needs = list(
        Need.objects.visible_to(user).filter(area__in=areas).open(today).select_related("area").order_by("-pk")
    )
    public = [need for need in needs if need.open_to_companies]
    links = Link.objects.visible_to(user, on=today).filter(area__in=areas).current()
    states = list(links.values_list("state", flat=True))
    made = links.filter(state=LinkState.PARTNERSHIP).order_by("-partnership_on", "-pk").for_page()[:MOST]
    offers = Offer.objects.visible_to(user).filter(public=True).open(today).for_list().order_by("-renewed_on", "-pk")
    return Overview(
        map=map_of_areas(areas),
        figures=_figures(states, len(needs), len(public)),
        funnel=_funnel(user, areas),
        linked=shown_links(list(made), eyes_of(user, made), today, {}),
        needs=public[:MOST],
        more_needs=max(len(public) - MOST, 0),
        offers=list(offers[:MOST]),
    )


def map_of_areas(areas: Iterable[Area]) -> Map | None:
    """Return areas on a map that stands beside their list; None when none has a place."""
    points = [
        Point(f"area-{one.pk}", one.x, one.y, one.name, href=reverse("areas:detail", args=[one.pk]), kind="area")
        for one in areas
        if one.x is not None and one.y is not None
    ]
    return build(caption=_("Your areas on the map"), points=points, beside_list=True) if points else None


def _figures(states: list[str], needs: int, public: int) -> list[Figure]:
    under_way = sum(1 for state in states if state in {LinkState.ASKED, LinkState.INTERESTED})
    return [
        Figure(
            sum(1 for state in states if state == LinkState.PARTNERSHIP),
            _("partnerships"),
            _("Links marked as a partnership: all sides that still take part in them said yes."),
        ),
        Figure(under_way, _("links under way"), _("Somebody has been asked, or has said yes; no partnership yet.")),
        Figure(needs, _("open needs"), _("What the areas lack today and have written down.")),
        Figure(public, _("shown to companies"), _("Open needs that every company can see.")),
    ]


def _funnel(user: User, areas: list[Area]) -> Funnel:
    resources = list(Resource.objects.visible_to(user).filter(area__in=areas).current().for_list())
    reached, found = reach_of(resources), Stages()
    for one in resources:
        found = found.with_one(reached[one.pk].stage)
    return Funnel(
        title=_("From mapped to mobilised"),
        stages=[
            Stage(_("mapped"), found.mapped, pgettext("areas", "On the map of an area today, and not put away.")),
            Stage(
                _("linked"),
                found.linked,
                _("Takes part in at least one link that nobody turned down, by itself or as its organisation."),
            ),
            Stage(_("mobilised"), found.mobilised, _("Takes part in at least one link that became a partnership.")),
        ],
    )
