"""What waits in an area: offers nobody has taken up and needs nobody has answered, by age, each with a next step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import hypot

from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.hosting import volunteers_ready
from medspil.areas.models import Area, Need
from medspil.areas.sections import rankable
from medspil.offers.hooks import answered, in_use_of
from medspil.offers.meeting import Barrier, Meeting, meet, needs_for_all, offers_to, ready
from medspil.offers.models import Offer

NEIGHBOURHOOD_M = 25_000.0
"""A public offer that names no distance is an area's business within so many metres, or in its municipality."""


class NextStep(StrEnum):
    """The one thing that would move it on. Who may do it, and where, the pages know."""

    LINK = "link"
    ASK_AGAIN = "ask_again"
    SAY_HOST = "say_host"
    SAY_KINDS = "say_kinds"
    FIND_COMPANIES = "find_companies"
    DESCRIBE_NEED = "describe_need"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class IdleOffer:
    """An offer that nobody has taken up, how long it has waited, and the need it would meet best."""

    offer: Offer
    since: date
    days: int
    meets: int
    best: Meeting | None
    step: NextStep


@dataclass(frozen=True, slots=True)
class UnansweredNeed:
    """A need that nobody is linked with, how long it has waited, and the offer that would meet it best."""

    need: Need
    since: date
    days: int
    meets: int
    best: Meeting | None
    step: NextStep


@dataclass(frozen=True, slots=True)
class Waiting:
    """Both lists, the longest wait first, and why pairs of the same kind were kept apart."""

    offers: tuple[IdleOffer, ...]
    needs: tuple[UnansweredNeed, ...]
    left_out: Mapping[Barrier, int]


def waiting(area: Area, *, user: User, on: date) -> Waiting:
    """Return what waits in an area, as far as a person sees it. A fixed number of queries, however much it is."""
    listed = list(offers_to(area, user=user).open(on).for_list())
    offers = _idle(listed, area, user)
    needs = list(ready(Need.objects.visible_to(user).open(on).filter(area=area)).order_by("pk"))
    open_needs = _unanswered(needs)
    # Each side as on its own page: an offer may meet a need that is answered or lies in another area, and a need be
    # met by an offer that is in use elsewhere.
    by_offer = _grouped(needs_for_all(offers, user=user, on=on).found, lambda one: one.offer.pk)
    met = meet(listed, open_needs, on=on)
    by_need = _grouped(met.found, lambda one: one.need.pk)
    asked = {one.kind for need in needs for one in need.resources.all()}
    return Waiting(
        offers=tuple(sorted((_offer(one, by_offer.get(one.pk, []), asked, on) for one in offers), key=_oldest)),
        needs=tuple(sorted((_need(one, by_need.get(one.pk, []), on) for one in open_needs), key=_oldest)),
        left_out=met.left_out,
    )


def _idle(listed: Iterable[Offer], area: Area, user: User) -> list[Offer]:
    """Return those of the open offers that are an area's business and that no link or round holds."""
    made = set(Offer.areas.through._default_manager.filter(area=area).values_list("offer", flat=True))
    found = [one for one in listed if one.pk in made or _reaches(one, area)]
    used = in_use_of([one.pk for one in found], user=user)
    return [one for one in found if one.pk not in used]


def _reaches(offer: Offer, area: Area) -> bool:
    """Whether an offer is public and can be given in an area."""
    if not offer.public:
        return False
    if offer.whole_country:
        return True
    if offer.x is None or offer.y is None or area.x is None or area.y is None:
        return bool(area.municipality) and offer.municipality == area.municipality
    away = hypot(offer.x - area.x, offer.y - area.y)
    if offer.reach_km:
        return away <= offer.reach_km * 1000.0
    return away <= NEIGHBOURHOOD_M or (bool(area.municipality) and offer.municipality == area.municipality)


def _unanswered(needs: Iterable[Need]) -> list[Need]:
    listed = list(needs)
    served = answered([need.pk for need in listed])
    return [need for need in listed if need.pk not in served]


def _offer(offer: Offer, meets: list[Meeting], asked: set[str], on: date) -> IdleOffer:
    since = offer.said_on or _day(offer.created_at)
    if offer.asks_again(on):
        step = NextStep.ASK_AGAIN
    elif meets:
        step = NextStep.LINK
    else:
        step = NextStep.LOOK if offer.kind in asked else NextStep.DESCRIBE_NEED
    return IdleOffer(offer, since, max((on - since).days, 0), len(meets), meets[0] if meets else None, step)


def _need(need: Need, meets: list[Meeting], on: date) -> UnansweredNeed:
    since = _day(need.created_at)
    if not volunteers_ready(need):
        step = NextStep.SAY_HOST
    elif meets:
        step = NextStep.LINK
    else:
        step = NextStep.FIND_COMPANIES if rankable(need) else NextStep.SAY_KINDS
    return UnansweredNeed(need, since, max((on - since).days, 0), len(meets), meets[0] if meets else None, step)


def _grouped(found: Iterable[Meeting], side: Callable[[Meeting], int]) -> dict[int, list[Meeting]]:
    """Return meetings by one of their sides, best first as they came."""
    groups: dict[int, list[Meeting]] = {}
    for one in found:
        groups.setdefault(side(one), []).append(one)
    return groups


def _oldest(row: IdleOffer | UnansweredNeed) -> tuple[int, int]:
    return -row.days, row.offer.pk if isinstance(row, IdleOffer) else row.need.pk


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
