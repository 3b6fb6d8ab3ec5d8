"""Where a new link begins: with a kept company, an offer, a need, a resource, or nothing but an area."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, AreaQuerySet, Challenge, ChallengeQuerySet, Need, NeedQuerySet
from medspil.linking.models import Candidate, Origin, Run
from medspil.mapping.models import Resource
from medspil.offers.meeting import meet
from medspil.offers.models import Offer
from medspil.organisations.roles import Ability
from medspil.web.http import whole_number

NAMES = ("area", "need", "offer", "candidate", "resource")


@dataclass(slots=True)
class Start:
    """What is known before anybody has written a word; `areas` are to choose from where it is not told which."""

    user: User
    need: Need | None = None
    offer: Offer | None = None
    candidate: Candidate | None = None
    resource: Resource | None = None
    area: Area | None = None
    areas: list[Area] = field(default_factory=list)

    @property
    def hidden(self) -> dict[str, int]:
        """Return what the form carries along."""
        return {name: one.pk for name in NAMES if name != "need" and (one := getattr(self, name)) is not None}

    @property
    def refs(self) -> list[str]:
        """Return the parties a link begins with: who receives, and who gives."""
        found = [self._receiver()] if self.area else []
        if self.candidate:
            found.append(f"p-{self.candidate.unit.number}")
        if self.offer:
            found.append(f"o-{self.offer.organisation_id}")
        if self.resource:
            found.append(f"r-{self.resource.pk}")
        return list(dict.fromkeys(found))

    @property
    def brings(self) -> dict[str, str]:
        """Return what is known of what the parties bring."""
        found = {}
        if self.offer:
            found[f"brings-o-{self.offer.organisation_id}"] = self.offer.title
        if self.resource and self.resource.can_do and not self.resource.is_person:
            found[f"brings-r-{self.resource.pk}"] = self.resource.can_do[:300]
        return found

    def needs(self) -> NeedQuerySet:
        """Return the needs of the area to choose from."""
        return Need.objects.visible_to(self.user).filter(area=self.area).current().order_by("title", "pk")

    def challenges(self) -> ChallengeQuerySet:
        """Return the challenges of the area to choose from."""
        return Challenge.objects.visible_to(self.user).filter(area=self.area).current().order_by("title", "pk")

    def grounds(self, need: Need | None, refs: list[str], today: date) -> dict[str, Any]:
        """Return where the link comes from and its reasons as they are now, where they still fit what was chosen."""
        candidate, offer = self.candidate, self.offer
        if candidate and need and candidate.need_id == need.pk and f"p-{candidate.unit.number}" in refs:
            origin = Origin.RANKING if candidate.run_id else Origin.PERSON
            run: Run | None = candidate.run
            return {"origin": origin, "run": run, "grounds": candidate.grounds}
        if offer is None or f"o-{offer.organisation_id}" not in refs:
            return {"origin": Origin.PERSON}
        if need:
            met = meet([offer], [need], on=today).found
            reasons = [
                {"part": one.part.value, "value": round(one.value, 4), "points": round(one.points, 4)}
                for one in (met[0].reasons if met else ())
            ]
            score = round(met[0].score, 4) if met else None
            return {"origin": Origin.OFFER, "offers": [offer], "grounds": {"score": score, "reasons": reasons}}
        return {"origin": Origin.PERSON, "offers": [offer]}

    def _receiver(self) -> str:
        host = self.need.host_id if self.need else None
        return f"o-{host or (self.area.owner_id if self.area else 0)}"


def start_of(user: User, asked: Mapping[str, str]) -> Start:
    """Return where a link begins by what an address or a form names; 404 for what the person may not see."""
    keys = {name: whole_number(asked.get(name, "")) for name in NAMES}
    found = Start(user)
    if keys["candidate"]:
        candidates = Candidate.objects.visible_to(user).worked_on_by(user)
        found.candidate = _one(
            candidates.select_related("need__area__owner", "need__host", "unit", "run"), keys["candidate"]
        )
        found.need, found.area = found.candidate.need, found.candidate.need.area
    if keys["resource"]:
        resources = Resource.objects.visible_to(user).current()
        found.resource = _one(resources.select_related("area__owner"), keys["resource"])
        found.area = found.resource.area
    if keys["need"]:
        needs = Need.objects.visible_to(user).current().select_related("area__owner", "challenge", "host")
        found.need = _one(needs.prefetch_related("resources"), keys["need"])
        found.area = found.need.area
    if keys["offer"]:
        found.offer = _one(Offer.objects.visible_to(user).for_list(), keys["offer"])
    hers = Area.objects.visible_to(user).where(user, Ability.LINK).current().select_related("owner")
    if keys["area"] and found.area is None:
        found.area = _one(Area.objects.visible_to(user).select_related("owner"), keys["area"])
    if found.area is None:
        found.areas = list(_offered(found.offer, user, hers).order_by("name", "pk"))
        found.area = found.areas[0] if len(found.areas) == 1 else None
    elif not _offered(found.offer, user, Area.objects.visible_to(user)).filter(pk=found.area.pk).exists():
        raise Http404
    return found


def today() -> date:
    """Return the day on which reasons are worked out."""
    return timezone.localdate()


def _offered(offer: Offer | None, user: User, areas: AreaQuerySet) -> AreaQuerySet:
    """Return those of some areas in which an offer may be taken up: all, unless it was made to some by others."""
    if offer is None or offer.public or Offer.objects.visible_to(user).of(user).filter(pk=offer.pk).exists():
        return areas
    return areas.filter(pk__in=offer.areas.values("pk"))


def _one(rows: Any, key: int) -> Any:
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found
