"""Offers and needs meet in both directions: which offers a need could use, which needs an offer could meet, and why.

Both directions are one computation (`fit`), so a pair has the same score whoever asks. A need is met by offers of a
kind it asks for; what keeps such a pair apart all the same is counted. Who looks decides what may be met: an area
sees the public offers and those made to it, a company the needs that were opened to companies. An offer made to chosen
areas meets no need elsewhere, except for its giver, who may offer it there too.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Prefetch, Q

from medspil.accounts.models import User
from medspil.areas.hosting import hosted, is_peoples_time
from medspil.areas.models import Area, Need, NeededResource, NeedQuerySet
from medspil.areas.openness import readable
from medspil.offers import fit
from medspil.offers.fit import Barrier, Much, Part, Place, Reason, Side
from medspil.offers.hooks import Refusal, refusals
from medspil.offers.models import Offer, OfferQuerySet

__all__ = ["Barrier", "Meeting", "Meetings", "Part", "Reason", "meet", "needs_for", "needs_for_all", "offers_for"]

_NOTHING: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """An offer that meets a need: the score from 0 to 1, and the parts it is the sum of."""

    offer: Offer
    need: Need
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """What was found, best first, and how many others of the same kind were left out and why."""

    found: tuple[Meeting, ...]
    left_out: Mapping[Barrier, int]

    def __iter__(self) -> Iterator[Meeting]:
        """Go through what was found."""
        return iter(self.found)

    def __len__(self) -> int:
        """Return how many were found."""
        return len(self.found)


def offers_for(need: Need, *, user: User, on: date, most: int | None = None) -> Meetings:
    """Return the offers that a need could use, of those the person sees and that were made to its area or everybody.

    One query for the offers, one for what their givers turned down; `need` comes from `for_page`.
    """
    kinds = [one.kind for one in need.resources.all()]
    offers = offers_to(need.area, user=user).open(on).filter(kind__in=kinds)
    return meet(offers.for_list(), [need], on=on, most=most)


def needs_for(offer: Offer, *, user: User, on: date, most: int | None = None) -> Meetings:
    """Return the open needs that an offer could meet, of those the person may read; the same sum."""
    found = needs_for_all([offer], user=user, on=on)
    return Meetings(found.found[:most], found.left_out)


def needs_for_all(offers: Iterable[Offer], *, user: User, on: date) -> Meetings:
    """Return the open needs that some offers could meet, of those the person may read: for those who give an
    offer all of them, for others, and for who noted it down, those of areas it was made to. As many
    queries for many as for one; every page that says what an offer meets asks here.
    """
    there = [offer for offer in offers if offer.is_open(on)]
    if not there:
        return Meetings((), {})
    asking = NeededResource.objects.filter(kind__in={offer.kind for offer in there}).values("need")
    needs = readable(user, on).open(on).filter(pk__in=asking)
    return meet(there, ready(needs), on=on, only_in=_areas_of_closed(there, user))


def _areas_of_closed(offers: Sequence[Offer], user: User) -> dict[int, set[int]]:
    """Return of offers that are neither public nor given by a person herself the areas they were made to, by offer."""
    closed = [offer.pk for offer in offers if not offer.public]
    hers = set(Offer.objects.free_to_meet(user).filter(pk__in=closed).values_list("pk", flat=True)) if closed else set()
    made: dict[int, set[int]] = {pk: set() for pk in closed if pk not in hers}
    rows = Offer.areas.through._default_manager.filter(offer__in=made).values_list("offer", "area") if made else ()
    for offer, area in rows:
        made[offer].add(area)
    return made


def offers_to(area: Area, *, user: User) -> OfferQuerySet:
    """Return the offers that may be shown with the needs of an area: public ones, those made to it, and what she
    gives herself."""
    hers = Offer.objects.free_to_meet(user).values("pk")
    made = Offer.objects.offered_to(area).values("pk")
    return Offer.objects.visible_to(user).filter(Q(pk__in=made) | Q(pk__in=hers))


def ready(needs: NeedQuerySet) -> NeedQuerySet:
    """Return needs with all that a meeting reads of them: two queries, however many they are."""
    rows = Prefetch("resources", NeededResource.objects.order_by("kind"))
    return needs.select_related("area__owner", "challenge").prefetch_related(rows)


def meet(
    offers: Iterable[Offer],
    needs: Iterable[Need],
    *,
    on: date,
    most: int | None = None,
    only_in: Mapping[int, Collection[int]] = MappingProxyType({}),
) -> Meetings:
    """Return all pairs of the same kind that nothing keeps apart, best first. Needs come from `ready` or `for_page`;
    `only_in` names the areas of offers that are not shown with the needs of others."""
    given = [(offer, offered(offer)) for offer in offers]
    asking = [(need, asked(need)) for need in needs]
    refused = refusals({offer.organisation_id for offer, _side in given}) if given and asking else {}
    by_kind: dict[str, list[tuple[Offer, Side]]] = {}
    for offer, side in given:
        by_kind.setdefault(offer.kind, []).append((offer, side))
    found: list[Meeting] = []
    left_out: Counter[Barrier] = Counter()
    for need, wish in asking:
        received = hosted(need)
        for kind in wish.amounts:
            for offer, side in by_kind.get(kind, ()):
                if offer.pk in only_in and need.area_id not in only_in[offer.pk]:
                    continue
                told = refused.get(offer.organisation_id, _NOTHING)
                why = _kept_apart(offer, side, need, wish, told, on=on, received=received)
                if why:
                    left_out[why] += 1
                else:
                    found.append(_meeting(offer, side, need, wish, on))
    found.sort(key=lambda one: (-one.score, one.need.pk, one.offer.pk))
    return Meetings(tuple(found[:most]), dict(sorted(left_out.items())))


def offered(offer: Offer) -> Side:
    """Return an offer as the sum sees it."""
    reach = offer.reach_km * 1000.0 if offer.reach_km and not offer.whole_country else None
    return Side(
        amounts={offer.kind: Much(offer.quantity, offer.unit, offer.rhythm)},
        place=Place(offer.x, offer.y, reach, offer.municipality, anywhere=offer.whole_country),
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        themes=offer.themes,
        text=f"{offer.title}\n{offer.text}",
    )


def asked(need: Need) -> Side:
    """Return a need as the sum sees it; it is measured from the middle of its area."""
    area, challenge = need.area, need.challenge
    reach = need.reach_km * 1000.0 if need.reach_km else None
    return Side(
        amounts={one.kind: Much(one.quantity, one.unit, one.rhythm) for one in need.resources.all()},
        place=Place(area.x, area.y, reach, area.municipality, need.own_municipality_only),
        starts_on=need.starts_on,
        ends_on=need.ends_on,
        themes=(challenge.theme,) if challenge and challenge.theme else (),
        text=f"{need.title}\n{need.text}\n{challenge.title if challenge else ''}",
    )


def _kept_apart(
    offer: Offer, side: Side, need: Need, wish: Side, told: Sequence[Refusal], *, on: date, received: bool
) -> Barrier | None:
    if why := fit.barrier(side, wish, on=on):
        return why
    if not received and is_peoples_time(offer.kind):
        return Barrier.NO_HOST
    if told:
        away, theme = fit.distance_m(side.place, wish.place), next(iter(wish.themes), "")
        facts = {"area": need.area_id, "need": need.pk}
        if any(one.holds(**facts, kind=offer.kind, theme=theme, distance_m=away, on=on) for one in told):
            return Barrier.REFUSED
    return None


def _meeting(offer: Offer, side: Side, need: Need, wish: Side, on: date) -> Meeting:
    why = fit.reasons(side, wish, offer.kind, on=on)
    return Meeting(offer, need, sum(reason.points for reason in why), why)
