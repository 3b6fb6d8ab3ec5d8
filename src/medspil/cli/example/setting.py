"""What the example's people, places and companies are called while it is loaded, and where they are found."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import hypot
from typing import Any, NamedTuple

from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.cli.example.places import key
from medspil.linking.models import Candidate
from medspil.linking.parties import Party
from medspil.mapping.models import Resource
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.register.models import PointQuality, Unit, UnitStatus

LIMITED = ("80", "60")
FAR_M = 15_000


@dataclass
class Setting:
    """All that later parts refer to by a short name."""

    told: dict[str, Any]
    organisations: dict[str, Organisation]
    people: dict[str, User]
    now: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    @property
    def coordinator(self) -> User:
        """Return who does what nobody else is named for."""
        return next(iter(self.people.values()))

    def ago(self, days: int) -> datetime:
        """Return the moment so many days before now."""
        return self.now - timedelta(days=days)

    def day(self, days_ago: int) -> date:
        """Return the day so many days before today; a day to come for less than none."""
        return timezone.localdate(self.ago(days_ago))

    def area(self, name: str) -> Area:
        """Return an area by its key."""
        if name not in self.areas:
            self.areas[name] = Area.objects.select_related("owner").get(creation_key=key(name))
        return self.areas[name]

    def about(self, area: Area, told: dict[str, Any]) -> tuple[Need | None, Challenge | None]:
        """Return the need or the challenge that something is about."""
        if "need" in told:
            return Need.objects.get(creation_key=key(f"{area.creation_key}:{told['need']}")), None
        return None, Challenge.objects.get(creation_key=key(f"{area.creation_key}:{told['challenge']}"))

    def knows(self, name: str) -> bool:
        """Return whether a name stands for a side."""
        return name in self.organisations or name in self.resources or name in self.units

    def party(self, name: str) -> Party:
        """Return a side by the name of an organisation, a resource ("area:key") or a made-up company."""
        if name in self.organisations:
            return Party(organisation=self.organisations[name])
        if name in self.resources:
            return Party(resource=self.resources[name])
        return Party(unit=self.units[name])

    def choose_companies(self) -> None:
        """Choose the made-up companies that something happens to: the nearest to their area in their trade."""
        taken = set(Candidate.objects.values_list("unit", flat=True))
        near: dict[str, list[_Spot]] = {}
        chosen: dict[str, int] = {}
        for one in self.told["made_up"]:
            name = one["area"]
            if name not in near:
                near[name] = _nearest(self.area(name))
            chosen[one["key"]] = _of_trade([spot for spot in near[name] if spot.pk not in taken], one["trades"])
            taken.add(chosen[one["key"]])
        units = Unit.objects.in_bulk(list(chosen.values()))
        self.units |= {name: units[pk] for name, pk in chosen.items()}


class _Spot(NamedTuple):
    """Where a company of the made-up register lies, and its trade."""

    pk: int
    industry: str
    number: int
    x: float
    y: float


def _of_trade(spots: list[_Spot], trades: Iterable[str]) -> int:
    """Return the nearest company of the first trade that has any; the nearest of all where none has."""
    for trade in trades:
        if found := next((spot for spot in spots if spot.industry.startswith(trade)), None):
            return found.pk
    return spots[0].pk


def _nearest(area: Area) -> list[_Spot]:
    """Return made-up companies around an area that anybody may write to, the nearest first."""
    x, y = area.x or 0.0, area.y or 0.0
    known = Unit.objects.filter(
        made_up=True,
        status=UnitStatus.ACTIVE,
        protected=False,
        point_quality=PointQuality.ADDRESS,
        company_form__in=LIMITED,
        x__range=(x - FAR_M, x + FAR_M),
        y__range=(y - FAR_M, y + FAR_M),
    )
    rows = known.values_list("pk", "industry", "number", "x", "y")
    found = [_Spot(pk, industry, number, east or 0.0, north or 0.0) for pk, industry, number, east, north in rows]
    return sorted(found, key=lambda spot: (hypot(spot.x - x, spot.y - y), spot.number))
