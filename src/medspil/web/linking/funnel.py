"""From mapped to mobilised: how many resources of an area were linked, how many came to work, and which never were.

A resource counts as linked when it, its organisation or its entry in the register takes part in a link that nobody
turned down; as mobilised when such a link became a partnership.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.reach import LONG_AGO, Reach, Stages, reach_of
from medspil.mapping.companies import nearby
from medspil.mapping.models import Resource
from medspil.web.linking.funnel_drawn import Funnel, Stage
from medspil.web.linking.wording import distance
from medspil.web.tables import Column, Table

MOST = 10


@dataclass(frozen=True, slots=True)
class KindLine:
    """How far the resources of one kind came."""

    kind: str
    mapped: int
    linked: int
    mobilised: int

    @property
    def share(self) -> str:
        """Return what share of the mapped ones were linked."""
        return _("%(percent)s %%") % {"percent": round(self.linked / self.mapped * 100)} if self.mapped else ""


@dataclass(frozen=True, slots=True)
class NeverLinked:
    """Resources mapped long ago that nobody has linked, the oldest first, and what that means."""

    resources: list[Resource]
    more: int
    definition: str | Promise


@dataclass(frozen=True, slots=True)
class FromMapped:
    """The funnel of an area, the table beneath it, and what was never linked."""

    funnel: Funnel
    table: Table
    never: NeverLinked


COLUMNS = (
    Column(gettext_lazy("Kind"), "kind"),
    Column(gettext_lazy("Mapped"), "mapped", numeric=True),
    Column(gettext_lazy("Linked"), "linked", numeric=True),
    Column(gettext_lazy("Mobilised"), "mobilised", numeric=True),
    Column(gettext_lazy("Linked of those mapped"), "share", numeric=True),
)


def from_mapped(user: User, area: Area, today: date, *, looks_up: bool = False) -> FromMapped:
    """Return how far the resources came that a person may see; before them what the register has near the area, for
    who may look companies up. Four queries at most."""
    resources = list(
        Resource.objects.visible_to(user).filter(area=area).current().for_list().order_by("created_at", "pk")
    )
    reached = reach_of(resources)
    lines = _lines(resources, reached)
    waiting = [one for one in resources if reached[one.pk].waits(today)]
    return FromMapped(
        funnel=_funnel(lines, _in_register(user, area) if looks_up else []),
        table=Table(
            caption=_("Resources by kind"), describe=COLUMNS, records=lines, css="ms-figures-table", caption_hidden=True
        ),
        never=NeverLinked(waiting[:MOST], max(len(waiting) - MOST, 0), _never()),
    )


def _lines(resources: list[Resource], reached: Mapping[int, Reach]) -> list[KindLine]:
    stages: dict[str, Stages] = {}
    for one in resources:
        stages[one.kind] = stages.get(one.kind, Stages()).with_one(reached[one.pk].stage)
    language = get_language() or "da"
    return [
        KindLine(kind.name(language), found.mapped, found.linked, found.mobilised)
        for code, kind in vocabulary().asset_kinds.items()
        if (found := stages.get(code))
    ]


def _in_register(user: User, area: Area) -> list[Stage]:
    """Return the step before the first: the places of work near the area, mapped or not."""
    found = nearby(area, user=user)
    if not found.all:
        return []
    picked = sum(1 for one in found.all if one.resource is not None)
    told = ngettext(
        "Within {reach} of the border, counted in the business register; {picked} of them is mapped. The bar is not on"
        " the scale of the others.",
        "Within {reach} of the border, counted in the business register; {picked} of them are mapped. The bar is not on"
        " the scale of the others.",
        picked,
    ).format(reach=distance(found.reach_m), picked=picked)
    return [Stage(_("places of work near by in the register"), len(found.all), told, before=True)]


def _funnel(lines: list[KindLine], ahead: list[Stage]) -> Funnel:
    return Funnel(
        title=_("From mapped to mobilised"),
        stages=[
            *ahead,
            Stage(_("mapped"), sum(one.mapped for one in lines), _("On the area's map today, and not put away.")),
            Stage(
                _("linked"),
                sum(one.linked for one in lines),
                _("Takes part in at least one link that nobody turned down, by itself or as its organisation."),
            ),
            Stage(
                _("mobilised"),
                sum(one.mobilised for one in lines),
                _("Takes part in at least one link that became a partnership."),
            ),
        ],
    )


def _never() -> str:
    return ngettext(
        "Mapped more than {days} day ago, and in no link that still stands.",
        "Mapped more than {days} days ago, and in no link that still stands.",
        LONG_AGO.days,
    ).format(days=LONG_AGO.days)
