"""How far a resource got: mapped, linked, mobilised. Derived from links whenever somebody asks; nothing is stored.

Linked: it takes part in a link of its area that nobody turned down, by itself, as its organisation or as its entry in
the register. Mobilised: such a link became a partnership.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from medspil.linking.models import LinkParty, LinkState
from medspil.mapping.models import Resource

LONG_AGO = timedelta(days=90)
"""After so long without a link somebody should look at a resource again."""

Key = tuple[str, int]


class Stage(StrEnum):
    """How far a resource or a need got, from the first to the last."""

    MAPPED = "mapped"
    LINKED = "linked"
    MOBILISED = "mobilised"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one resource got, and since when; `turned_down` counts the links that came to nothing."""

    mapped_on: date
    linked_on: date | None = None
    mobilised_on: date | None = None
    links: int = 0
    turned_down: int = 0

    @property
    def stage(self) -> Stage:
        """Return how far it got."""
        if self.mobilised_on:
            return Stage.MOBILISED
        return Stage.LINKED if self.linked_on else Stage.MAPPED

    def waits(self, on: date) -> bool:
        """Tell whether it was mapped long ago and stands in no link."""
        return self.stage is Stage.MAPPED and self.mapped_on <= on - LONG_AGO


@dataclass(frozen=True, slots=True)
class Stages:
    """How many got how far: who got farther is counted on the way as well."""

    mapped: int = 0
    linked: int = 0
    mobilised: int = 0

    def with_one(self, stage: Stage) -> "Stages":
        """Return the counts with one more that got so far."""
        return Stages(
            self.mapped + 1,
            self.linked + (stage is not Stage.MAPPED),
            self.mobilised + (stage is Stage.MOBILISED),
        )


def reach_of(resources: Iterable[Resource]) -> dict[int, Reach]:
    """Return how far each resource got, by its key. One query; load resources by `for_list`."""
    rows = list(resources)
    parties = LinkParty.objects.filter(link__area__in={one.area_id for one in rows}, link__archived_at=None)
    taking_part: dict[tuple[int, Key], dict[int, _Link]] = {}
    for area, link, state, made, since, *keys in parties.values_list(
        "link__area", "link", "link__state", "link__created_at", "link__partnership_on",
        "resource", "organisation", "unit", "organisation__unit",
    ):  # fmt: skip
        known = _Link(state, timezone.localdate(made), since)
        for name, key in zip(_KEYS, keys, strict=True):
            if key is not None:
                taking_part.setdefault((area, (name, key)), {})[link] = known
    return {one.pk: _reach(one, taking_part) for one in rows}


@dataclass(frozen=True, slots=True)
class _Link:
    state: str
    made_on: date
    partnership_on: date | None


_KEYS = ("resource", "organisation", "unit", "unit")


def _reach(resource: Resource, taking_part: Mapping[tuple[int, Key], Mapping[int, _Link]]) -> Reach:
    behind = resource.organisation.unit_id if resource.organisation else None
    keys = zip(_KEYS, (resource.pk, resource.organisation_id, resource.unit_id, behind), strict=True)
    links: dict[int, _Link] = {}
    for name, key in keys:
        if key is not None:
            links |= taking_part.get((resource.area_id, (name, key)), {})
    live = [one for one in links.values() if one.state != LinkState.TURNED_DOWN]
    agreed = [one.partnership_on for one in live if one.state == LinkState.PARTNERSHIP and one.partnership_on]
    return Reach(
        mapped_on=timezone.localdate(resource.created_at),
        linked_on=min((one.made_on for one in live), default=None),
        mobilised_on=min(agreed, default=None),
        links=len(live),
        turned_down=len(links) - len(live),
    )
