"""Who has what: resources of areas, offers made to them, and those who were linked with their challenges.

Read at once for all areas of a page. People who did not agree to be seen by all who work with the area count where they
count, without a name; files that leave the house name nobody who did not agree to that either.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from medspil.areas.models import Area
from medspil.mapping.hooks import reached
from medspil.mapping.models import Resource
from medspil.offers.models import Offer
from medspil.offers.reaching import Reach, away_m, reach

if TYPE_CHECKING:
    from medspil.accounts.models import User


class Source(StrEnum):
    """By what it is known that somebody has something."""

    RESOURCE = "resource"
    OFFER = "offer"
    LINK = "link"


class Standing(StrEnum):
    """How sure it is."""

    SURE = "sure"  # confirmed in time, offered to the area, agreed in a link
    UNSURE = "unsure"  # mapped, but nobody has confirmed it, or not in time
    MAYBE = "maybe"  # offered from farther away without saying how far, or linked and not answered: never counted


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has something. Without a name it is a person whom the reader may not see."""

    source: Source
    standing: Standing
    name: str
    record_type: str
    record_id: int
    on: date | None = None
    """The day it was last confirmed, or the giver last said that the offer stands."""

    printed: bool = True
    """Whether the name may stand in papers and files that leave the house."""

    municipality: str = ""
    away_m: float | None = None
    """Where an offer is given, and how far that is from the middle of the area; empty and None when not known."""

    protected: bool = False
    """Whether it is a company that is protected from advertising; goes with its name wherever that goes."""

    @property
    def counts(self) -> bool:
        """Whether the competence counts as there."""
        return self.standing is not Standing.MAYBE


@dataclass(frozen=True, slots=True)
class Had:
    """What areas have: by area and kind, by challenge and kind, and how many resources were mapped."""

    by_area: Mapping[tuple[int, str], Sequence[Holder]]
    by_challenge: Mapping[tuple[int, str], Sequence[Holder]]
    mapped: Mapping[int, int]
    untold: Mapping[int, int]
    """How many resources of an area say nothing of what they can bring."""

    def of(self, *, area: int, challenge: int, kind: str) -> list[Holder]:
        """Return who has a kind for a challenge, the surest first."""
        found = [*self.by_area.get((area, kind), ()), *self.by_challenge.get((challenge, kind), ())]
        order = list(Standing)
        return sorted(found, key=lambda one: (order.index(one.standing), one.name == "", one.name, one.record_id))


def had(areas: Sequence[Area], challenges: Collection[int], kinds: Collection[str], *, user: "User", on: date) -> Had:
    """Return who has what in some areas, for some challenges and kinds. A fixed number of queries."""
    by_area: dict[tuple[int, str], list[Holder]] = {}
    mapped: dict[int, int] = {}
    untold: dict[int, int] = {}
    for row in _resources(areas, user):
        mapped[row.area_id] = mapped.get(row.area_id, 0) + 1
        untold[row.area_id] = untold.get(row.area_id, 0) + (not row.kinds)
        holder = _resource(row, on)
        for kind in dict.fromkeys(row.kinds):
            by_area.setdefault((row.area_id, kind), []).append(holder)
    for offer in _offers(areas, kinds, user, on):
        for area in areas:
            standing = _offered(offer, area)
            if standing is not None:
                by_area.setdefault((area.pk, offer.kind), []).append(_offer(offer, area, standing))
    by_challenge: dict[tuple[int, str], list[Holder]] = {}
    for one in reached(challenges, user=user, on=on):
        standing = Standing.SURE if one.agreed else Standing.MAYBE
        linked = Holder(
            Source.LINK,
            standing,
            one.name,
            one.record_type,
            one.record_id,
            printed=one.printed,
            protected=one.protected,
        )
        by_challenge.setdefault((one.challenge, one.kind), []).append(linked)
    return Had(by_area, by_challenge, mapped, untold)


def _resources(areas: Sequence[Area], user: "User") -> list[Resource]:
    """Return all resources that are there, each with whether the person may see it and whether it may be printed."""
    same = {"pk": OuterRef("pk")}
    found = Resource.objects.current().filter(area__in=[area.pk for area in areas])
    return list(
        found.annotate(
            seen=Exists(Resource.objects.visible_to(user).filter(**same)),
            printed=Exists(Resource.objects.for_print().filter(**same)),
            shielded=Coalesce("unit__protected", "organisation__unit__protected", False),
        )
        .only("area_id", "name", "kinds", "confirmed_on", "review_on")
        .order_by("pk")
    )


def _resource(row: Resource, on: date) -> Holder:
    sure = row.confirmed_on is not None and not row.is_stale(on)
    seen, printed = bool(getattr(row, "seen", False)), bool(getattr(row, "printed", False))
    return Holder(
        source=Source.RESOURCE,
        standing=Standing.SURE if sure else Standing.UNSURE,
        name=row.name if seen else "",
        record_type=Resource._meta.label_lower,
        record_id=row.pk if seen else 0,
        on=row.confirmed_on if seen else None,
        printed=seen and printed,
        protected=bool(getattr(row, "shielded", False)),
    )


def _offers(areas: Sequence[Area], kinds: Collection[str], user: "User", on: date) -> list[Offer]:
    made = Q(public=True) | Q(pk__in=Offer.areas.through._default_manager.filter(area__in=areas).values("offer"))
    found = Offer.objects.visible_to(user).open(on).filter(made, kind__in=kinds)
    return list(found.select_related("organisation__unit").prefetch_related("areas").order_by("pk"))


def _offered(offer: Offer, area: Area) -> Standing | None:
    """Return how sure it is that an area could take an offer; None if it was not made to it or does not reach it."""
    found = reach(offer, area)
    if found is None or found is Reach.OUT_OF_REACH:
        return None
    return Standing.MAYBE if found is Reach.NOT_SAID else Standing.SURE


def _offer(offer: Offer, area: Area, standing: Standing) -> Holder:
    giver = offer.organisation
    return Holder(
        source=Source.OFFER,
        standing=standing,
        name=giver.name,
        record_type=Offer._meta.label_lower,
        record_id=offer.pk,
        on=offer.renewed_on,
        municipality=offer.municipality,
        away_m=away_m(offer, area),
        protected=giver.unit is not None and giver.unit.protected,
    )
